# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading single records again: notices by webhook, retries, and what waited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from . import bindings, deletions
from .contract import Page

#: Records asked for in one go.
DUE_BATCH = 500


class ReadAgain:
    """The part of a pull that reads by ids instead of by pages."""

    run: Any
    client: Any
    stopped: bool

    # === RECORDS THAT THE VENDOR TOLD US OF === #

    def _notices(self) -> bool:
        """Read again what came by webhook; False when time ran out."""
        run = self.run
        events = run.own["ledger.event"]
        resources = list(run.plan.resources)
        while taken := events._take(run.books.connection_id, resources, DUE_BATCH):
            by_resource: dict[str, list[tuple]] = {}
            for notice in taken:
                by_resource.setdefault(notice[1], []).append(notice)
            for resource, notices in by_resource.items():
                self._read_again(resource, notices)
            events._done([x for notice in taken for x in notice[0]], run.job_id)
            self._commit()
            if self.stopped or run.out_of_time():
                return False
        return True

    def _read_again(self, resource: str, notices: list[tuple]) -> None:
        run = self.run
        if run.system.resource(resource).child:
            return
        id_field = run.system.resource(resource).id_field
        answered: set[str] = set()
        ids = list(dict.fromkeys(external_id for _ids, _r, external_id, _d in notices))
        for page in run.connector._fetch(self.client, run.flow, resource, ids):
            answered |= {str(record[id_field]) for record in page.records}
            self.process(page.resource, page.records)
            self._store_progress(page)
        # The vendor says so twice: by its notice, and by not having it.
        gone = [x for _ids, _r, x, deleted in notices if deleted and x not in answered]
        rows = bindings.load(run, [(resource, one) for one in gone])
        linked = [row["id"] for row in rows.values() if row["state"] != "gone"]
        if linked and deletions.allowed(run, len(linked), recent=True):
            deletions.archive(run, linked)

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
