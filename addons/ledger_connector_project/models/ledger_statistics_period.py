# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class LedgerStatisticsPeriod(models.Model):
    """A counted period and its task."""

    _name = "ledger.statistics.period"
    _inherit = "ledger.statistics.period"

    task_ids = fields.One2many("project.task", "ledger_period_id")

    def _task(self):
        """Return the task of the period, also one that was archived."""
        # Not by the link: what was read of it with other rights would be shown here.
        tasks = self.env["project.task"].with_context(active_test=False)
        return tasks.search([("ledger_period_id", "=", self.id)], limit=1)

    def _has_hidden_task(self):
        """Tell whether there is a task that this user may not see."""
        # That it is there is told, nothing of what stands in it.
        return not self._task() and bool(self.sudo()._task())

    def action_open_task(self):
        """Open the task of the period."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "project.task",
            "res_id": self._task().id,
            "view_mode": "form",
        }
