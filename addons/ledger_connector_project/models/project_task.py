# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class ProjectTask(models.Model):
    """A task that was made for a counted period."""

    _name = "project.task"
    _inherit = "project.task"

    ledger_period_id = fields.Many2one(
        "ledger.statistics.period",
        string="Counted period",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="ledger_connector_base.group_ledger_user",
    )

    _ledger_period_uniq = models.UniqueIndex(
        "(ledger_period_id) WHERE ledger_period_id IS NOT NULL",
        "This period has a task already.",
    )

    def action_open_ledger_period(self):
        """Open the figures that the task is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "ledger.statistics.period",
            "res_id": self.ledger_period_id.id,
            "view_mode": "form",
        }
