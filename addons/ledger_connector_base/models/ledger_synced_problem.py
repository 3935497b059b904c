# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models


class LedgerSyncedMixin(models.AbstractModel):
    """What is wrong with a record, said on the record itself."""

    _inherit = "ledger.synced.mixin"

    ledger_problem = fields.Text(
        string="What is wrong in the ledger",
        compute="_compute_ledger_problem",
        compute_sudo=False,
    )
    ledger_question = fields.Boolean(
        string="A credit note needs agreement",
        compute="_compute_ledger_problem",
        compute_sudo=False,
    )

    def _compute_ledger_problem(self):
        links = self._ledger_troubled().grouped("res_id")
        for record in self:
            mine = links.get(record.id, self.env["ledger.binding"])
            sentences = dict.fromkeys(mine.filtered("error").mapped("error"))
            record.ledger_problem = "\n".join(sentences) or False
            record.ledger_question = any(mine.mapped("question"))

    def action_ledger_retry(self):
        """Try again what failed for these records."""
        self._ledger_troubled().action_retry()

    def action_ledger_agree(self):
        """Let the ledger credit what it cannot change or take back any more."""
        self._ledger_troubled().filtered("question").action_agree()

    def _ledger_troubled(self):
        """Return the links of these records that a person has to look at."""
        bindings = self.env["ledger.binding"]
        if not bindings.has_access("read") or not self.ids:
            return bindings
        return bindings.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "in", ("failed", "waiting")),
            ]
        )
