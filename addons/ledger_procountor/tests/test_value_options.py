# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values are chosen from what the company has in Procountor, and asked for again."""

from odoo.tests import tagged

from ..writing.addresses import named_country
from ..writing.settings import choices_of
from .order_lines_case import OrderLinesCase


@tagged("post_install", "-at_install")
class TestValueOptions(OrderLinesCase):
    def lines(self, kind):
        found = self.connection.value_mapping_ids
        return found.filtered(lambda line: line.kind == kind)

    def codes(self, kind):
        return sorted(set(self.lines(kind).mapped("remote_code")))

    def test_vat_is_what_the_company_sells_at(self):
        self.refresh()
        codes = self.codes("tax")
        for code in ("1:25.5", "1:13.5", "1:10", "1:0", "5:0", "3:0", "12:0"):
            self.assertIn(code, codes)
        for code in ("1:24", "1:14", "2:0", "4:0", "5:25.5"):
            self.assertNotIn(code, codes)
        label = self.lines("tax").filtered(lambda x: x.remote_code == "1:13.5")
        self.assertIn("13.5", label.remote_label)
        self.assertIn("Domestic", label.remote_label)

    def test_a_percentage_that_is_taken_into_use_comes_with_the_next_refresh(self):
        self.refresh()
        self.world.do("vat_percent", percent=14, sales=True, purchase=True)
        self.refresh()
        self.assertIn("1:14", self.codes("tax"))
        self.assertEqual(
            len(self.lines("tax").filtered(lambda x: x.remote_code == "1:25.5")), 1
        )

    def test_what_a_person_chose_stays_when_values_are_asked_for_again(self):
        self.refresh()
        line = self.lines("tax").filtered(lambda x: x.remote_code == "1:10")
        tax = self.tax.copy({"name": "Kirjat 10 %", "amount": 10})
        line.target_ref = tax
        self.refresh()
        self.assertEqual(line.target_ref, tax)

    def test_delivery_terms_are_those_of_the_company_and_their_incoterms_found(self):
        self.refresh()
        self.assertEqual(len(self.lines("delivery_term")), 6)
        dap = self.lines("delivery_term").filtered(
            lambda x: x.remote_code.startswith("DAP")
        )
        self.assertEqual(dap.target_ref, self.env.ref("account.incoterm_DAP"))
        own = self.lines("delivery_term").filtered(
            lambda x: x.remote_code == "Noudettu"
        )
        self.assertFalse(own.target_ref)

    def test_bank_accounts_are_those_in_use(self):
        self.world.add("bankaccounts", iban="FI2799999900031563", status="INACTIVE")
        self.refresh()
        codes = self.codes("bank_account")
        self.assertIn(self.world.credentials["iban"], codes)
        self.assertNotIn("FI2799999900031563", codes)
        own = self.lines("bank_account").filtered(
            lambda x: x.remote_code == self.world.credentials["iban"]
        )
        self.assertEqual(own.target_ref, self.env.ref("base.EUR"))

    def test_units_and_payment_methods_are_offered(self):
        self.refresh()
        hour = self.lines("unit").filtered(lambda x: x.remote_code == "HOUR")
        self.assertEqual(hour.target_ref, self.env.ref("uom.product_uom_hour"))
        self.assertEqual(
            self.codes("payment_method"), ["BANK_TRANSFER", "CASH", "CLEARING"]
        )

    def test_units_that_odoo_does_not_have_are_offered_for_those_of_the_company(self):
        self.refresh()
        pallet = self.lines("unit").filtered(lambda x: x.remote_code == "PALLET")
        self.assertEqual(pallet.remote_label, "Pallet")
        self.assertFalse(pallet.target_ref)
        self.assertEqual(len(self.lines("unit")), 111)

    def test_countries_are_offered_and_stand_for_those_of_odoo(self):
        self.refresh()
        lines = self.lines("country")
        finland = lines.filtered(lambda x: x.remote_code == "FINLAND")
        self.assertEqual(finland.target_ref, self.env.ref("base.fi"))
        self.assertEqual(finland.remote_label, "Finland")
        self.assertGreater(len(lines.filtered("target_ref")), 240)
        self.assertEqual(len(lines), 251)

    def test_a_country_that_was_chosen_goes_before_the_name_that_is_known(self):
        self.refresh()
        aland = self.env.ref("base.ax")
        self.lines("country").filtered(lambda x: x.target_ref == aland).unlink()
        finland = self.lines("country").filtered(lambda x: x.remote_code == "FINLAND")
        finland.copy({"res_id": aland.id, "is_suggested": False})
        choices = choices_of(self.connection)
        self.assertEqual(named_country("AX", choices), "FINLAND")
        self.assertEqual(named_country("FI", choices), "FINLAND")
        self.assertEqual(named_country("SE", choices), "SWEDEN")

    def test_nothing_optional_is_listed_as_missing(self):
        self.refresh()
        missing = self.connection.action_open_unmapped()["domain"]
        kinds = self.env["ledger.value.mapping"].search(missing).mapped("kind")
        self.assertNotIn("unit", kinds)
        self.assertNotIn("country", kinds)

    def test_what_is_not_mapped_is_listed_before_the_connection_goes_live(self):
        self.connection.action_pause()
        self.connection.state = "ready"
        self.refresh()
        # Units, terms and methods have defaults; taxes have none.
        open_ = self.lines("tax").filtered(lambda line: not line.is_mapped)
        self.assertTrue(open_)
        self.assertEqual(self.connection.unmapped_count, len(open_))
        action = self.connection.action_open_value_mappings()
        self.assertEqual(action["res_model"], "ledger.value.mapping")

    def test_each_value_that_is_offered_is_taken_there(self):
        """What a person can choose, Procountor does not refuse."""
        self.refresh()
        for code in self.codes("tax"):
            percent = float(code.partition(":")[2])
            tax = self.tax.copy({"name": f"ALV {code}", "amount": percent})
            line = self.lines("tax").filtered(lambda x, c=code: x.remote_code == c)[:1]
            if line.res_id:
                continue
            line.target_ref = tax
            order = self.order(lines=[self.taxed(tax)])
            self.go()
            link = self.order_link(order)
            if link.state != "linked":
                # Which statuses go with which percentages is not told (§3.3).
                self.assertIn("Value mappings", order.ledger_problem)
                status = code.partition(":")[0]
                self.assertNotIn(status, ("1", "3", "5", "12"))
