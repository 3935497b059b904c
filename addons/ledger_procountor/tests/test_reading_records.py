# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What follows from a record, without a vendor."""

from odoo.tests import BaseCase, tagged

from ..records import complete, inner, vat_code


def invoice(total=125.0, **values):
    """A full invoice of one row."""
    return {
        "id": 7,
        "status": "NOT_SENT",
        "vatStatus": 1,
        "discountPercent": 0,
        "paymentInfo": {"currency": "EUR"},
        "extraInfo": {"unitPricesIncludeVat": False},
        "invoiceSumInfo": [
            {
                "currency": "EUR",
                "excludingVatTotal": 100.0,
                "vatSumTotal": total - 100.0,
                "invoiceSumTotal": total,
            }
        ],
        "invoiceRows": [
            {
                "product": "Työ",
                "quantity": 1,
                "unitPrice": 100.0,
                "vatPercent": 25.5,
                "discountPercent": 0,
            }
        ],
        **values,
    }


@tagged("post_install", "-at_install")
class TestRecords(BaseCase):
    def made(self, **values):
        [found] = complete("invoice", [invoice(**values)])
        return found

    def test_a_vat_code_has_no_needless_noughts(self):
        codes = [vat_code(1, x) for x in (25.5, 24.0, "10.00", 0, 0.0)]
        self.assertEqual(codes, ["1:25.5", "1:24", "1:10", "1:0", "1:0"])
        self.assertIsNone(vat_code(None, 24))
        self.assertIsNone(vat_code(1, None))

    def test_the_vat_status_of_a_row_comes_before_that_of_the_invoice(self):
        row = self.made()["invoiceRows"][0]
        self.assertEqual(row["^"]["vat"], "1:25.5")
        rows = [{**row, "vatStatus": 5, "vatPercent": 0}]
        self.assertEqual(
            self.made(invoiceRows=rows)["invoiceRows"][0]["^"]["vat"], "5:0"
        )

    def test_an_invoice_below_nought_is_a_credit_note(self):
        self.assertTrue(self.made(total=-125.0)["^"]["isCredit"])
        self.assertFalse(self.made(total=0.0)["^"]["isCredit"])

    def test_what_is_open_is_not_guessed(self):
        for status, left in (
            ("UNFINISHED", 125.0),
            ("SENT", 125.0),
            ("PARTLY_PAID", None),
            ("PAID", 0.0),
            ("MARKED_PAID", 0.0),
            ("INVALIDATED", 0.0),
        ):
            self.assertEqual(self.made(status=status)["^"]["outstanding"], left)
        paid = {"payments": [{"paidAmount": 25.0}, {"paidAmount": "0.10"}]}
        found = self.made(**{"status": "PARTLY_PAID", "^": paid})
        self.assertEqual(found["^"]["outstanding"], 99.9)

    def test_a_payment_that_is_taken_back_is_left_to_a_person(self):
        paid = [{"id": 1, "paidAmount": 125.0}, {"id": 2, "paidAmount": -25.0}]
        found = self.made(**{"status": "PARTLY_PAID", "^": {"payments": paid}})
        self.assertEqual([x["id"] for _r, x in inner("invoice", found)], [1])
        self.assertEqual(list(inner("order", found)), [])

    def test_a_record_with_holes_is_no_error(self):
        for resource in ("customer", "product", "invoice", "order"):
            holes = [{"id": 1}, {"id": 2, "invoicingInfo": None, "address": None}]
            holes.append({"id": 3, "invoiceRows": [{}], "invoiceSumInfo": None})
            complete(resource, holes)
            self.assertEqual({type(one["^"]) for one in holes}, {dict})
