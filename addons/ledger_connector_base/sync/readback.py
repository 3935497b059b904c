# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The vendor's answer to our own write, seen as the pull would see it.

So that the next pull finds it unchanged, and that what the vendor gave the record (its
number, its totals) comes to Odoo.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import bindings
from .apply import ITEM_ERRORS
from .run import Run


@dataclass
class ReadBack:
    """What the pull's mapping makes of a record.

    :param vals: values by Odoo field
    """

    digest: str = ""
    snapshot: dict[str, Any] = field(default_factory=dict)
    vals: dict[str, Any] = field(default_factory=dict)


def read_back(
    run: Run, resource: str, record: dict[str, Any] | None, name: str
) -> ReadBack:
    """Return what the pull's mapping makes of *record*; empty if it cannot say.

    :param record: the vendor's record, None if the answer held none
    """
    plan = run.reading_plan(resource)
    mapping = plan.mappings.get(resource) if plan else None
    if record is None or mapping is None:
        return ReadBack()
    values = mapping.extractor.values(record)
    known = run.lookups.references
    unknown = {key for key in mapping.references(values) if key not in known}
    known.update(bindings.references(run, unknown))
    run.lookups.record_name = name
    try:
        vals = mapping.convert(run.lookups, values, creating=False)
    except ITEM_ERRORS:
        # The pull says what is wrong with it, at its next run.
        return ReadBack()
    return ReadBack(mapping.extractor.digest(values), bindings.jsonable(vals), vals)
