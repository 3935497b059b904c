# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class LedgerOutbox(models.Model):
    """Records that a push flow has to look at, because somebody changed them.

    Rows are only ever added and deleted: an edit that is saved while its record is
    being sent adds a row that the sender has not seen, so it cannot be lost; and no
    user ever waits for, or is refused because of, a sender.
    """

    _name = "ledger.outbox"
    _description = "Ledger Outbox"
    _log_access = False
    _order = "id"

    flow_id = fields.Many2one("ledger.flow", required=True, ondelete="cascade")
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    res_model = fields.Char(related="flow_id.res_model")
    asked = fields.Boolean(help="A person chose this record: no filter applies.")
    ready = fields.Boolean(
        help="The record became ready to be sent. Other edits of a document that was "
        "never sent do not book it."
    )
    changed_at = fields.Datetime()

    _flow_idx = models.Index("(flow_id, id)")
    _record_idx = models.Index("(res_id, flow_id)")

    @api.model
    def _note(self, flow_ids, res_ids, asked=False, ready=None):
        """Note that these flows have to look at these records: one statement.

        :param list flow_ids: as long as *res_ids*
        :param list res_ids: database ids of the flows' records
        :param list ready: for each whether it became ready to be sent, None for all
        """
        if not res_ids:
            return
        ready = [True] * len(res_ids) if ready is None else ready
        # The join: another process may have deleted a flow since it was looked up.
        self.env.cr.execute(
            "INSERT INTO ledger_outbox (flow_id, res_id, asked, ready, changed_at)"
            " SELECT f.id, noted.record, %s, noted.ready, now() AT TIME ZONE 'UTC'"
            " FROM unnest(%s::int[], %s::int[], %s::bool[])"
            " AS noted (flow, record, ready) JOIN ledger_flow f ON f.id = noted.flow",
            [asked, list(flow_ids), list(res_ids), list(ready)],
        )

    @api.model
    def _collect(self, flows, res_ids):
        """Remember changes until the transaction ends, and note them then at once.

        :param list flows: ``(flow id, whether the records became ready)``

        Savepoints note what was collected before them, so what is rolled back to one
        takes its own changes along and no others.
        """
        precommit = self.env.cr.precommit
        collected = precommit.data.get("ledger.outbox")
        if collected is None:
            collected = precommit.data["ledger.outbox"] = {}
            # The engine's queue, whoever edits the record.
            precommit.add(self.sudo()._note_collected)
        for key in flows:
            collected.setdefault(key, set()).update(res_ids)

    @api.model
    def _note_collected(self):
        # Taken out first: hooks that run after this one may edit records as well.
        collected = self.env.cr.precommit.data.pop("ledger.outbox", {})
        rows = [
            (flow_id, res_id, ready)
            for (flow_id, ready), res_ids in collected.items()
            for res_id in sorted(res_ids)
        ]
        if rows:
            flows, ids, ready = zip(*rows, strict=True)
            self._note(flows, ids, ready=ready)
