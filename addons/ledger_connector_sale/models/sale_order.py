# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from pytz import timezone, utc

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.ledger_connector_base.models.account_move import LEDGER_STAGES
from odoo.addons.ledger_connector_base.models.ledger_synced_mixin import LEDGER_STATES


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "ledger.synced.mixin"]

    # Named here once more so that the choices' translations come with this addon.
    ledger_state = fields.Selection(selection=LEDGER_STATES)
    ledger_number = fields.Char(
        string="Number in the ledger",
        copy=False,
        index="btree_not_null",
        readonly=True,
        help="The number that the connected accounting system gave the document.",
    )
    ledger_stage = fields.Selection(
        selection=LEDGER_STAGES,
        string="Stage in the ledger",
        copy=False,
        readonly=True,
    )
    ledger_reference = fields.Char(
        string="Payment reference in the ledger",
        copy=False,
        readonly=True,
        help="The reference that the customer names with the payment.",
    )
    ledger_amount_total = fields.Monetary(
        string="Total in the ledger", copy=False, readonly=True
    )
    ledger_date_invoice = fields.Date(
        string="Invoice date for the ledger", compute="_compute_ledger_dates"
    )
    ledger_date_due = fields.Date(
        string="Due date for the ledger", compute="_compute_ledger_dates"
    )

    # === COMPUTE METHODS === #

    @api.depends(
        lambda self: (
            "company_id",
            "date_order",
            "payment_term_id",
            *(("effective_date",) if "effective_date" in self._fields else ()),
        )
    )
    def _compute_ledger_dates(self):
        delivering = self.env["ledger.flow"]._delivering_companies()
        for order in self:
            moment = order.date_order
            if order.company_id.id in delivering and "effective_date" in self._fields:
                moment = order.effective_date or moment
            day = order._ledger_day(moment)
            order.ledger_date_invoice = day
            order.ledger_date_due = day and order._ledger_due(day)

    def _ledger_day(self, moment):
        """Return the day of *moment* (naive UTC) where the company is."""
        if not moment:
            return False
        # Where a company is, is no secret, whoever may read its partner. Few companies
        # say it; their books are in the same country.
        own = self.company_id.sudo().partner_id.tz
        there = self.env["ledger.flow"]._zone_of_orders(self.company_id.id)
        zone = own or there or self.env.user.tz or "UTC"
        return utc.localize(moment).astimezone(timezone(zone)).date()

    def _ledger_due(self, day):
        """Return the day on which the last part of the payment term is due."""
        lines = self.payment_term_id.line_ids
        return max((line._get_due_date(day) for line in lines), default=day)

    # === ACTIONS === #

    def _ledger_ready(self, flows):
        """Override: orders that have not come as far as a flow says have to wait.

        :raises odoo.exceptions.UserError: none of them has
        """
        confirmed = super()._ledger_ready(flows)
        orders = self.browse().union(
            *(confirmed.filtered_domain(flow._stage_domain()) for flow in flows)
        )
        if confirmed and not orders:
            labels = dict(flows._fields["order_stage"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(orders)s: not sent yet. The flow of orders is set to “%(stage)s”"
                    ". They are sent then, or change that on the flow.",
                    orders=", ".join(confirmed[:5].mapped("name")),
                    stage=", ".join(labels[flow.order_stage] for flow in flows),
                )
            )
        return orders
