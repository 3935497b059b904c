# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .writing_case import WritingCase

LINES = "orderLines(description,count,unitPriceExcludingVatCurrency,vatType(id))"


class DocumentCase(WritingCase):
    def setUp(self):
        super().setUp()
        self.kunde = self.add_customer("Kunde AS")
        self.world.clear_calls()

    def tearDown(self):
        # Whatever was done, nobody was sent anything.
        self.assertEqual(self.world.outbox(), [])
        super().tearDown()

    def incl(self, price=125.0, count=2.0, discount=0.0):
        """A line whose price has 25 % of VAT in it."""
        gross = price * count * (1 - discount / 100)
        return self.line(
            count=count,
            price=price,
            discount=discount,
            amountExcludingVatCurrency=gross / 1.25,
            amountIncludingVatCurrency=gross,
        )

    def excl(self, price=100.0, count=2.0):
        """A line whose price has none in it."""
        net = price * count
        return self.line(
            count=count,
            price=price,
            amountExcludingVatCurrency=net,
            amountIncludingVatCurrency=net * 1.25,
        )


@tagged("post_install", "-at_install")
class TestOrders(DocumentCase):
    def test_orders_are_created_in_one_call_with_their_numbers(self):
        ids = self.made(self.order(self.kunde, "S001"), self.order(self.kunde, "S002"))
        self.assert_calls("POST /order/list")
        orders = [self.there("order", x, f"number,customer(id),{LINES}") for x in ids]
        self.assertEqual([one["number"] for one in orders], ["S001", "S002"])
        (line,) = orders[0]["orderLines"]
        self.assertEqual(
            (line["description"], line["count"], line["vatType"]["id"]),
            ("Frakt", 1, 3),
        )

    def test_an_order_without_a_promised_day_is_delivered_on_its_own(self):
        (number,) = self.made(self.order(self.kunde, "S001"))
        self.assertEqual(self.there("order", number)["deliveryDate"], "2026-03-02")

    def test_changed_lines_replace_the_old_ones(self):
        (number,) = self.made(self.order(self.kunde, "S001"))
        record = self.there("order", number)
        lines = [self.line("Varer"), self.line("Porto", 3.0)]
        self.made(self.change("order", record, orderLines=lines))
        found = self.there("order", number, LINES)["orderLines"]
        self.assertEqual(sorted(x["description"] for x in found), ["Porto", "Varer"])

    def test_a_change_of_something_else_leaves_the_lines_alone(self):
        (number,) = self.made(self.order(self.kunde, "S001"))
        record = self.there("order", number)
        self.made(self.change("order", record, reference="PO 7"))
        found = self.there("order", number, f"reference,{LINES}")
        self.assertEqual((found["reference"], len(found["orderLines"])), ("PO 7", 1))

    def test_a_stale_order_is_told_apart_from_the_others(self):
        ids = self.made(self.order(self.kunde, "S001"), self.order(self.kunde, "S002"))
        records = [self.there("order", number) for number in ids]
        self.world.update("order", records[0]["id"], reference="Somebody else")
        results = self.send(
            *(self.change("order", one, reference="Ours") for one in records)
        )
        self.assert_outcomes(results, "stale", "done")
        self.assertEqual(self.there("order", ids[0])["reference"], "Somebody else")

    def test_an_order_deleted_in_odoo_is_closed_there(self):
        (number,) = self.made(self.order(self.kunde, "S001"))
        self.made(self.deactivate("order", self.there("order", number)))
        self.assertTrue(self.there("order", number)["isClosed"])

    def test_an_order_whose_customer_is_gone_is_not_said_to_be_gone_itself(self):
        operation = self.order(self.kunde, "S001")
        self.books.delete_customer(self.kunde)
        (result,) = self.send(operation)
        self.assert_outcomes([result], "refused")
        self.assert_readable(self.connector._explain(result.error, "S001").sentence)


