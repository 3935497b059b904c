# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError


class LedgerDrift(models.Model):
    """A line of the report on where both sides differ, as of its comparison."""

    _name = "ledger.drift"
    _description = "Ledger Difference"
    _order = "connection_id, kind, id"
    _rec_name = "label"

    flow_id = fields.Many2one(
        "ledger.flow", required=True, index=True, ondelete="cascade"
    )
    connection_id = fields.Many2one(
        related="flow_id.connection_id", store=True, index=True
    )
    company_id = fields.Many2one(related="flow_id.company_id", store=True)
    entity = fields.Selection(related="flow_id.entity", store=True)
    kind = fields.Selection(
        selection=[
            ("differs", "Differs"),
            ("only_there", "Only in the system"),
            ("only_here", "Only in Odoo"),
            ("gone", "Deleted in the system"),
        ],
        required=True,
        string="What",
    )
    resource = fields.Char(string="Kind there")
    external_id = fields.Char(string="Id there")
    label = fields.Char(string="Name")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(string="Odoo record id", model_field="res_model")
    record_ref = fields.Reference(
        selection="_selection_record_ref",
        string="In Odoo",
        compute="_compute_record_ref",
    )
    binding_id = fields.Many2one("ledger.binding", ondelete="cascade")
    values = fields.Json(help="By field: Odoo's value and the system's.")
    details = fields.Text(string="Odoo ↔ system")
    compared_at = fields.Datetime(default=lambda self: fields.Datetime.now())

    @api.model
    def _selection_record_ref(self):
        return self.env["ledger.binding"]._selection_record_ref()

    @api.depends("res_model", "res_id")
    def _compute_record_ref(self):
        for line in self:
            known = f"{line.res_model},{line.res_id}"
            line.record_ref = known if line.res_id else False

    # === ACTIONS === #

    def action_take_system(self):
        """Take the system's values over into Odoo, with the user's rights."""
        self._as_conflicts().action_take_system()
        return self._settled()

    def action_send_odoo(self):
        """Send Odoo's values, or records that are not there yet."""
        self._as_conflicts().action_take_odoo()
        for flow, lines in (
            self.filtered(lambda x: x.kind == "only_here")
            .grouped(lambda x: x.flow_id._other_directions())
            .items()
        ):
            flow._ask_for(lines.mapped("res_id"))
            flow._enqueue("send")
        return self._settled()

    def action_open_record(self):
        """Open the Odoo record."""
        self.ensure_one()
        if not self.record_ref or not self.record_ref.exists():
            raise UserError(self.env._("%(name)s is not in Odoo.", name=self.label))
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def _as_conflicts(self):
        """A difference is decided like a conflict, and kept like one."""
        self.check_access("read")
        # The report is the engine's; what is decided is checked with the conflict.
        conflicts = self.env["ledger.conflict"].sudo()
        for line in self.filtered(lambda x: x.kind == "differs" and x.binding_id):
            for name, (ours, theirs) in line.values.items():
                conflicts |= conflicts._open(line.binding_id, name, ours, theirs)
        return conflicts.sudo(False)

    def _settled(self):
        # Users decide; the report is the engine's.
        done = self.filtered(lambda x: x.kind in ("differs", "only_here"))
        done.sudo().unlink()
        return True

    @api.autovacuum
    def _gc_drift(self):
        days = self.env["ledger.lane"]._retention_days()
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        self.search([("compared_at", "<", limit)], limit=5000).unlink()
