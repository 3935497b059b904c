# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What counts as what, in which month, and what changed since."""

from datetime import datetime

from odoo.tests import tagged

from ..counting import ChangeReader
from .counting_case import CountingCase

JANUARY = ("2026-01-01", "2026-01-31")
FEBRUARY = ("2026-02-01", "2026-02-28")


@tagged("post_install", "-at_install")
class TestCounting(CountingCase):
    def setUp(self):
        super().setUp()
        self.party = self.world.add("clients", name="Tamm OÜ", vatPc="24")
        self.vendor = self.world.add("vendors", name="Kask AS", vatPc="24")
        self.world.add(
            "articles", code="T", description="Töö", type="SERVICE", vatPc="24"
        )
        self.world.clear_calls()

    def invoice(self, day="15.01.2026", at=None, price=100, **values):
        row = {"code": "T", "description": "Töö", "quantity": 1, "vatPc": "24"}
        return self.world.add(
            "clientinvoices",
            at=at,
            clientId=self.party["id"],
            date=day,
            currency="EUR",
            rows=[{**row, "price": price}],
            **values,
        )

    def bill(self, price=100, day="16.01.2026", **values):
        row = {"code": "T", "description": "Töö", "quantity": 1, "vatPc": "24"}
        return self.world.add(
            "vendorinvoices",
            vendorId=self.vendor["id"],
            invoiceNumber=f"B{price}",
            date=day,
            currency="EUR",
            isCalculateVat=True,
            rows=[{**row, "price": price}],
            **values,
        )

    def credit(self, invoice, **values):
        return self.invoice(type="CRE", baseForCreditInvoiceId=invoice["id"], **values)

    def changed(self, moment, invoices=False):
        reader = ChangeReader(
            self.connector._client(self.connection),
            datetime.fromisoformat(moment),
            credits=[tuple(map(self.day, JANUARY))],
            invoices=invoices,
        )
        return list(reader.pages())

    # === CREDIT NOTES === #

    def test_credit_notes_are_told_apart_if_that_is_wanted(self):
        self.credit(self.invoice())
        self.bill()
        self.bill(-30)
        told = self.kinds(self.documents(*JANUARY, credits=True))
        expected = {"sales_invoice": 1, "sales_credit_note": 1}
        expected |= {"purchase_invoice": 1, "purchase_credit_note": 1}
        self.assertEqual(told, expected)
        plain = self.kinds(self.documents(*JANUARY))
        self.assertEqual(plain, {"sales_invoice": 2, "purchase_invoice": 2})

    def test_invoices_are_only_asked_for_where_the_month_has_any(self):
        self.world.seed_month("2026-01", kinds={"BANK_PAYMENT": 3}, documents=False)
        self.world.clear_calls()
        self.documents(*JANUARY, credits=True)
        self.assertEqual(self.world.count_calls(path="invoices:get"), 0)

    def test_figures_of_credit_notes_do_not_depend_on_the_vendors_signs(self):
        self.world.settings(credit_totals="positive")
        self.credit(self.invoice())
        told = self.kinds(self.documents(*JANUARY, credits=True))
        self.assertEqual(told, {"sales_invoice": 1, "sales_credit_note": 1})

    # === WHICH MONTH === #

    def test_an_invoice_counts_in_the_month_of_the_date_that_was_chosen(self):
        self.invoice(
            day="31.01.2026", entryDate="02.02.2026", at="2026-03-05T08:00:00Z"
        )
        months = {"document_date": 1, "entry_date": 2, "entered": 3}
        for basis, month in months.items():
            for number in (1, 2, 3):
                with self.subTest(basis=basis, month=number):
                    last = {1: 31, 2: 28, 3: 31}[number]
                    days = (f"2026-{number:02}-01", f"2026-{number:02}-{last}")
                    found = self.documents(*days, basis=basis)
                    self.assertEqual(len(found), int(number == month))

    def test_what_was_entered_in_the_last_second_of_a_month_is_in_it(self):
        self.invoice(day="01.01.2026", at="2026-01-31T21:59:59Z")
        self.invoice(day="01.01.2026", at="2026-01-31T22:00:00Z")
        self.assertEqual(len(self.documents(*JANUARY, basis="entered")), 1)

    def test_rows_are_told_where_they_are_asked_for(self):
        self.world.seed_month("2026-01", kinds={"BANK_PAYMENT": 1})
        self.assertEqual([one.rows for one in self.documents(*JANUARY)], [0])
        [document] = self.documents(*JANUARY, rows=True)
        self.assertGreaterEqual(document.rows, 2)

    # === WHAT THE VENDOR LEAVES OPEN === #

    def test_a_vendor_that_leaves_the_last_day_out_loses_no_entry(self):
        self.world.settings(date_to="exclusive")
        self.world.seed_month("2026-01", 40, neighbours=True)
        self.assertEqual(len(self.documents(*JANUARY)), 40)

    def test_an_empty_last_day_costs_a_call_more_until_the_vendor_is_known(self):
        """That the last day is counted in is noted once an entry of one has come."""
        self.assertEqual(self.documents(*JANUARY), [])
        self.assertEqual(self.world.count_calls(), 2)
        self.world.seed_month("2026-02", 3)
        self.assertEqual(len(self.documents(*FEBRUARY)), 3)
        self.world.clear_calls()
        self.assertEqual(self.documents(*JANUARY), [])
        self.assertEqual(self.world.count_calls(), 1)

    def test_an_entry_of_the_last_day_that_came_by_another_question_proves_nothing(
        self,
    ):
        self.world.settings(date_to="exclusive")
        self.world.seed_month("2026-01", 40)
        for _time in range(2):
            self.assertEqual(len(self.documents(*JANUARY)), 40)
        self.assertFalse(self.connection.smartaccounts_counts_in)

    def test_every_shape_of_an_answer_gives_the_same_figures(self):
        self.credit(self.invoice())
        expected = self.documents(*JANUARY, credits=True)
        for values in (
            {"list_keys": {"general/entries": "objects"}},
            {"bare_lists": True},
            {"decimals": "quoted"},
            {"document_numbers": "bare"},
            {"nulls": "absent"},
            {"list_order": "newest"},
        ):
            with self.subTest(**values):
                before = self.world.settings()
                self.world.settings(**values)
                found = self.documents(*JANUARY, credits=True)
                key = "external_id"
                self.assertEqual(
                    sorted(found, key=lambda one: getattr(one, key)),
                    sorted(expected, key=lambda one: getattr(one, key)),
                )
                self.world.settings(**{name: before[name] for name in values})

    # === GOING ON === #

    def test_a_reading_goes_on_at_the_page_where_it_stopped(self):
        self.world.seed_month("2026-01", 201)
        pages = self.pages(*JANUARY)
        first = next(pages)
        self.world.clear_calls()
        rest = [
            document
            for page in self.pages(*JANUARY, cursor=first.cursor)
            for document in page.documents
        ]
        self.assertEqual(len(first.documents) + len(rest), 201)
        self.assertEqual(self.world.count_calls(), 2)

    def test_a_page_is_not_counted_before_its_credit_notes_are_known(self):
        self.credit(self.invoice())
        pages = list(self.pages(*JANUARY, credits=True))
        held = pages[0]
        self.assertFalse(held.documents)
        again = list(self.pages(*JANUARY, credits=True, cursor=held.cursor))
        found = [one for page in again for one in page.documents]
        self.assertEqual(
            self.kinds(found), {"sales_invoice": 1, "sales_credit_note": 1}
        )

    def test_an_entry_that_moves_to_the_next_page_counts_once(self):
        self.world.settings(page_size=10, list_order="newest")
        self.world.seed_month("2026-01", 25)
        pages = self.pages(*JANUARY)
        found = list(next(pages).documents)
        self.world.add("entries", date="31.01.2026", docType="VAT_RETURN", number="KMD")
        found += [one for page in pages for one in page.documents]
        self.assertEqual(len(found), len({one.external_id for one in found}))
        self.assertEqual(len(found), 25)

    # === CHANGES === #

    def test_what_was_added_changed_and_deleted_since_is_told(self):
        entry = {"date": "15.01.2026", "docType": "BANK_PAYMENT"}
        at = "2026-02-01T08:00:00Z"
        old = self.world.add("entries", at=at, **entry, number="P1")
        gone = self.world.add("entries", at=at, **entry, number="P2")
        self.world.add("entries", at=at, **entry, number="P3")
        later = "2026-02-10T08:00:00Z"
        new = self.world.add("entries", at=later, **entry, number="P4")
        self.world.update("entries", old["id"], at=later, document="X")
        self.world.delete("entries", gone["id"], at=later)
        [page] = self.changed("2026-02-05T00:00:00+00:00")
        self.assertEqual(
            {one.external_id for one in page.documents}, {old["id"], new["id"]}
        )
        self.assertEqual(list(page.deleted), [gone["id"]])
        self.assertTrue(page.last)

    def test_a_credit_note_among_the_changes_is_told_as_one(self):
        invoice = self.invoice(at="2026-02-01T08:00:00Z")
        self.credit(invoice, at="2026-02-10T08:00:00Z")
        pages = self.changed("2026-02-05T00:00:00+00:00")
        found = [one for page in pages for one in page.documents]
        self.assertEqual([one.kind for one in found], ["sales_credit_note"])

    def test_changes_name_an_entry_as_the_month_did(self):
        self.invoice(at="2026-02-10T08:00:00Z")
        month = self.documents(*JANUARY, credits=True)
        pages = self.changed("2026-02-05T00:00:00+00:00")
        self.assertEqual([one for page in pages for one in page.documents], month)

    def test_invoices_that_are_counted_themselves_only_say_that_they_changed(self):
        made = self.invoice(at="2026-02-10T08:00:00Z")
        pages = self.changed("2026-02-05T00:00:00+00:00", invoices=True)
        days = {
            one.external_id: (one.day, one.document_day)
            for page in pages
            for one in page.documents
        }
        day = self.day("2026-01-15")
        self.assertEqual(days.pop(f"client_invoices:{made['id']}"), (None, day))
        self.assertEqual(list(days.values()), [(day, None)])

    def test_the_hour_that_comes_twice_is_asked_from_before(self):
        self.changed("2026-10-25T01:30:00+00:00")
        [call] = self.world.calls(path="entries:get")
        asked = dict(call["query"])["dateFrom"]
        self.assertTrue(asked.startswith("25.10.2026_02:"), asked)
