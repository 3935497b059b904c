# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where both sides differ: everything is read and compared, nothing is written.

Digests and snapshots are not asked: what was missed, or was changed behind the engine's
back, is found here.
"""

from __future__ import annotations

from typing import Any

from odoo.fields import Domain

from . import bindings
from .apply import ITEM_ERRORS
from .contract import Page
from .extract import storable
from .pull import Pull
from .run import Item

#: Number of the comparison among the full ones of a flow, which begin with 1.
GENERATION = -1
#: A report is read by people.
MOST = 10_000
_LINKED = ("linked", "due", "failed", "waiting", "conflict", "to_push")


class Drift(Pull):
    """Runs a pull flow as a comparison.

    Takes the same pages as a full pull, and keeps what differs in ``ledger.drift``.
    """

    def execute(self) -> bool:
        """Read and compare everything.

        :return: False when time ended first: the report then says how far it came
        :raises transport.errors.LedgerError: the vendor could not be read
        """
        run = self.run
        self._met: set[int] = set()
        at = self._job_cursor()
        if at is None:
            self._begin_report()
        lines = run.own["ledger.drift"]
        self._found = lines.search_count([("flow_id", "=", run.flow_id)])
        for page in run.connector._read(self.client, run.flow, at):
            self._compare_page(page)
            if self.stopped or (run.out_of_time() and not page.end):
                return False
        self._missing_there()
        self._missing_here()
        self._forget_met()
        self._store_job_cursor(None)
        self._commit()
        return True

    def _begin_report(self) -> None:
        """The last report makes room for this one."""
        run = self.run
        run.own["ledger.drift"].search([("flow_id", "=", run.flow_id)]).unlink()
        self._forget_met()

    def _forget_met(self) -> None:
        self.run.own.cr.execute(
            "DELETE FROM ledger_seen WHERE flow_id = %s AND generation = %s",
            (self.run.flow_id, GENERATION),
        )

    def _compare_page(self, page: Page) -> None:
        rows = []
        for group in self._groups(page.resource, page.records):
            rows += self._compare_group(group)
        self._report(rows)
        bindings.seen(self.run, GENERATION, self._met)
        self._met.clear()
        self.total += page.total or 0
        if page.cursor is not None:
            self._store_job_cursor(page.cursor)
        self._store_progress(page)
        self._commit()

    def _compare_group(self, group: dict) -> list[dict[str, Any]]:
        if not group:
            return []
        run = self.run
        resource = next(iter(group))[0]
        plan = run.plan_for(resource)
        mapping = plan.mappings.get(resource) if plan else None
        if mapping is None:
            return []
        links = bindings.load(run, group)
        group = self._concerned(resource, group, links, plan)
        self._met |= {row["id"] for row in links.values()}
        run.counts["received"] += len(group)
        items = []
        for key, (record, parent) in group.items():
            items.append(
                Item(
                    resource=resource,
                    external_id=key[1],
                    name=storable(self._name(resource, record, key[1])),
                    data=record,
                    values=mapping.extractor.values(record),
                    digest="",
                    plan=plan,
                    binding=links.get(key),
                    parent=parent,
                )
            )
        return [row for item in items for row in self._compare_items([item])]

    def _compare_items(self, items: list[Item]) -> list[dict[str, Any]]:
        run = self.run
        rows = []
        for item in items:
            link = item.binding
            if link and link["state"] in ("ignored", "gone", "orphan"):
                continue
            if not link or not link["res_id"] or link["state"] == "candidate":
                rows.append(self._row(item, "only_there"))
                continue
            row = self._differences(item)
            run.counts["unchanged"] += not row
            rows += [row] if row else []
        return rows

    def _differences(self, item: Item) -> dict[str, Any] | None:
        run, entity = self.run, item.plan.entity
        record = run.model(entity).browse(item.binding["res_id"]).exists()
        if not record or item.binding["alias"]:
            return None
        known = run.lookups.references
        needed = item.mapping.references(item.values) - set(known)
        known.update(bindings.references(run, needed))
        run.lookups.record_name = item.name
        try:
            vals = item.mapping.convert(run.lookups, item.values, creating=False)
            wanted = entity.prepare(run, item, vals, record)
        except ITEM_ERRORS:
            # What cannot be read stands under Records with its sentence.
            return None
        different = {
            name: value
            for name, value in wanted.items()
            if not entity.same(run, record, name, value)
        }
        if not different:
            return None
        return self._row(item, "differs", record, different)

    def _row(
        self, item: Item, kind: str, record: Any = None, different: Any = None
    ) -> dict[str, Any]:
        env, entity = self.run.env, item.plan.entity
        values, lines = {}, []
        for name, theirs in (different or {}).items():
            ours = bindings.jsonable(entity.current(record, name))
            values[name] = [ours, bindings.jsonable(theirs)]
            label = record._fields[name]._description_string(env)
            ours_text = entity.text(env, name, ours) or "–"
            theirs_text = entity.text(env, name, values[name][1]) or "–"
            lines.append(f"{label}: {ours_text} ↔ {theirs_text}")
        return {
            "kind": kind,
            "resource": item.resource,
            "external_id": item.external_id,
            "label": item.name,
            "res_model": entity.model,
            "res_id": record.id if record else False,
            "binding_id": item.binding["id"] if item.binding else False,
            "values": values,
            "details": "\n".join(lines),
        }

    # === WHAT ONE SIDE LACKS === #

    def _missing_there(self) -> None:
        """Links whose record is not there any more."""
        run = self.run
        names = [
            name for name in run.plan.resources if run.system.resource(name).deletions
        ]
        links = run.own["ledger.binding"].search(
            [
                ("connection_id", "=", run.books.connection_id),
                ("resource", "in", names),
                ("external_id", "!=", False),
                ("res_id", "!=", False),
                ("state", "in", _LINKED),
                ("id", "not in", self._seen()),
            ],
            limit=MOST,
        )
        self._report(
            [
                {
                    "kind": "gone",
                    "resource": link.resource,
                    "external_id": link.external_id,
                    "label": link.label,
                    "res_model": link.res_model,
                    "res_id": link.res_id,
                    "binding_id": link.id,
                }
                for link in links
            ]
        )

    def _seen(self) -> list[int]:
        self.run.own.cr.execute(
            "SELECT binding_id FROM ledger_seen WHERE flow_id = %s AND generation = %s",
            (self.run.flow_id, GENERATION),
        )
        return [row[0] for row in self.run.own.cr.fetchall()]

    def _missing_here(self) -> None:
        """Odoo's records that a push flow would send and that are not there."""
        run = self.run
        plan = next(filter(None, map(run.push_plan, run.plan.resources)), None)
        if not plan:
            return
        flow = run.env["ledger.flow"].browse(plan.flow_id)
        links = run.own["ledger.binding"]._search(
            [
                ("connection_id", "=", run.books.connection_id),
                ("res_model", "=", plan.entity.model),
                ("external_id", "!=", False),
                ("state", "not in", ("candidate", "gone", "orphan")),
            ]
        )
        records = run.env[plan.entity.model].search(
            flow._sendable_domain() & ~Domain("id", "in", links.subselect("res_id")),
            limit=MOST,
        )
        self._report(
            [
                {
                    "kind": "only_here",
                    "resource": plan.resources[0],
                    "label": record.display_name,
                    "res_model": record._name,
                    "res_id": record.id,
                }
                for record in records
            ]
        )

    def _report(self, rows: list[dict[str, Any]]) -> None:
        run = self.run
        rows = rows[: max(0, MOST - self._found)]
        self._found += len(rows)
        run.counts["candidate"] += len(rows)
        run.own["ledger.drift"].create(
            [{"flow_id": run.flow_id, **row} for row in rows]
        )
