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

from ..transport.errors import BadAnswer, LedgerError
from . import links, outbox, verdicts
from .answers import write_answers
from .contract import DONE, REFUSED, UNCERTAIN, FollowUp, Result
from .links import Out
from .problems import NOT_THEIRS, Problem
from .readback import ReadBack, read_back
from .run import RACES, Run

#: Documents that the connector is asked to finish in one call.
TOGETHER = 25
#: An unanswered step is tried so often before a person looks.
TRIES = links.MAX_TRIES
#: So many in a row that cannot be read: the vendor fails, not the documents.
SEVERAL = 3


class Stopped(Exception):
    """A person stopped the run, or its time is up: the rest stays in the outbox."""


class Finishing:
    """The part of a sending that comes after a document was made there.

    :ivar worked: something was done in this run
    """

    run: Run
    client: Any
    push: Any
    worked: bool
    _new: list[tuple[Out, Result]]
    #: Documents in a row that the vendor did not show.
    _unread: list[tuple[Out, Result]]

    def check_time(self) -> None:
        """Ask whether something more may be begun.

        :raises Stopped: there is no time left, or the job was cancelled
        """
        # However short a turn is, something is done in it.
        late = self.worked and self.run.out_of_time()
        if self.push.stopped or late:
            raise Stopped

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
        :raises transport.errors.LedgerError: the vendor has to be waited for; what was
            not finished is left for the next run
        :raises Stopped: there is no time left, or the job was cancelled
        """
        by_resource: dict[str, list[Out]] = {}
        for out in outs:
            by_resource.setdefault(out.resource, []).append(out)
        for group in by_resource.values():
            for batch in batches(group, TOGETHER):
                self.check_time()
                self._finish(batch, there or {})
                self._store_unread()
                self.worked = True

    def _finish(
        self, outs: list[Out], there: dict[int, Any], again: bool = False
    ) -> None:
        """Ask the connector to finish *outs* in one call.

        :param again: some of it may have been done since *there* was read
        """
        outs = self._as_sent(outs)
        if not outs:
            return
        run = self.run
        flow = run.env["ledger.flow"].browse(outs[0].plan.flow_id)
        unfinished = list(self._unfinished(outs, {} if again else there))
        try:
            results = run.connector._follow_up(self.client, flow, unfinished)
        except RACES:
            raise
        except Exception as error:
            # The boundary to the vendor: what one document has, the others have not.
            run.env.cr.rollback()
            forbidden = isinstance(error, AccessError)
            its_own = forbidden or self._is_unread(error)
            if not its_own and self._waits(error, outs[0].name):
                raise
            if len(outs) > 1:
                self._one_by_one(outs, there)
                return
            told = self.push.not_readable(outs[0]) if forbidden else error
            results = [Result(REFUSED, error=told)]
        # What users saved while the vendor was working must not undo its answer.
        run.env.cr.rollback()
        if len(results) != len(outs):
            raise ValueError("the connector must return one result for each document")
        self._take_finished(list(zip(outs, results, strict=True)), there)

    def _one_by_one(self, outs: list[Out], there: dict[int, Any]) -> None:
        for out in outs:
            self.check_time()
            self._finish([out], there, again=True)

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
        return problem.owner in NOT_THEIRS

    def _take_finished(
        self, pairs: list[tuple[Out, Result]], there: dict[int, Any]
    ) -> None:
        """Store what became of them; what is not known yet is asked again.

        :raises transport.errors.LedgerError: the vendor has to be waited for
        """
        done = [pair for pair in pairs if pair[1].outcome == DONE]
        unread = [pair for pair in pairs if self._is_not_shown(pair[1])]
        left = [pair for pair in pairs if pair not in done + unread]
        later = [x for x in left if self._is_later(*x)]
        tired = [
            (out, result)
            for out, result in later
            if _is_lost(result) and _is_last_try(out)
        ]
        refused = [x for x in left if x not in later]
        if done:
            self._stored(lambda: self._store_finished(done))
            self.worked = True
        if left:
            self._stored(lambda: self._store_left(refused, later, tired))
            self._stored(lambda: self._number(refused + tired, there))
        if done or refused:
            self._store_unread()
        waits = [result.error for out, result in later if (out, result) not in tired]
        if waits:
            raise waits[0]
        if len(pairs) > 1:
            # Which of them it is, the vendor's answer to all does not say.
            self._one_by_one([out for out, _result in unread], there)
        elif unread:
            self._stored(lambda: self._number(unread, there))
            self._suspect(*unread[0])

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

    # === WHAT THE VENDOR FAILS TO SHOW === #

    def _is_unread(self, error: Exception | None) -> bool:
        """Tell whether the vendor may have stumbled over a document when it was read.

        An error of a call that was to change something says ``sent``.
        """
        if not isinstance(error, LedgerError) or error.sent:
            return False
        stumbled = error.status == 500 or isinstance(error, BadAnswer)
        return stumbled and self.run.connector._explain(error).owner == "retry"

    def _is_not_shown(self, result: Result) -> bool:
        return result.outcome == REFUSED and self._is_unread(result.error)

    def _suspect(self, out: Out, result: Result) -> None:
        """Hold it against a document that it was not shown, once others are.

        :raises transport.errors.LedgerError: several in a row were not: it is the
            vendor, and none of them is at fault
        """
        self._unread.append((out, result))
        if len(self._unread) >= SEVERAL:
            self._unread.clear()
            raise result.error

    def _store_unread(self) -> None:
        """Store what the vendor did not show: it shows others, or was asked for few."""
        pairs, self._unread = self._unread, []
        if pairs:
            self._stored(lambda: self._store_not_shown(pairs))

    def _store_not_shown(self, pairs: list[tuple[Out, Result]]) -> None:
        tired = [pair for pair in pairs if _is_last_try(pair[0])]
        for pair in pairs:
            out, result = pair
            last = pair in tired
            out.problem = self._stumbled(out) if last else self._held_up(out, result)
        _tried(self.run, pairs, tired)
        self.push.store_failures([out for out, _result in pairs])
        again = [out for out, _result in pairs if not _is_last_try(out)]
        # Not before the next run: the same answer is all that would come now.
        self.push.leave((out.resource, out.res_id) for out in again)

    def _held_up(self, out: Out, result: Result) -> Problem:
        problem = self.run.connector._explain(result.error, out.name)
        return Problem(
            "retry",
            self.run.env._(
                "%(record)s is in %(system)s, but what was to follow there (approving, "
                "sending) waits: %(reason)s",
                record=out.name,
                system=self.run.system.label,
                reason=problem.sentence,
            ),
            cause=problem.cause,
            summary=problem.summary,
        )

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


def batches(outs: list[Out], size: int) -> Iterator[list[Out]]:
    """Yield batches; what the vendor stumbled over goes alone."""
    tried = [out for out in outs if (out.row or {}).get("tries")]
    others = [out for out in outs if not (out.row or {}).get("tries")]
    for start in range(0, len(others), size):
        yield others[start : start + size]
    yield from ([out] for out in tried)


def _is_last_try(out: Out) -> bool:
    return (out.row.get("tries") or 0) + 1 >= TRIES


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
