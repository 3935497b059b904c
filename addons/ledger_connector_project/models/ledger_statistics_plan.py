# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class LedgerStatisticsPlan(models.Model):
    """The set-up, where each period becomes a task."""

    _name = "ledger.statistics.plan"
    _inherit = "ledger.statistics.plan"

    delivery = fields.Selection(
        selection_add=[("task", "A task"), ("none",)],
        ondelete={"task": lambda plans: plans._leave_tasks()},
    )
    project_id = fields.Many2one("project.project", check_company=True)
    tag_ids = fields.Many2many("project.tags", string="Topics")

    @api.constrains("project_id", "tag_ids")
    def _check_project(self):
        self._check_active()

    def _missing_delivery(self):
        missing = super()._missing_delivery()
        if self.delivery == "task" and not self.project_id:
            missing.append(
                self.env._("Project: choose the project that the tasks belong to.")
            )
        return missing

    def _leave_tasks(self):
        """Without this addon an activity is made instead of a task."""
        self.write({"delivery": "activity"})
