# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from odoo.addons.ledger_connector_sale import hooks

from .order_case import OrderCase


@tagged("post_install", "-at_install")
class TestOrderSetup(OrderCase):
    def flows(self):
        """The connection's flows of orders, those that are off too."""
        flows = self.env["ledger.flow"].with_context(active_test=False)
        domain = [("connection_id", "=", self.connection.id), ("entity", "=", "order")]
        return flows.search(domain)

    def test_connections_that_are_there_get_a_flow_that_is_off(self):
        self.flows().unlink()
        hooks.post_init_hook(self.env)
        self.assertEqual(self.flows().mapped("active"), [False])
        hooks.post_init_hook(self.env)
        self.assertEqual(len(self.flows()), 1)

    def test_removing_the_addon_leaves_neither_flows_nor_links_of_orders(self):
        order = self.sent()
        hooks.uninstall_hook(self.env)
        self.assertFalse(self.flows())
        self.assertFalse(self.order_link(order))
        # Whoever bought is still a customer there.
        self.assertEqual(self.link_of(self.kunde).state, "linked")

    def test_the_link_opens_the_order(self):
        order = self.sent()
        link = self.order_link(order).with_user(self.responsible)
        self.assertEqual(link.record_ref, order)

    def test_lists_find_orders_by_their_status(self):
        sent, waiting = self.sent(), self.order()
        self.env.cr.precommit.run()
        orders = self.env["sale.order"].with_user(self.responsible)
        mine = [("id", "in", (sent + waiting).ids)]
        for state, expected in (("linked", sent), ("outgoing", waiting)):
            found = orders.search([*mine, ("ledger_state", "=", state)])
            self.assertEqual(found, expected)

    def test_a_seller_without_connector_rights_edits_orders_as_always(self):
        order = self.sent()
        seller = self._make_user("seller", "group_ledger_user")
        seller.group_ids = self.env.ref("sales_team.group_sale_manager")
        order.with_user(seller).client_order_ref = "PO 10"
        self.assertFalse(order.with_user(seller).ledger_state)
        self.push("order")
        self.assertEqual(self.there(order)["reference"], "PO 10")
