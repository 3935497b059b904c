# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import UserError


class LedgerBinding(models.Model):
    """What is only done once a person has agreed."""

    _name = "ledger.binding"
    _inherit = "ledger.binding"

    question = fields.Selection(
        selection=[("credit", "Credit it there")],
        copy=False,
        help="What is done once a person agrees.",
    )
    agreed = fields.Boolean(copy=False, help="A person has agreed.")

    def action_agree(self):
        """Let the system credit what cannot be changed or taken back there any more.

        What was changed is then made anew, what was cancelled stays credited.

        :raises odoo.exceptions.UserError: nothing is asked of these links
        """
        self.check_access("write")
        asked = self.filtered(lambda b: b.question and b.state == "failed")
        if not asked:
            raise UserError(
                self.env._("Nothing waits for an agreement here: look at it again.")
            )
        # The link's own fields are the engine's; the person was allowed to decide.
        asked.sudo().agreed = True
        asked._note_for_sending()
        asked._flows().filtered(lambda f: f.direction == "push")._enqueue("retry")
