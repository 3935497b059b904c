# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Documents that were made there and have still to be finished: approved, sent, …

A new document is linked and committed first. What follows may fail or be killed at any
place: the link stays ``unfinished``, and the connector is asked again, which looks at
what was done already.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from odoo.exceptions import AccessError

from . import links, outbox, verdicts
from .answers import write_answers
from .contract import DONE, REFUSED, UNCERTAIN, FollowUp, Result
from .links import Out
from .problems import Problem
from .readback import ReadBack, read_back
from .run import RACES, Run

#: Documents that the connector is asked to finish in one call.
TOGETHER = 25
#: An unanswered step is tried so often before a person looks.
TRIES = links.MAX_TRIES


class Finishing:
    """The part of a sending that comes after a document was made there."""

    run: Run
    client: Any
    push: Any
    _new: list[tuple[Out, Result]]

    def finish_new(self, least: int = 1) -> None:
        """Finish what was just made, from the vendor's own answers.

        Together: each time has commits of its own. Whoever dies before it leaves links
        that say they are unfinished, and rows in the outbox.

        :param least: wait for so many
        """
        if len(self._new) < least:
            return
        pairs, self._new = self._new, []
        there = {id(out): result.record for out, result in pairs}
        self.finish([out for out, _result in pairs], there)

    def finish(self, outs: list[Out], there: dict[int, Any] | None = None) -> None:
        """Finish what was made, now or by an earlier run.

        :param there: the vendor's records where they are at hand, by the outs' ids
        """
        by_resource: dict[str, list[Out]] = {}
        for out in outs:
            by_resource.setdefault(out.resource, []).append(out)
        for group in by_resource.values():
            for start in range(0, len(group), TOGETHER):
                self._finish(group[start : start + TOGETHER], there or {})

    def _finish(self, outs: list[Out], there: dict[int, Any]) -> None:
        outs = self._as_sent(outs)
        if not outs:
            return
        run = self.run
        flow = run.env["ledger.flow"].browse(outs[0].plan.flow_id)
        unfinished = list(self._unfinished(outs, there))
        try:
            results = run.connector._follow_up(self.client, flow, unfinished)
        except RACES:
            raise
        except Exception as error:
            # The boundary to the vendor: what one document has, the others have not.
            run.env.cr.rollback()
            forbidden = isinstance(error, AccessError)
            if not forbidden and self._waits(error, outs[0].name):
                raise
            if len(outs) > 1:
                for out in outs:
                    self._finish([out], there)
                return
            told = self.push.not_readable(outs[0]) if forbidden else error
            results = [Result(REFUSED, error=told)]
        # What users saved while the vendor was working must not undo its answer.
        run.env.cr.rollback()
        if len(results) != len(outs):
            raise ValueError("the connector must return one result for each document")
        self._take_finished(list(zip(outs, results, strict=True)), there)

    def _as_sent(self, outs: list[Out]) -> list[Out]:
        """Leave out what was edited or cancelled since: that goes there first.

        It is in the outbox again, and is finished after it.
        """
        if not outs:
            return outs
        flow_id, after = outs[0].plan.flow_id, self.push.looked_at
        ids = [out.res_id for out in outs]
        edited = outbox.noted_since(self.run, flow_id, after, ids)
        return [out for out in outs if out.res_id not in edited]

    def _unfinished(self, outs: list[Out], there: dict[int, Any]) -> Iterator[FollowUp]:
        model = self.run.model(outs[0].plan.entity)
        records = model.browse([out.res_id for out in outs])
        for out, record in zip(outs, records, strict=True):
            yield FollowUp(self._operation(out), record, there.get(id(out)))

    def _waits(self, error: Exception, name: str) -> bool:
        """Tell whether *error* is none of the document's own."""
        if getattr(error, "sent", False):
            return True
        problem = self.run.connector._explain(error, name)
        return problem.owner in ("wait", "retry", "reconnect")

    def _take_finished(
        self, pairs: list[tuple[Out, Result]], there: dict[int, Any]
    ) -> None:
        """Store what became of them; what is not known yet is asked again.

        :raises transport.errors.LedgerError: the vendor has to be waited for
        """
        done = [pair for pair in pairs if pair[1].outcome == DONE]
        left = [pair for pair in pairs if pair[1].outcome != DONE]
        later = [x for x in left if self._is_later(*x)]
        tired = [
            (out, result)
            for out, result in later
            if _is_lost(result) and (out.row.get("tries") or 0) + 1 >= TRIES
        ]
        refused = [x for x in left if x not in later]
        if done:
            self._stored(lambda: self._store_finished(done))
        if left:
            self._stored(lambda: self._store_left(refused, later, tired))
            self._stored(lambda: self._number(refused + tired, there))
        waits = [result.error for out, result in later if (out, result) not in tired]
        if waits:
            raise waits[0]

    def _is_later(self, out: Out, result: Result) -> bool:
        return _is_lost(result) or self._waits(result.error, out.name)

    def _store_finished(self, pairs: list[tuple[Out, Result]]) -> None:
        run = self.run
        backs = [
            read_back(run, out.resource, result.record, out.name)
            for out, result in pairs
        ]
        _finished(run, [(*x, y) for x, y in zip(pairs, backs, strict=True)])
        answers = [
            (out.res_id, back.vals)
            for (out, _result), back in zip(pairs, backs, strict=True)
        ]
        wrong = write_answers(run, pairs[0][0].plan, answers)
        for out, _result in pairs:
            out.problem = wrong.get(out.res_id)
        self.push.store_failures([out for out, _result in pairs if out.problem])

    def _number(self, pairs: list, there: dict[int, Any]) -> None:
        """Bring to Odoo what the vendor called what it does not let go on."""
        run = self.run
        for out, _result in pairs:
            if there.get(id(out)):
                back = read_back(run, out.resource, there[id(out)], out.name)
                answers = [(out.res_id, back.vals)]
                write_answers(run, out.plan, answers, finished=False)

    def _store_left(self, refused: list, later: list, tired: list) -> None:
        run = self.run
        for out, result in refused:
            out.problem = run.connector._explain(result.error, out.name)
        for out, result in later:
            if (out, result) in tired:
                out.problem = self._stumbled(out)
            else:
                verdicts.look_again(
                    run, {"resource": out.resource, "res_id": out.res_id}
                )
        _tried(run, [x for x in later if _is_lost(x[1])], tired)
        self.push.store_failures([x for x, _result in refused + tired])

    def _stumbled(self, out: Out) -> Problem:
        return Problem(
            "record",
            self.run.env._(
                "%(record)s is in %(system)s, but what was to follow there (approving, "
                "sending) was not answered %(count)s times. Look at it there, then "
                "retry.",
                record=out.name,
                system=self.run.system.label,
                count=TRIES,
            ),
            cause=f"unfinished:{out.link_id}",
        )


