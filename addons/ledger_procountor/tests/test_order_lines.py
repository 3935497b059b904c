# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What sellers put on an order, and what stands in Procountor of it."""

from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import tagged

from ..client import HELSINKI
from .order_case import ProcountorOrderCase
from .writing_case import FinnishBooks


class OrderLinesCase(ProcountorOrderCase):
    stand_in = FinnishBooks

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax.write({"name": "ALV 25,5 %", "amount": 25.5})
        lists = cls.env["product.pricelist"].search(
            [("company_id", "=", cls.company.id)]
        )
        lists.currency_id = cls.company.currency_id

    def setUp(self):
        super().setUp()
        self.world = self.books.world
        self.asiakas.write({"street": "Katu 1", "zip": "00100", "city": "Helsinki"})

    def there(self, record, resource="order"):
        """The invoice there of an order or invoice."""
        link = self.link_of(record, resource)
        self.assertEqual(link.state, "linked", link.error)
        self.assertFalse(link.error)
        return self.world.object("invoices", int(link.external_id))

    def total(self, there):
        """Its total in its own currency."""
        currency = there["paymentInfo"]["currency"]
        [sums] = [x for x in there["invoiceSumInfo"] if x["currency"] == currency][:1]
        return sums["invoiceSumTotal"]

    def maps(self, kind, code, record):
        """Choose a value of Procountor for *record*."""
        return self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": kind,
                "remote_code": code,
                "res_id": record.id,
            }
        )

    def vat(self, code, percent, **values):
        """A tax of Odoo that stands for a status and percentage there."""
        tax = self.tax.copy({"name": f"ALV {code}", "amount": percent, **values})
        self.maps("tax", code, tax)
        return tax

    def taxed(self, tax, **values):
        """A line with this tax."""
        return self.line(tax_ids=[Command.set(tax.ids)], **values)


