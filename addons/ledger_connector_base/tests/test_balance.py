# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Real invoices against what a system will make of them."""

from decimal import Decimal

from odoo import Command

from ..sync.balance import Rounding
from ..sync.entities.invoice_balance import check, settle
from .common import LedgerCase

SYSTEM = "Kontobok"
BY_LINE = Rounding()
#: What Odoo does with *Round per Tax*.
BY_TAX = Rounding(vat="rate", round_lines=False)
IN_KRONER = Rounding(total_step=Decimal(1), place="line")


class BalanceCase(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls.company = cls.company.with_env(cls.env)
        cls.env["decimal.precision"].search([("name", "=", "Product Price")]).digits = 4
        cls.partner = cls.env["res.partner"].create({"name": "Nordlys AS"})
        cls.vat25 = cls._tax("MVA 25", 25)
        cls.vat15 = cls._tax("MVA 15", 15)
        cls.vat0 = cls._tax("MVA 0", 0)
        cls.with25 = cls._tax("MVA 25 i pris", 25, True)
        cls.with15 = cls._tax("MVA 15 i pris", 15, True)

    @classmethod
    def _tax(cls, name, percent, included=False, **values):
        override = "tax_included" if included else "tax_excluded"
        return cls.env["account.tax"].create(
            {
                "name": name,
                "amount": percent,
                "type_tax_use": "sale",
                "company_id": cls.company.id,
                "price_include_override": override,
                **values,
            }
        )

    @classmethod
    def _foreign(cls, name, rate=0.1):
        currency = cls.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", name)])
        currency.active = True
        values = {"company_id": cls.company.id, "name": "2020-01-01", "rate": rate}
        currency.rate_ids = [Command.create(values)]
        return currency

    def invoice(self, *lines, currency=None, refund=False, **values):
        """A posted invoice of lines ``(quantity, price, tax, discount)``."""
        move = self.env["account.move"].create(
            {
                "move_type": "out_refund" if refund else "out_invoice",
                "partner_id": self.partner.id,
                "invoice_date": "2026-03-02",
                "currency_id": (currency or self.company.currency_id).id,
                "invoice_line_ids": [self._line(*line) for line in lines],
                **values,
            }
        )
        move.action_post()
        return move

    @staticmethod
    def _line(quantity, price, taxes=(), discount=0):
        return Command.create(
            {
                "name": f"{quantity} at {price}",
                "quantity": quantity,
                "price_unit": price,
                "discount": discount,
                "tax_ids": [Command.set([tax.id for tax in taxes])],
            }
        )

    def assert_held(self, move, rounding, *words, owner="record"):
        """The invoice is held by a sentence that names it and says *words*."""
        problem = check(move, rounding, SYSTEM)
        self.assertTrue(problem, "Nothing holds the invoice.")
        self.assert_readable(problem.sentence)
        self.assert_readable(problem.summary)
        self.assertNotIn(move.name, problem.summary)
        for word in (move.name, SYSTEM, *words):
            self.assertIn(word, problem.sentence.replace("\xa0", " "))
        self.assertEqual(problem.owner, owner)
        return problem


class TestBalanceAgrees(BalanceCase):
    """What Odoo does itself, rule by rule, to the cent."""

    def lines(self, *taxes):
        """Lines whose roundings do not all go the same way, for each of *taxes*."""
        amounts = (
            (12.12, 12.12, 0),
            (12.12, 12.12, 0),
            (3, 0.3333, 0),
            (7, 19.9876, 33.33),
            (1, 0.01, 0),
            (0.5, 0.33, 10),
            (2.75, 1234.5678, 12.5),
        )
        return [
            (quantity, price, tax, discount)
            for tax in taxes
            for quantity, price, discount in amounts
        ]

    def assert_agrees(self, rounding, other, *taxes):
        """No currency and no sign makes a difference, but the *other* rule does."""
        move = self.invoice(*self.lines(*taxes))
        self.assertTrue(check(move, other, SYSTEM), "These lines prove nothing.")
        for currency in self.currencies:
            for refund in (False, True):
                with self.subTest(currency=currency.name, refund=refund):
                    move = self.invoice(
                        *self.lines(*taxes), currency=currency, refund=refund
                    )
                    self.assertIsNone(settle(move, rounding, SYSTEM))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        abroad = (("EUR", 0.085), ("JPY", 14.2), ("KWD", 0.029))
        cls.currencies = cls.company.currency_id + cls.env["res.currency"].union(
            *(cls._foreign(*one) for one in abroad)
        )

    def test_krone_euro_yen_and_dinar_are_what_is_tried(self):
        self.assertEqual(self.currencies.mapped("decimal_places"), [2, 2, 0, 3])

    def test_a_company_that_rounds_by_line_agrees_with_a_system_that_does(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        self.assert_agrees(BY_LINE, BY_TAX, [self.vat25], [self.vat15], [self.vat0], [])

    def test_a_company_that_rounds_by_tax_agrees_with_a_system_that_does(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        self.assert_agrees(BY_TAX, BY_LINE, [self.vat25], [self.vat15], [self.vat0], [])

    def test_prices_with_vat_agree_when_both_round_by_line(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        self.assert_agrees(BY_LINE, BY_TAX, [self.with25], [self.with15], [])

    def test_prices_with_vat_agree_when_both_round_by_tax(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        self.assert_agrees(BY_TAX, BY_LINE, [self.with25], [self.with15])


class TestBalanceDiffers(BalanceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.tax_calculation_rounding_method = "round_globally"

    def by_tax(self, **values):
        """Two lines: Odoo's VAT is 0.25, a system that rounds each has 0.26."""
        lines = [(1, 0.50, [self.vat25])] * 2
        return self.invoice(*lines, **values)

    def correct_vat(self, move, amount):
        """Change the VAT below the lines, as the tax totals on screen do."""
        move.button_draft()
        totals = move.tax_totals
        totals["subtotals"][0]["tax_groups"][0]["tax_amount_currency"] = amount
        move.tax_totals = totals
        move.action_post()

    def test_the_rate_the_amounts_and_the_setting_are_named(self):
        problem = self.assert_held(
            self.by_tax(), BY_LINE, "VAT 25 %", "0.26", "0.25", owner="mapping"
        )
        self.assertIn("Round per Line", problem.summary)

    def test_following_the_sentence_makes_the_invoice_balance(self):
        move = self.by_tax()
        self.correct_vat(move, 0.26)
        self.assertEqual(move.amount_total, 1.26)
        self.assertIsNone(check(move, BY_LINE, SYSTEM))

    def test_a_company_that_rounds_by_line_is_told_of_the_other_setting(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        problem = self.assert_held(self.by_tax(), BY_TAX, "0.25", owner="mapping")
        self.assertIn("Round per Tax", problem.summary)

    def test_no_setting_is_blamed_that_is_right_already(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        rule = Rounding(half="even")
        # A quarter of 0.50 is half a cent.
        problem = self.assert_held(self.by_tax(), rule, "VAT 25 %", "0.24")
        self.assertNotIn("Settings", problem.sentence + problem.summary)
        halves = self.invoice((1, 0.505, [self.vat0]))
        problem = self.assert_held(halves, rule, "1 at 0.505", "0.50", "0.51")
        self.assertNotIn("decimals", problem.sentence)

    def test_a_cent_goes_into_vat_where_the_system_takes_it_there(self):
        for refund in (False, True):
            found = settle(self.by_tax(refund=refund), Rounding(place="vat"), SYSTEM)
            self.assertEqual(found.place, "vat")
            self.assertEqual(found.amount, Decimal("-0.01"))
            self.assertEqual((found.culprit.what, found.culprit.key), ("rate", "25"))

    def test_a_cent_goes_into_a_line_where_the_system_takes_it_there(self):
        move = self.by_tax()
        found = settle(move, Rounding(place="line"), SYSTEM)
        self.assertEqual((found.place, found.amount), ("line", Decimal("-0.01")))
        self.assertIsNone(check(move, Rounding(place="line"), SYSTEM))

    def test_only_the_rate_that_differs_is_named(self):
        lines = [(1, 0.50, [self.vat25])] * 2 + [(1, 100, [self.vat15])]
        problem = self.assert_held(
            self.invoice(*lines), BY_LINE, "VAT 25 %", owner="mapping"
        )
        self.assertNotIn("15 %", problem.sentence)

    def test_yen_differ_by_whole_yen(self):
        yen = self._foreign("JPY", 14.2)
        move = self.invoice(*[(1, 50, [self.vat25])] * 2, currency=yen)
        self.assert_held(move, BY_LINE, "VAT 25 %", "26", "25", owner="mapping")
        found = settle(move, Rounding(place="vat"), SYSTEM)
        self.assertEqual(found.amount, Decimal("-1"))

    def test_untaxed_amounts_that_differ_are_told_how_to_agree(self):
        move = self.invoice(*[(12.12, 12.12, [self.vat25])] * 2)
        self.assert_held(
            move, BY_LINE, "untaxed amount", "293.78", "293.79", owner="mapping"
        )
        self.company.tax_calculation_rounding_method = "round_per_line"
        move.button_draft()
        for line in move.invoice_line_ids:
            line.tax_ids = False
            line.tax_ids = self.vat25
        move.action_post()
        self.assertIsNone(check(move, BY_LINE, SYSTEM))

    def test_vat_that_somebody_changed_by_more_than_a_rounding_is_held(self):
        move = self.by_tax()
        self.correct_vat(move, 0.40)
        for place in ("hold", "vat", "line"):
            self.assert_held(
                move, Rounding(place=place), "VAT 25 %", "0.26", "0.40", "check"
            )

    def test_a_price_that_the_system_cuts_is_held_with_its_line(self):
        rule = Rounding(price_decimals=2)
        move = self.invoice((1, 5, [self.vat25]), (3, 0.335, [self.vat25]))
        self.assert_held(move, rule, "3 at 0.335", "1.02", "1.01", "decimals")

    def test_a_price_that_loses_more_than_a_rounding_is_held_wherever_cents_go(self):
        rule = Rounding(price_decimals=2, place="line")
        move = self.invoice((1000, 0.3333, [self.vat25]))
        self.assert_held(move, rule, "1000 at 0.3333", "330.00", "333.30")

    def test_prices_in_a_foreign_currency_may_keep_more_decimals(self):
        rule = Rounding(price_decimals=2, foreign_price_decimals=4)
        line = (1000, 0.3333, [self.vat25])
        euro = self._foreign("EUR", 0.085)
        self.assertIsNone(check(self.invoice(line, currency=euro), rule, SYSTEM))
        self.assertTrue(check(self.invoice(line), rule, SYSTEM))

    def test_prices_with_and_without_vat_on_one_invoice_are_compared_without(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        move = self.invoice((1, 125, [self.with25]), (1, 100, [self.vat25]))
        self.assertIsNone(check(move, BY_LINE, SYSTEM))

    def test_nothing_is_written_by_a_check(self):
        move = self.by_tax()
        self.env.flush_all()
        settle(move, Rounding(place="vat"), SYSTEM)
        with self.assertQueryCount(0):
            self.env.flush_all()


class TestBalanceCannotTell(BalanceCase):
    """Invoices that no rule describes are held, never guessed at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.tax_calculation_rounding_method = "round_per_line"

    def assert_tax_held(self, *taxes):
        names = ", ".join(tax.name for tax in taxes)
        self.assert_held(
            self.invoice((1, 10, [self.vat25]), (2, 20, taxes)),
            BY_LINE,
            *("2 at 20", names),
        )

    def test_a_fixed_tax_is_held_with_its_line(self):
        self.assert_tax_held(self._tax("Pant", 2, amount_type="fixed"))

    def test_a_tax_that_is_part_of_the_price_by_division_is_held(self):
        self.assert_tax_held(self._tax("Del", 20, True, amount_type="division"))

    def test_several_taxes_on_a_line_are_held(self):
        self.assert_tax_held(self.vat25, self.vat15)

    def test_a_group_of_taxes_is_held(self):
        children = [Command.set((self.vat25 + self.vat15).ids)]
        self.assert_tax_held(
            self._tax("Gruppe", 0, amount_type="group", children_tax_ids=children)
        )

    def test_a_tax_that_lowers_the_total_is_held(self):
        self.assert_tax_held(self._tax("Trekk", -10))

    def split(self, name, *percents):
        """A tax of 25 % whose amount is booked in these shares."""
        shares = [
            Command.create({"repartition_type": "base"}),
            *(
                Command.create({"repartition_type": "tax", "factor_percent": percent})
                for percent in percents
            ),
        ]
        both = dict.fromkeys(
            ("invoice_repartition_line_ids", "refund_repartition_line_ids"), shares
        )
        return self._tax(name, 25, **both)

    def test_a_reverse_charge_with_two_halves_is_held(self):
        self.assert_tax_held(self.split("Snudd", 100, -100))

    def test_a_tax_split_over_two_accounts_is_a_plain_percentage(self):
        split = self.split("Delt", 40, 60)
        move = self.invoice((1, 10, [split]), (2, 20, [split]))
        self.assertIsNone(check(move, BY_LINE, SYSTEM))

    def in_kroner(self, *line, strategy="add_invoice_line", **values):
        """An invoice whose total Odoo rounds to whole kroner."""
        account = self.env["account.account"].search(
            [("account_type", "=", "income")], limit=1
        )
        method = self.env["account.cash.rounding"].create(
            {
                "name": "Hele kroner",
                "rounding": 1,
                "strategy": strategy,
                "profit_account_id": account.id,
                "loss_account_id": account.id,
                "rounding_method": "HALF-UP",
            }
        )
        return self.invoice(line, invoice_cash_rounding_id=method.id, **values)

    def test_a_total_that_only_odoo_rounds_is_held(self):
        move = self.in_kroner(1, 10.20, [self.vat0])
        self.assert_held(move, BY_LINE, "0.20", "Other Info")

    def test_a_total_that_only_the_system_rounds_is_held(self):
        move = self.invoice((1, 10.20, [self.vat0]))
        self.assert_held(move, IN_KRONER, "0.20", "1.00", "cash rounding")

    def test_a_total_that_both_round_alike_agrees(self):
        for refund in (False, True):
            move = self.in_kroner(1, 10.20, [self.vat25], refund=refund)
            self.assertEqual(move.amount_total, 13)
            self.assertIsNone(check(move, IN_KRONER, SYSTEM))

    def test_a_total_that_odoo_rounds_by_changing_the_vat_is_held(self):
        move = self.in_kroner(1, 10.20, [self.vat25], strategy="biggest_tax")
        self.assert_held(move, IN_KRONER, "Other Info")

    def test_an_early_payment_discount_that_lowers_the_vat_is_held(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % i 7 dager",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 7,
                "early_pay_discount_computation": "mixed",
            }
        )
        move = self.invoice((1, 100, [self.vat25]), invoice_payment_term_id=term.id)
        self.assert_held(move, BY_LINE, "2 % i 7 dager")

    def test_sections_and_notes_are_no_lines(self):
        move = self.invoice((1, 10, [self.vat25]))
        move.button_draft()
        move.invoice_line_ids = [
            Command.create({"display_type": "line_section", "name": "Våren"}),
            Command.create({"display_type": "line_note", "name": "Takk"}),
        ]
        move.action_post()
        self.assertIsNone(check(move, BY_LINE, SYSTEM))
