# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import BaseCase, tagged

from ..records import complete, inner, twins

POSTAL = {"addressLine1": "Postboks 1", "postalCode": "0101", "city": "Oslo"}
PHYSICAL = {"addressLine1": "Kaia 3", "addressLine2": "Bygg B", "city": "Bergen"}
EMPTY = {"addressLine1": "", "addressLine2": "", "postalCode": "", "city": ""}


@tagged("post_install", "-at_install")
class TestTripletexRecords(BaseCase):
    """What a record says between its fields."""

    def ours(self, resource, **record):
        return complete(resource, [record])[0]["^"]

    def test_lines_of_two_addresses_are_never_mixed(self):
        both = self.ours("customer", postalAddress=POSTAL, physicalAddress=PHYSICAL)
        self.assertEqual(both["address"], POSTAL)
        one = self.ours("supplier", postalAddress=EMPTY, physicalAddress=PHYSICAL)
        self.assertEqual(one["address"], PHYSICAL)
        none = self.ours("customer", postalAddress=EMPTY, physicalAddress=None)
        self.assertIsNone(none["address"])

    def test_a_contact_has_a_name_whatever_part_of_it_is_given(self):
        whole = self.ours("contact", firstName="Kari ", lastName="Åsen", email="k@x.no")
        self.assertEqual(whole["name"], "Kari Åsen")
        self.assertEqual(self.ours("contact", lastName="Åsen")["name"], "Åsen")
        mail = self.ours("contact", firstName="", lastName="", email="k@x.no")
        self.assertEqual(mail["name"], "k@x.no")

    def test_a_contact_belongs_to_its_customer_or_to_its_supplier(self):
        owner = {"id": 5, "isCustomer": True, "isSupplier": True}
        self.assertEqual(self.ours("contact", customer=owner)["customer"], owner)
        supplier = {"id": 6, "isCustomer": False, "isSupplier": True}
        ours = self.ours("contact", customer=supplier)
        self.assertEqual((ours["customer"], ours["supplier"]), (None, supplier))
        unknown = {"id": 7}
        self.assertEqual(self.ours("contact", customer=unknown)["customer"], unknown)
        self.assertIsNone(self.ours("contact", customer=None)["customer"])

    def test_units_of_the_standard_have_their_name_in_odoo(self):
        hour = self.ours("product", productUnit={"commonCode": "HUR"})
        self.assertEqual(hour["unit"], "Hours")
        own = self.ours("product", productUnit={"commonCode": "", "name": "Palle"})
        self.assertIsNone(own["unit"])
        self.assertIsNone(self.ours("product", productUnit=None)["unit"])

    def test_only_an_address_with_a_line_lies_inside_a_customer(self):
        empty = {"id": 3, **EMPTY}
        self.assertFalse(list(inner("customer", {"id": 1, "deliveryAddress": empty})))
        self.assertFalse(list(inner("customer", {"id": 1, "deliveryAddress": None})))
        outer = {"id": 1, "deliveryAddress": {"id": 3, **POSTAL}}
        ((resource, record),) = inner("customer", outer)
        self.assertEqual((resource, record["id"]), ("delivery_address", 3))
        self.assertEqual(record["^"]["id"], 1)

    def test_only_incoming_payments_of_an_invoice_are_payments(self):
        postings = [
            {"id": 1, "type": "OUTGOING_INVOICE_CUSTOMER_POSTING", "amountCurrency": 9},
            {"id": 2, "type": "INCOMING_PAYMENT", "amountCurrency": -9},
            {"id": 3, "type": "INCOMING_PAYMENT", "amountCurrency": 9},
            {
                "id": 4,
                "type": "OUTGOING_INVOICE_CUSTOMER_POSTING",
                "amountCurrency": -9,
            },
            {"id": 5, "type": None, "amountCurrency": -9},
        ]
        found = list(inner("invoice", {"id": 1, "postings": postings}))
        self.assertEqual([record["id"] for _resource, record in found], [2])

    def test_who_is_both_is_looked_for_under_the_other_path(self):
        both = {"id": 8, "isCustomer": True, "isSupplier": True}
        self.assertEqual(list(twins("customer", both)), [("supplier", "8")])
        self.assertEqual(list(twins("supplier", both)), [("customer", "8")])
        self.assertFalse(list(twins("supplier", {"id": 8, "isCustomer": False})))
