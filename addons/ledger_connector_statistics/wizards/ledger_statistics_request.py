# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..sync import windows

#: “Reload data” looks at so many months.
RELOADED_MONTHS = 12


class LedgerStatisticsRequest(models.TransientModel):
    """Which figures of which clients are wanted now."""

    _name = "ledger.statistics.request"
    _description = "Import data of clients"

    partner_ids = fields.Many2many(
        "res.partner",
        string="Clients",
        required=True,
        default=lambda self: self._default_partner_ids(),
    )
    system = fields.Selection(
        selection=lambda self: (
            self.env["ledger.credential"]
            ._fields["system"]
            ._description_selection(self.env)
        ),
        required=True,
        default=lambda self: self._default_system(),
    )
    compare = fields.Boolean(
        string="Show the differences first",
        help="Nothing is taken over before you have seen them. Frozen periods are "
        "never changed: what differs there becomes a correction.",
    )
    month_from = fields.Date(
        string="From month",
        required=True,
        default=lambda self: self._default_month_from(),
    )
    month_to = fields.Date(
        string="To month", required=True, default=lambda self: self._last_month()
    )

    @api.model
    def _default_partner_ids(self):
        if self.env.context.get("active_model") != "res.partner":
            return self.env["res.partner"]
        return self.env["res.partner"].browse(self.env.context.get("active_ids", []))

    @api.model
    def _default_system(self):
        """The only system that is set up, or the one that the clients have keys of."""
        plans = self.env["ledger.statistics.plan"].search(
            [("company_id", "=", self.env.company.id)]
        )
        if len(plans) == 1:
            return plans.system
        connections = self.env["ledger.connection"].search(
            [
                ("partner_id", "in", self._default_partner_ids().ids),
                ("system", "in", plans.mapped("system")),
            ]
        )
        systems = set(connections.mapped("system"))
        return systems.pop() if len(systems) == 1 else False

    @api.model
    def _last_month(self):
        return windows.closed("monthly", fields.Date.context_today(self))[0]

    @api.model
    def _default_month_from(self):
        month = self._last_month()
        if not self.env.context.get("default_compare"):
            return month
        for _number in range(RELOADED_MONTHS - 1):
            month = windows.before("monthly", (month, month))[0]
        return month

    def action_import(self):
        """Put the import into the queue and open it.

        :return: action that shows its progress
        :raises odoo.exceptions.UserError: months are the wrong way round, or nobody has
            set the counting up
        """
        self.ensure_one()
        first = windows.span_of("monthly", self.month_from)[0]
        last = windows.span_of("monthly", self.month_to)[1]
        if last - first < timedelta(0):
            raise UserError(
                self.env._("The last month comes before the first. Swap the months.")
            )
        imports = self.env["ledger.statistics.import"]
        imports.check_access("create")
        # Users ask for imports, only the engine writes them and their jobs.
        one = imports.sudo().create(
            {
                "company_id": self.env.company.id,
                "user_id": self.env.uid,
                "system": self.system,
                "date_from": first,
                "date_to": last,
                "compare": self.compare,
                "partner_ids": [fields.Command.set(self.partner_ids.ids)],
            }
        )
        one._start()
        return {
            "type": "ir.actions.act_window",
            "res_model": one._name,
            "res_id": one.id,
            "views": [(False, "form")],
        }
