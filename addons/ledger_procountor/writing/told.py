# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a call on an invoice came to, in the engine's words."""

from __future__ import annotations

from typing import Any

from odoo.addons.ledger_connector_base.sync.contract import Result
from odoo.addons.ledger_connector_base.sync.problems import Problem

from ..client import id_of, text_of
from ..records import complete


def done(resource: str, record: dict[str, Any]) -> Result:
    """Return that it was done, with the record as a reading would give it.

    :param record: the vendor's whole record
    """
    return Result(
        external_id=id_of(record.get("id")),
        version=text_of(record.get("version")),
        record=complete(resource, [record])[0],
    )


def void(env: Any, name: str, number: str) -> Problem:
    """Return that a document was voided there, and may be created there again.

    :param name: the Odoo record
    :param number: the vendor's number
    """
    return Problem(
        "record",
        env._(
            "Invoice %(number)s of %(record)s was invalidated in Procountor. Ignore it "
            "here, or let it be created there again.",
            record=name,
            number=number,
        ),
        cause="voided_there",
        summary=env._(
            "Invoices were invalidated in Procountor. Ignore them here, or let them be "
            "created there again."
        ),
    )
