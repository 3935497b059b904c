# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import BaseCase, tagged

from odoo.addons.ledger_connector_statistics import blocks, keys_file, titles

KEYS = {"public_key": "Public key", "secret_key": "Secret key"}


@tagged("post_install", "-at_install")
class TestTitles(BaseCase):
    """Places in titles, and our part of a text; no database needed."""

    def test_places_are_filled_and_a_kind_that_was_not_met_counts_nothing(self):
        title = titles.fill("{client}: {sales_invoice}/{payroll}", {"client": "A"})
        self.assertEqual(title, "A: 0/0")

    def test_a_client_called_like_a_place_is_not_filled_again(self):
        title = titles.fill("{client}", {"client": "{month}", "month": "May"})
        self.assertEqual(title, "{month}")

    def test_unknown_words_and_lonely_braces_are_named(self):
        self.assertEqual(
            titles.unknown_places("{clint} {month", ["a"]), ["{clint}", "{"]
        )
        self.assertEqual(titles.unknown_places("{client} {a}", ["a"]), [])

    def test_our_part_is_replaced_and_what_people_wrote_stays(self):
        first = blocks.replaced(None, blocks.Markup("<p>12</p>"))
        edited = "<p>Call them.</p>" + str(first) + "<p>Done & paid</p>tail"
        second = str(blocks.replaced(edited, blocks.Markup("<p>13</p>")))
        self.assertIn("<p>Call them.</p>", second)
        self.assertIn("<p>13</p>", second)
        self.assertNotIn("12", second)
        self.assertTrue(second.endswith("<p>Done &amp; paid</p>tail"), second)

    def test_a_text_without_our_part_gets_it_in_front(self):
        text = str(blocks.replaced("<p>Mine</p>", blocks.Markup("<p>13</p>")))
        self.assertTrue(text.endswith("</div><p>Mine</p>"), text)


@tagged("post_install", "-at_install")
class TestKeysFile(BaseCase):
    """Lists of keys as offices keep them."""

    def read_text(self, text, encoding="utf-8"):
        """Read a CSV file with this text."""
        return keys_file.read(text.encode(encoding), KEYS)

    def test_a_semicolon_list_with_estonian_headings_is_read(self):
        rows = self.read_text(
            "Klient;Registrikood;Avalik võti;Salajane võti\nÕuna OÜ;10123456;abc;def\n"
        )
        self.assertEqual(rows[0].client, {"name": "Õuna OÜ", "registry": "10123456"})
        self.assertEqual(rows[0].secrets, {"public_key": "abc", "secret_key": "def"})

    def test_a_list_saved_by_an_old_spreadsheet_keeps_its_letters(self):
        rows = self.read_text("Klient,Public key,Secret key\nÕuna OÜ,a,b\n", "cp1257")
        self.assertEqual(rows[0].label, "Õuna OÜ")

    def test_blank_lines_are_left_out_and_lines_keep_their_number(self):
        rows = self.read_text("Name,Public key,Secret key\n\nA,1,2\n,,\nB,3,4\n")
        self.assertEqual([(r.number, r.label) for r in rows], [(3, "A"), (5, "B")])

    def test_a_missing_key_column_is_named(self):
        with self.assertRaises(keys_file.Unreadable) as caught:
            self.read_text("Name,Public key\nA,1\n")
        self.assertEqual(caught.exception.reason, "keys")
        self.assertEqual(caught.exception.names, ("Secret key",))

    def test_a_list_without_clients_is_refused(self):
        for text, reason in (
            ("Public key,Secret key\n1,2\n", "client"),
            ("Name,Public key,Secret key\n", "empty"),
            ("", "empty"),
        ):
            with self.assertRaises(keys_file.Unreadable) as caught:
                self.read_text(text)
            self.assertEqual(caught.exception.reason, reason)

    def test_a_picture_is_no_list(self):
        with self.assertRaises(keys_file.Unreadable) as caught:
            keys_file.read(b"\x89PNG\x00\x01", KEYS)
        self.assertEqual(caught.exception.reason, "format")

    def test_a_broken_workbook_is_no_list(self):
        with self.assertRaises(keys_file.Unreadable) as caught:
            keys_file.read(b"PK\x03\x04 not a workbook", KEYS)
        self.assertEqual(caught.exception.reason, "format")

    def test_keys_do_not_appear_when_a_row_is_printed(self):
        (row,) = self.read_text("Name,Public key,Secret key\nA,abcde,fghij\n")
        self.assertNotIn("fghij", repr(row))
