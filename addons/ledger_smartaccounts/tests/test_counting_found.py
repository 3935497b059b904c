# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each document is found, is one document, and costs no more calls than it has to."""

from datetime import date, datetime, timedelta, timezone

from odoo import fields
from odoo.tests import tagged

from odoo.addons.ledger_connector_statistics.contract import Window

from ..client.lists import ListPage
from ..counting import ChangeReader, WindowReader
from .counting_case import CountingCase

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))
SINCE = datetime(2026, 2, 1, tzinfo=timezone.utc)


class Lists:
    """A client whose lists are given, a page each; notes what is asked."""

    def __init__(self, deleted=(), **lists):
        self.lists = lists
        self.deleted = deleted
        self.asked = []

    def pages(self, service, filters, cursor=None):
        """Yield the pages of a list from *cursor* on."""
        pages = self.lists.get(service) or [[]]
        start = (cursor or {}).get("page", 1)
        for number in range(start, len(pages) + 1):
            self.asked.append(service)
            following = {"page": number + 1} if number < len(pages) else None
            deleted = self.deleted if number == 1 else ()
            yield ListPage(pages[number - 1], number, following, deleted, None)


def invoices(pages, day="15.01.2026"):
    """Entries of invoices, a hundred on each page."""
    return [
        [
            {
                "id": f"{page}-{number}",
                "docType": "CLIENT_INVOICE",
                "date": day,
                "number": f"M{page}-{number}",
            }
            for number in range(100)
        ]
        for page in range(pages)
    ]


@tagged("post_install", "-at_install")
class TestCountingFound(CountingCase):
    # === ONE DOCUMENT === #

    def window(self, client, **values):
        reader = WindowReader(client, Window(*JANUARY, **values))
        return [one for page in reader.pages() for one in page.documents]

    def test_an_invoice_and_an_entry_with_the_same_id_are_two_documents(self):
        entry = {"id": 7, "docType": "BANK_PAYMENT", "date": "31.01.2026"}
        invoice = {"id": 7, "date": "31.01.2026", "invoiceNumber": "26001"}
        client = Lists(entries=[[entry]], client_invoices=[[invoice]])
        found = self.window(client, basis="document_date")
        self.assertEqual(
            [(one.external_id, one.kind) for one in found],
            [("7", "bank_payment"), ("client_invoices:7", "sales_invoice")],
        )

    def test_a_deleted_invoice_is_not_the_entry_with_its_id(self):
        client = Lists(deleted=("7",), entries=[[]], client_invoices=[[]])
        reader = ChangeReader(client, SINCE, credits=[], invoices=True)
        deleted = [list(page.deleted) for page in reader.pages()]
        self.assertEqual(deleted, [["7"], ["client_invoices:7"], ["vendor_invoices:7"]])

    def test_documents_without_an_id_are_not_taken_for_one(self):
        common = {"docType": "BANK_PAYMENT", "date": "31.01.2026"}
        client = Lists(entries=[[{**common, "number": n} for n in ("1", "2")]])
        self.assertEqual(len({one.external_id for one in self.window(client)}), 2)

    def test_a_credit_note_without_a_number_makes_no_entry_one(self):
        common = {"docType": "CLIENT_INVOICE", "date": "31.01.2026"}
        client = Lists(
            entries=[[{**common, "id": "1"}, {**common, "id": "2", "number": "9"}]],
            client_invoices=[[{"totalAmount": "-5"}, {"number": "9", "type": "CRE"}]],
        )
        found = {one.external_id: one.kind for one in self.window(client)}
        self.assertEqual(found, {"1": "sales_invoice", "2": "sales_credit_note"})

    # === CREDIT NOTES AMONG CHANGES === #

    def changes(self, client, credits, cursor=None):
        return ChangeReader(client, SINCE, credits, False, cursor).pages()

    def test_credit_notes_of_a_month_are_asked_once_for_all_changes(self):
        notes = [[{"id": "i", "number": f"M{n}-0"}] for n in range(10)]
        client = Lists(entries=invoices(10), client_invoices=notes)
        list(self.changes(client, [JANUARY]))
        # 10 pages of entries, 10 of invoices.
        self.assertLessEqual(len(client.asked), 20)

    def test_credit_notes_are_not_asked_where_nothing_frozen_tells_them(self):
        client = Lists(entries=invoices(3))
        list(self.changes(client, []))
        list(self.changes(client, [FEBRUARY]))
        self.assertEqual(client.asked, ["entries"] * 6)

    def test_what_is_known_of_credit_notes_outlives_a_pause(self):
        notes = [[{"number": "M0-1", "type": "CRE"}], [{"number": "M1-2"}]]
        client = Lists(entries=invoices(2), client_invoices=notes)
        pages = self.changes(client, [JANUARY])
        held = next(pages)
        self.assertFalse(held.documents)
        client.asked.clear()
        again = self.changes(client, [JANUARY], held.cursor)
        kinds = [one.kind for page in again for one in page.documents]
        self.assertEqual(client.asked, ["entries", "client_invoices", "entries"])
        self.assertEqual(kinds.count("sales_credit_note"), 1)
        self.assertEqual(len(kinds), 200)

    # === FROZEN MONTHS === #

    def frozen_january(self):
        """An invoice and its credit note, counted apart and frozen."""
        plan = self.env["ledger.statistics.plan"].create(
            {
                "system": "smartaccounts",
                "company_id": self.company.id,
                "delivery": "none",
            }
        )
        party = self.world.add("clients", name="Tamm OÜ", vatPc="24")
        self.world.add(
            "articles", code="T", description="Töö", type="SERVICE", vatPc="24"
        )
        row = {"code": "T", "description": "Töö", "quantity": 1, "vatPc": "24"}
        common = {
            "clientId": party["id"],
            "date": "15.01.2026",
            "currency": "EUR",
            "rows": [{**row, "price": 100}],
        }
        invoice = self.world.add("clientinvoices", **common)
        self.world.add(
            "clientinvoices",
            **common,
            type="CRE",
            baseForCreditInvoiceId=invoice["id"],
        )
        self.run_job(JANUARY)
        period = self.env["ledger.statistics.period"].search(
            [("connection_id", "=", self.connection.id)]
        )
        period.with_user(self.manager).action_freeze()
        return plan, period

    def run_job(self, *spans, **place):
        values = self.flow._prepare_counting(spans, **place)
        job = self.env["ledger.sync.job"].create(values)
        with self.committing() as env:
            job.with_env(env)._run()
        job.invalidate_recordset()
        self.assertEqual(job.state, "done", job.error)
        return job

    def compare_changes(self):
        moment = fields.Datetime.to_string(self.now() - timedelta(minutes=10))
        return self.run_job(changed=moment)

    def test_a_frozen_month_is_held_by_its_own_rule_for_credit_notes(self):
        plan, period = self.frozen_january()
        figures = {f.kind_id.code: f.count for f in period.figure_ids if f.count}
        self.assertEqual(figures["sales_credit_note"], 1)
        # From now on calls are saved; nothing changes in January but a touch.
        plan.with_credits = False
        self.assertEqual(self.compare_changes().received, 2)
        self.assertFalse(period.change_ids)

    def test_what_is_new_in_a_frozen_month_is_found_among_the_touched(self):
        _plan, period = self.frozen_january()
        self.world.add("entries", date="31.01.2026", docType="VAT_RETURN", number="KMD")
        self.compare_changes()
        found = {x.kind_id.code: x.difference for x in period.change_ids}
        self.assertEqual(found, {"vat_return": 1, "entries": 1})