@tagged("post_install", "-at_install")
class TestOrderRows(OrderLinesCase):
    def test_sections_and_notes_stand_with_the_rows_beside_them(self):
        order = self.sent(
            lines=[
                {"display_type": "line_note", "name": "Alkuhuomio"},
                {"display_type": "line_section", "name": "Astiat"},
                self.line(name="Kuppi"),
                {"display_type": "line_note", "name": "Käsinpesu"},
                {"display_type": "line_section", "name": "Muut"},
                {"display_type": "line_subsection", "name": "Pienet"},
                self.line(name="Lusikka"),
                {"display_type": "line_section", "name": "Lopuksi"},
            ]
        )
        cup, spoon = self.there(order)["invoiceRows"]
        self.assertEqual(cup["headerText"], "Alkuhuomio\nAstiat")
        self.assertEqual(cup["explanationText"], "Käsinpesu")
        self.assertEqual(spoon["headerText"], "Muut\nPienet")
        self.assertEqual(spoon["explanationText"], "Lopuksi")

    def test_discounts_come_to_the_same_cent(self):
        order = self.sent(
            lines=[
                self.line(discount=33.33, product_uom_qty=3),
                self.line(discount=100),
                self.line(discount=-10, price_unit=100),
            ]
        )
        there = self.there(order)
        rows = there["invoiceRows"]
        self.assertEqual([x["discountPercent"] for x in rows], [33.33, 100, 0])
        self.assertAlmostEqual(rows[2]["unitPrice"], 110, places=6)
        self.assertEqual(self.total(there), order.amount_total)

    def test_prices_with_vat_are_sent_as_such(self):
        gross = self.vat("1:25.5", 25.5, price_include_override="tax_included")
        order = self.sent(
            lines=[
                self.taxed(gross, price_unit=9.99, product_uom_qty=3),
                self.taxed(gross, price_unit=0.05, product_uom_qty=7, discount=5),
            ]
        )
        there = self.there(order)
        self.assertTrue(there["extraInfo"]["unitPricesIncludeVat"])
        self.assertEqual(there["invoiceRows"][0]["unitPrice"], 9.99)
        self.assertEqual(self.total(there), order.amount_total)

    def test_prices_with_and_without_vat_on_one_order_are_sent_without(self):
        gross = self.vat("1:13.5", 13.5, price_include_override="tax_included")
        order = self.sent(
            lines=[
                self.line(price_unit=100, product_uom_qty=1),
                self.taxed(gross, price_unit=113.5, product_uom_qty=1),
            ]
        )
        there = self.there(order)
        self.assertFalse(there["extraInfo"]["unitPricesIncludeVat"])
        self.assertEqual([x["unitPrice"] for x in there["invoiceRows"]], [100, 100])
        self.assertEqual(self.total(there), order.amount_total)

    def test_a_sale_to_a_business_in_the_eu_is_without_vat_and_names_its_number(self):
        tax = self.vat("5:0", 0.0)
        self.asiakas.write(
            {
                "name": "Beispiel GmbH",
                "vat": "DE136695976",
                "country_id": self.env.ref("base.de").id,
            }
        )
        there = self.there(self.sent(lines=[self.taxed(tax)]))
        self.assertEqual(there["vatStatus"], 5)
        [row] = there["invoiceRows"]
        self.assertEqual((row["vatPercent"], row.get("vatStatus", 5)), (0, 5))
        party = there["counterParty"]
        self.assertEqual(party["taxCode"], "DE136695976")
        self.assertEqual(party["identifier"], "DE136695976")
        self.assertEqual(party["counterPartyAddress"]["country"], "GERMANY")

    def test_each_row_has_its_own_percentage(self):
        food = self.vat("1:13.5", 13.5)
        book = self.vat("1:10", 10)
        order = self.sent(
            lines=[self.line(), self.taxed(food), self.taxed(book, price_unit=3.33)]
        )
        there = self.there(order)
        rows = there["invoiceRows"]
        self.assertEqual([x["vatPercent"] for x in rows], [25.5, 13.5, 10])
        self.assertEqual(self.total(there), order.amount_total)

    def test_shipping_is_a_row_like_any_other(self):
        carriage = self.env["product.product"].create(
            {
                "name": "Toimitus",
                "type": "service",
                "list_price": 5.0,
                "taxes_id": [Command.set(self.tax.ids)],
                "company_id": self.company.id,
            }
        )
        order = self.sent(
            lines=[
                self.line(),
                {"product_id": carriage.id, "product_uom_qty": 1},
            ]
        )
        there = self.there(order)
        self.assertEqual(there["invoiceRows"][1]["product"], "Toimitus")
        self.assertEqual(there["invoiceRows"][1]["unitPrice"], 5)
        self.assertEqual(self.total(there), order.amount_total)

    def test_units_go_by_their_name_and_unknown_ones_by_the_setting(self):
        hour = self.env.ref("uom.product_uom_hour")
        odd = self.env["uom.uom"].create({"name": "Kasa"})
        self.connection.procountor_unit = "NO_UNIT"
        order = self.sent(
            lines=[
                self.line(),
                self.line(product_uom_id=hour.id),
                self.line(product_uom_id=odd.id),
            ]
        )
        units = [x["unit"] for x in self.there(order)["invoiceRows"]]
        self.assertEqual(units, ["PIECE", "HOUR", "NO_UNIT"])

    def test_a_unit_that_a_person_mapped_comes_first(self):
        odd = self.env["uom.uom"].create({"name": "Kasa"})
        self.maps("unit", "BOX", odd)
        order = self.sent(lines=[self.line(product_uom_id=odd.id)])
        self.assertEqual(self.there(order)["invoiceRows"][0]["unit"], "BOX")

    def test_rounding_over_the_whole_order_gets_a_row(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        self.world.settings(sum_rounding="row")
        self.connection.procountor_finish = "approve"
        lines = [
            self.line(name=f"R{x}", price_unit=0.33, product_uom_qty=1)
            for x in range(4)
        ]
        order = self.sent(lines=lines)
        there = self.there(order)
        self.assertEqual(self.total(there), order.amount_total)
        self.assertEqual(there["status"], "NOT_SENT")
        self.assertFalse(order.ledger_problem)


@tagged("post_install", "-at_install")
class TestOrderTerms(OrderLinesCase):
    def test_a_foreign_currency_has_the_rate_of_the_day(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 1.25,
            }
        )
        prices = self.env["product.pricelist"].create(
            {
                "name": "USD",
                "currency_id": dollar.id,
                "company_id": self.company.id,
            }
        )
        order = self.sent(
            pricelist_id=prices.id, lines=[self.line(price_unit=10, product_uom_qty=1)]
        )
        self.assertEqual(order.currency_id, dollar)
        there = self.there(order)
        self.assertEqual(there["paymentInfo"]["currency"], "USD")
        self.assertEqual(there["paymentInfo"]["currencyRate"], 1.25)
        self.assertEqual(self.total(there), order.amount_total)

    def test_a_currency_without_a_rate_is_told(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids.unlink()
        prices = self.env["product.pricelist"].create(
            {"name": "USD", "currency_id": dollar.id, "company_id": self.company.id}
        )
        order = self.order(pricelist_id=prices.id)
        self.push("order", expect="partial")
        self.assertIn("exchange rate", order.ledger_problem)
        self.assertIn(order.name, order.ledger_problem)
        self.assertEqual(self.invoices_there(), [])

    def test_an_early_payment_has_its_discount(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "14 pv -2 %, 30 pv netto",
                "company_id": self.company.id,
                "early_discount": True,
                "discount_days": 14,
                "discount_percentage": 2,
                "line_ids": [Command.create({"value": "percent", "nb_days": 30})],
            }
        )
        order = self.sent(payment_term_id=term.id)
        payment = self.there(order)["paymentInfo"]
        self.assertEqual(
            payment["cashDiscount"]["optionList"],
            [{"numberOfDays": 14, "discountPercentage": 2}],
        )
        due = order.ledger_date_invoice + timedelta(days=30)
        self.assertEqual(payment["dueDate"], str(due))

    def test_a_payment_term_has_the_method_that_a_person_chose(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Käteinen",
                "company_id": self.company.id,
                "line_ids": [Command.create({"value": "percent", "nb_days": 0})],
            }
        )
        self.maps("payment_method", "CASH", term)
        payment = self.there(self.sent(payment_term_id=term.id))["paymentInfo"]
        self.assertEqual(payment["paymentMethod"], "CASH")
        self.assertNotIn("bankAccount", payment)

    def test_interest_on_late_payment_is_sent_where_it_is_set(self):
        self.assertNotIn("penaltyPercent", self.there(self.sent()))
        self.connection.procountor_penalty = 11.5
        self.assertEqual(self.there(self.sent())["penaltyPercent"], 11.5)

    def test_billed_today_the_customer_has_as_many_days_to_pay(self):
        self.connection.procountor_invoice_date = "today"
        term = self.env.ref("account.account_payment_term_15days")
        order = self.order(payment_term_id=term.id)
        order.date_order = "2026-03-02 10:00:00"
        self.push("order")
        there = self.there(order)
        today = datetime.now(HELSINKI).date()
        self.assertEqual(there["date"], str(today))
        due = str(today + timedelta(days=15))
        self.assertEqual(there["paymentInfo"]["dueDate"], due)

    def test_billed_on_the_day_of_the_order_it_has_that_day(self):
        order = self.order()
        order.date_order = "2026-03-02 23:30:00"
        self.company.partner_id.tz = "Europe/Helsinki"
        self.push("order")
        self.assertEqual(self.there(order)["date"], "2026-03-03")

    def test_a_reference_with_a_right_check_digit_is_kept(self):
        order = self.sent(reference="26013")
        there = self.there(order)
        self.assertEqual(there["paymentInfo"]["bankReferenceCode"], "26013")
        order = self.sent(reference="26014")
        there = self.there(order)
        self.assertTrue(there["paymentInfo"]["bankReferenceCode"])
        self.assertNotEqual(there["paymentInfo"]["bankReferenceCode"], "26014")