def _is_lost(result: Result) -> bool:
    return result.outcome == UNCERTAIN or getattr(result.error, "sent", False)


def _finished(run: Run, pairs: list[tuple[Out, Any, ReadBack]]) -> None:
    """Store that nothing has to follow any more.

    :param pairs: record, the connector's result, and what the pull's mapping makes of
        the document
    """
    rows = [
        (
            out.link_id,
            result.version or None,
            json.dumps(read.snapshot) if read.snapshot else None,
            read.digest or None,
        )
        for out, result, read in pairs
    ]
    links.update(
        run,
        rows,
        "unfinished = FALSE, tries = 0, error = NULL, owner = NULL, cause_id = NULL,"
        " question = NULL, state = CASE WHEN b.state = 'failed' THEN 'linked'"
        " ELSE b.state END,"
        " remote_version = COALESCE(v.version, b.remote_version),"
        " snapshot = COALESCE(v.snapshot::jsonb, b.snapshot),"
        " digest = COALESCE(v.digest, b.digest)",
        "(id, version, snapshot, digest)",
    )
    for out, _result, _read in pairs:
        out.row["unfinished"] = False


def _tried(run: Run, lost: list, tired: list) -> None:
    """Count steps whose answer is not known; once a person looks, from nought."""
    rows = [(pair[0].link_id, pair in tired) for pair in lost]
    count = "tries = CASE WHEN v.tired THEN 0 ELSE COALESCE(b.tries, 0) + 1 END"
    links.update(run, rows, count, "(id, tired)")
