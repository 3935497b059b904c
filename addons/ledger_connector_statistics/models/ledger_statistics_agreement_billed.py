# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date


class LedgerStatisticsAgreement(models.Model):
    """Prices by which something was billed do not change in place.

    Corrections are billed at the prices of the period that they belong to: those would
    give back another amount than was charged. An archived agreement bills nothing and
    may be changed.
    """

    _name = "ledger.statistics.agreement"
    _inherit = "ledger.statistics.agreement"

    def write(self, vals):
        """Override: see :meth:`_keeping_billed_prices`."""
        with self._keeping_billed_prices():
            return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_billed(self):
        for agreement in self.filtered("active"):
            if prices := agreement._billed_prices():
                agreement._refuse_new_prices(max(prices))

    @contextmanager
    def _keeping_billed_prices(self):
        """Refuse what changes the prices of billed periods while this is open.

        :raises odoo.exceptions.UserError: it has changed them
        """
        kept = [(one, one._billed_prices()) for one in self.filtered("active")]
        yield
        for agreement, before in kept:
            after = agreement._billed_prices() if agreement.active else before
            days = {*before, *after}
            changed = [day for day in days if before.get(day) != after.get(day)]
            if changed:
                agreement._refuse_new_prices(max(changed))

    def _refuse_new_prices(self, day):
        raise UserError(
            self.env._(
                "%(client)s was billed for the period until %(day)s, and corrections "
                "of it have to keep its prices. Let the line end on that day or later, "
                "and add one with the new price that is valid from the day after. If "
                "the invoice is wrong, cancel it first.",
                client=self.partner_id.display_name,
                day=format_date(self.env, day),
            )
        )

    def _billed_prices(self):
        """Return ``{last day of a billed period: what its pieces cost}``."""
        prices = {}
        for day in self._billed_days():
            if lines := self._lines_on(day):
                terms = {line.id: (line.kind_ids, line._terms()) for line in lines}
                prices[day] = (self.currency_id, terms)
        return prices

    def _billed_days(self):
        """Return the last days of the client's periods that were billed."""
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("billed", "=", True),
                ("date_to", ">=", self.date_from),
            ]
        )
        if self.date_to:
            domain &= Domain("date_from", "<=", self.date_to)
        billed = self.env["ledger.statistics.period"].search(domain)
        return set(billed.mapped("date_to"))


class LedgerStatisticsAgreementLine(models.Model):
    """A line of prices, as above."""

    _name = "ledger.statistics.agreement.line"
    _inherit = "ledger.statistics.agreement.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: see ``ledger.statistics.agreement``."""
        ids = {vals.get("agreement_id") for vals in vals_list} - {None, False}
        agreements = self.env["ledger.statistics.agreement"].browse(ids)
        with agreements._keeping_billed_prices():
            return super().create(vals_list)

    def write(self, vals):
        """Override: as above."""
        with self.agreement_id._keeping_billed_prices():
            return super().write(vals)

    def unlink(self):
        """Override: as above."""
        with self.agreement_id._keeping_billed_prices():
            return super().unlink()


class LedgerStatisticsAgreementTier(models.Model):
    """A tier of prices, as above."""

    _name = "ledger.statistics.agreement.tier"
    _inherit = "ledger.statistics.agreement.tier"

    @api.model_create_multi
    def create(self, vals_list):
        """Override: as above."""
        ids = {vals.get("line_id") for vals in vals_list} - {None, False}
        lines = self.env["ledger.statistics.agreement.line"].browse(ids)
        with lines.agreement_id._keeping_billed_prices():
            return super().create(vals_list)

    def write(self, vals):
        """Override: as above."""
        with self.line_id.agreement_id._keeping_billed_prices():
            return super().write(vals)

    def unlink(self):
        """Override: as above."""
        with self.line_id.agreement_id._keeping_billed_prices():
            return super().unlink()
