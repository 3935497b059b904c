# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""People see what is sent before it is."""

import json
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.ledger_connector_base.sync.problems import Problem

from .order_case import OrderCase


@tagged("post_install", "-at_install")
class TestPayload(OrderCase):
    def shown(self, records):
        """The lines of the preview that the responsible user gets."""
        self.books.forget_calls()
        with self.committing(self.responsible) as env:
            action = records.with_env(env).action_ledger_payload()
        self.assertEqual(self.books.calls(), 0)
        payload = self.env[action["res_model"]].browse(action["res_id"])
        return payload.line_ids

    def with_body(self, function):
        """Let the vendor say what body its calls have."""
        connector = type(self.env["ledger.connector.tripletex"])
        change = patch.object(connector, "_payload", function)
        change.start()
        self.addCleanup(change.stop)

    @staticmethod
    def whole(_connector, _client, _flow, operation):
        return operation.values

    def test_the_body_is_shown_as_it_is_sent_and_nothing_is_written(self):
        self.with_body(self.whole)
        order = self.order(client_order_ref="PO 7")
        line = self.shown(order)
        body = json.loads(line.body)
        self.assertEqual((body["number"], body["reference"]), (order.name, "PO 7"))
        self.assertEqual(body["orderLines"][0]["count"], 2)
        self.assertFalse(line.problem)
        self.assertIn('\n  "reference": "PO 7"', line.body)
        self.assertIn("PO 7", line.payload_id.content)
        self.assertFalse(self.order_link(order))
        self.push("order")
        self.assertEqual(self.there(order)["reference"], "PO 7")

    def test_where_the_vendor_cannot_say_the_fields_are_shown(self):
        line = self.shown(self.order(client_order_ref="PO 7"))
        self.assertFalse(line.body)
        self.assertIn("PO 7", line.told)
        self.assertEqual(line.action, "created")

    def test_what_would_fail_shows_the_sentence(self):
        self.env["ledger.value.mapping"].search(
            [("connection_id", "=", self.connection.id)]
        ).unlink()
        self.with_body(self.whole)
        order = self.order()
        line = self.shown(order)
        self.assertFalse(line.body)
        self.assert_readable(line.problem)
        self.assertIn(line.problem, line.payload_id.content)
        # Looking at it left no mark: no failed link, no cause.
        self.assertFalse(self.order_link(order))
        self.assertFalse(self.activities(self.connection))

    def test_what_the_connector_refuses_shows_its_sentence(self):
        def refuse(*_arguments):
            raise Problem("record", "The customer has no e-invoice address.")

        self.with_body(refuse)
        line = self.shown(self.order())
        self.assertEqual(line.problem, "The customer has no e-invoice address.")

    def test_ids_that_are_not_known_yet_do_not_spoil_the_preview(self):
        def numbered(_connector, _client, _flow, operation):
            return {"customer": int(operation.values["customer"]["id"])}

        self.with_body(numbered)
        line = self.shown(self.order(client_order_ref="PO 7"))
        self.assertFalse(line.problem)
        self.assertIn("PO 7", line.told)

    def test_a_flow_that_is_off_can_be_looked_at(self):
        self.with_body(self.whole)
        self.orders.active = False
        line = self.shown(self.order())
        self.assertTrue(line.body)
        self.assertIn("switched off", line.note)

    def test_a_quotation_and_an_order_before_its_stage_say_so(self):
        self.with_body(self.whole)
        self.orders.order_stage = "paid"
        quotation, order = self.quotation(), self.order()
        drafted, early = self.shown(quotation + order)
        self.assertIn(quotation.name, drafted.problem)
        self.assertTrue(early.body)
        self.assertIn("stage", early.note)

    def test_what_is_in_step_is_not_sent_again(self):
        line = self.shown(self.sent())
        self.assertFalse(line.body or line.told or line.problem)
        self.assertIn("In step", line.note)

    def test_secrets_are_hidden_and_html_stays_text(self):
        secret = self.connection.credential_id.secrets()["employee_token"]
        self.with_body(lambda *_arguments: {"a": secret, "b": "<b>Bold</b>"})
        line = self.shown(self.order())
        self.assertNotIn(secret, line.body)
        self.assertIn("&lt;b&gt;", line.payload_id.content)

    def test_an_invoice_is_shown_without_using_a_number(self):
        self.with_body(self.whole)
        self.push_flow("invoice")
        invoice = self.invoice(self.order())
        line = self.shown(invoice)
        self.assertTrue(line.body or line.told)
        self.assertFalse(self.link_of(invoice, "invoice"))

    def test_copied_books_say_why_nothing_can_be_shown(self):
        self.connection.live_database_uuid = "another"
        line = self.shown(self.order())
        self.assert_readable(line.problem)

    def test_only_people_of_the_connectors_see_it(self):
        order = self.order()
        seller = new_test_user(
            self.env,
            "plain_seller",
            groups="sales_team.group_sale_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        with self.assertRaises(AccessError):
            order.with_user(seller).action_ledger_payload()

    def test_without_a_connection_the_sentence_says_so(self):
        order = self.order()
        self.connection.active = False
        with self.assertRaisesRegex(UserError, "No connection"):
            order.with_user(self.responsible).action_ledger_payload()
