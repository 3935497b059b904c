# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records that could not be sent because something they point to was not there."""

from __future__ import annotations

from . import verdicts
from .run import Run

_RELEASE = """
UPDATE ledger_binding child
   SET state = 'to_push', waiting_for = NULL, cause_id = NULL
  FROM ledger_binding parent
 WHERE child.connection_id = %(connection)s AND child.state = 'waiting'
   AND parent.connection_id = %(connection)s
   AND parent.external_id IS NOT NULL AND parent.alias IS NOT TRUE
   AND parent.state NOT IN ('candidate', 'gone', 'orphan', 'ignored')
   AND child.resource = ANY(%(resources)s)
   AND child.waiting_for = parent.resource || ':' || parent.res_model
       || ',' || parent.res_id
RETURNING child.resource, child.res_id
"""


def release_children(run: Run) -> None:
    """Note records whose missing parent is there now, and let their flows run.

    Whether it was sent or read: either way it is known there. The caller commits.
    """
    names = [x.name for x in run.system.resources if run.push_plan(x.name)]
    if not names:
        return
    values = {"connection": run.books.connection_id, "resources": names}
    run.own.cr.execute(_RELEASE, values)
    flows = run.own["ledger.flow"]
    for resource, res_id in run.own.cr.fetchall():
        verdicts.look_again(run, {"resource": resource, "res_id": res_id})
        flows |= flows.browse(run.push_plan(resource).flow_id)
    if flows:
        flows._enqueue("retry")
        run.own["ledger.binding"].invalidate_model()
