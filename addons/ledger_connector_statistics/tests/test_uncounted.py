# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A client whose month was not counted is not forgotten when it is billed."""

from odoo.tests import tagged

from .billing_case import BillingCase


@tagged("post_install", "-at_install")
class TestUncounted(BillingCase):
    """One client was counted for February, the other was not."""

    def setUp(self):
        super().setUp()
        self.agree(self.line("entries", price_unit=1))
        self.other, self.other_flow, self.other_books = self.add_client("Kask OÜ")
        self.count("2026-02", bank_payment=3)

    def agree_other(self, **values):
        return self.agree(
            self.line("entries", scheme="base", base_fee=50, agreed_count=4),
            client=self.other,
            **values,
        )

    def missing(self, table=None):
        """The rows of the client who was not counted."""
        rows = (table or self.table()).line_ids
        return rows.filtered(lambda row: row.partner_id == self.other)

    # === THE TABLE OF INVOICES === #

    def test_a_client_with_an_agreement_and_no_figures_is_in_the_table(self):
        self.agree_other()
        table = self.table()
        row = self.missing(table)
        self.assertEqual(row.label, "February 2026")
        self.assertFalse(row.include)
        self.assertIn("Import the data", row.reason)
        self.assert_readable(row.reason)
        table.action_create_invoices()
        self.assertEqual(table.invoice_ids.partner_id, self.client)

    def test_what_is_wrong_with_the_books_is_said(self):
        self.agree_other()
        connection = self.other_flow.connection_id
        connection.write({"error": "The key was refused.", "state": "reconnect"})
        self.assertIn("The key was refused.", self.missing().reason)
        connection.write({"error": False, "state": "paused"})
        self.assertIn("is not live", self.missing().reason)
        connection.active = False
        self.assertIn("has no keys", self.missing().reason)

    def test_a_client_who_was_counted_is_there_once(self):
        self.agree_other()
        self.other_books.add_many("bank_payment", "2026-02-10", 2)
        self.scheduled(self.other_flow)
        self.assertTrue(self.missing().include)
        self.assertEqual(len(self.missing()), 1)

    def test_each_month_that_was_not_counted_is_a_row(self):
        self.agree_other()
        table = self.table()
        table.month_from = "2026-01-01"
        table.action_show()
        self.assertEqual(
            self.missing(table).mapped("label"), ["January 2026", "February 2026"]
        )

    def test_months_without_an_agreement_and_months_to_come_are_not_missed(self):
        agreement = self.agree_other(date_from="2026-03-01")
        table = self.table()
        table.month_to = "2026-04-01"
        table.action_show()
        self.assertFalse(self.missing(table))
        agreement.write({"date_from": "2026-01-01", "date_to": "2026-01-31"})
        table.action_show()
        self.assertFalse(self.missing(table))
        agreement.date_to = False
        agreement.action_archive()
        table.action_show()
        self.assertFalse(self.missing(table))

    def test_chosen_periods_and_chosen_clients_show_nobody_else(self):
        self.agree_other()
        self.assertFalse(self.missing(self.table(self.period("2026-02"))))
        table = self.table()
        table.partner_ids = self.client
        table.action_show()
        self.assertFalse(self.missing(table))

    def test_who_is_counted_by_the_quarter_is_not_missed_by_the_month(self):
        self.agree_other()
        self.plan.recurrence = "quarterly"
        self.assertFalse(self.missing())
        self.at("2026-04-05 03:00:00")
        table = self.table()
        self.assertEqual(self.missing(table).label, "Q1 2026")

    def test_of_two_agreements_a_month_is_missed_once(self):
        self.agree_other(date_to="2026-02-14")
        self.agree_other(date_from="2026-02-15")
        self.assertEqual(len(self.missing()), 1)

    def test_agreements_of_other_companies_are_not_missed(self):
        other = self._make_company("Other Office AS")
        self.env["ledger.statistics.agreement"].create(
            {
                "partner_id": self.other.id,
                "company_id": other.id,
                "date_from": "2026-01-01",
            }
        )
        self.assertFalse(self.missing())

    # === ONE OF TWO BOOKS === #

    def second_books(self, since):
        """More books of the client who was counted, which were there since a day."""
        flow, books = self.add_books(self.client)
        books.add_many("bank_payment", "2026-02-10", 2)
        self.env.cr.execute(
            "UPDATE ledger_connection SET create_date = %s WHERE id = %s",
            [since, flow.connection_id.id],
        )
        self.env.invalidate_all()
        return flow

    def test_a_client_is_not_billed_for_one_of_two_books_only(self):
        flow = self.second_books("2026-01-15")
        row = self.table().line_ids
        self.assertFalse(row.include)
        self.assertIn("More books: not counted", row.reason)
        self.assert_readable(row.reason)
        self.scheduled(flow)
        self.assertEqual([x[1] for x in self.lines_of(self.bill())], [5])

    def test_books_that_were_removed_or_came_later_are_not_waited_for(self):
        flow = self.second_books("2026-03-02")
        self.assertTrue(self.table().line_ids.include)
        self.second_books("2026-01-15").connection_id.active = False
        self.assertTrue(self.table().line_ids.include)
        self.assertTrue(flow.active)

    # === THE AGREED VOLUME === #

    def volumes(self):
        """(first day, agreed, real, off, not counted) of the other client."""
        self.env.invalidate_all()
        rows = self.env["ledger.statistics.tolerance"].with_user(self.responsible)
        rows = rows.search([("partner_id", "=", self.other.id)])
        return [
            (str(r.date_from), r.agreed_count, r.real_count, r.off, r.uncounted)
            for r in rows
        ]

    def test_who_was_not_counted_is_listed_as_such_and_not_as_none(self):
        self.agree_other()
        self.assertEqual(self.volumes(), [("2026-02-01", 4, 0, True, True)])
        groups = self.env["ledger.statistics.tolerance"]._read_group(
            [("partner_id", "=", self.other.id)], [], ["difference:sum"]
        )
        self.assertFalse(groups[0][0])

    def test_who_was_counted_is_compared(self):
        self.agree_other()
        self.other_books.add_many("bank_payment", "2026-02-10", 4)
        self.scheduled(self.other_flow)
        self.assertEqual(self.volumes(), [("2026-02-01", 4, 4, False, False)])

    def test_who_is_counted_in_other_periods_is_not_missed(self):
        self.agree_other()
        self.plan.recurrence = "weekly"
        self.other_books.add_many("bank_payment", "2026-02-25", 1)
        self.scheduled(self.other_flow)
        self.assertEqual([row[4] for row in self.volumes()], [False])

    def test_months_that_were_not_agreed_on_are_not_missed(self):
        self.agree_other(date_from="2026-03-01")
        self.assertEqual(self.volumes(), [])
