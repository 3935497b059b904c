# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, float_compare

_PAID = """
    %(total)s - (SELECT rounding / 2 FROM res_currency WHERE id = %(currency)s)
    < COALESCE((
        SELECT SUM(paying.amount) FROM payment_transaction paying
          JOIN sale_order_transaction_rel paid ON paid.transaction_id = paying.id
         WHERE paid.sale_order_id = %(order)s AND paying.state = 'done'
           AND paying.currency_id = %(currency)s
    ), 0)
"""


class SaleOrder(models.Model):
    """How far an order has come, for flows that send it no earlier."""

    _inherit = "sale.order"

    ledger_is_delivered = fields.Boolean(
        string="All is delivered",
        compute="_compute_ledger_is_delivered",
        store=True,
        copy=False,
    )
    ledger_is_paid = fields.Boolean(
        string="Paid by transactions",
        compute="_compute_ledger_is_paid",
        search="_search_ledger_is_paid",
        compute_sudo=True,
    )
    ledger_paid_on = fields.Date(
        string="Day of the last payment",
        compute="_compute_ledger_is_paid",
        compute_sudo=True,
    )

    # === COMPUTE METHODS === #

    @api.depends(
        lambda self: (
            "order_line.display_type",
            "order_line.is_downpayment",
            "order_line.price_unit",
            "order_line.product_uom_qty",
            "order_line.qty_delivered",
            *(("delivery_status",) if "delivery_status" in self._fields else ()),
        )
    )
    def _compute_ledger_is_delivered(self):
        noticed = self.env["ledger.flow"]._watched().get("sale.order")
        before = self.filtered("ledger_is_delivered") if noticed else self
        for order in self:
            order.ledger_is_delivered = order._ledger_delivered()
        reached = (self - before).filtered("ledger_is_delivered")
        reached._ledger_note_changes(["ledger_is_delivered"])

    def _ledger_delivered(self):
        """Tell whether all is delivered: by its pickings, or else by its lines."""
        if "delivery_status" in self._fields and self.delivery_status:
            return self.delivery_status == "full"
        lines = self.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )
        # Nobody delivers a discount or the carriage itself.
        goods = lines.filtered(lambda x: x.price_unit >= 0 and not x._is_delivery())
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return bool(lines) and all(
            float_compare(line.qty_delivered, line.product_uom_qty, digits) >= 0
            for line in goods
        )

    @api.depends(
        "amount_total",
        "currency_id",
        "transaction_ids.amount",
        "transaction_ids.currency_id",
        "transaction_ids.last_state_change",
        "transaction_ids.state",
    )
    def _compute_ledger_is_paid(self):
        for order in self:
            currency = order.currency_id
            done = order.transaction_ids.filtered(
                lambda tx, c=currency: tx.state == "done" and tx.currency_id == c
            )
            paid = sum(done.mapped("amount"))
            days = list(filter(None, done.mapped("last_state_change")))
            order.ledger_is_paid = (
                bool(currency)
                and currency.compare_amounts(paid, order.amount_total) >= 0
            )
            order.ledger_paid_on = order._ledger_day(max(days, default=False))

    @api.model
    def _search_ledger_is_paid(self, operator, value):
        if operator != "in":
            return NotImplemented
        paid = Domain.custom(
            to_sql=self._ledger_paid_sql,
            predicate=lambda order: order.ledger_is_paid,
        )
        domains = {True: paid, False: ~paid}
        return Domain.OR(domains[bool(one)] for one in value)

    @staticmethod
    def _ledger_paid_sql(model, alias, query):
        """Return the condition in SQL: a stored field would cost at every edit."""
        transactions = model.env["payment.transaction"]._fields
        flushed = [transactions[x] for x in ("amount", "currency_id", "state")]
        return SQL(
            _PAID,
            total=model._field_to_sql(alias, "amount_total", query),
            currency=model._field_to_sql(alias, "currency_id", query),
            order=SQL.identifier(alias, "id"),
            to_flush=[*flushed, model._fields["transaction_ids"]],
        )
