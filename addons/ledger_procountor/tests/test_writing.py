# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Customers, products and invoices go there once, and empty nothing."""

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.sync.outgoing import nested

from .writing_case import WritingCase


@tagged("post_install", "-at_install")
class TestRegisters(WritingCase):
    def partner_there(self, partner):
        link = self.link_of(partner)
        self.assertEqual(link.state, "linked", link.error)
        return self.world.object("businesspartners", int(link.external_id))

    def add_partner(self, name="Esimerkki Oy", **info):
        return self.world.add(
            "businesspartners",
            name=name,
            type="CUSTOMER",
            address={"name": name, "street": "Katu 1", "zip": "00100"},
            billingAddress={"name": name, "street": "PL 9", "country": "FINLAND"},
            invoicingInfo={"orderReference": "oma", **info},
            paymentInfo={"paymentMethod": "BANK_TRANSFER", "paymentTermDays": "21"},
        )

    # === NEW === #

    def test_a_new_customer_has_all_that_odoo_knows(self):
        buyer = self.buyer(
            ref="10025",
            vat="FI12345671",
            phone="+358401234567",
            procountor_einvoice_address="003712345671",
            procountor_einvoice_operator="003721291126",
        )
        self.push()
        there = self.partner_there(buyer)
        info = there["invoicingInfo"]
        self.assertEqual(there["type"], "CUSTOMER")
        self.assertEqual(info["customerNumber"], "10025")
        self.assertEqual(
            (info["identifier"], info["identifierType"]), ("1234567-1", "FI")
        )
        self.assertEqual(info["einvoiceAddress"], "003712345671")
        self.assertEqual(info["language"], "FINNISH")
        self.assertEqual(there["address"]["country"], "FINLAND")
        self.assertEqual(there["registryInfo"]["phone"], "+358401234567")
        self.assertEqual(there["paymentInfo"]["paymentMethod"], "BANK_TRANSFER")

    def test_a_new_product_has_price_vat_and_unit(self):
        product = self.product(uom_id=self.env.ref("uom.product_uom_hour").id)
        self.push("product")
        link = self.link_of(product, "product")
        there = self.world.object("products", int(link.external_id))
        self.assertEqual((there["type"], there["code"]), ("SALES", "KUPPI-1"))
        self.assertEqual((there["vat"], there["vatStatus"]), (25.5, 1))
        self.assertEqual((there["unit"], there["price"]), ("HOUR", 8.9))
        self.assertEqual(there["currency"], "EUR")

    def test_a_wrong_business_id_is_told_in_plain_words(self):
        buyer = self.buyer(company_registry="1234567-9")
        self.push(expect="partial")
        link = self.link_of(buyer)
        self.assertEqual((link.state, link.owner), ("failed", "record"))
        self.assertIn("check digit", link.error)

    # === CHANGES === #

    def test_a_change_empties_nothing_that_odoo_does_not_know(self):
        buyer = self.buyer(company_registry="1234567-1")
        self.add_partner(identifier="1234567-1", identifierType="FI", email="a@b.fi")
        self.push()
        buyer.street = "Uusikatu 2"
        self.push()
        there = self.partner_there(buyer)
        self.assertEqual(there["address"]["street"], "Uusikatu 2")
        self.assertEqual(there["billingAddress"]["street"], "PL 9")
        self.assertEqual(there["invoicingInfo"]["orderReference"], "oma")
        self.assertEqual(there["paymentInfo"]["paymentTermDays"], "21")

    def test_a_part_goes_out_alone_and_an_emptied_field_with_the_whole(self):
        buyer = self.buyer()
        self.push()
        self.world.clear_calls()
        buyer.street = "Uusikatu 2"
        self.push()
        [patched] = self.world.calls(method="PATCH")
        self.assertNotIn("registryInfo", patched["body"])
        buyer.email = False
        self.push()
        there = self.partner_there(buyer)
        self.assertFalse(there["invoicingInfo"].get("email"))
        self.assertEqual(there["address"]["street"], "Uusikatu 2")

    def test_where_parts_replace_whole_objects_nothing_is_lost_either(self):
        self.world.settings(patch_depth="objects", patch_answer="message")
        buyer = self.buyer(ref="10025")
        self.push()
        buyer.email = "uusi@esimerkki.example"
        self.push()
        info = self.partner_there(buyer)["invoicingInfo"]
        self.assertEqual(info["email"], "uusi@esimerkki.example")
        self.assertEqual(info["customerNumber"], "10025")

    def test_a_product_taken_out_of_use_is_switched_off_there(self):
        product = self.product()
        self.push("product")
        link = self.link_of(product, "product")
        product.active = False
        self.push("product")
        there = self.world.object("products", int(link.external_id))
        self.assertFalse(there["active"])
        self.assertEqual(there["vat"], 25.5)

    # === FINDING === #

    def find(self, partner_values, match="number_id"):
        """Ids of what is found there of a customer that may have been created."""
        self.connection.procountor_match = match
        whole = {"name": "Esimerkki Oy", **partner_values}
        return self.find_any("customer", "partner", whole)

    def find_any(self, resource, entity, whole):
        """Ids of what is found there of a record that may have been created."""
        flow = self.push_flow(entity)
        with self.connected() as (connector, client):
            operations = [self.creation(resource, whole)]
            [found] = connector._find(client, flow.with_env(connector.env), operations)
        return sorted(one["id"] for one in found)

    @staticmethod
    def info(number="", identifier="", email=""):
        names = ("customerNumber", "identifier", "email")
        values = zip(names, (number, identifier, email), strict=True)
        return {"invoicingInfo": {name: value for name, value in values if value}}

    def test_customers_are_found_by_number_then_by_business_id(self):
        ours = self.add_partner("A", customerNumber="100")["id"]
        self.add_partner("B", customerNumber="1001")
        other = self.add_partner("C", identifier="1234567-1")["id"]
        number = self.info("100")
        self.assertEqual(self.find(number), [ours])
        both = self.info("999", "12345671")
        self.assertEqual(self.find(both), [other])
        self.assertEqual(self.find(both, "number"), [])
        self.assertEqual(self.find(both, "business_id"), [other])
        # Its only key is better than none, whatever is set.
        self.assertEqual(self.find(number, "business_id"), [ours])

    def test_several_with_a_number_are_all_returned_for_a_person_to_decide(self):
        self.world.settings(doubled_customer_number="never")
        ids = [self.add_partner(n, customerNumber="100")["id"] for n in ("A", "B")]
        self.assertEqual(self.find(self.info("100")), ids)

    def test_without_number_and_id_name_and_mail_tell_namesakes_apart(self):
        same = self.add_partner(email="A@esimerkki.example")["id"]
        self.add_partner(email="b@esimerkki.example")
        self.add_partner(email="a@esimerkki.example", identifier="1234567-1")
        self.add_partner("Esimerkki Oy Ab", email="a@esimerkki.example")
        found = self.find(self.info(email="a@esimerkki.example"))
        self.assertEqual(found, [same])

    def test_a_product_is_found_by_its_exact_code_alone(self):
        body = {
            "type": "SALES",
            "discount": 0,
            "price": 1,
            "active": True,
            "currency": "EUR",
        }
        self.world.add("products", name="Iso", code="KUPPI-10", **body)
        ours = self.world.add("products", name="Pieni", code="KUPPI-1", **body)
        whole = {"name": "Jokin", "code": "KUPPI-1"}
        self.assertEqual(self.find_any("product", "product", whole), [ours["id"]])


