# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import UserError

from ..sync.problems import Problem
from ..transport.errors import LedgerError


class LedgerLinkChoice(models.TransientModel):
    """A person says which of the system's records an uncertain one became."""

    _name = "ledger.link.choice"
    _description = "Ledger Choice of a Record There"

    binding_id = fields.Many2one("ledger.binding", required=True, ondelete="cascade")
    label = fields.Char(related="binding_id.label")
    error = fields.Text(related="binding_id.error")
    external_id = fields.Char(
        string="Id there",
        help="The system's own id of the record. It often stands in the address of the "
        "record's page; it is not the customer or invoice number.",
    )

    def action_apply(self):
        """Link the record after making sure that the system has it.

        :raises odoo.exceptions.UserError: it has no such record, or cannot be asked
        """
        self.ensure_one()
        external_id = (self.external_id or "").strip()
        if not external_id or not self._is_there(external_id):
            raise UserError(
                self.env._(
                    "There is no record with the id %(id)s there. Look it up in the "
                    "system and enter it again.",
                    id=external_id or "–",
                )
            )
        self.binding_id.action_link_to(external_id)
        return {"type": "ir.actions.act_window_close"}

    def _is_there(self, external_id):
        binding = self.binding_id
        connection = binding.connection_id
        connector = connection._connector()
        try:
            connection._check_copy()
            client = connector._client(connection)
            pages = connector._fetch(
                client, binding._flow_of("push"), binding.resource, [external_id]
            )
            return any(page.records for page in pages)
        except (LedgerError, Problem) as error:
            problem = connector._explain(error, binding.label or "", connection)
            raise UserError(problem.sentence) from error

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Which record there is it?"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
