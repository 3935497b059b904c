# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sale orders, as the engine wants to know them."""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.entities import ENTITIES, Entity
from odoo.addons.ledger_connector_base.sync.problems import Problem

from .once import check_order

LINES = "order_line"


class Order(Entity):
    """``sale.order``, once it is confirmed, or as far as the flow says.

    An order is booked once and may change afterwards. What was cancelled is not
    deleted there, unless the system takes it back.
    """

    name = "order"
    model = "sale.order"
    ready_fields = ("state",)
    answer_fields = frozenset(
        {"ledger_number", "ledger_stage", "ledger_reference", "ledger_amount_total"}
    )
    document = True

    def outgoing_domain(self):
        """Confirmed orders; quotations are nobody's business yet."""
        return [("state", "=", "sale")]

    def number(self, record):
        """Odoo's number, which the order keeps there."""
        return record.name or ""

    def rows(self, record, field):
        """Lines as they stand on the order, with its sections and notes.

        Down payments are invoiced, not delivered; a line without a quantity is an offer
        that nobody took.
        """
        if field != LINES:
            return super().rows(record, field)
        lines = record.order_line.filtered(
            lambda line: (
                not line.is_downpayment and (line.display_type or line.product_uom_qty)
            )
        )
        # Or the taxes would be read for one order after the other.
        lines = lines.sorted(lambda line: (line.sequence, line.id))
        return lines.with_prefetch(record.order_line._prefetch_ids)

    def known(self, env):
        """Sale may be installed without this addon."""
        return super().known(env) and "ledger_state" in env[self.model]._fields

    def check_outgoing(self, run, record):
        """An order of which an invoice stands there would be booked twice.

        :raises Problem: it does
        """
        check_order(run, record)

    def is_cancelled(self, record):
        """A cancelled order; it may be made a quotation again, and confirmed."""
        return record.state == "cancel"

    def check_booked(self, run, record):
        """A total that was booked otherwise stays wrong until somebody corrects it."""
        if not record.ledger_number:
            return None
        theirs = {"ledger_amount_total": record.ledger_amount_total}
        return self.check_answer(run, record, theirs)

    def check_answer(self, run, record, vals):
        """Where an order becomes an invoice, that has the order's total.

        What down payments make of the order's total is not sent.
        """
        theirs, currency = vals.get("ledger_amount_total"), record.currency_id
        if theirs is None:
            return None
        paid_before = record.order_line.filtered("is_downpayment")
        ours = record.amount_total - sum(paid_before.mapped("price_total"))
        if currency.compare_amounts(abs(theirs), abs(ours)) == 0:
            return None
        return Problem(
            "record",
            run.env._(
                "%(record)s was booked in %(system)s with a total of %(theirs)s; in "
                "Odoo it is %(ours)s. Correct it there, or credit it and send a new "
                "one.",
                record=record.name,
                system=run.system.label,
                theirs=currency.format(abs(theirs)),
                ours=currency.format(abs(ours)),
            ),
            cause="order_booked_otherwise",
            summary=run.env._(
                "Orders were booked in %(system)s with other totals than in Odoo. "
                "Correct them there, or credit them and send new ones.",
                system=run.system.label,
            ),
        )

    def withdrawn(self, run, record):
        """A cancelled order still stands there: whoever works there may have begun."""
        if record.state != "cancel":
            return None
        return Problem(
            "record",
            run.env._(
                "%(record)s was cancelled in Odoo and still stands in %(system)s, "
                "where nothing is deleted by itself. Close it there, then ignore it "
                "under Records.",
                record=record.name,
                system=run.system.label,
            ),
            cause="cancelled_order",
            summary=run.env._(
                "Orders were cancelled in Odoo and still stand in %(system)s, where "
                "nothing is deleted by itself. Close them there, then ignore them "
                "under Records.",
                system=run.system.label,
            ),
        )


# One process serves many databases: which of them keep orders in step is told by
# ledger.flow._knows(), not by what stands here.
ENTITIES[Order.name] = Order()
