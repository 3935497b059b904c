# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Documents that were made there are finished, each by its own steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.contract import (
    REFUSED,
    UNCERTAIN,
    FollowUp,
    Result,
)
from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.transport.errors import LedgerError, only_reading

from ..client import id_of
from .standing import Standing
from .steps import Steps
from .told import done

if TYPE_CHECKING:
    from ..client import ProcountorClient

Record = dict[str, Any]


class Finisher:
    """Finishes documents of one connection.

    :param flow: its settings say how far they go
    :param explain: ``ledger.connector._explain``
    """

    def __init__(
        self,
        env: Any,
        client: ProcountorClient,
        flow: Any,
        explain: Callable[..., Problem],
    ) -> None:
        self.env = env
        self.client = client
        self.connection = flow.connection_id
        self.explain = explain

    def finish(self, unfinished: list[FollowUp]) -> list[Result]:
        """Finish documents, as far as the connection says.

        :return: one result each; from the first error that concerns all on, that error
        :raises LedgerError: it concerns all of them, and none was finished
        """
        there = self._there(unfinished)
        results: list[Result | Standing] = []
        for place, one in enumerate(unfinished):
            try:
                results.append(self._one(one, there.get(one.operation.external_id)))
            except LedgerError as error:
                if error.sent:
                    results.append(Result(UNCERTAIN, error=error))
                    continue
                if not place:
                    raise
                results += [Result(REFUSED, error=error)] * (len(unfinished) - place)
                break
            except Problem as problem:
                results.append(Result(REFUSED, error=problem))
        resource = unfinished[0].operation.resource
        return self._told(resource, results)

    def _there(self, unfinished: list[FollowUp]) -> dict[str, Record]:
        """Return the invoices by id; what was not handed over is read in one go."""
        known = {
            one.operation.external_id: one.there for one in unfinished if one.there
        }
        ids = [one.operation.external_id for one in unfinished]
        return {**self._read([i for i in ids if i not in known]), **known}

    def _read(self, ids: list[str]) -> dict[str, Record]:
        with only_reading():
            found = self.client.by_ids("invoices", ids)
            return {id_of(record["id"]): record for record in found}

    def _one(self, one: FollowUp, there: Record | None) -> Standing:
        if there is None:
            raise Problem("record", self._is_gone(one), cause="deleted_there")
        standing = Standing(self.client, there)
        Steps(self, one, standing).take()
        return standing

    def _is_gone(self, one: FollowUp) -> str:
        return self.env._(
            "%(record)s was sent to Procountor, and is not there any more. Ignore it, "
            "or let it be created there again.",
            record=one.operation.name,
        )

    def _told(self, resource: str, results: list[Result | Standing]) -> list[Result]:
        """Return results with the records as they are now, read in one go."""
        stood = [one for one in results if isinstance(one, Standing)]
        try:
            fresh = self._read([one.id for one in stood if one.touched])
        except LedgerError as error:
            # They are finished; that is seen when they are asked about again.
            fresh, lost = {}, Result(REFUSED, error=error)
            results = [
                lost if isinstance(one, Standing) and one.touched else one
                for one in results
            ]
        return [
            done(resource, fresh.get(one.id, one.there))
            if isinstance(one, Standing)
            else one
            for one in results
        ]
