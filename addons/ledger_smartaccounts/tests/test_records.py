# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import TransactionCase, tagged

from ..records import complete
from ..writing import bodies


@tagged("post_install", "-at_install")
class TestRecords(TransactionCase):
    def test_days_numbers_and_ids_come_in_one_shape(self):
        shapes = (
            {"date": "05.01.2026", "totalAmount": 124.02, "invoiceNumber": "26001"},
            {"date": "05.01.2026", "totalAmount": "124.02", "invoiceNumber": 26001},
        )
        one, other = complete("client_invoice", shapes)
        self.assertEqual(one, other)
        self.assertEqual(one["date"], "2026-01-05")
        self.assertEqual(one["totalAmount"], 124.02)
        self.assertEqual(one["invoiceNumber"], "26001")

    def test_a_value_of_the_wrong_shape_stays_for_the_mapping_to_tell(self):
        [record] = complete("client_invoice", [{"date": "eile", "totalAmount": "x"}])
        self.assertEqual((record["date"], record["totalAmount"]), ("eile", "x"))

    def test_the_first_contact_of_each_kind_is_taken(self):
        contacts = [
            {"type": "PERSON", "value": "Mari"},
            {"type": "EMAIL", "value": "a@example.org"},
            {"type": "EMAIL", "value": "b@example.org"},
        ]
        [record] = complete("client", [{"id": "1", "contacts": contacts}])
        self.assertEqual(record["^"]["email"], "a@example.org")
        self.assertIsNone(record["^"]["phone"])

    def test_a_purchase_with_negative_sums_is_a_refund_and_its_vat_is_another(self):
        rows = [{"vatPc": "24", "price": -5}]
        [record] = complete("vendor_invoice", [{"totalAmount": "-6.20", "rows": rows}])
        self.assertEqual(record["^"]["move_type"], "in_refund")
        self.assertEqual(record["rows"][0]["^"]["vatPc"], "purchase:24")

    def test_what_is_told_replaces_the_first_contact_and_leaves_the_others(self):
        there = {
            "id": "1",
            "contacts": [
                {"type": "PERSON", "value": "Mari", "description": "juhataja"},
                {"type": "EMAIL", "value": "a@example.org", "description": "arved"},
                {"type": "EMAIL", "value": "b@example.org"},
            ],
        }
        told = {"^": {"email": "new@example.org", "phone": "+372 5", "website": ""}}
        body = bodies.changed_record("client", there, told)
        self.assertEqual(
            body["contacts"],
            [
                {"type": "PERSON", "value": "Mari", "description": "juhataja"},
                {"type": "EMAIL", "value": "new@example.org", "description": "arved"},
                {"type": "EMAIL", "value": "b@example.org"},
                {"type": "PHONE", "value": "+372 5"},
            ],
        )

    def test_an_edit_sends_nothing_that_only_the_vendor_writes(self):
        there = {"id": "1", "name": "A", "dateCreated": "01.01.2026", "createdBy": "x"}
        body = bodies.changed_record("client", there, {"name": "B"})
        self.assertEqual(body, {"id": "1", "name": "B"})

    def test_sections_and_notes_go_to_the_line_before_them(self):
        rows = [
            {"description": "Above"},
            {"code": "A", "description": "One", "quantity": 1, "price": 2.0},
            {"description": "A note"},
            {"code": "A", "quantity": 1, "price": 2.0},
        ]
        made = bodies.rows_of(rows, "INV/1")
        texts = [row["description"] for row in made]
        self.assertEqual(texts, ["Above\nOne\nA note", "INV/1"])
        self.assertEqual([row["order"] for row in made], [1, 2])

    def test_emoji_in_a_text_become_underscores(self):
        body = bodies.new_record({"name": "A", "comment": "Aitäh 😀"})
        self.assertEqual(body["comment"], "Aitäh _")
