# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the vendor to Odoo: pages in, records and links out, one commit a page."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

from . import bindings, deletions, ids, recovery, waiting
from .again import ReadAgain
from .apply import apply
from .contract import Page
from .extract import storable
from .problems import Problem
from .run import RACES, Item, Run

_logger = logging.getLogger(__name__)

#: Records whose parents are missing are read on demand, and their parents in turn.
MAX_DEPTH = 3
#: A page that loses a race against a user's edit is done again.
ATTEMPTS = 5


class Pull(ReadAgain):
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
        self.comparing = False

    def execute(self) -> bool:
        """Read until the vendor has no more pages.

        :return: False when the time budget ended first and the rest waits
        :raises transport.errors.LedgerError: the vendor could not be read
        """
        self._begin()
        run = self.run
        if run.plan.known_only and not bindings.any_of(run, run.plan.resources):
            # Nothing there is known: nothing has to be read.
            return True
        if not run.dry:
            recovery.settle(run, self.client, self._written())
            if not self._notices() or not self._due():
                return False
        if run.notices_only:
            self._release_waiting()
            waiting.release_children(run)
            self._commit()
            return True
        return self._pages()

    def refresh(self, resource: str, records: dict[str, dict[str, Any]]) -> None:
        """Take over what was changed in these records there; nothing is created.

        :param records: the vendor's records by id; their links are known
        """
        self.run.lookups.references.clear()
        known = bindings.load(self.run, [(resource, one) for one in records])
        group = {
            (resource, one): (record, "")
            for one, record in records.items()
            if (known.get((resource, one)) or {}).get("res_id")
        }
        counts = self.run.counts.copy()
        self.comparing = True
        self._group(group, 0)
        # What is read on the way to a write is no reading of its own.
        self.run.counts = counts

    def _written(self) -> list[str]:
        """Names of the flow's resources that are written there as well."""
        system, plan = self.run.system, self.run.plan
        return [name for name in plan.resources if system.resource(name).batch]

    # === CURSOR === #

    def _begin(self) -> None:
        flow = self.run.flow
        if self.run.match_only:
            # All that is there, and the flow's own place is left alone.
            at = self._job_cursor()
            self.stored = {"full": False, "complete": False, "at": at}
            return
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
        if run.match_only:
            self._store_cursor(finished=True)
            self._commit()
            return
        if self.full and self.stored["complete"]:
            deletions.archive_missing(run, self.generation, self._still_there)
        self.stored = {"full": False, "at": self.stored.get("at")}
        self._store_cursor(finished=True)
        self._release_waiting()
        waiting.release_children(run)
        run.own["ledger.cause"]._sweep(run.connection)
        self._commit()

    def _store_cursor(self, finished: bool = False) -> None:
        """In SQL: through the ORM it would cost each page a read of the flow."""
        if self.run.match_only:
            self._store_job_cursor(None if finished else self.stored["at"])
            return
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

    def _job_cursor(self) -> Any:
        """Where the last turn of this very job ended."""
        job = self.run.own["ledger.sync.job"].browse(self.run.job_id or ())
        job.invalidate_recordset(["cursor"])
        return job.cursor or None

    def _store_job_cursor(self, at: Any) -> None:
        self.run.own.cr.execute(
            "UPDATE ledger_sync_job SET cursor = %s::jsonb WHERE id = %s",
            (json.dumps(at), self.run.job_id),
        )

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
        resource = next(iter(group))[0]
        plan = self._plan_of(resource)
        if plan is None:
            return set()
        rows = bindings.load(run, group, sent=run.outgoing(resource) is not None)
        group = self._concerned(resource, group, rows, plan)
        group = self._of_known_parents(group)
        items = list(self._changed(group, rows, plan))
        run.counts["received"] += len(group)
        run.counts["unchanged"] += len(group) - len(items)
        if items:
            self._resolve_references(items, depth)
            saved = apply(run, items)
        else:
            saved = []
        return {row["id"] for row in rows.values()} | set(saved)

    def _concerned(
        self, resource: str, group: dict, rows: dict, plan: Any
    ) -> dict[tuple[str, str], Any]:
        """Leave out what is linked as another kind of record, or need not be known."""
        if plan.known_only:
            return {key: x for key, x in group.items() if key in rows}
        there = [external_id for _resource, external_id in group]
        for other in self.run.system.resources:
            if resource == other.same_as:
                theirs = ids.known(self.run, other.name, there)
                group = {key: x for key, x in group.items() if key[1] not in theirs}
        return group

    def _of_known_parents(self, group: dict) -> dict[tuple[str, str], Any]:
        """Leave out what belongs to records that Odoo does not have and nobody reads.

        Payments of invoices that were made there would wait for ever.
        """
        parents = {parent for _record, parent in group.values() if parent}
        resource = next(iter(parents), "").partition(":")[0]
        plan = self.run.plan_for(resource)
        if not parents or (plan and not plan.known_only):
            return group
        there = ids.known(self.run, resource, (x.partition(":")[2] for x in parents))
        return {
            key: (record, parent)
            for key, (record, parent) in group.items()
            if parent.partition(":")[2] in there
        }

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

    def _plan_of(self, resource: str) -> Any:
        if self.comparing:
            return self.run.reading_plan(resource)
        return self.run.plan_for(resource)

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


def _settled(row: dict[str, Any], digest: str) -> bool:
    """Nothing to do: in step and unchanged, an alias, left out, or being decided."""
    if row["withdrawn"]:
        return True
    if row["state"] in ("linked", "conflict", "to_push"):
        return row["digest"] == digest or row["alias"]
    return row["state"] in ("ignored", "orphan", "candidate", "sending", "uncertain")


__all__ = ["Problem", "Pull"]
