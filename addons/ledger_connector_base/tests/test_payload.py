# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The preview of what is sent, where there is nothing to ask or nobody to see it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .screen_case import ScreenCase


@tagged("post_install", "-at_install")
class TestPayloadScreen(ScreenCase):
    def invoice(self):
        return self.env["account.move"].create(
            {"move_type": "out_invoice", "company_id": self.company.id}
        )

    def test_without_a_flow_the_sentence_says_so(self):
        with self.assertRaisesRegex(UserError, "No connection of this company"):
            self.invoice().with_user(self.responsible).action_ledger_payload()

    def test_a_connection_whose_addon_is_gone_is_passed_over(self):
        self._insert_flow("push", entity="invoice", res_model="account.move")
        with self.assertRaisesRegex(UserError, "No connection of this company"):
            self.invoice().with_user(self.responsible).action_ledger_payload()

    def test_people_outside_the_groups_neither_see_the_action_nor_may_use_it(self):
        action = self.env.ref(
            "ledger_connector_base.account_move_ledger_payload_action"
        )
        group = self.env.ref("ledger_connector_base.group_ledger_user")
        self.assertEqual(action.group_ids, group)
        with self.assertRaises(AccessError):
            self.invoice().with_user(self.plain).action_ledger_payload()

    def test_texts_of_others_are_shown_as_text(self):
        flow = self._insert_flow("push", entity="invoice", res_model="account.move")
        self.patch(type(flow), "_books_label", lambda flow: "<script>books</script>")
        payload = self.env["ledger.payload"].create({})
        self.env["ledger.payload.line"].create(
            {
                "payload_id": payload.id,
                "flow_id": flow.id,
                "name": "<b>name</b>",
                "problem": "<i>problem</i>",
                "body": '{"a": "<u>body</u>"}',
            }
        )
        for tag in ("<script>", "<b>", "<i>", "<u>"):
            self.assertNotIn(tag, payload.content)
        self.assertIn("&lt;u&gt;body", payload.content)

    def test_what_the_ledger_says_of_an_invoice_is_not_copied(self):
        invoice = self.invoice()
        invoice.write({"ledger_stage": "sent", "ledger_reference": "10453"})
        copy = invoice.copy()
        self.assertFalse(copy.ledger_stage or copy.ledger_reference)
