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
        return self.with_context(active_test=False).task_ids[:1]

    def action_open_task(self):
        """Open the task of the period."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "project.task",
            "res_id": self._task().id,
            "view_mode": "form",
        }