@tagged("post_install", "-at_install")
class TestInvoices(DocumentCase):
    def test_an_invoice_is_booked_and_nothing_is_mailed(self):
        (result,) = self.send(self.invoice(self.kunde, "INV/2026/001"))
        self.assert_outcomes([result], "done")
        self.assert_calls("POST /invoice/list")
        (call,) = self.world.calls(path="^/invoice/list$")
        self.assertEqual(dict(call["query"])["sendToCustomer"], "false")
        self.assertEqual(self.books.totals(result.external_id), (100.0, 125.0))

    def test_the_answer_names_number_and_totals(self):
        (result,) = self.send(self.invoice(self.kunde, "INV/2026/001"))
        self.assertTrue(result.record["invoiceNumber"])
        self.assertEqual(result.record["amountCurrency"], 125)
        self.assertTrue(result.version)

    def test_odoos_number_stands_on_the_order_behind_the_invoice(self):
        (number,) = self.made(self.invoice(self.kunde, "INV/2026/001"))
        found = self.there("invoice", number, "orders(number)")
        self.assertEqual(found["orders"][0]["number"], "INV/2026/001")

    def test_many_invoices_are_one_call_and_each_result_is_its_own(self):
        results = self.send(
            *(
                self.invoice(self.kunde, f"INV/{n}", [self.line(price=100.0 * n)])
                for n in range(1, 6)
            )
        )
        self.assert_calls("POST /invoice/list")
        totals = [self.books.totals(one.external_id)[0] for one in results]
        self.assertEqual(totals, [100, 200, 300, 400, 500])

    def test_a_reference_to_pay_by_is_sent_only_where_it_can_be_one(self):
        self.world.settings(automatic_kid=False)
        ids = self.made(
            self.invoice(self.kunde, "INV/1", kid="0012345678901"),
            self.invoice(self.kunde, "INV/2", kid="INV/2026/00002"),
            self.invoice(self.kunde, "INV/3", kid="1" * 26),
        )
        kids = [self.there("invoice", number)["kid"] for number in ids]
        self.assertEqual(kids, ["0012345678901", "", ""])

    def test_a_foreign_currency_is_named_by_its_id_and_asked_for_once(self):
        operations = [
            self.invoice(self.kunde, f"INV/{n}", currency={"code": "EUR"})
            for n in range(2)
        ]
        ids = self.made(*operations)
        found = [self.there("invoice", x, "currency(code)") for x in ids]
        self.assertEqual([x["currency"]["code"] for x in found], ["EUR", "EUR"])
        asked = self.books.calls("^/currency")
        self.made(self.invoice(self.kunde, "INV/9", currency={"code": "EUR"}))
        self.assertEqual(self.books.calls("^/currency"), asked)

    def test_prices_with_vat_are_sent_as_such(self):
        self.world.settings(prices_include_vat=False)
        (number,) = self.made(
            self.invoice(self.kunde, "INV/1", [self.incl(), self.incl(10, 1, 50)])
        )
        self.assertEqual(self.books.totals(number), (204.0, 255.0))

    def test_prices_without_vat_are_sent_as_such_where_the_account_does_otherwise(self):
        self.world.settings(prices_include_vat=True)
        (number,) = self.made(self.invoice(self.kunde, "INV/1", [self.excl()]))
        self.assertEqual(self.books.totals(number), (200.0, 250.0))

    def test_prices_of_both_kinds_become_prices_without_vat(self):
        lines = [self.incl(), self.excl()]
        (number,) = self.made(self.invoice(self.kunde, "INV/1", lines))
        self.assertEqual(self.books.totals(number), (400.0, 500.0))

    def test_sections_and_notes_stay_as_lines_and_empty_ones_are_left_out(self):
        remark = {"description": "Uke 9", "count": 0.0}
        empty = {"description": "", "count": 0.0}
        (number,) = self.made(
            self.invoice(self.kunde, "INV/1", [remark, empty, self.line()])
        )
        found = self.there("invoice", number, LINES)["orderLines"]
        self.assertEqual({x["description"] for x in found}, {"Uke 9", "Frakt"})
        self.assertEqual(self.books.totals(number), (100.0, 125.0))

    def test_a_line_without_text_takes_the_invoices_number(self):
        (number,) = self.made(self.invoice(self.kunde, "INV/1", [self.line("")]))
        (line,) = self.there("invoice", number, LINES)["orderLines"]
        self.assertEqual(line["description"], "INV/1")

    def test_a_products_price_is_the_lines(self):
        product = self.books.add_product("Kaffe", price=999, tax="3")
        line = self.line(product={"id": product}, price=80.0)
        (number,) = self.made(self.invoice(self.kunde, "INV/1", [line]))
        self.assertEqual(self.books.totals(number)[0], 80.0)

    def test_the_customers_reference_is_the_orders(self):
        ours = {"^": {"reference": "PO 4711"}}
        (number,) = self.made(self.invoice(self.kunde, "INV/1", **ours))
        found = self.there("invoice", number, "orders(reference)")
        self.assertEqual(found["orders"][0]["reference"], "PO 4711")

    def test_a_booked_invoice_is_not_changed(self):
        (number,) = self.made(self.invoice(self.kunde, "INV/1"))
        record = self.there("invoice", number)
        self.world.clear_calls()
        results = self.send(self.change("invoice", record, invoiceDueDate="2026-05-05"))
        self.assert_outcomes(results, "refused")
        self.assert_readable(results[0].error.sentence)
        self.assert_calls()

    def test_one_bad_invoice_refuses_the_whole_call_and_none_is_booked(self):
        good, bad = self.invoice(self.kunde, "INV/1"), self.invoice("999", "INV/2")
        with self.assertRaises(Exception) as caught:
            self.send(good, bad)
        self.assertFalse(caught.exception.sent)
        self.assertEqual(self.books.count("invoices"), 0)