@tagged("post_install", "-at_install")
class TestInvoicesSent(WritingCase):
    def test_one_whose_answer_was_lost_is_found_by_the_whole_of_its_number(self):
        for match in ("part", "exact"):
            with self.subTest(match=match):
                self.world.settings(
                    original_number_match=match, invoice_number_match=match
                )
                before = len(self.world.objects("invoices"))
                move = self.invoice()
                longer = self.add_invoice(f"{move.name}0")
                self.cut_invoice()
                self.push("invoice", expect="failed")
                self.settle()
                there = self.sent(move)
                self.assertEqual(there["originalInvoiceNumber"], move.name)
                self.assertNotEqual(str(there["id"]), longer)
                self.assertEqual(len(self.world.objects("invoices")), before + 2)

    def add_invoice(self, number):
        """Somebody enters an invoice there; its id."""
        buyer = self.books.add_customer("Toinen Oy")
        lines = [("Työ", 1, 10.0, self.books.tax_code, None)]
        there = self.books.add_invoice(buyer, lines)
        self.world.update("invoices", int(there), originalInvoiceNumber=number)
        return there

    def cut_invoice(self):
        self.world.fault(r"/invoices$", method="POST", times=1, cut=True)

    def test_an_invalidated_one_with_its_number_is_none(self):
        move = self.invoice()
        self.cut_invoice()
        self.push("invoice", expect="failed")
        [lost] = self.world.objects("invoices")
        self.world.do("set_status", id=lost["id"], status="INVALIDATED")
        self.settle()
        self.push("invoice")
        link = self.link_of(move, "invoice")
        self.assertEqual(link.state, "linked", link.error)
        self.assertNotEqual(link.external_id, str(lost["id"]))

    def test_many_invoices_cost_one_call_each_and_little_beside(self):
        buyers = [self.buyer(f"Ostaja {n} Oy", ref=f"{n}") for n in range(3)]
        products = [
            self.product(default_code=f"T-{n}", name=f"Tuote {n}") for n in range(5)
        ]
        lines = [(p.name, 1, 10.0, self.tax, p) for p in products]
        for buyer in buyers:
            self.invoice(buyer, lines)
        self.push("invoice")
        self.world.clear_calls()
        for place in range(40):
            self.invoice(buyers[place % 3], lines)
        self.push("invoice")
        self.assertEqual(self.world.count_calls(path=r"/invoices$", method="POST"), 40)
        self.assertLessEqual(self.world.count_calls(), 40 * 1.15)

    # === DATA OF THE REGISTER === #

    def register(self, partner, **values):
        """Change a customer there, as a person would."""
        link = self.link_of(partner)
        self.world.update("businesspartners", int(link.external_id), **values)

    def test_data_of_the_register_are_taken_where_it_is_set_so(self):
        buyer = self.buyer(ref="10025")
        self.push()
        address = {"street": "Rekisterikatu 1", "zip": "33100", "city": "Tampere"}
        self.register(
            buyer,
            address={"name": "Rekisteri Oy", **address, "country": "FINLAND"},
            invoicingInfo={
                "customerNumber": "10025",
                "email": "rekisteri@esimerkki.example",
                "invoiceChannel": "MAIL",
                "language": "SWEDISH",
            },
        )
        self.connection.procountor_data_from = "register"
        there = self.sent(self.invoice(buyer))
        party = there["counterParty"]
        self.assertEqual(party["counterPartyAddress"]["street"], "Rekisterikatu 1")
        self.assertEqual(party["email"], "rekisteri@esimerkki.example")
        self.assertEqual(there["invoiceChannel"], "MAIL")
        self.assertEqual(there["language"], "SWEDISH")

    def test_customers_of_the_register_are_read_together(self):
        buyers = [self.buyer(f"Ostaja {n} Oy") for n in range(20)]
        self.push()
        self.connection.procountor_data_from = "register"
        for buyer in buyers:
            self.invoice(buyer)
        self.world.clear_calls()
        self.push("invoice")
        reads = self.world.count_calls(path=r"/businesspartners/", method="GET")
        self.assertEqual(reads, 1)

    # === PREVIEW === #

    def test_the_preview_shows_what_the_call_then_sends(self):
        move = self.invoice(self.buyer("Дом Oy"))
        self.world.clear_calls()
        self.sent(move)
        [call] = self.world.calls(path=r"/invoices$", method="POST")
        link = self.link_of(move, "invoice")
        whole = nested(link.sent)
        operation = self.creation("invoice", whole, move.display_name, move.name)
        self.world.clear_calls()
        with self.connected() as (connector, client):
            flow = self.push_flow("invoice").with_env(connector.env)
            shown = connector._payload(client, flow, operation)
        self.assertEqual(shown, call["body"])
        self.assertEqual(self.world.count_calls(path=r"/invoices$"), 0)
