# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64
import io
import json
import zipfile
from unittest.mock import patch
from zipfile import ZIP_DEFLATED as DEFLATED

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.modules.neutralize import get_neutralization_queries

from ..keys_file import MOST_ROWS, MOST_UNPACKED
from . import books
from .client_case import ClientCase

HEAD = "Name,Registry code,Public key,Secret key\n"


class TestKeysImport(ClientCase):
    """Keys of many clients from a spreadsheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._make_client("Sørvik OÜ", company_registry="10999999")

    def upload(self, content, user=None):
        """Upload a file; returns the preview."""
        content = content.encode() if isinstance(content, str) else content
        imports = self.env["ledger.keys.import"].with_user(user or self.manager)
        return imports.with_company(self.company).create(
            {"system": books.SYSTEM, "file": base64.b64encode(content)}
        )

    def connect_all(self, wizard):
        """Press *Connect and test* and let the scheduled action work."""
        wizard.action_connect()
        with self.committing() as env:
            env["ledger.keys.import"]._cron()
        self.env.invalidate_all()

    def lines(self, wizard):
        """What the preview says, by name in the file."""
        return {line.label: line.status for line in wizard.line_ids}

    def test_the_preview_says_line_by_line_what_will_happen(self):
        self._make_client("Twin OÜ")
        self._make_client("Twin OÜ")
        self.connect(self.second)
        wizard = self.upload(
            HEAD + "Anything,10123456,public-1,secret-1\n"
            "Sørvik OÜ,,public-2,secret-2\n"
            "Twin OÜ,,public-3,secret-3\n"
            "Nobody OÜ,,public-4,secret-4\n"
            "Keyless OÜ,,public-5,\n"
        )
        self.assertEqual(
            self.lines(wizard),
            {
                "Anything": "found",
                "Sørvik OÜ": "connected",
                "Twin OÜ": "ambiguous",
                "Nobody OÜ": "missing",
                "Keyless OÜ": "no_key",
            },
        )
        self.assertEqual(wizard.line_ids.filtered("chosen").partner_id, self.client)
        self.assertEqual(wizard.found_count, 1)

    def test_the_same_client_or_key_twice_is_not_connected_by_itself(self):
        wizard = self.upload(
            HEAD + "Nordvik OÜ,,public-1,secret-1\nNordvik OÜ,,public-2,secret-2\n"
            "Sørvik OÜ,,public-9,secret-9\nNobody,,public-9,secret-9\n"
        )
        self.assertEqual(set(wizard.line_ids.mapped("status")), {"doubled"})
        wizard.line_ids[:2].chosen = True
        with self.assertRaises(UserError):
            wizard.action_connect()

    def test_a_workbook_with_numbers_as_numbers_is_read(self):
        book = openpyxl.Workbook()
        book.active.append(["Registrikood", "Public key", "Secret key"])
        book.active.append([10123456.0, "public-1", "secret-1"])
        stream = io.BytesIO()
        book.save(stream)
        self.assertEqual(self.upload(stream.getvalue()).line_ids.status, "found")

    def workbook(self, **parts):
        """A small workbook whose parts, by path, are something else."""
        book = openpyxl.Workbook()
        book.active.append(["Name", "Public key", "Secret key"])
        made, out = io.BytesIO(), io.BytesIO()
        book.save(made)
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, parts.get(name, old.read(name)))
        return out.getvalue()

    def test_a_broken_workbook_is_refused_with_a_sentence(self):
        sheet = "xl/worksheets/sheet1.xml"
        for broken in (
            self.workbook(**{sheet: b"<worksheet><sheetData><row"}),
            self.workbook(**{sheet: b'<worksheet xmlns="x"><c r="0"/></worksheet>'}),
            self.workbook(**{"xl/workbook.xml": b"no xml at all"}),
            self.workbook(**{"[Content_Types].xml": b"<Types/>"}),
            self.workbook()[:300],
            b"PK and nothing else",
        ):
            with self.subTest(broken=broken[:30]):
                with self.assertRaises(UserError) as caught:
                    self.upload(broken)
                self.assert_readable(str(caught.exception))

    def test_files_that_unpack_to_too_much_are_refused_unread(self):
        head = HEAD.encode()
        row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>'
        many = b"".join(row % (number, number) for number in range(1, MOST_ROWS + 3))
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        start = b'<worksheet xmlns="%s"><sheetData>' % space
        end = b"</sheetData></worksheet>"
        far = row % (10**12, 10**12)
        sheet = "xl/worksheets/sheet1.xml"
        for large in (
            self.workbook(**{"xl/styles.xml": b" " * (MOST_UNPACKED + 1)}),
            self.workbook(**{sheet: start + many + end}),
            self.workbook(**{sheet: start + far + end}),
            head + b"x,1,2,3\n" * (MOST_ROWS + 1),
        ):
            with self.assertRaisesRegex(UserError, "too large"):
                self.upload(large)

    def test_each_key_is_decrypted_once_however_many_lines_there_are(self):
        count = 40
        for number in range(count):
            self._make_client(f"Client {number} OÜ")
        wizard = self.upload(
            HEAD
            + "".join(f"Client {n} OÜ,,public-{n},secret-{n}\n" for n in range(count))
        )
        box = type(self.env["ledger.credential"]._box())
        opened = []

        def decrypt(self, data):
            opened.append(data)
            return really(self, data)

        really = box.decrypt
        self.startPatcher(patch.object(box, "decrypt", decrypt))
        with self.assertQueryCount(count):
            wizard.action_connect()
        self.assertEqual(wizard.state, "running")
        self.assertEqual(len(opened), count)

    def test_a_file_without_the_key_column_says_which_is_missing(self):
        with self.assertRaises(UserError) as caught:
            self.upload("Name,Public key\nNordvik OÜ,1\n")
        self.assertIn("Secret key", str(caught.exception))

    def test_good_clients_go_live_and_bad_ones_say_why(self):
        wizard = self.upload(
            HEAD + "Nordvik OÜ,,public-of-nordvik,secret-of-nordvik\n"
            "Sørvik OÜ,,public-of-sorvik,wrong-of-sorvik\n"
        )
        self.connect_all(wizard)
        self.assertEqual(wizard.state, "done")
        self.assertEqual((wizard.good_count, wizard.bad_count), (1, 1))
        good, bad = wizard.line_ids
        self.assertEqual(good.connection_id.state, "live")
        self.assertEqual(bad.connection_id.state, "draft")
        self.assert_readable(bad.result)
        self.assertEqual(bad.connection_id.error, bad.result)
        self.assertEqual(wizard.progress, 100)

    def test_a_client_that_fails_does_not_stop_the_others(self):
        wizard = self.upload(
            HEAD + "Nordvik OÜ,,public-of-nordvik,secret-of-nordvik\n"
            "Sørvik OÜ,,public-of-sorvik,secret-of-sorvik\n"
        )
        wizard.action_connect()
        # Somebody connects another client with the first line's keys meanwhile.
        third = self._make_client("Tredje OÜ")
        self.connect(
            third,
            {"public_key": "public-of-nordvik", "secret_key": "secret-of-nordvik"},
        )
        with self.committing() as env:
            env["ledger.keys.import"]._cron()
        self.env.invalidate_all()
        bad, good = wizard.line_ids
        self.assertIn("Tredje OÜ", bad.result)
        self.assertFalse(bad.connection_id)
        self.assertEqual(good.connection_id.state, "live")

    def test_keys_are_encrypted_until_they_are_where_they_belong(self):
        with self.keeping_logs() as lines:
            wizard = self.upload(HEAD + "Nordvik OÜ,,public-of-nordvik,secret-abcdef\n")
            self.env.flush_all()
            line = wizard.line_ids
            self.assertNotIn("secret-abcdef", line.sudo().secret_data)
            self.assertIn("…cdef", line.keys_hint)
            with self.assertRaises(AccessError):
                line.read(["secret_data"])
            self.assertFalse(wizard.file)
            self.connect_all(wizard)
        self.assertFalse(line.sudo().secret_data)
        self.assertFalse(any("secret-abcdef" in text for text in lines))

    def test_the_keys_of_lines_that_are_not_chosen_are_forgotten(self):
        wizard = self.upload(
            HEAD + "Nordvik OÜ,,public-of-nordvik,secret-of-nordvik\n"
            "Nobody OÜ,,public-4,secret-4\n"
        )
        wizard.action_connect()
        left = wizard.line_ids.filtered(lambda line: not line.chosen)
        self.assertFalse(left.sudo().secret_data)

    def test_the_one_who_asked_is_told_when_all_were_tested(self):
        wizard = self.upload(HEAD + "Sørvik OÜ,,public-of-sorvik,wrong-of-sorvik\n")
        self.env["bus.bus"].search([]).unlink()
        self.connect_all(wizard)
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].search([])
        self.assertEqual(len(told), 1)
        message = json.loads(told.message)["payload"]["message"]
        self.assertIn("Sørvik OÜ", message)
        self.assertIn("0 of 1", message)

    def test_users_who_are_no_managers_import_no_keys(self):
        with self.assertRaises(AccessError):
            self.upload(HEAD + "Nordvik OÜ,,a,b\n", self.responsible)

    def test_a_neutralised_copy_holds_no_keys(self):
        wizard = self.upload(HEAD + "Nordvik OÜ,,public-of-nordvik,secret-of-nordvik\n")
        wizard.action_connect()
        self.env.flush_all()
        for query in get_neutralization_queries(["ledger_connector_statistics"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertFalse(wizard.line_ids.sudo().secret_data)
        self.assertEqual(wizard.state, "done")
