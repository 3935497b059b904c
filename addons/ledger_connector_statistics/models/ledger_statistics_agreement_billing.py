# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models

from .. import pricing
from .ledger_statistics_agreement_line import price_format


class LedgerStatisticsAgreement(models.Model):
    """From counted periods to the lines of an invoice."""

    _name = "ledger.statistics.agreement"
    _inherit = "ledger.statistics.agreement"

    def _invoice_lines(self, periods):
        """Return the lines of an invoice that these periods of the client come to.

        The texts are in the client's language.

        :param periods: of the same days, in all books of the client
        :return: list of values of ``account.move.line``
        """
        self.ensure_one()
        values = self._month_lines(periods)
        if self.with_corrections:
            for months in periods._corrected_groups():
                values += self._correction_lines(months, periods)
        return values

    def _month_lines(self, periods):
        """Return what the documents of the periods themselves come to."""
        mine = self.with_context(lang=self._language())
        label = periods[0]._label(mine.env.lang)
        values = []
        for line in mine._lines_on(periods[0].date_to):
            figures = line._figures(periods)
            count = line._count(figures)
            for charge in pricing.charges(line._terms(), count):
                text = line._text(label, line._detail(charge, count))
                values.append(line._prepare(charge, text, figures))
        return values

    def _correction_lines(self, months, periods):
        """Return what corrections of frozen periods come to, by the terms of those.

        :param months: frozen periods of the client, of the same days
        :param periods: that carry the corrections
        """
        terms = months._agreement().with_context(lang=self._language())
        label = terms.env._(
            "%(period)s, correction", period=months[0]._label(terms.env.lang)
        )
        return [
            line._prepare(charge, line._text(label, detail), line._figures(periods))
            for line in terms._lines_on(months[0].date_to)
            for charge, detail in line._corrected(months, periods)
        ]

    def _amount(self, line_values):
        """Return what a line of an invoice comes to, rounded as the invoice rounds it.

        Taxes are not in it, unless they are in the agreed prices.
        """
        return self.currency_id.round(
            line_values["quantity"] * line_values["price_unit"]
        )

    def _explain(self, line_values):
        """Return a line of an invoice as a person reads it before it is made."""
        price = price_format(self.env, line_values["price_unit"], self.currency_id)
        return self.env._(
            "%(text)s: %(quantity)s × %(price)s = %(amount)s",
            text=line_values["name"],
            quantity=line_values["quantity"],
            price=price,
            amount=self.currency_id.format(self._amount(line_values)),
        )
