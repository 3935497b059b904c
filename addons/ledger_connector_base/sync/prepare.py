# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Finding out what has to be sent of a record, or why it cannot be."""

from __future__ import annotations

from typing import Any

from odoo.exceptions import AccessError

from . import agreement, bindings, conflict
from .extract import version_of
from .links import Out
from .outgoing import changed, nested, without_empty
from .problems import Problem
from .run import Run


def is_idle(out: Out) -> bool:
    """Tell whether there is nothing to send of *out*."""
    return not out.values and out.kind not in ("deactivate", "withdraw")


class Preparing:
    """The part of a push that makes no call and stores nothing."""

    run: Run

    def prepare(self, outs: list[Out], depth: int = 0) -> None:
        """Find out what has to be sent of *outs*, or why it cannot be."""
        by_resource: dict[str, list[Out]] = {}
        for out in outs:
            if not out.problem:
                by_resource.setdefault(out.resource, []).append(out)
        for resource, group in by_resource.items():
            plan = group[0].plan
            outgoing = plan.mappings.get(resource)
            if outgoing is None:
                continue
            self._parents(plan, outgoing, group, depth)
            undecided = conflict.open_fields(self.run, [x.link_id for x in group])
            # Together, so that Odoo reads them together.
            records = self.run.model(plan.entity).browse([out.res_id for out in group])
            for out, record in zip(group, records, strict=True):
                held = undecided.get(out.link_id, set())
                self._prepare_one(outgoing, out, record, held)

    def _prepare_one(
        self, outgoing: Any, out: Out, record: Any, undecided: set[str]
    ) -> None:
        run, entity = self.run, out.plan.entity
        if out.kind == "deactivate":
            return
        if out.kind == "withdraw":
            # One that was deleted goes by its name.
            if record.exists():
                out.name, out.number = record.display_name, entity.number(record)
            return
        # The link is called as the vendor calls it, people know Odoo's name.
        out.name = record.display_name
        run.lookups.record_name = out.name
        try:
            out.now = outgoing.flat(run.lookups, record)
            out.number = entity.number(record)
            self._choose(outgoing, out, record, undecided)
            if not is_idle(out):
                self._check(out, record)
            elif out.external_id and not out.unfinished:
                out.problem = entity.check_booked(run, record)
        except Problem as problem:
            out.problem = problem
        except AccessError:
            out.problem = self.not_readable(out)
        except ValueError as error:
            out.problem = run.connector._explain(error, out.name)

    def not_readable(self, out: Out) -> Problem:
        """Return that the record uses something that the responsible user may not."""
        return Problem(
            "record",
            self.run.env._(
                "%(record)s uses something that %(user)s may not read, in whose name "
                "records are sent. Correct the record, give the right, or choose "
                "another responsible user on the connection.",
                record=out.name,
                user=self.run.env.user.name,
            ),
            cause="not_readable",
        )

    def _choose(
        self, outgoing: Any, out: Out, record: Any, undecided: set[str]
    ) -> None:
        """Choose what of the record is sent, and make the key of that content."""
        if out.kind == "create":
            self._check_may_create(out)
            out.values = without_empty(out.now)
        elif not out.plan.sends_changes:
            out.values = {}
        else:
            sent = out.row.get("sent")
            out.held = {p for p in out.now if outgoing.fields_of(p) & undecided}
            skipped = out.held | outgoing.only_for_new()
            # Linked without having been sent: since then it has not been edited, or
            # the outbox would not be the first to know.
            out.values = (
                {
                    path: value
                    for path, value in changed(out.now, sent or {}).items()
                    if path not in skipped
                }
                if sent is not None
                else self._since_linked(outgoing, out, record)
            )
            if out.values and not outgoing.resource.updates:
                self._compare_booked(outgoing, out, sent)
        if self._is_replaced(outgoing, out):
            out.kind = "replace"
            out.values = without_empty(out.now)
            out.generation += 1
        out.current = {
            name: value
            for name, value in self._current(out, record).items()
            if name not in undecided
        }
        content = [self.run.books.connection_id, out.resource, out.res_id, out.values]
        if out.generation > 1:
            content.append(out.generation)
        out.key = version_of(content, size=16)

    def _is_replaced(self, outgoing: Any, out: Out) -> bool:
        """Tell whether it is credited and made anew: agreed, or begun before.

        What was begun is ended, even if the edit was undone since.
        """
        if out.kind != "update" or not outgoing.resource.replaces:
            return False
        return agreement.is_begun(out.row) or bool(out.values and out.agreed)

    def _check_may_create(self, out: Out) -> None:
        """Refuse to make a new record there where the flow only uses what is there."""
        if out.plan.creates_there:
            return
        raise Problem(
            "record",
            self.run.env._(
                "%(record)s is not in %(system)s, and nothing is created there. Enter "
                "it there or link it under Records; or let the flow create what is "
                "missing.",
                record=out.name,
                system=self.run.system.label,
            ),
            cause=f"not_there:{out.plan.flow_id}",
            summary=self.run.env._(
                "Records are not in %(system)s, and nothing is created there. Enter "
                "them there or link them under Records; or let the flow create what "
                "is missing.",
                system=self.run.system.label,
            ),
        )

    def _since_linked(self, outgoing: Any, out: Out, record: Any) -> dict[str, Any]:
        """What differs from what the vendor said when the record was linked.

        A value that is not read from there is sent if there is one: nobody knows what
        the vendor has.
        """
        snapshot = out.row.get("snapshot") or {}
        if not outgoing.resource.updates:
            return {}
        result = {}
        for path, value in out.now.items():
            names = outgoing.fields_of(path)
            if names <= set(snapshot):
                entity = out.plan.entity
                same = all(
                    bindings.jsonable(entity.current(record, x)) == snapshot[x]
                    for x in names
                )
                if not same:
                    result[path] = value
        return {p: x for p, x in result.items() if p not in outgoing.only_for_new()}

    def _compare_booked(self, outgoing: Any, out: Out, sent: dict) -> None:
        """What is booked cannot be changed: an edit is refused with a sentence."""
        now, before = map(outgoing.without_codes, (out.now, sent))
        edited = changed(now, before)
        out.values = {}
        if set(edited) - outgoing.only_for_new():
            self._refuse_update(out)

    def _refuse_update(self, out: Out) -> None:
        raise Problem(
            "record",
            self.run.env._(
                "%(record)s was changed in Odoo after it was booked in %(system)s, "
                "where it cannot be changed any more. Undo the change, or credit it "
                "and make a new one.",
                record=out.name,
                system=self.run.system.label,
            ),
            cause="booked",
            summary=self.run.env._(
                "Documents were changed in Odoo after they were booked in %(system)s. "
                "Undo the changes, or credit them and make new ones.",
                system=self.run.system.label,
            ),
        )

    def _current(self, out: Out, record: Any) -> dict[str, Any]:
        """Odoo's values of what the pull reads: the snapshot if no answer holds one."""
        reading = self.run.reading_plan(out.resource)
        mapping = reading.mappings.get(out.resource) if reading else None
        if mapping is None:
            return {}
        entity = out.plan.entity
        return {
            name: bindings.jsonable(entity.current(record, name))
            for name in mapping.fields
            if name in record._fields and name not in mapping.lists
        }

    def _check(self, out: Out, record: Any) -> None:
        """Refuse what the vendor would refuse, or take wrongly."""
        run = self.run
        out.difference = out.plan.entity.check_outgoing(run, record)
        flow = run.env["ledger.flow"].browse(out.plan.flow_id)
        run.connector._check_outgoing(flow, out.resource, record, nested(out.values))
