# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Books that change while their reading waits for the next night."""

from datetime import datetime, timedelta, timezone

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.ledger_connector_statistics.contract import Window

from ..counting import ChangeReader, WindowReader
from .counting_case import CountingCase
from .test_counting_found import JANUARY, SINCE, Lists

NIGHT = "2026-03-05 03:00:00"
NEXT_NIGHT = "2026-03-06 03:00:00"


@tagged("post_install", "-at_install")
class TestCountingPauses(CountingCase):
    # === ENTRIES === #

    def month(self):
        self.world.settings(page_size=10)
        kinds = {"BANK_PAYMENT": 25}
        self.world.seed_month("2026-01", kinds=kinds, documents=False)

    def paused(self, page):
        """A page is read; the night is over."""
        hours_ago = datetime.now(timezone.utc) - timedelta(hours=8)
        return page, {**page.cursor, "at": hours_ago.isoformat()}

    def window(self, cursor=None):
        return self.pages("2026-01-01", "2026-01-31", cursor)

    def changes(self, cursor=None):
        client = self.connector._client(self.connection)
        moment = datetime(2025, 12, 1)
        return self.connector._read_changed_documents(client, self.flow, moment, cursor)

    @staticmethod
    def ids(pages):
        return {one.external_id for page in pages for one in page.documents}

    def test_an_entry_that_moved_to_an_earlier_page_in_a_pause_is_found(self):
        self.month()
        for read in (self.window, self.changes):
            first, cursor = self.paused(next(read()))
            there = self.ids(self.window())
            gone = first.documents[3].external_id
            self.world.delete("entries", gone)
            self.world.clear_calls()
            rest = self.ids(read(cursor))
            self.assertEqual(there - self.ids([first]) - rest, set())
            self.assertEqual(self.world.count_calls(), 3)

    def test_each_turn_after_a_pause_gets_further(self):
        self.month()
        for read in (self.window, self.changes):
            _first, cursor = self.paused(next(read()))
            again = next(read(cursor))
            self.assertEqual(again.cursor["list"], cursor["list"])
            self.world.clear_calls()
            self.assertEqual(len(self.ids(read(again.cursor))), 15)
            self.assertEqual(self.world.count_calls(), 2)

    def test_what_goes_on_at_once_reads_no_page_twice(self):
        self.month()
        for read in (self.window, self.changes):
            first = next(read())
            self.world.clear_calls()
            self.assertEqual(len(self.ids(read(first.cursor))), 15)
            self.assertEqual(self.world.count_calls(), 2)

    def test_what_was_deleted_in_a_pause_is_told_of_then(self):
        self.month()
        first, cursor = self.paused(next(self.changes()))
        gone = first.documents[3].external_id
        self.world.delete("entries", gone)
        told = [one for page in self.changes(cursor) for one in page.deleted]
        self.assertIn(gone, told)

    # === CREDIT NOTES === #

    def readers(self):
        window = Window(*JANUARY)
        return (
            lambda client, cursor: WindowReader(client, window, cursor),
            lambda client, cursor: ChangeReader(
                client, SINCE, [JANUARY], False, cursor
            ),
        )

    @staticmethod
    def kinds(pages):
        return {one.external_id: one.kind for page in pages for one in page.documents}

    def test_a_credit_note_that_moved_to_an_earlier_page_in_a_pause_is_one(self):
        entries = [[entry("e", "CLIENT_INVOICE", number="3")]]
        one, two, four = ({"number": number} for number in "124")
        note = {"number": "3", "type": "CRE"}
        before = Lists(entries=entries, client_invoices=[[one, two], [note, four]])
        after = Lists(entries=entries, client_invoices=[[two, note], [four]])
        for reader in self.readers():
            with freeze_time(NIGHT):
                held = next(reader(before, None).pages())
            self.assertFalse(held.documents)
            with freeze_time(NEXT_NIGHT):
                rest = self.kinds(reader(after, held.cursor).pages())
            self.assertEqual(rest, {"e": "sales_credit_note"})

    def test_asking_for_credit_notes_after_a_pause_forgets_no_page(self):
        bank = [entry(name, "BANK_PAYMENT") for name in "abcd"]
        invoice = entry("i", "CLIENT_INVOICE", number="1")
        before = Lists(entries=[bank[:2], [invoice, bank[2]], bank[3:]])
        after = Lists(
            entries=[[bank[1], invoice], bank[2:]], client_invoices=[[{"number": "1"}]]
        )
        for reader in self.readers():
            with freeze_time(NIGHT):
                first = next(reader(before, None).pages())
            with freeze_time(NEXT_NIGHT):
                held = next(reader(after, first.cursor).pages())
                self.assertFalse(held.documents)
                rest = self.kinds(reader(after, held.cursor).pages())
            self.assertEqual(rest["i"], "sales_invoice")
            self.assertEqual({*self.kinds([first]), *rest}, {*"abcd", "i"})


def entry(external_id, kind, **values):
    """An entry of January as the vendor answers it."""
    return {
        "id": external_id,
        "docType": kind,
        "date": "15.01.2026",
        **values,
    }
