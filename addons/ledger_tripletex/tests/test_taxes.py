# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.conformance import ConformanceCase

from ..taxes import suggestion
from .stand_in import TripletexBooks


@tagged("post_install", "-at_install")
class TestTripletexTaxes(ConformanceCase):
    stand_in = TripletexBooks

    def setUp(self):
        super().setUp()
        self.connection.value_mapping_ids.unlink()

    def lines(self):
        with self.committing(self.manager) as env:
            self.connection.with_env(env).action_refresh_values()
        self.env.invalidate_all()
        return {line.remote_code: line for line in self.connection.value_mapping_ids}

    def test_sales_taxes_are_listed_with_number_name_and_rate(self):
        lines = self.lines()
        self.assertEqual(
            lines["3"].remote_label, "3 – Utgående avgift, høy sats (25 %)"
        )
        self.assertTrue(lines["32"].remote_label.startswith("33 – "))
        self.assertNotIn("1", lines, "input VAT is nobody's sales tax")

    def test_the_only_tax_of_a_rate_is_suggested_to_be_checked(self):
        line = self.lines()["3"]
        self.assertEqual(line.target_ref, self.tax)
        self.assertTrue(line.is_suggested)

    def test_two_taxes_of_a_rate_are_a_persons_choice(self):
        self.tax.copy({"name": "Sales 25 % too", "company_id": self.company.id})
        self.assertFalse(self.lines()["3"].is_mapped)

    def test_a_tax_of_another_company_is_not_suggested(self):
        other = self._make_company("Annet AS")
        self.tax.active = False
        self.tax.copy({"company_id": other.id, "active": True})
        self.assertFalse(self.lines()["3"].is_mapped)

    def test_a_code_that_a_record_used_gets_its_name(self):
        self.env["ledger.value.mapping"]._note_missing(
            self.connection, ("tax", "1", "")
        )
        line = self.lines()["1"]
        self.assertIn("Fradrag", line.remote_label)
        self.assertFalse(line.is_mapped)

    def test_a_choice_that_was_made_is_kept(self):
        line = self.lines()["5"]
        line.write({"is_nothing": True, "res_id": False})
        self.assertTrue(self.lines()["5"].is_nothing)
        self.assertFalse(line.res_id)

    def test_the_standards_code_decides_where_the_chart_carries_it(self):
        if "l10n_no_standard_code" not in self.env["account.tax"]._fields:
            hint = {"percentage": 25.0, "number": "999", "outgoing": True}
            self.assertEqual(suggestion(self.tax, hint), self.tax)
            return
        self.tax.l10n_no_standard_code = "3"
        twin = self.tax.copy({"name": "Other", "l10n_no_standard_code": "99"})
        hint = {"percentage": 25.0, "number": "3", "outgoing": True}
        self.assertEqual(suggestion(self.tax | twin, hint), self.tax)
