# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A period is billed once, or it is said why it is not."""

from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .billing_case import BillingCase


@tagged("post_install", "-at_install")
class TestBillingOnce(BillingCase):
    def setUp(self):
        super().setUp()
        self.agreement = self.agree(self.line("entries", price_unit=1))

    def reason(self, *periods):
        """Why the only row of the table is not billed."""
        [line] = self.table(*periods).line_ids
        self.assertFalse(line.include)
        self.assert_readable(line.reason)
        return line.reason

    # === WHY NOT === #

    def test_a_billed_period_is_not_billed_again(self):
        self.count("2026-02", bank_payment=5)
        invoice = self.bill()
        self.assertIn("Billed already", self.reason(self.period("2026-02")))
        with self.assertRaisesRegex(UserError, "Tick"):
            self.bill()
        self.assertEqual(self.period("2026-02").invoice_id, invoice)

    def test_two_tables_of_the_same_period_make_one_invoice(self):
        self.count("2026-02", bank_payment=5)
        first, second = self.table(), self.table()
        first.action_create_invoices()
        second.action_create_invoices()
        self.assertEqual(len(first.invoice_ids), 1)
        self.assertFalse(second.invoice_ids)
        self.assertIn("Billed already", second.line_ids.reason)

    def test_a_client_without_an_agreement_is_named(self):
        self.agreement.action_archive()
        self.count("2026-02", bank_payment=5)
        self.assertIn("No agreement", self.reason())
        self.assertFalse(self.period("2026-02").frozen)

    def test_an_agreement_that_begins_later_is_none(self):
        self.agreement.date_from = "2026-03-01"
        self.count("2026-02", bank_payment=5)
        self.assertIn("No agreement", self.reason())

    def test_an_agreement_whose_prices_have_ended_is_said(self):
        self.agreement.line_ids.date_to = "2026-01-31"
        self.count("2026-02", bank_payment=5)
        self.assertIn("No price", self.reason())

    def test_a_month_without_documents_is_not_billed(self):
        self.count("2026-02")
        self.assertIn("Nothing was counted", self.reason())

    def test_a_month_that_is_not_over_is_not_billed(self):
        self.count("2026-03", bank_payment=5)
        self.assertIn("not read to the end", self.reason(self.period("2026-03")))

    def test_rows_that_were_not_counted_are_not_billed_as_none(self):
        self.agreement.line_ids.kind_ids = [Command.set(self.kind("rows").ids)]
        self.count("2026-02", bank_payment=5)
        self.assertIn("Rows are charged", self.reason())

    def test_days_that_were_billed_with_another_period_are_not_billed_again(self):
        self.count("2026-02", bank_payment=5)
        self.bill()
        week = (
            self.period("2026-02")
            .sudo()
            .copy({"date_from": "2026-02-23", "date_to": "2026-03-01", "state": "open"})
        )
        week.complete = True
        self.assertIn("Some of these days", self.reason(week))

    def test_months_and_weeks_of_the_same_days_are_not_billed_at_once(self):
        self.count("2026-02", bank_payment=5)
        month = self.period("2026-02")
        week = month.sudo().copy({"date_from": "2026-02-02", "date_to": "2026-02-08"})
        week.complete = True
        self.env["ledger.statistics.figure"].create(
            {"period_id": week.id, "kind_id": self.kind("entries").id, "count": 5}
        )
        table = self.table(month, week)
        table.action_create_invoices()
        self.assertEqual(len((month | week).filtered("billed")), 1)

    def test_other_books_of_a_billed_period_are_left_to_a_person(self):
        self.count("2026-02", bank_payment=5)
        self.bill()
        flow, books = self.add_books(self.client)
        books.add_many("bank_payment", "2026-02-10", 2)
        self.scheduled(flow)
        self.assertIn("Other books", self.reason(self.period("2026-02")))

    def test_figures_that_changed_since_the_table_are_looked_at_again(self):
        self.count("2026-02", bank_payment=5)
        table = self.table()
        self.books.add("more", "bank_payment", "2026-02-11")
        self.import_months("2026-02")
        table.action_create_invoices()
        self.assertFalse(table.invoice_ids)
        self.assertIn("have changed", table.line_ids.reason)
        self.assertFalse(self.period("2026-02").frozen)
        table.action_show()
        table.action_create_invoices()
        self.assertEqual(self.lines_of(table.invoice_ids)[0][1], 6)

    def test_a_period_that_was_deleted_since_the_table_is_left_out(self):
        self.count("2026-02", bank_payment=5)
        client, flow, books = self.add_client("Kask AS")
        books.add_many("bank_payment", "2026-02-10", 2)
        self.scheduled(flow)
        self.agree(self.line("entries", price_unit=1), client=client)
        table = self.table()
        self.period("2026-02").with_user(self.manager).unlink()
        table.action_create_invoices()
        self.assertEqual(table.invoice_ids.partner_id, client)
        [gone] = table.line_ids.filtered("reason")
        self.assertIn("have changed", gone.reason)

    def test_a_table_whose_only_period_was_deleted_makes_nothing(self):
        self.count("2026-02", bank_payment=5)
        table = self.table(self.period("2026-02"))
        self.period("2026-02").with_user(self.manager).unlink()
        action = table.action_create_invoices()
        self.assertFalse(table.invoice_ids)
        self.assertEqual(action["res_id"], table.id)

    def test_an_agreement_that_was_made_anew_is_looked_at_again(self):
        self.count("2026-02", bank_payment=5)
        table = self.table()
        self.agreement.unlink()
        self.agree(self.line("entries", price_unit=1))
        table.action_create_invoices()
        self.assertFalse(table.invoice_ids)
        self.assertIn("have changed", table.line_ids.reason)
        table.action_show()
        table.action_create_invoices()
        self.assertEqual(table.invoice_ids.amount_untaxed, 5)

    def test_one_client_whom_odoo_refuses_does_not_stop_the_others(self):
        client, flow, books = self.add_client("Kask AS")
        books.add_many("bank_payment", "2026-02-10", 2)
        self.scheduled(flow)
        outside = self.env["account.account"].create(
            {"name": "Off balance", "code": "999998", "account_type": "off_balance"}
        )
        service = self.env["product.product"].create(
            {
                "name": "Wrongly booked",
                "type": "service",
                "property_account_income_id": outside.id,
            }
        )
        self.agree(
            self.line("entries", price_unit=1, product_id=service.id), client=client
        )
        self.count("2026-02", bank_payment=5)
        table = self.table()
        action = table.action_create_invoices()
        self.assertEqual(table.invoice_ids.partner_id, self.client)
        self.assertTrue(self.period("2026-02").frozen)
        refused = table.line_ids.filtered("reason")
        self.assertEqual(refused.partner_id, client)
        self.assertIn("Kask AS", refused.reason)
        self.assertIn("Off-Balance", refused.reason)
        self.assertFalse(refused.period_ids.frozen)
        self.assertEqual(action["res_id"], table.id)

    def test_a_client_who_was_not_ticked_is_left_alone(self):
        client, flow, books = self.add_client("Kask AS")
        books.add_many("bank_payment", "2026-02-10", 2)
        self.scheduled(flow)
        self.agree(self.line("entries", price_unit=1), client=client)
        self.count("2026-02", bank_payment=5)
        table = self.table()
        other = table.line_ids.filtered(lambda line: line.partner_id == client)
        other.include = False
        table.action_create_invoices()
        self.assertEqual(table.invoice_ids.partner_id, self.client)
        self.assertFalse(other.period_ids.frozen)

    # === WHAT WAS BILLED === #

    def test_a_billed_period_cannot_be_unfrozen(self):
        self.count("2026-02", bank_payment=5)
        invoice = self.bill()
        period = self.period("2026-02").with_user(self.manager)
        with self.assertRaisesRegex(UserError, "was billed"):
            period.action_unfreeze()
        invoice.unlink()
        period.action_unfreeze()
        self.assertFalse(period.frozen)

    def test_unfreezing_is_not_offered_for_what_was_billed(self):
        periods = self.env["ledger.statistics.period"].with_user(self.manager)
        form = etree.fromstring(periods.get_view(view_type="form")["arch"])
        [button] = form.xpath("//button[@name='action_unfreeze']")
        self.assertEqual(button.get("invisible"), "not frozen or billed")

    def test_nobody_writes_past_the_actions_what_was_billed_or_frozen(self):
        self.count("2026-01", bank_payment=5)
        self.count("2026-02", bank_payment=5)
        invoice = self.bill()
        billed = self.period("2026-02").with_user(self.manager)
        counted = self.period("2026-01").with_user(self.manager)
        for period, values in (
            (billed, {"state": "open", "invoice_id": False}),
            (billed, {"complete": False}),
            (counted, {"state": "frozen"}),
            (counted, {"date_from": "2026-01-02"}),
        ):
            with self.assertRaises(AccessError):
                period.write(values)
        with self.assertRaisesRegex(UserError, "is frozen"):
            billed.unlink()
        self.assertTrue(billed.frozen)
        self.assertEqual(billed.invoice_id, invoice)

    def test_managers_freeze_and_unfreeze_many_periods_and_figures_at_once(self):
        self.count("2026-01", bank_payment=5)
        self.count("2026-02", bank_payment=5)
        both = self.period("2026-01") | self.period("2026-02")
        both.with_user(self.manager).action_freeze()
        self.assertEqual(set(both.mapped("state")), {"frozen"})
        both.figure_ids.with_user(self.manager).action_unfreeze()
        self.assertEqual(set(both.mapped("state")), {"open"})
        for act in ("action_freeze", "action_unfreeze", "action_bill"):
            with self.assertRaises(AccessError):
                getattr(both.with_user(self.responsible), act)()

    def test_managers_of_other_companies_freeze_nothing_here(self):
        self.count("2026-02", bank_payment=5)
        other = self._make_company("Other Office AS")
        stranger = self._make_user("ledger_other", "group_ledger_manager", other)
        period = self.period("2026-02").with_user(stranger)
        with self.assertRaises(AccessError):
            period.with_context(allowed_company_ids=other.ids).action_freeze()
        self.assertFalse(self.period("2026-02").frozen)

    def test_billed_and_unbilled_periods_are_found_by_users_without_accounting(self):
        self.count("2026-01", bank_payment=5)
        self.count("2026-02", bank_payment=5)
        self.bill()
        reader = new_test_user(
            self.env,
            "ledger_reader",
            groups="ledger_connector_base.group_ledger_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        periods = self.env["ledger.statistics.period"].with_user(reader)
        billed = periods.search([("billed", "=", True)])
        self.assertEqual(billed, self.period("2026-02"))
        self.assertTrue(billed.billed)
        self.assertEqual(
            periods.search([("billed", "=", False)]), self.period("2026-01")
        )

    # === WHO MAY, AND HOW === #

    def test_only_managers_with_the_right_to_invoice_bill(self):
        self.count("2026-02", bank_payment=5)
        period = self.period("2026-02")
        with self.assertRaises(AccessError):
            period.with_user(self.responsible).action_bill()
        poor = new_test_user(
            self.env,
            "ledger_no_invoices",
            groups="ledger_connector_base.group_ledger_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        with self.assertRaisesRegex(UserError, "Invoicing"):
            period.with_user(poor).action_bill()

    def test_a_whole_month_is_billed_for_all_clients_or_for_some(self):
        client, flow, books = self.add_client("Kask AS")
        books.add_many("bank_payment", "2026-02-10", 2)
        self.scheduled(flow)
        self.agree(self.line("entries", price_unit=1), client=client)
        self.count("2026-02", bank_payment=5)
        self.count("2026-01", bank_payment=1)
        table = self.table()
        self.assertEqual(table.line_ids.partner_id, self.client | client)
        with Form(table) as form:
            form.partner_ids.add(client)
        table.action_show()
        self.assertEqual(table.line_ids.partner_id, client)
        table.month_from = "2026-01-01"
        table.partner_ids = False
        table.action_show()
        [missing] = table.line_ids.filtered("reason")
        self.assertEqual((missing.partner_id, missing.label), (client, "January 2026"))
        self.assertEqual(len(table.line_ids - missing), 3)
        action = table.action_create_invoices()
        self.assertEqual(len(table.invoice_ids), 2)
        self.assertEqual(action["res_model"], "account.move")

    def test_months_the_wrong_way_round_are_refused(self):
        table = self.table()
        table.month_from = "2026-04-01"
        with self.assertRaisesRegex(UserError, "Swap"):
            table.action_show()

    def test_figures_can_be_billed_from_their_list(self):
        self.count("2026-02", bank_payment=5)
        figures = self.period("2026-02").figure_ids.with_user(self.manager)
        action = figures.action_bill()
        table = self.env["ledger.statistics.bill"].browse(action["res_id"])
        self.assertEqual(table.period_ids, self.period("2026-02"))
        self.assertIn("5 × 1.00 NOK", table.line_ids.details)

    def test_screens_open_for_those_they_are_meant_for(self):
        for name, user in (
            ("agreement", self.responsible),
            ("tolerance", self.responsible),
            ("period", self.responsible),
            ("figure", self.manager),
        ):
            action = self.env.ref(
                f"ledger_connector_statistics.ledger_statistics_{name}_action"
            )
            kinds = [(False, kind) for kind in action.view_mode.split(",")]
            model = self.env[action.res_model].with_user(user)
            views = model.get_views([*kinds, (False, "search")])["views"]
            self.assertIn("search", views)
        self.env["account.move"].with_user(self.plain).get_views([(False, "form")])
