# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a call on an invoice came to, in the engine's words."""

from __future__ import annotations

from typing import Any

from odoo.addons.ledger_connector_base.sync.contract import Result

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
