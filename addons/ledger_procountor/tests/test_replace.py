# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is changed in Odoo is changed there, or credited and made anew: once each."""

from odoo.tests import tagged

from .order_case import ProcountorOrderCase

PDF = b"%PDF-1.4\n% of a test\n%%EOF\n"


@tagged("post_install", "-at_install")
class TestReplace(ProcountorOrderCase):
    def there(self, order):
        """The invoice that the order is linked to, as it is there."""
        return self.world.object("invoices", self.order_link(order).external_id)

    def of(self, order):
        """Numbers of ours and statuses of all that was made of an order."""
        return [x for x in self.statuses() if x[0].startswith(order.name)]

    def update(self, order, **values):
        """Somebody in Procountor edits the invoice."""
        self.world.clock(advance=60)
        self.world.update("invoices", self.there(order)["id"], **values)

    # === CHANGED WHILE IT CAN BE === #

    def test_a_change_keeps_what_only_procountor_knows(self):
        order = self.sent()
        before = self.there(order)
        notes = {"notes": "Soita ensin", "agreementNumber": "A-7"}
        self.world.update("invoices", before["id"], **notes)
        self.flow("order").active = True
        self.run_flow(self.flow("order"))
        self.change(order)
        self.push("order")
        there = self.there(order)
        self.assertEqual(there["invoiceRows"][0]["quantity"], 5)
        self.assertEqual(there["notes"], "Soita ensin")
        self.assertEqual(there["agreementNumber"], "A-7")
        self.assertEqual(there["invoiceNumber"], before["invoiceNumber"])
        self.assertEqual(
            there["paymentInfo"]["bankReferenceCode"],
            before["paymentInfo"]["bankReferenceCode"],
        )

    def test_an_approved_invoice_is_opened_changed_and_approved_again(self):
        self.finish("approve")
        order = self.sent()
        self.change(order)
        self.world.clear_calls()
        self.push("order")
        there = self.there(order)
        self.assertEqual(there["invoiceRows"][0]["quantity"], 5)
        self.assertEqual(there["status"], "NOT_SENT")
        self.assertEqual(self.world.count_calls(path="/unfinished$"), 1)
        self.assertEqual(self.of(order), [(order.name, "NOT_SENT")])

    def test_a_change_goes_on_after_any_lost_answer(self):
        self.finish("approve")
        faults = (
            {"path": r"/unfinished$"},
            {"path": r"/invoices/\d+$", "method": ["PUT"]},
            {"path": r"/approve$"},
        )
        for fault in faults:
            with self.subTest(**fault):
                order = self.sent()
                self.change(order)
                self.books.fault(**fault, times=1, cut=True)
                self.push("order", expect="failed")
                for _attempt in range(2):
                    self.settle()
                    self.push("order")
                self.assertEqual(self.of(order), [(order.name, "NOT_SENT")])
                self.assertEqual(self.there(order)["invoiceRows"][0]["quantity"], 5)

    def test_an_invoice_in_a_closed_period_is_told_and_left_alone(self):
        self.finish("approve")
        order = self.sent()
        self.change(order)
        self.world.lock_period(self.there(order)["date"])
        self.push("order", expect="partial")
        self.assert_readable(order.ledger_problem)
        self.assertIn("period", order.ledger_problem)
        self.assertFalse(order.ledger_question)
        self.assertEqual(self.of(order), [(order.name, "NOT_SENT")])
        self.world.lock_period("")
        order.action_ledger_retry()
        self.push("order")
        self.assertEqual(self.there(order)["invoiceRows"][0]["quantity"], 5)

    def test_an_edit_there_since_the_last_reading_is_read_before_the_change(self):
        order = self.sent()
        self.update(order, notes="Soita ensin")
        self.change(order)
        self.push("order")
        there = self.there(order)
        self.assertEqual(self.order_link(order).remote_version, there["version"])
        self.assertEqual(there["notes"], "Soita ensin")
        self.assertEqual(there["invoiceRows"][0]["quantity"], 5)

    def test_an_address_that_was_left_out_follows_the_buyers(self):
        order = self.sent()
        self.asiakas.street = "Uusikatu 7"
        self.change(order)
        self.push("order")
        there = self.there(order)
        for address in ("billingAddress", "deliveryAddress"):
            self.assertEqual(there[address]["street"], "Uusikatu 7")

    def test_the_pdf_of_before_makes_room_for_the_new_one(self):
        order = self.sent()
        number = self.there(order)["id"]
        client = self.connection._connector()._client(self.connection)
        with self.committing():
            client.invoices.attach(str(number), f"{order.name}.pdf", PDF)
            client.invoices.attach(str(number), "kuva.pdf", PDF)
        self.connection.procountor_attach_pdf = True
        self.change(order)
        self.go()
        names = [one["name"] for one in self.world.objects("attachments")]
        # Odoo prints none in a test; that of before is gone, and theirs is not.
        self.assertEqual(names, ["kuva.pdf"])
        self.assertIn("PDF", order.ledger_problem)

    # === SENT: CREDITED AND MADE ANEW === #

    def all_sent(self, order):
        """Numbers and statuses once a sent order was replaced."""
        return [(number, "SENT") for number in self.replaced(order)]

    def test_one_credit_note_and_one_new_invoice_come_of_any_lost_answer(self):
        create = {"path": "/invoices$", "method": ["POST"]}
        faults = (
            {**create, "nth": 1},
            {"path": "/approve$", "nth": 1},
            {"path": "/send$", "nth": 1},
            {**create, "nth": 2},
            {"path": "/approve$", "nth": 2},
            {"path": "/send$", "nth": 2},
        )
        for fault in faults:
            with self.subTest(**fault):
                order = self.agreed_to(self.change)
                mails = len(self.books.mails())
                self.books.fault(**fault, cut=True)
                self.push("order", expect="failed")
                self.books.clear_faults()
                for _attempt in range(3):
                    self.settle()
                    self.go()
                self.assertEqual(self.of(order), self.all_sent(order))
                self.assertEqual(len(self.books.mails()), mails + 2)
                self.assertEqual(self.there(order)["invoiceRows"][0]["quantity"], 5)
                self.assertFalse(order.ledger_problem)

    def test_a_refused_new_invoice_leaves_one_credit_note_when_it_is_retried(self):
        order = self.agreed_to(self.change)
        body = {"errors": [{"status": 400, "message": "ERROR_OF_ITS_OWN"}]}
        create = {"path": "/invoices$", "method": ["POST"]}
        self.books.fault(**create, nth=2, status=400, body=body)
        self.push("order", expect="partial")
        self.assert_readable(order.ledger_problem)
        self.assertEqual(self.of(order), self.all_sent(order)[:2])
        self.books.clear_faults()
        order.action_ledger_retry()
        self.push("order")
        self.assertEqual(self.of(order), self.all_sent(order))

    def test_a_paid_invoice_is_replaced_as_well(self):
        self.finish("send")
        order = self.sent()
        self.world.pay_invoice(self.there(order)["id"])
        self.change(order)
        self.push("order", expect="partial")
        self.assertTrue(order.ledger_question)
        self.assertIn("paid", order.ledger_problem)
        order.action_ledger_agree()
        self.push("order")
        statuses = dict(self.of(order))
        self.assertEqual(statuses[order.name], "PAID")
        self.assertEqual(statuses[f"{order.name}-2"], "SENT")

    def test_a_second_change_credits_the_second_invoice(self):
        order = self.agreed_to(self.change)
        self.push("order")
        self.change(order, quantity=7)
        self.push("order", expect="partial")
        order.action_ledger_agree()
        self.push("order")
        more = (f"{order.name}-2-C", f"{order.name}-3")
        wanted = self.all_sent(order) + [(number, "SENT") for number in more]
        self.assertEqual(self.of(order), wanted)
        self.assertEqual(self.there(order)["invoiceRows"][0]["quantity"], 7)

    def test_an_invoice_that_was_voided_there_is_not_changed(self):
        order = self.sent()
        self.set_status(order, "INVALIDATED")
        self.change(order)
        self.push("order", expect="partial")
        self.assert_readable(order.ledger_problem)
        self.assertFalse(order.ledger_question)
        self.assertEqual(self.of(order), [(order.name, "INVALIDATED")])
