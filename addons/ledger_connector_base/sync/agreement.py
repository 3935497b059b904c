# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person agreed to, and what was begun upon it.

Taking back and making anew are several calls: once they were begun, a credit note may
stand there. Whatever becomes of the record then, they are ended; otherwise a sale would
be credited and never invoiced. The link keeps its intent until then.
"""

from __future__ import annotations

from typing import Any

#: Operations that may be repeated, and that go on where they stopped.
REPEATED = ("withdraw", "replace")
#: Of a link *b*: it may have been credited there.
BEGUN = (
    "(b.intent->>'kind' IN ('withdraw', 'replace')"
    " AND (b.intent->>'agreed')::boolean IS TRUE)"
)
#: The intent of a link *b* after a call that has not done it.
KEPT_INTENT = f"intent = CASE WHEN {BEGUN} THEN b.intent END"


def is_begun(row: dict[str, Any] | None) -> bool:
    """Tell whether the link's record may have been credited there already."""
    intent = (row or {}).get("intent") or {}
    return bool(intent.get("agreed")) and intent.get("kind") in REPEATED


def is_agreed(row: dict[str, Any] | None, kind: str) -> bool:
    """Tell whether a person agreed to a credit note for what is done now.

    Who agreed to credit what was cancelled did not agree to a new invoice.
    """
    if is_begun(row):
        return True
    asked = ((row or {}).get("intent") or {}).get("kind") or kind
    same = (asked == "withdraw") == (kind == "withdraw")
    return bool(row and row.get("agreed")) and same


_TRACE = """
INSERT INTO ledger_binding (connection_id, company_id, entity, resource, external_id,
    label, res_model, res_id, state, withdrawn, generation, create_uid, create_date,
    write_uid, write_date)
SELECT connection_id, company_id, entity, resource, %s, label, res_model, res_id,
       'gone', TRUE, %s, %s, now() AT TIME ZONE 'UTC', %s, now() AT TIME ZONE 'UTC'
  FROM ledger_binding WHERE id = %s
ON CONFLICT DO NOTHING
"""


def leave_traces(run: Any, out: Any, result: Any) -> None:
    """Remember what else stands there because of a record, so that it is not read.

    What was replaced and its credit note are no documents of Odoo's.

    :param out: ``sync.links.Out`` that was done
    :param result: ``sync.contract.Result``
    """
    ids = [x for x in (out.external_id, *result.beside) if x]
    # What was begun may have taken the next number there.
    generation = out.generation + (out.kind == "withdraw" and is_begun(out.row))
    for external_id in ids if out.kind in REPEATED else ():
        values = (external_id, generation, run.env.uid, run.env.uid, out.link_id)
        run.own.cr.execute(_TRACE, values)