@tagged("post_install", "-at_install")
class TestCreditNotes(DocumentCase):
    def setUp(self):
        super().setUp()
        (self.original,) = self.made(self.invoice(self.kunde, "INV/1"))
        self.world.clear_calls()

    def note(self, number="RINV/1", original=None, amount=-125.0):
        return self.invoice(
            self.kunde,
            number,
            isCreditNote=True,
            creditedInvoice=original or self.original,
            amountCurrency=amount,
            day="2026-03-05",
        )

    def test_a_whole_invoice_is_credited_and_nothing_is_mailed(self):
        (result,) = self.send(self.note())
        self.assert_outcomes([result], "done")
        found = self.there("invoice", result.external_id)
        self.assertTrue(found["isCreditNote"])
        self.assertEqual(str(found["creditedInvoice"]), self.original)
        self.assertEqual(found["invoiceDate"], "2026-03-05")
        (call,) = self.world.calls(path="createCreditNote")
        self.assertEqual(dict(call["query"])["sendToCustomer"], "false")
        self.assertEqual(dict(call["query"])["comment"], "RINV/1")
        self.assertEqual(result.record["amountCurrency"], -125)

    def test_a_part_of_an_invoice_is_not_credited(self):
        (result,) = self.send(self.note(amount=-50.0))
        self.assert_outcomes([result], "refused")
        self.assertIn("whole invoices only", result.error.sentence)
        self.assert_readable(result.error.sentence)
        self.assert_calls("GET /invoice")

    def test_a_total_that_is_not_known_is_not_taken_for_the_whole(self):
        (result,) = self.send(self.note(amount=None))
        self.assert_outcomes([result], "refused")

    def test_another_currency_is_not_the_whole_invoice(self):
        operation = self.note()
        operation.values["currency"] = {"code": "EUR"}
        self.assert_outcomes(self.send(operation), "refused")

    def test_a_credit_note_of_nothing_is_refused(self):
        (result,) = self.send(
            self.invoice(self.kunde, "RINV/2", isCreditNote="True", amountCurrency=-1)
        )
        self.assert_outcomes([result], "refused")
        self.assert_readable(result.error.sentence)

    def test_an_invoice_that_was_credited_there_is_credited_already(self):
        self.books.credit(self.original)
        (result,) = self.send(self.note())
        self.assert_outcomes([result], "exists")
        ((number,),) = self.find(self.note())
        self.assertTrue(self.there("invoice", number)["isCreditNote"])

    def test_credit_notes_and_invoices_of_one_batch_keep_their_places(self):
        results = self.send(
            self.note(),
            self.invoice(self.kunde, "INV/2"),
            self.note("RINV/9", amount=-1.0),
            self.invoice(self.kunde, "INV/3"),
        )
        self.assert_outcomes(results, "done", "done", "refused", "done")
        kinds = [
            self.there("invoice", one.external_id)["isCreditNote"]
            for one in results
            if one.external_id
        ]
        self.assertEqual(kinds, [True, False, False])

    def test_no_credit_note_is_made_where_the_invoices_of_the_batch_are_refused(self):
        with self.assertRaises(Exception) as caught:
            good, bad = self.invoice(self.kunde, "INV/2"), self.invoice("999", "INV/3")
            self.send(self.note(), good, bad)
        self.assertFalse(caught.exception.sent)
        self.assertFalse(self.world.calls(path="createCreditNote"))

    def test_a_credit_note_whose_answer_is_lost_is_uncertain_and_found_again(self):
        self.world.fault("createCreditNote", cut=True, times=1)
        results = self.send(self.invoice(self.kunde, "INV/2"), self.note())
        self.assert_outcomes(results, "done", "uncertain")
        ((number,),) = self.find(self.note())
        self.assertTrue(self.there("invoice", number)["isCreditNote"])
        self.assertEqual(self.world.counts()["credit_note"], 1)
