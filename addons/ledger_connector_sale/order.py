# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sale orders, as the engine wants to know them."""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.entities import ENTITIES, Entity
from odoo.addons.ledger_connector_base.sync.problems import Problem

LINES = "order_line"


class Order(Entity):
    """``sale.order``, once it is confirmed.

    An order is booked once and may change afterwards. What was cancelled is not
    deleted there.
    """

    name = "order"
    model = "sale.order"
    ready_fields = ("state",)
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
        return lines.sorted(lambda line: (line.sequence, line.id))

    def known(self, env):
        """Sale may be installed without this addon."""
        return super().known(env) and "ledger_state" in env[self.model]._fields

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