@tagged("post_install", "-at_install")
class TestOrderChannel(OrderLinesCase):
    def channel(self, **values):
        order = self.sent(**values)
        return self.there(order)["invoiceChannel"]

    def test_the_channel_is_what_is_known_of_the_customer(self):
        self.assertEqual(self.channel(), "EMAIL")
        self.asiakas.email = False
        self.assertEqual(self.channel(), "MAIL")
        self.asiakas.zip = False
        self.assertEqual(self.channel(), "NO_SENDING")
        self.asiakas.write(
            {
                "zip": "00100",
                "procountor_einvoice_address": "003712345671",
                "procountor_einvoice_operator": "003721291126",
            }
        )
        order = self.sent()
        there = self.there(order)
        self.assertEqual(there["invoiceChannel"], "ELECTRONIC_INVOICE")
        self.assertEqual(
            there["counterParty"]["einvoiceAddress"],
            {"address": "003712345671", "operator": "003721291126"},
        )
        self.assertTrue(there["paymentInfo"]["bankReferenceCode"])

    def test_one_channel_for_all_and_another_for_one_customer(self):
        self.connection.procountor_channel = "MAIL"
        self.assertEqual(self.channel(), "MAIL")
        self.asiakas.procountor_channel = "NO_SENDING"
        self.assertEqual(self.channel(), "NO_SENDING")

    def test_data_of_the_register_go_before_those_of_the_order(self):
        self.sent()
        there = self.link_of(self.asiakas).external_id
        self.world.do(
            "update",
            resource="businesspartners",
            id=int(there),
            values={
                "name": "Esimerkki Oyj",
                "invoicingInfo": {"email": "toimisto@esimerkki.example"},
                "address": {"street": "Toimistokatu 9", "name": "Esimerkki Oyj"},
            },
        )
        self.connection.procountor_data_from = "register"
        there = self.there(self.sent())
        party = there["counterParty"]
        self.assertEqual(party["email"], "toimisto@esimerkki.example")
        self.assertEqual(party["counterPartyAddress"]["name"], "Esimerkki Oyj")
        self.assertEqual(party["counterPartyAddress"]["street"], "Toimistokatu 9")


