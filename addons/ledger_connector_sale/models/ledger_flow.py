# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import ormcache

#: By stage the field that tells whether an order has come so far.
REACHED = {"delivered": "ledger_is_delivered", "paid": "ledger_is_paid"}
#: Fields by whose change an order may come so far.
READY = {
    "delivered": frozenset({"ledger_is_delivered"}),
    "paid": frozenset({"ledger_is_paid", "transaction_ids"}),
}


class LedgerFlow(models.Model):
    """The stage at which a flow sends orders."""

    _inherit = "ledger.flow"

    order_stage = fields.Selection(
        selection=[
            ("confirmed", "When they are confirmed"),
            ("delivered", "When all is delivered"),
            ("paid", "When they are paid"),
        ],
        string="Orders are sent",
        default="confirmed",
        help="Earlier they are not sent at all, by themselves or by hand. “Paid” are "
        "orders whose payment transactions cover the total.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "order_stage" in vals:
            self._forget_kept()
        return result

    def _stage_domain(self):
        """Domain of the records that have come as far as the flow says."""
        self.ensure_one()
        name = REACHED.get(self.order_stage) if self.entity == "order" else None
        return Domain(name, "=", True) if name else Domain.TRUE

    def _sendable_domain(self):
        return super()._sendable_domain() & self._stage_domain()

    def _ask_for(self, res_ids):
        """Override: a person chooses among the orders that have come so far."""
        stage = self._stage_domain()
        if not stage.is_true():
            res_ids = self.env[self.res_model].browse(res_ids).filtered_domain(stage)
            res_ids = res_ids.ids
        return super()._ask_for(res_ids)

    @api.model
    @ormcache(cache="stable")
    def _watched(self):
        """Override: what makes an order ready is another field at each stage."""
        watched = dict(super()._watched())
        if "sale.order" in watched:
            watched["sale.order"] = [
                # Everybody's edits are noticed, whoever may see the flow.
                (flow_id, names, ready | self.sudo().browse(flow_id)._stage_fields())
                for flow_id, names, ready in watched["sale.order"]
            ]
        return watched

    def _stage_fields(self):
        return READY.get(self.order_stage, frozenset())

    @api.model
    @ormcache(cache="stable")
    def _delivering_companies(self):
        """Ids of the companies whose orders are sent when they are delivered."""
        # A date on an order is the same for everybody; flows that are off count too,
        # so that what they would send can be looked at.
        flows = self.sudo().with_context(active_test=False)
        domain = [
            ("direction", "=", "push"),
            ("entity", "=", "order"),
            ("order_stage", "=", "delivered"),
        ]
        return frozenset(flows.search(domain).company_id.ids)

    @api.model
    @ormcache("company_id", cache="stable")
    def _zone_of_orders(self, company_id):
        """Return the zone of the system that a company's orders go to, "" for none.

        :param int company_id: id of the ``res.company``
        """
        # The same for everybody, and for flows that are off, as above.
        flows = self.sudo().with_context(active_test=False)
        domain = [
            ("direction", "=", "push"),
            ("entity", "=", "order"),
            ("company_id", "=", company_id),
        ]
        connectors = (
            f"ledger.connector.{flow.connection_id.system}"
            for flow in flows.search(domain)
        )
        zones = (self.env[name]._zone() for name in connectors if name in self.env)
        return next(zones, "")
