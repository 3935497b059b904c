# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was read of a period becomes its figures, or corrections of a frozen one."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from odoo.addons.ledger_connector_base.sync.run import Run

from ..contract import ENTERED
from . import windows

#: A row: external id, kind id, day, number, number of rows.
Row = tuple[str, int, date, str, int]


class Settling:
    """Brings periods in step with what was read; commits nothing itself.

    :param run: the job's state
    :param plan: the set-up, with the responsible user's rights
    """

    def __init__(self, run: Run, plan: Any) -> None:
        self.run = run
        self.plan = plan
        self.periods = run.own["ledger.statistics.period"]
        self.documents = run.own["ledger.statistics.document"]

    def settle(self, job_id: int, first: date, last: date, since: datetime) -> None:
        """Take over what a job has read of a period, whose reading began at *since*."""
        period = self.periods._of(self.run.books.connection_id, first, last)
        period = period or self._new_period(first, last)
        period._hold()
        if self._is_older(period, since):
            pass
        elif period.frozen:
            self._compare(period, job_id, first)
            period.compared_at = since
        else:
            self._replace(period, job_id, first, since)
        self.run.own["ledger.statistics.read"]._drop([(job_id, first)])

    @staticmethod
    def _is_older(period, since: datetime) -> bool:
        """Tell whether the period knows its books later than *since*.

        Differences that a person looked at for a while are taken over from what was
        read before; a run may have come in between. One that is still among the changes
        has noted corrections, and not yet that it compared the period.
        """
        moments = [
            period.fetched_at,
            period.compared_at,
            *period.change_ids.mapped("seen_at"),
        ]
        return any(moment and moment > since for moment in moments)

    def _new_period(self, first: date, last: date):
        return self.periods.create(
            {
                "connection_id": self.run.books.connection_id,
                "plan_id": self.plan.id,
                "date_from": first,
                "date_to": last,
                **self._rules(),
            }
        )

    def _rules(self) -> dict[str, Any]:
        names = ("basis", "entries", "with_rows", "with_credits")
        return {name: self.plan[name] for name in names}

    # === OPEN PERIODS === #

    def _replace(self, period, job_id: int, first: date, since: datetime) -> None:
        day = self._vendors_day(since)
        self.documents._replace(period.id, job_id, first)
        period.write(
            {
                **self._rules(),
                "plan_id": self.plan.id,
                "fetched_at": since,
                # What is read before a period ends is not all of it.
                "complete": period.date_to < day,
                "again": False,
            }
        )
        period._count()
        period._warn(self.plan.jump_percent, day)
        self.tell(period)

    def _vendors_day(self, moment: datetime) -> date:
        """Return the day of *moment* (naive UTC) in the books, where months end."""
        zone = ZoneInfo(self.run.connector._zone())
        return moment.replace(tzinfo=timezone.utc).astimezone(zone).date()

    def tell(self, period) -> None:
        """Let the set-up bring the figures of a complete period to people.

        A task that cannot be made does not cost the figures.
        """
        if period.complete and not period._tell(self.plan):
            self.run.counts["failed"] += 1

    # === FROZEN PERIODS === #

    def _compare(self, period, job_id: int, first: date) -> None:
        added, removed = self.documents._changes(period.id, job_id, first)
        if period.basis == ENTERED:
            # Nothing can be moved to another day of entry. Where a vendor only knows
            # the last change, what was edited is missing here; it was not deleted.
            removed = []
        rows = {}
        if period.with_rows:
            rows = self.documents._row_changes(period.id, job_id, first)
            self.documents._take_rows(period.id, job_id, first)
        self.correct(period, added, removed, rows)

    def correct(
        self, period, added: list[Row], removed: list[Row], rows: dict[int, int]
    ) -> None:
        """Note what changed in a frozen period; a later open one carries it.

        :param rows: changed numbers of rows, by kind
        """
        if added:
            self.documents._take_added(period.id, added)
        if removed:
            self.documents._take_removed(period.id, removed)
        corrections = self.run.own["ledger.statistics.correction"]
        lines = corrections._prepare(period, added, removed, rows)
        if not lines:
            return
        carrier = self._carrier(period)
        corrections._note(period, carrier, lines)
        carrier._count()
        self.tell(carrier)

    def _carrier(self, period):
        """Return the last period if it is open, else the one after it, which is made.

        People look at the last one: an earlier one that was left open is over for them.
        """
        last = self.periods._last_of(self.run.books.connection_id)
        if last.frozen or last.date_from <= period.date_to:
            span = windows.after(self.plan.recurrence, last.date_to)
            last = self._new_period(*span)
        last._hold()
        return last

    # === DIFFERENCES FIRST === #

    def note(self, job_id: int, first: date, last: date, since: datetime) -> None:
        """Note how what a job has read differs from what stands here.

        What was read is kept for who takes the differences over.
        """
        period = self.periods._of(self.run.books.connection_id, first, last)
        found = self.run.own["ledger.statistics.difference"]._note(
            self.run.books.connection_id, period, job_id, (first, last), since
        )
        if not found:
            self.run.own["ledger.statistics.read"]._drop([(job_id, first)])
