# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import UserError

from ..sync.problems import Problem
from ..transport.errors import LedgerError


class LedgerConnectionCreate(models.TransientModel):
    """Makes connections for the client companies that one credential opens."""

    _name = "ledger.connection.create"
    _description = "Connect Client Companies"
    _check_company_auto = True

    credential_id = fields.Many2one("ledger.credential", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
    )
    line_ids = fields.One2many("ledger.connection.create.line", "wizard_id")

    def action_load(self):
        """Ask the vendor which companies the credential opens."""
        self.ensure_one()
        # A connection that is never stored: the wizard needs a client, not a link.
        connection = self.env["ledger.connection"].new(
            {
                "name": self.credential_id.name,
                "credential_id": self.credential_id.id,
                "company_id": self.company_id.id,
            }
        )
        connector = self.credential_id._connector()
        try:
            companies = connector._companies(connector._client(connection))
        except (LedgerError, Problem) as error:
            problem = connector._explain(error, self.credential_id.name)
            raise UserError(problem.sentence) from error
        if not companies:
            raise UserError(
                self.env._(
                    "%(credential)s opens no client company. Connect the key to the "
                    "clients in %(system)s first.",
                    credential=self.credential_id.name,
                    system=connector._describe().label,
                )
            )
        self.line_ids.unlink()
        self.line_ids = [
            fields.Command.create(self._prepare_line(company)) for company in companies
        ]
        return self._open()

    def _prepare_line(self, company):
        taken = self.env["ledger.connection"].search(
            [
                ("credential_id", "=", self.credential_id.id),
                ("remote_company_id", "=", company["id"]),
            ],
            limit=1,
        )
        number = company.get("organisation_number")
        partner = self.env["res.partner"]
        if number:
            partner = partner.search(
                [
                    *partner._check_company_domain(self.company_id),
                    ("company_registry", "=", number),
                    ("parent_id", "=", False),
                ],
                limit=1,
            )
        return {
            "remote_id": company["id"],
            "name": company["name"],
            "organisation_number": number,
            "partner_id": partner.id,
            "connection_id": taken.id,
        }

    def action_create(self):
        """Create a connection for each chosen company and show them."""
        self.ensure_one()
        chosen = self.line_ids.filtered(lambda x: x.chosen and not x.connection_id)
        if not chosen:
            raise UserError(self.env._("Choose at least one company."))
        connections = self.env["ledger.connection"].create(
            [line._prepare_connection() for line in chosen]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_base.ledger_connection_action"
        )
        return {**action, "domain": [("id", "in", connections.ids)]}

    def action_choose_all(self):
        """Tick all companies that are not connected yet."""
        self.line_ids.filtered(lambda x: not x.connection_id).chosen = True
        return self._open()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Connect client companies"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class LedgerConnectionCreateLine(models.TransientModel):
    _name = "ledger.connection.create.line"
    _description = "Client Company to Connect"
    _order = "name, id"

    wizard_id = fields.Many2one(
        "ledger.connection.create", required=True, ondelete="cascade", index=True
    )
    chosen = fields.Boolean(string="Connect")
    remote_id = fields.Char(string="Number there", readonly=True)
    name = fields.Char(readonly=True)
    organisation_number = fields.Char(readonly=True)
    partner_id = fields.Many2one("res.partner", string="Client in Odoo")
    connection_id = fields.Many2one(
        "ledger.connection", string="Connected already", readonly=True
    )

    def _prepare_connection(self):
        wizard = self.wizard_id
        return {
            "name": self.name,
            "credential_id": wizard.credential_id.id,
            "company_id": wizard.company_id.id,
            "user_id": wizard.user_id.id,
            "partner_id": self.partner_id.id,
            "remote_company_id": self.remote_id,
        }