@tagged("post_install", "-at_install")
class TestInvoiceRows(OrderLinesCase):
    """Odoo's own invoices, with what orders do not have."""

    def setUp(self):
        super().setUp()
        self.orders.active = False
        self.push_flow("invoice")

    def invoice(self, order=None, **values):
        """A posted invoice, of *order* or of two cups."""
        if order:
            move = order._create_invoices(final=True)
        else:
            line = {
                "product_id": self.product.id,
                "quantity": 2,
                "tax_ids": [Command.set(self.tax.ids)],
            }
            move = (
                self.env["account.move"]
                .with_company(self.company)
                .create(
                    {
                        "move_type": "out_invoice",
                        "partner_id": self.asiakas.id,
                        "company_id": self.company.id,
                        "invoice_line_ids": [Command.create(line)],
                    }
                )
            )
        move.write({"invoice_date": "2026-03-02", **values})
        move.action_post()
        return move

    def invoiced(self, move):
        """The invoice there of an Odoo invoice, of the same total."""
        self.push("invoice")
        there = self.there(move, "invoice")
        self.assertEqual(self.total(there), move.amount_total)
        return there

    def down_payment(self, order):
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "advance_payment_method": "fixed",
                "fixed_amount": 10.0,
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        wizard.create_invoices()
        move = order.invoice_ids.filtered(lambda x: x.state == "draft")
        move.invoice_date = "2026-03-02"
        move.action_post()
        return move

    def test_a_down_payment_and_the_final_invoice_come_to_the_order(self):
        self.product.invoice_policy = "order"
        order = self.order(lines=[self.line(product_uom_qty=20)])
        total = order.amount_total
        first = self.invoiced(self.down_payment(order))
        last = self.invoiced(self.invoice(order))
        both = round(self.total(first) + self.total(last), 2)
        self.assertEqual(both, total)
        self.assertTrue(any(x["quantity"] < 0 for x in last["invoiceRows"]))

    def test_cash_rounding_as_a_line_is_a_row(self):
        income = self.env["account.account"].search(
            [
                ("company_ids", "in", self.company.ids),
                ("account_type", "=", "income"),
            ],
            limit=1,
        )
        rounding = (
            self.env["account.cash.rounding"]
            .with_company(self.company)
            .create(
                {
                    "name": "5 senttiä",
                    "rounding": 0.05,
                    "strategy": "add_invoice_line",
                    "rounding_method": "HALF-UP",
                    "profit_account_id": income.id,
                    "loss_account_id": income.id,
                }
            )
        )
        self.connection.procountor_finish = "approve"
        move = self.invoice(invoice_cash_rounding_id=rounding.id)
        self.assertNotEqual(move.amount_total, 22.34)
        there = self.invoiced(move)
        self.assertEqual(there["status"], "NOT_SENT")

    def test_the_incoterm_is_one_of_the_companys_list(self):
        dap = self.env.ref("account.incoterm_DAP")
        self.maps("delivery_term", "DAP - Delivered At Place", dap)
        move = self.invoice(invoice_incoterm_id=dap.id, incoterm_location="Turku")
        self.assertEqual(
            self.invoiced(move)["deliveryTermsInfo"],
            {"name": "DAP - Delivered At Place", "municipality": "Turku"},
        )

    def test_an_incoterm_without_counterpart_is_left_out(self):
        fob = self.env.ref("account.incoterm_FOB")
        move = self.invoice(invoice_incoterm_id=fob.id)
        self.assertNotIn("deliveryTermsInfo", self.invoiced(move))

    def test_a_due_date_before_the_date_is_told_on_the_invoice(self):
        move = self.invoice(
            invoice_payment_term_id=False, invoice_date_due="2026-03-20"
        )
        move.button_draft()
        move.write({"invoice_date": "2026-03-25", "invoice_date_due": "2026-03-20"})
        move.action_post()
        if move.invoice_date_due < move.invoice_date:
            self.push("invoice", expect="partial")
            self.assertIn(move.name, move.ledger_problem)
            self.assertIn("before its date", move.ledger_problem)
            self.assertEqual(self.invoices_there(), [])

    # === BACK TO ODOO === #

    def keep_payments(self):
        self.connection.payment_journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.flow("payment").write({"active": True, "register_payments": True})

    def paid_there(self, move, amount=None):
        link = self.link_of(move, "invoice")
        self.books.pay(link.external_id, amount)
        self.pull("payment")
        move.invalidate_recordset()

    def test_what_is_paid_there_is_registered_on_the_invoice_here_once(self):
        self.keep_payments()
        move = self.invoice()
        self.invoiced(move)
        self.assertTrue(move.ledger_number)
        self.paid_there(move, 10.0)
        self.assertEqual(move.payment_state, "partial")
        self.assertEqual(move.amount_residual, round(move.amount_total - 10, 2))
        self.paid_there(move)
        self.assertIn(move.payment_state, ("paid", "in_payment"))
        self.assertEqual(len(move.matched_payment_ids), 2)
        self.pull("payment", full=True)
        self.assertEqual(len(move.matched_payment_ids), 2)

    def test_payments_of_invoices_that_odoo_did_not_send_are_nobodys_business(self):
        self.keep_payments()
        lines = [("Työ", 1, 10.0, self.books.tax_code, None)]
        other = self.books.add_invoice(self.books.add_customer("Toinen Oy"), lines)
        self.books.pay(other)
        self.paid_there(self.sent_invoice())
        print(
            "LINKS",
            [(b.entity, b.state, b.error) for b in self.bindings(self.connection)],
        )
        self.assertFalse(self.problems())

    def sent_invoice(self):
        move = self.invoice()
        self.invoiced(move)
        return move

    def test_how_far_it_is_comes_back_and_no_invoice_of_procountor_with_it(self):
        self.flow("invoice").write({"active": True, "create_policy": "link"})
        move = self.invoice()
        self.invoiced(move)
        lines = [("Työ", 1, 10.0, self.books.tax_code, None)]
        self.books.add_invoice(self.books.add_customer("Toinen Oy"), lines)
        self.books.pay(self.link_of(move, "invoice").external_id)
        self.run_flow(self.flow("invoice"))
        move.invalidate_recordset()
        self.assertEqual(move.ledger_stage, "paid")
        self.assertEqual(move.ledger_payment_state, "paid")
        moves = self.env["account.move"].search([("company_id", "=", self.company.id)])
        self.assertEqual(moves, move)
        self.assertFalse(self.problems())


