# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import get_lang

from .. import pricing

TIERED = (pricing.TIER_ALL, pricing.TIER_SUM)


def price_format(env, price, currency):
    """Return a price as people write it, with more decimals than money if it has them.

    :param float price: of one piece
    """
    digits = env["decimal.precision"].precision_get("Product Price")
    least = currency.decimal_places
    text = f"{price:.{max(digits, least)}f}"
    if "." in text:
        whole, decimals = text.split(".")
        decimals = decimals.rstrip("0").ljust(least, "0")
        point = get_lang(env).decimal_point
        text = f"{whole}{point}{decimals}" if decimals else whole
    return f"{text} {currency.name}"


class LedgerStatisticsAgreementLine(models.Model):
    """What some kinds of documents cost a client, and how many were agreed on."""

    _name = "ledger.statistics.agreement.line"
    _description = "Price of counted documents"
    _order = "agreement_id, sequence, id"
    _check_company_auto = True

    agreement_id = fields.Many2one(
        "ledger.statistics.agreement", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="agreement_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        string="Service",
        check_company=True,
        domain="[('type', '=', 'service'), ('sale_ok', '=', True)]",
        help="Says which account and taxes the invoice takes.",
    )
    name = fields.Char(
        string="Text on the invoice",
        translate=True,
        help="The period comes after it. Without a text it is the name of the service, "
        "or else the kinds that are counted.",
    )
    kind_ids = fields.Many2many(
        "ledger.statistics.kind",
        "ledger_statistics_agreement_line_kind_rel",
        "line_id",
        "kind_id",
        string="Counted kinds",
        required=True,
    )
    scheme = fields.Selection(
        selection=[
            (pricing.PIECE, "Per piece"),
            (pricing.TIER_ALL, "Tiers: the matching price for all pieces"),
            (pricing.TIER_SUM, "Tiers: each piece at the price of its tier"),
            (pricing.BASE, "Base fee, and a price for pieces above"),
        ],
        string="Charged",
        default=pricing.PIECE,
        required=True,
    )
    price_unit = fields.Float(
        string="Price per piece",
        digits="Product Price",
        help="With a base fee: for each piece above those included.",
    )
    base_fee = fields.Monetary(string="Base fee", help="For each period.")
    included_count = fields.Integer(
        string="Included pieces", help="In the base fee of one period."
    )
    free_count = fields.Integer(
        string="Free pieces", help="So many in each period cost nothing."
    )
    minimum_count = fields.Integer(
        string="Charged at least",
        help="So many pieces are charged in each period, even if fewer were counted.",
    )
    agreed_count = fields.Integer(
        string="Agreed per month",
        help="How many pieces a month were expected when the price was agreed on. "
        "Clients who are off it are listed.",
    )
    date_from = fields.Date(
        string="Valid from",
        help="The price is for periods whose last day lies in these dates.",
    )
    date_to = fields.Date(
        string="Valid until",
        help="For a new price, end this line and add one that is valid from the next "
        "day.",
    )
    tier_ids = fields.One2many(
        "ledger.statistics.agreement.tier", "line_id", string="Tiers", copy=True
    )
    price_text = fields.Char(string="Price", compute="_compute_price_text")

    _positive = models.Constraint(
        """CHECK(COALESCE(price_unit, 0) >= 0 AND COALESCE(base_fee, 0) >= 0
             AND COALESCE(included_count, 0) >= 0 AND COALESCE(free_count, 0) >= 0
             AND COALESCE(minimum_count, 0) >= 0 AND COALESCE(agreed_count, 0) >= 0)""",
        "Prices, fees and numbers of pieces of an agreement cannot be below zero.",
    )
    _dates_order = models.Constraint(
        "CHECK(date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "A price cannot end before it begins.",
    )

    # === COMPUTE METHODS === #

    @api.depends("name", "product_id", "kind_ids.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line._what()

    @api.depends(
        "scheme",
        "price_unit",
        "base_fee",
        "included_count",
        "currency_id",
        "tier_ids.first",
        "tier_ids.price_unit",
    )
    def _compute_price_text(self):
        for line in self:
            line.price_text = line._price_text()

    def _price_text(self):
        if self.scheme in TIERED:
            return "; ".join(
                self.env._(
                    "from %(piece)s: %(price)s",
                    piece=tier.first,
                    price=self._price_format(tier.price_unit),
                )
                for tier in self.tier_ids.sorted("first")
            )
        price = self._price_format(self.price_unit)
        if self.scheme != pricing.BASE:
            return price
        return self.env._(
            "%(fee)s with %(count)s included, then %(price)s",
            fee=self._price_format(self.base_fee),
            count=self.included_count,
            price=price,
        )

    def _price_format(self, price):
        """A price as people write it; it may have more decimals than the currency."""
        return price_format(self.env, price, self.currency_id)

    # === CONSTRAINS AND ONCHANGE === #

    # The parent is always given, the kinds may be forgotten.
    @api.constrains("agreement_id", "kind_ids")
    def _check_kinds(self):
        for line in self:
            if not line.kind_ids:
                raise ValidationError(
                    self.env._(
                        "“%(line)s”: say which kinds of documents are counted.",
                        line=line.display_name,
                    )
                )
            totals = line.kind_ids.filtered("is_total")
            if totals and len(line.kind_ids) > 1:
                raise ValidationError(
                    self.env._(
                        "“%(kind)s” adds up other kinds already: together with them "
                        "documents would be charged twice. Leave it alone on its line.",
                        kind=totals[0].name,
                    )
                )

    @api.constrains("scheme", "tier_ids")
    def _check_tiers(self):
        for line in self.filtered(lambda line: line.scheme in TIERED):
            tiers = line.tier_ids.sorted("first")
            if not tiers:
                raise ValidationError(
                    self.env._(
                        "“%(line)s” is charged in tiers: add them, the first one from "
                        "piece 1.",
                        line=line.display_name,
                    )
                )
            if tiers[0].first != 1:
                raise ValidationError(
                    self.env._(
                        "The tiers of “%(line)s” begin at piece %(piece)s, so that the "
                        "pieces before have no price. Let the first one begin at 1.",
                        line=line.display_name,
                        piece=tiers[0].first,
                    )
                )

    # === FOR THE BILLING === #

    def _terms(self):
        """Return the line as ``pricing.Terms``; what its scheme has no use for is 0."""
        self.ensure_one()
        if self.scheme == pricing.BASE:
            return pricing.Terms(
                pricing.BASE,
                self.price_unit,
                fee=self.base_fee,
                included=self.included_count,
            )
        tiers = [pricing.Tier(t.first, t.price_unit) for t in self.tier_ids]
        return pricing.Terms(
            self.scheme,
            self.price_unit,
            tiers=sorted(tiers, key=lambda tier: tier.first),
            free=self.free_count,
            minimum=self.minimum_count,
        )

    def _figures(self, periods):
        """Return the figures of periods that the line charges."""
        return periods.figure_ids.filtered(lambda f: f.kind_id in self.kind_ids)

    def _count(self, figures):
        """Return how many pieces were counted; corrections are other months' pieces."""
        return sum(figures.mapped("count"))

    def _corrected(self, months, periods):
        """Return what corrections that *periods* carry change in frozen *months*.

        :return: list of (``pricing.Charge``, what explains it)
        """
        changes = months.change_ids.filtered(lambda c: c.kind_id in self.kind_ids)
        steps = pricing.steps(
            self._count(self._figures(months)),
            [(c.difference, c.period_id in periods) for c in changes.sorted("id")],
        )
        return [
            (charge, self._correction_detail(charge, before, after))
            for before, after in steps
            for charge in pricing.difference(self._terms(), before, after)
        ]

    def _prepare(self, charge, text, figures):
        """Return the values of an invoice's line.

        :param charge: ``pricing.Charge``
        :param figures: that the line stands for
        """
        return {
            "product_id": self.product_id.id,
            "name": text,
            "quantity": charge.quantity,
            "price_unit": charge.price,
            "statistics_figure_ids": [Command.set(figures.ids)],
            **self._prepare_taxes(),
        }

    def _prepare_taxes(self):
        """A line without a service would have no VAT: Odoo takes it from products."""
        company, partner = self.agreement_id.company_id, self.agreement_id.partner_id
        taxes = company.account_sale_tax_id
        if self.product_id or not taxes:
            return {}
        positions = self.env["account.fiscal.position"].with_company(company)
        position = positions._get_fiscal_position(partner)
        return {"tax_ids": [Command.set(position.map_tax(taxes).ids)]}

    def _what(self):
        """Return what is charged, in the environment's language."""
        return (
            self.name
            or self.product_id.name
            or ", ".join(self.kind_ids.mapped("name"))
            or ""
        )

    def _text(self, label, detail):
        """Return the text of an invoice's line, in the environment's language.

        :param str label: of the period
        :param str detail: what explains the quantity, if it needs that
        """
        text = f"{self._what()}, {label}"
        return f"{text}: {detail}" if detail else text

    def _detail(self, charge, count):
        if charge.part == "fee":
            if not self.included_count:
                return self.env._("base fee")
            return self.env._("base fee, %(count)s included", count=self.included_count)
        if charge.part == "above":
            return self.env._("above the %(count)s included", count=self.included_count)
        if charge.part == "tier" and charge.last:
            return self.env._(
                "pieces %(first)s to %(last)s", first=charge.first, last=charge.last
            )
        if charge.part == "tier":
            return self.env._("pieces from %(first)s on", first=charge.first)
        return self._detail_pieces(charge, count)

    def _detail_pieces(self, charge, count):
        """What explains a number of pieces that is not the number counted."""
        if charge.quantity == count:
            return ""
        if self.minimum_count == charge.quantity:
            return self.env._(
                "%(count)s counted, %(minimum)s charged at least",
                count=count,
                minimum=self.minimum_count,
            )
        return self.env._(
            "%(count)s counted, %(free)s of them free",
            count=count,
            free=self.free_count,
        )

    def _correction_detail(self, charge, before, after):
        """What explains a number of pieces that is not the number found later."""
        if charge.part != "pieces":
            return self._detail(charge, after)
        if charge.quantity == after - before:
            return ""
        return self.env._(
            "%(before)s counted before, %(after)s now", before=before, after=after
        )
