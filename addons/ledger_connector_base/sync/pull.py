# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the vendor to Odoo: pages in, records and links out, one commit a page."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from typing import Any

from psycopg2 import errors as pg

from . import bindings, deletions
from .apply import apply
from .contract import Page
from .extract import storable
from .problems import Problem
from .run import Item, Run

_logger = logging.getLogger(__name__)

#: Records whose parents are missing are read on demand, and their parents in turn.
MAX_DEPTH = 3
#: A page that loses a race against a user's edit is done again.
ATTEMPTS = 5
RACES = (pg.SerializationFailure, pg.DeadlockDetected, pg.LockNotAvailable)
DUE_BATCH = 500


class Pull:
    """Runs a pull flow.

    :param run: the job's state
    :param client: the vendor's opened client
    :param limit: stop after so many records, for a preview
    """

    def __init__(self, run: Run, client: Any, limit: int | None = None) -> None:
        self.run = run
        self.client = client
        self.limit = limit
        self.stored: dict[str, Any] = {}
        self.full = False
        self.generation = 0
        self.total = 0
        self.notes: list[str] = []
        self.stopped = False

    def execute(self) -> bool:
        """Read until the vendor has no more pages.

        :return: False when the time budget ended first and the rest waits
        :raises transport.errors.LedgerError: the vendor could not be read
        """
        self._begin()
        if not self.run.dry and not self._due():
            return False
        return self._pages()

    # === CURSOR === #

    def _begin(self) -> None:
        flow = self.run.flow
        self.stored = flow.cursor or {}
        self.full = self.stored.get("full", False) or flow._is_full_due()
        self.generation = flow.generation
        if self.full and not self.stored.get("full"):
            self.generation += 1
            self.stored = {"full": True, "complete": True, "at": None}

    def _pages(self) -> bool:
        run = self.run
        pages = run.connector._read(self.client, run.flow, self.stored.get("at"))
        for page in pages:
            self._page(page)
            if self.limit and sum(run.counts.values()) >= self.limit:
                return True
            if self.stopped or (run.out_of_time() and not page.end):
                return False
        self._finish()
        return True

    def _finish(self) -> None:
        run = self.run
        if run.dry:
            return
        if self.full and self.stored["complete"]:
            deletions.archive_missing(run, self.generation, self._still_there)
        self.stored = {"full": False, "at": self.stored.get("at")}
        self._store_cursor(finished=True)
        self._release_waiting()
        run.own["ledger.cause"]._sweep(run.connection)
        self._commit()

    def _store_cursor(self, finished: bool = False) -> None:
        """In SQL: through the ORM it would cost each page a read of the flow."""
        done = (
            ", last_full = now() AT TIME ZONE 'UTC'" if finished and self.full else ""
        )
        self.run.own.cr.execute(
            "UPDATE ledger_flow SET cursor = %s::jsonb, generation = %s, note = %s"
            + done
            + " WHERE id = %s",
            (
                json.dumps(self.stored),
                self.generation,
                "\n".join(self.notes) or None,
                self.run.flow_id,
            ),
            # A race with an edit of the flow is no error: the page is done again.
            log_exceptions=False,
        )
        self.run.own["ledger.flow"].invalidate_model(["cursor", "generation", "note"])

    # === PAGES === #

    def _page(self, page: Page) -> None:
        """Do a page: its records, links and cursor are one transaction."""
        for attempt in range(1, ATTEMPTS + 1):
            counts, total = self.run.counts.copy(), self.total
            try:
                ids = self.process(page.resource, page.records)
                ids |= self._deleted(page)
                self._close_page(page, ids)
                self._commit()
                return
            except RACES:
                self.run.env.cr.rollback()
                self.run.counts, self.total = counts, total
                if attempt == ATTEMPTS:
                    raise
                _logger.info("Page of %s done again after a race", page.resource)

    def _close_page(self, page: Page, ids: set[int]) -> None:
        run = self.run
        if page.note and str(page.note) not in self.notes:
            self.notes.append(str(page.note))
        self.total += page.total or 0
        if page.unchanged or page.partial:
            self.stored["complete"] = False
        if page.cursor is not None:
            self.stored["at"] = page.cursor
        if run.dry:
            return
        if self.full and self.stored.get("complete"):
            bindings.seen(run, self.generation, ids)
        self._store_cursor()
        self._store_progress(page)

    def _store_progress(self, page: Page) -> None:
        run = self.run
        jobs = run.own["ledger.sync.job"]
        self.stopped = jobs._store_progress(run.job_id, run.counts, self.total)
        run.store_exchanges(run.own)

    def _commit(self) -> None:
        if not self.run.dry:
            self.run.env.cr.commit()  # pylint: disable=invalid-commit

    def _deleted(self, page: Page) -> set[int]:
        if page.deleted:
            rows = bindings.load(self.run, [(page.resource, x) for x in page.deleted])
            deletions.archive(self.run, [row["id"] for row in rows.values()])
        return set()

    # === RECORDS === #

    def process(
        self, resource: str, records: list[dict[str, Any]], depth: int = 0
    ) -> set[int]:
        """Bring remote records into Odoo, inner records after their outer ones.

        :return: ids of the links that were met, changed or not
        """
        met: set[int] = set()
        self.run.lookups.references.clear()
        for group in self._groups(resource, records):
            met |= self._group(group, depth)
        return met

    def _groups(self, resource: str, records: list[dict[str, Any]]) -> Iterator[dict]:
        """Yield ``{key: (record, parent)}``: the records, then what is in them."""
        run = self.run
        id_field = run.system.resource(resource).id_field
        own = {(resource, str(r[id_field])): (r, "") for r in records}
        yield own
        inner: dict[str, dict] = {}
        for (_resource, external_id), (record, _parent) in own.items():
            for child, data in run.connector._children(resource, record):
                child_id = str(data[run.system.resource(child).id_field])
                inner.setdefault(child, {})[child, child_id] = (
                    data,
                    f"{resource}:{external_id}",
                )
        yield from inner.values()

    def _group(self, group: dict, depth: int) -> set[int]:
        if not group:
            return set()
        run = self.run
        plan = run.plan_for(next(iter(group))[0])
        if plan is None:
            return set()
        rows = bindings.load(run, group)
        items = list(self._changed(group, rows, plan))
        run.counts["received"] += len(group)
        run.counts["unchanged"] += len(group) - len(items)
        if items:
            self._resolve_references(items, depth)
            saved = apply(run, items)
        else:
            saved = []
        return {row["id"] for row in rows.values()} | set(saved)

    def _changed(self, group: dict, rows: dict, plan: Any) -> Iterator[Item]:
        """Yield the records that are new or differ from what was synced last."""
        resource = next(iter(group))[0]
        mapping = plan.mappings.get(resource)
        if mapping is None:
            return
        read, digest_of = mapping.extractor.values, mapping.extractor.digest
        for key, (record, parent) in group.items():
            values = read(record)
            digest = digest_of(values)
            row = rows.get(key)
            if row and _settled(row, digest):
                continue
            yield Item(
                resource=resource,
                external_id=key[1],
                name=storable(self._name(resource, record, key[1])),
                data=record,
                values=values,
                digest=digest,
                plan=plan,
                binding=row,
                parent=parent,
            )

    def _name(self, resource: str, record: dict[str, Any], external_id: str) -> str:
        definition = self.run.system.resource(resource)
        for field in definition.name_fields:
            if record.get(field):
                return f"{definition.label} {record[field]}"
        return f"{definition.label} {external_id}"

    # === PARENTS === #

    def _resolve_references(self, items: list[Item], depth: int) -> None:
        """Find the Odoo ids of what *items* point to; read what is missing."""
        run = self.run
        needed = {key for item in items for key in item.mapping.references(item.values)}
        known = run.lookups.references
        known.update(bindings.references(run, needed - set(known)))
        missing = needed - set(known)
        if missing and depth < MAX_DEPTH and not run.match_only:
            saved = dict(known)
            self._read_parents(missing, depth)
            known.update(saved)
            known.update(bindings.references(run, needed - set(known)))

    def _read_parents(self, missing: set[tuple[str, str]], depth: int) -> None:
        run = self.run
        for resource in sorted({resource for resource, _id in missing}):
            plan = run.plan_for(resource)
            if plan is None or run.system.resource(resource).child:
                continue
            ids = sorted(i for r, i in missing if r == resource)
            flow = run.env["ledger.flow"].browse(plan.flow_id)
            for page in run.connector._fetch(self.client, flow, resource, ids):
                self.process(resource, page.records, depth + 1)

    # === RECORDS THAT WAITED === #

    def _due(self) -> bool:
        """Read again what was marked for it; False when time ran out."""
        run = self.run
        for resource, ids in self._due_ids():
            pages = run.connector._fetch(self.client, run.flow, resource, ids)
            answered = set()
            for page in pages:
                id_field = run.system.resource(resource).id_field
                answered |= {str(record[id_field]) for record in page.records}
                page.cursor = None
                self._due_page(page)
            deletions.not_found(run, resource, [i for i in ids if i not in answered])
            deletions.not_inside(run, resource, ids)
            self._commit()
            if self.stopped or run.out_of_time():
                return False
        return True

    def _due_page(self, page: Page) -> None:
        self.process(page.resource, page.records)
        self._store_progress(page)
        self._commit()

    def _due_ids(self) -> Iterable[tuple[str, list[str]]]:
        run = self.run
        run.own.cr.execute(
            "SELECT id FROM ledger_binding"
            " WHERE connection_id = %s AND state = 'due' AND resource = ANY(%s)",
            (run.books.connection_id, list(run.plan.resources)),
        )
        return self._outer_ids([row[0] for row in run.own.cr.fetchall()])

    def _still_there(self, binding_ids: list[int]) -> set[int]:
        """Read by their ids what the lists did not have: pages move meanwhile.

        :return: those of the links that were met
        """
        met: set[int] = set()
        for resource, ids in self._outer_ids(binding_ids):
            for page in self.run.connector._fetch(
                self.client, self.run.flow, resource, ids
            ):
                met |= self.process(page.resource, page.records)
        return met

    def _outer_ids(self, binding_ids: list[int]) -> Iterator[tuple[str, list[str]]]:
        """Yield what has to be asked for to read these links' records again."""
        run = self.run
        run.own.cr.execute(
            """
            SELECT COALESCE(split_part(parent_key, ':', 1), resource) AS resource,
                   COALESCE(split_part(parent_key, ':', 2), external_id) AS id
              FROM ledger_binding
             WHERE id = ANY(%s)
            """,
            (binding_ids,),
        )
        by_resource: dict[str, set[str]] = {}
        for resource, external_id in run.own.cr.fetchall():
            by_resource.setdefault(resource, set()).add(external_id)
        # Parents first; what lies inside another flow's records is read with them.
        order = {name: place for place, name in enumerate(run.plan.resources)}
        for resource in sorted(by_resource, key=lambda x: order.get(x, len(order))):
            ids = sorted(by_resource[resource])
            for start in range(0, len(ids), DUE_BATCH):
                yield resource, ids[start : start + DUE_BATCH]

    def _release_waiting(self) -> None:
        """Queue records whose missing parent has arrived."""
        run = self.run
        run.own.cr.execute(
            """
            UPDATE ledger_binding child
               SET state = 'due', waiting_for = NULL, cause_id = NULL
              FROM ledger_binding parent
             WHERE child.connection_id = %(connection)s AND child.state = 'waiting'
               AND parent.connection_id = %(connection)s AND parent.state = 'linked'
               AND child.waiting_for = parent.resource || ':' || parent.external_id
               AND parent.res_id > 0
               AND (parent.res_model != 'account.move'
                    OR child.entity != 'payment'
                    OR EXISTS (SELECT 1 FROM account_move move
                                WHERE move.id = parent.res_id
                                  AND move.state = 'posted'))
            RETURNING child.entity
            """,
            {"connection": run.books.connection_id},
        )
        entities = {row[0] for row in run.own.cr.fetchall()}
        if entities:
            run.own["ledger.binding"].invalidate_model()
            flows = run.connection.flow_ids.filtered(lambda f: f.entity in entities)
            flows._enqueue("retry")


def _settled(row: dict[str, Any], digest: str) -> bool:
    """Nothing to do: in step and unchanged, an alias, left out, or being decided."""
    if row["state"] == "linked":
        return row["digest"] == digest or row["alias"]
    return row["state"] in ("ignored", "orphan", "candidate")


__all__ = ["Problem", "Pull"]
