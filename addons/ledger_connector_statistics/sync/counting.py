# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the vendor's documents to figures: one commit a page, figures at the end."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from odoo import fields

from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.sync.run import RACES, Run

from ..contract import DocumentPage, Window
from .changes import Changes, codes
from .settling import Settling

_logger = logging.getLogger(__name__)

#: A page that loses a race against a user is done again.
ATTEMPTS = 5


class Counting:
    """Runs a flow of statistics.

    Its place is the job's cursor:

    ``windows``  ``[[from, to], …]``: periods that are still to be read
    ``at``       the vendor's cursor in the first of them, or among the changes
    ``since``    when that reading began (naive UTC)
    ``changed``  moment since which changes of frozen periods are still to be read
    ``held``     ids of the periods that were frozen when that reading began
    ``until``    the schedule has dealt with all periods up to this day
    ``compare``  nothing is taken over: only the differences are noted
    ``staged``   the job that has read the windows already; they are taken over

    :param run: the job's state
    :param client: the vendor's opened client
    """

    def __init__(self, run: Run, client: Any) -> None:
        self.run = run
        self.client = client
        self.total = 0
        self.place: dict[str, Any] = {}
        self.stopped = False
        self._kind_ids: dict[str, int] = {}

    def execute(self) -> bool:
        """Read what is due and count it.

        :return: False when the time budget ended first and the rest waits
        :raises transport.errors.LedgerError: the vendor could not be read
        :raises Problem: nobody has set the counting up
        """
        self._begin()
        while step := self._next_step():
            if not step() or (self._is_over() and self._next_step()):
                return False
        self._again(self._end)
        return True

    # === WHERE IT IS === #

    @property
    def flow(self):
        """The flow, for the engine's own fields."""
        return self.run.own["ledger.flow"].browse(self.run.flow_id)

    @property
    def plan(self):
        """The set-up, with the responsible user's rights; a commit empties the cache.

        :raises Problem: there is none
        """
        plan = self.run.connection._statistics_plan()
        if not plan:
            raise Problem(
                "mapping",
                self.run.env._(
                    "Nobody has said how the documents of %(connection)s are counted. "
                    "Open Statistics > Set-up and make one for its system.",
                    connection=self.run.books.name,
                ),
                cause="no_plan",
            )
        return plan

    def _next_step(self) -> Callable[[], bool] | None:
        if self.place.get("changed"):
            return self._read_changes
        return self._read_window if self.place["windows"] else None

    def _is_over(self) -> bool:
        return self.stopped or self.run.out_of_time()

    def _begin(self) -> None:
        job = self.run.own["ledger.sync.job"].browse(self.run.job_id)
        job.invalidate_recordset(["cursor"])
        self.place = job.cursor or self._whole_place(job.trigger == "schedule")
        self.place.setdefault("windows", [])

    def _whole_place(self, scheduled: bool) -> dict[str, Any]:
        """What a run does that nobody has told which periods are wanted."""
        plan = self.plan
        if scheduled and plan.state != "on":
            return {}
        due = self.flow._due_spans(plan)
        wanted = self.flow._beside_staying(due)
        spans = sorted({*wanted, *self.flow._spans_again(plan, due)})
        return {
            "windows": [[str(first), str(last)] for first, last in spans],
            "changed": _moment(self._unknown_since()),
            "until": str(due[-1][1]),
        }

    def _unknown_since(self) -> datetime | None:
        """Changes of frozen periods are known up to this moment; None without any."""
        known = (p.compared_at or p.fetched_at or p.frozen_at for p in self._frozen())
        return min(known, default=None)

    def _frozen(self):
        periods = self.run.own["ledger.statistics.period"]
        return periods._frozen_of(self.run.books.connection_id)

    def _end(self) -> None:
        if until := self.place.pop("until", None):
            self.flow.counted_until = until
        self._store_place()

    def _store_place(self) -> None:
        self.run.own.cr.execute(
            "UPDATE ledger_sync_job SET cursor = %s::jsonb WHERE id = %s",
            (json.dumps(self.place), self.run.job_id),
            # A race is no error: the page is done again.
            log_exceptions=False,
        )

    # === TRANSACTIONS === #

    def _again(self, work: Callable[[], None]) -> None:
        """Do *work* in a transaction, and once more if it loses a race."""
        for attempt in range(1, ATTEMPTS + 1):
            counts, place = self.run.counts.copy(), json.dumps(self.place)
            try:
                work()
                self._store_place()
                self._store_progress()
                self.run.env.cr.commit()  # pylint: disable=invalid-commit
                return
            except RACES:
                self.run.env.cr.rollback()
                self.run.counts, self.place = counts, json.loads(place)
                # Among them may be some that the lost page had made.
                self._kind_ids.clear()
                if attempt == ATTEMPTS:
                    raise
                _logger.info("Page of documents done again after a race")

    def _store_progress(self) -> None:
        run = self.run
        run.own.flush_all()
        jobs = run.own["ledger.sync.job"]
        self.stopped = jobs._store_progress(run.job_id, run.counts, self.total)
        run.store_exchanges(run.own)

    # === A PERIOD === #

    def _read_window(self) -> bool:
        """Read the first period that is left; False when the rest has to wait."""
        first, last = map(date.fromisoformat, self.place["windows"][0][:2])
        if self.place.get("staged"):
            self._again(lambda: self._take_over(first, last))
            return True
        self._since()
        window = self._window_of(first, last)
        run = self.run
        pages = run.connector._read_documents(
            self.client, run.flow, window, self.place.get("at")
        )
        for page in pages:
            self._again(lambda page=page: self._take_page(page, first, last))
            if page.last:
                return True
            if self._is_over():
                return False
        self._again(lambda: self._settle(first, last))
        return True

    def _since(self) -> None:
        """What changes after this moment may or may not be in what is read now."""
        self.place["since"] = self.place.get("since") or _moment(fields.Datetime.now())

    def _window_of(self, first: date, last: date) -> Window:
        """A frozen period is compared by the rules it was counted by."""
        run = self.run
        period = run.own["ledger.statistics.period"]._of(
            run.books.connection_id, first, last
        )
        rules = period if period.frozen else self.plan
        bases = run.connector._bases()
        if bases and rules.basis not in bases:
            raise Problem(
                "mapping",
                run.env._(
                    "The system of %(connection)s cannot be asked by the date that "
                    "documents are counted by. Choose another one under Statistics > "
                    "Set-up.",
                    connection=run.books.name,
                ),
                cause="basis",
            )
        return Window(
            since=first,
            until=last,
            basis=rules.basis,
            rows=rules.with_rows,
            credits=rules.with_credits,
        )

    def _take_page(self, page: DocumentPage, first: date, last: date) -> None:
        run = self.run
        kinds = self._kinds(page)
        run.own["ledger.statistics.read"]._store(
            run.job_id, first, [(doc, kinds[doc.kind]) for doc in page.documents]
        )
        run.counts["received"] += len(page.documents)
        if page.cursor is not None:
            self.place["at"] = page.cursor
        if page.last:
            self._settle(first, last)

    def _kinds(self, page: DocumentPage) -> dict[str, int]:
        if new := codes(page.documents) - set(self._kind_ids):
            self._kind_ids.update(self.run.own["ledger.statistics.kind"]._of(new))
        return self._kind_ids

    def _take_over(self, first: date, last: date) -> None:
        """Settle what another job has read; what it read goes with it some day.

        :raises Problem: it is gone
        """
        run = self.run
        if not run.own["ledger.sync.job"].browse(self.place["staged"]).exists():
            raise Problem(
                "mapping",
                run.env._(
                    "What was read of %(connection)s to find these differences is too "
                    "old and not kept any more. Choose “Import data” and look at the "
                    "differences again.",
                    connection=run.books.name,
                ),
                cause="staged",
            )
        self.place["since"] = self.place["windows"][0][2]
        self._settle(first, last)

    def _settle(self, first: date, last: date) -> None:
        """All of the period is read: count it, or note how it differs."""
        settling = Settling(self.run, self.plan)
        staged = self.place.get("staged") or self.run.job_id
        since = _datetime(self.place.get("since"))
        if self.place.get("compare"):
            settling.note(staged, first, last, since)
        else:
            settling.settle(staged, first, last, since)
        self.place["windows"].pop(0)
        self.place.update({"at": None, "since": None})

    # === CHANGES OF FROZEN PERIODS === #

    def _read_changes(self) -> bool:
        """Read what changed since frozen periods were compared last."""
        run = self.run
        self._since()
        self.place.setdefault("held", self._frozen().ids)
        moment = _datetime(self.place["changed"])
        pages = run.connector._read_changed_documents(
            self.client, run.flow, moment, self.place.get("at")
        )
        for page in pages:
            self._again(lambda page=page: self._take_changes(page))
            if page.last:
                return True
            if self._is_over():
                return False
        self._again(self._end_changes)
        return True

    def _take_changes(self, page: DocumentPage) -> None:
        changes = Changes(self.run, self.plan, self.place["held"])
        found = changes.take(page, self._kinds(page))
        self.run.counts["received"] += len(page.documents)
        left = self.place["windows"]
        again = [span for span in found if span not in left]
        # Before the regular ones: what they carry is told together with them.
        self.place["windows"] = again + left
        if page.cursor is not None:
            self.place["at"] = page.cursor
        if page.last:
            self._end_changes()

    def _end_changes(self) -> None:
        changes = Changes(self.run, self.plan, self.place.pop("held"))
        changes.compared(_datetime(self.place["since"]), self.place["windows"])
        self.place.update({"changed": None, "at": None, "since": None})


def _moment(moment: datetime | None) -> str | None:
    return fields.Datetime.to_string(moment) if moment else None


def _datetime(moment: str | None) -> datetime | None:
    return fields.Datetime.to_datetime(moment) if moment else None
