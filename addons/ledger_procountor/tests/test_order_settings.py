# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is not known of Procountor, either way: orders arrive all the same."""

from odoo.fields import Command
from odoo.tests import tagged

from .order_lines_case import OrderLinesCase

CREATE = r"/invoices$"


@tagged("post_install", "-at_install")
class TestEitherWay(OrderLinesCase):
    def full_order(self, **values):
        """An order with all that a seller enters."""
        return self.order(
            partner_shipping_id=self.warehouse().id,
            client_order_ref="PO 4711",
            note="<p>Kiitos!</p>",
            payment_term_id=self.env.ref("account.account_payment_term_15days").id,
            lines=[
                {"display_type": "line_section", "name": "Astiat"},
                self.line(name="Kuppi\nSininen", discount=12.345678),
                self.line(price_unit=1.23456789, product_uom_qty=1.333),
                {"display_type": "line_note", "name": "Käsinpesu"},
            ],
            **values,
        )

    def cup(self, name, code):
        """Another product."""
        return self.env["product.product"].create(
            {
                "name": name,
                "default_code": code,
                "taxes_id": [Command.set(self.tax.ids)],
                "company_id": self.company.id,
            }
        )

    def arrives(self, order):
        """Send *order*; it is there once, with its total."""
        self.push("order")
        there = self.there(order)
        self.assertEqual(self.total(there), order.amount_total)
        self.assertFalse(order.ledger_problem)
        return there

    def test_a_body_has_nothing_that_a_strict_reader_refuses(self):
        self.world.settings(unknown_fields="refused", scale="refused")
        self.world.settings(fixed_fields="refused", address_country="required")
        self.connection.procountor_penalty = 11.567
        self.connection.procountor_finish = "approve"
        order = self.full_order()
        self.arrives(order)
        order.order_line[1].product_uom_qty = 5
        self.push("order")
        there = self.there(order)
        self.assertEqual(there["invoiceRows"][0]["quantity"], 5)
        self.assertEqual(there["status"], "NOT_SENT")

    def test_a_currency_rate_has_no_more_decimals_than_are_taken(self):
        self.world.settings(scale="refused")
        self.arrives(self.order(pricelist_id=self.dollars(rate=1.0 / 3).id))

    def test_customers_and_products_are_changed_whatever_an_update_takes(self):
        for depth in ("fields", "objects"):
            for answer in ("partner", "message"):
                with self.subTest(depth=depth, answer=answer):
                    self.world.settings(
                        patch_depth=depth,
                        patch_answer=answer,
                        patch_other_fields="refused",
                        unknown_fields="refused",
                        fixed_fields="refused",
                    )
                    self._change_customer(f"{depth}.{answer}@esimerkki.example")

    def _change_customer(self, email):
        self.push_flow("partner", sends_changes=True)
        self.arrives(self.order())
        there = self.link_of(self.asiakas).external_id
        self.world.do(
            "update",
            resource="businesspartners",
            id=int(there),
            values={"paymentInfo": {"paymentTermDays": "21"}},
        )
        self.asiakas.write({"email": email, "phone": "+358 40 1234567"})
        self.push("partner")
        found = self.world.object("businesspartners", int(there))
        self.assertEqual(found["invoicingInfo"]["email"], email)
        self.assertEqual(found["invoicingInfo"]["customerNumber"], "10025")
        self.assertEqual(found["registryInfo"]["phone"], "+358 40 1234567")
        self.assertEqual(found["paymentInfo"]["paymentTermDays"], "21")
        self.assertEqual(found["address"]["street"], "Katu 1")
        self.assertFalse(self.link_of(self.asiakas).error)

    def test_odd_letters_and_long_texts_never_bring_procountor_down(self):
        for how in ("refused", "fault", "replaced"):
            with self.subTest(odd_characters=how):
                long = "refused" if how == "replaced" else how
                self.world.settings(odd_characters=how, long_text=long)
                name = f"Чашка 😀 {how}\n" + "Pitkä " * 100
                order = self.order(
                    lines=[self.line(name=name)], client_order_ref="Łódź 7"
                )
                there = self.arrives(order)
                self.assertEqual(there["invoiceRows"][0]["product"], f"Chashka {how}")
                self.assertEqual(there["orderReference"], "Lódz 7")

    def test_a_customers_name_that_is_too_long_is_told_and_not_tried(self):
        self.world.settings(long_text="fault")
        self.asiakas.name = "Pitkä " * 14
        order = self.order()
        self.go()
        self.assertIn("80", order.ledger_problem)
        self.assertEqual(self.world.count_calls(path=CREATE, method="POST"), 0)

    def test_numbers_and_ids_are_compared_here_whatever_is_found(self):
        for match in ("part", "exact"):
            with self.subTest(match=match):
                self.world.settings(
                    original_number_match=match,
                    customer_number_match=match,
                    identifier_match=match,
                )
                order = self.order()
                self.lose(CREATE, "POST")
                self.push("order", expect="failed")
                self.settle()
                self.arrives(order)
        self.assertEqual(self.books.count("customers"), 1)
        self.assertEqual(self.books.count("invoices"), 2)

    def test_addresses_do_without_a_country_of_their_own(self):
        for how in ("required", "not_blank"):
            with self.subTest(address_country=how):
                self.world.settings(address_country=how)
                there = self.arrives(self.full_order())
                self.assertEqual(there["deliveryAddress"]["country"], "FINLAND")

    def test_a_register_that_fills_invoices_changes_nothing(self):
        self.world.settings(partner_fills_invoice=True)
        there = self.arrives(self.full_order())
        self.assertEqual(there["counterParty"]["customerNumber"], "10025")

    def test_each_way_to_round_comes_to_odoos_total(self):
        lines = [
            self.line(name=f"R{x}", price_unit=0.33, product_uom_qty=1)
            for x in range(5)
        ]
        for company in ("round_per_line", "round_globally"):
            for there in ("percent", "row"):
                with self.subTest(odoo=company, procountor=there):
                    self.company.tax_calculation_rounding_method = company
                    self.world.settings(sum_rounding=there)
                    self.arrives(self.order(lines=lines))

    def test_a_row_of_rounding_needs_no_country_of_the_customer(self):
        self.asiakas.country_id = False
        self.company.tax_calculation_rounding_method = "round_globally"
        lines = [
            self.line(name=f"R{x}", price_unit=0.33, product_uom_qty=1)
            for x in range(4)
        ]
        for how in ("required", "not_blank"):
            with self.subTest(address_country=how):
                self.world.settings(address_country=how, sum_rounding="row")
                there = self.arrives(self.order(lines=lines))
                self.assertEqual(len(there["invoiceRows"]), 5)

    def test_an_order_without_a_country_can_be_changed_there(self):
        self.asiakas.country_id = False
        order = self.order()
        self.arrives(order)
        order.order_line[0].product_uom_qty = 7
        there = self.arrives(order)
        self.assertEqual(there["invoiceRows"][0]["quantity"], 7)

    def test_an_e_invoice_has_its_reference_whether_it_is_needed_or_not(self):
        self.asiakas.write(
            {
                "procountor_einvoice_address": "003712345671",
                "procountor_einvoice_operator": "003721291126",
            }
        )
        for how in ("refused", "allowed"):
            with self.subTest(einvoice_without_reference=how):
                self.world.settings(einvoice_without_reference=how)
                there = self.arrives(self.order())
                self.assertTrue(there["paymentInfo"]["bankReferenceCode"])

    def test_a_customer_number_in_use_links_whatever_procountor_refuses(self):
        for how in ("other_identifier", "always", "never"):
            with self.subTest(doubled_customer_number=how):
                self.world.settings(doubled_customer_number=how)
                number = f"2{len(how)}"
                known = self.books.add_customer(f"Vanha {how}")
                self.world.do(
                    "update",
                    resource="businesspartners",
                    id=int(known),
                    values={"invoicingInfo": {"customerNumber": number}},
                )
                buyer = self.customer(f"Uusi {how} Oy", ref=number)
                self.arrives(self.order(partner_id=buyer.id))
                self.assertEqual(self.link_of(buyer).external_id, known)

    def test_a_product_code_in_use_is_linked_and_not_made_again(self):
        for how in ("allowed", "refused"):
            with self.subTest(doubled_product_code=how):
                self.world.settings(doubled_product_code=how)
                known = self.books.add_product(f"Vanha {how}", number=f"K-{how}")
                product = self.cup(f"Uusi {how}", f"K-{how}")
                line = {"product_id": product.id, "product_uom_qty": 1}
                there = self.arrives(self.order(lines=[line]))
                self.assertEqual(str(there["invoiceRows"][0]["productId"]), known)

    def test_two_products_of_one_code_are_told_by_name(self):
        self.world.settings(doubled_product_code="refused")
        twin = self.cup("Kaksonen", self.product.default_code)
        lines = [self.line(), {"product_id": twin.id, "product_uom_qty": 1}]
        order = self.order(lines=lines)
        self.push("order", expect="partial")
        for word in (order.name, "Kaksonen", "internal reference", "KUPPI-1"):
            self.assertIn(word, order.ledger_problem)
        self.assertNotIn("HTTP", order.ledger_problem)
        self.assertEqual(self.invoices_there(), [])
        twin.default_code = "KUPPI-2"
        self.push("product")
        self.arrives(order)

    def test_a_wrong_business_id_passes_where_procountor_does_not_look(self):
        self.world.settings(brn_check=False)
        self.asiakas.company_registry = "1234567-2"
        self.arrives(self.order())

    def test_a_fault_in_json_is_asked_after_like_any_other(self):
        body = {"errors": [{"status": 500, "message": "Internal error"}]}
        order = self.order()
        self.books.fault(CREATE, method=["POST"], times=1, status=500, body=body)
        self.push("order", expect="partial")
        self.assertEqual(self.order_link(order).state, "uncertain")
        self.settle()
        self.arrives(order)
        self.assertEqual(len(self.invoices_there()), 1)

    def test_a_limit_is_waited_for_however_it_is_told(self):
        cases = [
            (429, "errors", False),
            (429, "html", True),
            (503, "nothing", False),
            (503, "html", True),
        ]
        for status, body, header in cases:
            with self.subTest(status=status, body=body, header=header):
                self.world.settings(
                    limit_minute=3,
                    limit_status=status,
                    limit_body=body,
                    retry_after=header,
                )
                orders = [self.order() for _n in range(4)]
                job = self.go()
                self.assertEqual(job.owner, "wait", job.error)
                self.assert_readable(job.error)
                for order in orders:
                    self.assertNotIn(self.order_link(order).state, ("failed",))
                self.world.settings(limit_minute=0)
                self.settle()
                self.go()
                self.go()
                for order in orders:
                    self.assertEqual(self.order_link(order).state, "linked")
        self.assertEqual(len(self.numbers()), len(set(self.numbers())))

    def test_payment_methods_that_may_be_taken_are_told_where_they_are_not(self):
        term = self.term("Luottokortti", 0)
        self.maps("payment_method", "CREDIT_CARD_CHARGE", term)
        order = self.order(payment_term_id=term.id)
        self.push("order", expect="partial")
        self.assertIn("payment method", order.ledger_problem)
        self.assertIn("Value mappings", order.ledger_problem)
        self.world.settings(other_payment_methods="allowed")
        order.action_ledger_retry()
        self.arrives(order)

    def test_a_credit_where_rows_below_zero_are_refused_is_told(self):
        self.world.settings(negative_rows="refused")
        order = self.agreed_to(self.cancel)
        self.push("order", expect="partial")
        self.assert_readable(order.ledger_problem)
        self.assertEqual(self.statuses(), [(order.name, "SENT")])
        self.world.settings(negative_rows="allowed")
        order.action_ledger_retry()
        self.push("order")
        self.assertEqual(self.numbers(), [order.name, f"{order.name}-C"])