@tagged("post_install", "-at_install")
class TestBackToOdoo(OrderLinesCase):
    def read_back(self):
        pull = self.flow("order")
        pull.active = True
        self.books.forget_calls()
        job = self.run_flow(pull)
        self.assertEqual(job.state, "done", job.error or self.problems())
        return self.books.calls(r"/invoices")

    def test_only_what_changed_is_read_again(self):
        orders = [self.order() for _n in range(6)]
        self.push("order")
        # By the vendor's clock, which its moments are told by.
        self.world.clock(advance=6 * 3600)
        self.read_back()
        n = self.read_back()
        print(
            "CALLS",
            [(c["path"], c["query"]) for c in self.world.calls()],
            self.flow("order").cursor,
        )
        self.assertEqual(n, 1)
        for order in orders[:2]:
            self.set_status(order, "SENT")
        # The list of what changed, and those in one call.
        self.assertLessEqual(self.read_back(), 2)
        stages = [order.ledger_stage for order in orders]
        self.assertEqual(stages, ["sent"] * 2 + ["unfinished"] * 4)

    def test_an_order_says_how_far_it_is_paid(self):
        self.connection.procountor_finish = "send"
        order = self.sent()
        self.books.pay(self.order_link(order).external_id, 1.0)
        self.read_back()
        self.assertEqual(order.ledger_stage, "partial")
        self.books.pay(self.order_link(order).external_id)
        self.read_back()
        self.assertEqual(order.ledger_stage, "paid")
