# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which of the vendor's ids belong to Odoo records."""

from __future__ import annotations

from collections.abc import Iterable

from .run import Run


def taken(run: Run, resource: str, external_ids: Iterable[str]) -> set[str]:
    """Return those of *external_ids* that are linked to an Odoo record."""
    ids = list(external_ids)
    if not ids:
        return set()
    run.own.cr.execute(
        "SELECT external_id FROM ledger_binding WHERE connection_id = %s"
        " AND resource = %s AND external_id = ANY(%s) AND res_id > 0"
        " AND state NOT IN ('candidate', 'gone', 'orphan')",
        (run.books.connection_id, resource, ids),
    )
    return {row[0] for row in run.own.cr.fetchall()}


def known(run: Run, resource: str, external_ids: Iterable[str]) -> set[str]:
    """Return those of *external_ids* that are, or were once, an Odoo record's."""
    run.own.cr.execute(
        "SELECT external_id FROM ledger_binding WHERE connection_id = %s"
        " AND resource = %s AND external_id = ANY(%s) AND state != 'candidate'",
        (run.books.connection_id, resource, list(external_ids)),
    )
    return {row[0] for row in run.own.cr.fetchall()}
