# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a bookkeeper reads when an invoice would not balance in a system."""

from __future__ import annotations

from ..problems import Problem


def product_lines(move):
    """Return the lines that bear amounts, as they stand on the invoice."""
    lines = move.invoice_line_ids.filtered(lambda x: x.display_type == "product")
    return lines.sorted(lambda line: (line.sequence, line.id))


class Words:
    """Problems of one invoice on its way to a system.

    :param move: the invoice or credit note
    :param str system: what people call the system
    """

    def __init__(self, move, system):
        self.move = move
        self.env = move.env
        self.system = system

    def not_plain(self, line):
        """Return the problem of a line whose taxes no percentage stands for."""
        return Problem(
            "record",
            self.env._(
                "%(record)s, line “%(line)s”: %(system)s takes one VAT percentage for "
                "a line, and “%(taxes)s” is not one. Reset the invoice to draft, "
                "choose another tax, confirm it and retry.",
                record=self.move.display_name,
                line=self._line_name(line),
                taxes=", ".join(line.tax_ids.mapped("name")),
                system=self.system,
            ),
            cause="tax_not_plain",
            summary=self.env._(
                "Lines of some invoices have taxes that %(system)s cannot take: "
                "several at once, fixed amounts, reverse charges with two halves. "
                "Choose one percentage for each line, then retry.",
                system=self.system,
            ),
        )

    def cash_rounding(self, amount):
        """Return the problem of a total that Odoo rounds and the system does not.

        :param float amount: what the rounding adds, in the invoice's currency
        """
        return Problem(
            "record",
            self.env._(
                "%(record)s: its cash rounding method changes it by %(amount)s in a "
                "way that %(system)s does not. Reset the invoice to draft, remove the "
                "method under “Other Info”, confirm it and retry.",
                record=self.move.display_name,
                amount=self._money(amount),
                system=self.system,
            ),
            cause="cash_rounding",
            summary=self.env._(
                "The cash rounding method of some invoices does what %(system)s does "
                "not. Remove it from them, then retry.",
                system=self.system,
            ),
        )

    def early_discount(self):
        """Return the problem of a VAT that is lowered before anything is paid."""
        return Problem(
            "record",
            self.env._(
                "%(record)s: the early payment discount of “%(term)s” lowers the VAT "
                "at once, which %(system)s does not do. Reset the invoice to draft, "
                "choose other payment terms, confirm it and retry.",
                record=self.move.display_name,
                term=self.move.invoice_payment_term_id.name or "",
                system=self.system,
            ),
            cause="early_discount",
            summary=self.env._(
                "The payment terms of some invoices lower the VAT by an early payment "
                "discount, which %(system)s does not do. Choose others, then retry.",
                system=self.system,
            ),
        )

    def held(self, difference, rounding):
        """Return the problem of totals that do not agree and cannot be settled.

        :param sync.balance.Difference difference:
        :param sync.balance.Rounding rounding:
        """
        whats = {part.what for part in difference.parts}
        if not difference.is_rounding and "rounded" not in whats:
            return self._wrong(difference)
        if "line" in whats:
            cut = (
                rounding.price_decimals,
                rounding.quantity_decimals,
                rounding.discount_decimals,
            )
            if any(decimals is not None for decimals in cut):
                return self._fewer_decimals(difference.culprit)
            return self._wrong(difference)
        if "rounded" in whats:
            return self._total_step(difference, rounding)
        return self._rounds_otherwise(difference, rounding)

    def _fewer_decimals(self, part):
        line = product_lines(self.move)[part.key]
        return Problem(
            "record",
            self.env._(
                "%(record)s, line “%(line)s” would come to %(theirs)s in %(system)s, "
                "which keeps fewer decimals of quantity, price or discount, instead of "
                "%(ours)s. Reset the invoice to draft, enter them with fewer decimals, "
                "confirm it and retry.",
                record=self.move.display_name,
                line=self._line_name(line),
                theirs=self._money(part.theirs),
                ours=self._money(part.ours),
                system=self.system,
            ),
            cause="fewer_decimals",
            summary=self.env._(
                "%(system)s keeps fewer decimals of quantities, prices or discounts, "
                "and lines of some invoices would come to other amounts there. Enter "
                "them with fewer decimals, then retry.",
                system=self.system,
            ),
        )

    def _total_step(self, difference, rounding):
        part = next(part for part in difference.parts if part.what == "rounded")
        step = self._money(rounding.total_step)
        return Problem(
            "record",
            self.env._(
                "%(record)s: %(system)s rounds the total to a multiple of %(step)s, "
                "which changes it by %(theirs)s; Odoo changes it by %(ours)s. Reset "
                "the invoice to draft, choose a cash rounding method of %(step)s under "
                "“Other Info”, confirm it and retry.",
                record=self.move.display_name,
                theirs=self._money(part.theirs),
                ours=self._money(part.ours),
                step=step,
                system=self.system,
            ),
            cause="total_step",
            summary=self.env._(
                "%(system)s rounds the total of an invoice to a multiple of %(step)s. "
                "Choose a cash rounding method that does the same, then retry.",
                step=step,
                system=self.system,
            ),
        )

    def _rounds_otherwise(self, difference, rounding):
        untaxed = any(part.what == "untaxed" for part in difference.parts)
        method = self._other_method(rounding)
        facts = {
            "record": self.move.display_name,
            "amounts": self._amounts(difference),
            "system": self.system,
            "method": method,
        }
        if not untaxed:
            sentence = self.env._(
                "%(record)s: %(system)s rounds its VAT another way than Odoo "
                "(%(amounts)s). Reset the invoice to draft, change the VAT below its "
                "lines to these amounts, confirm it and retry.",
                **facts,
            )
        elif method:
            sentence = self.env._(
                "%(record)s: %(system)s rounds another way than Odoo (%(amounts)s). "
                "Set the rounding of taxes to “%(method)s” under Accounting > "
                "Configuration > Settings, reset the invoice to draft, choose the "
                "taxes of its lines again, confirm it and retry.",
                **facts,
            )
        else:
            return self._wrong(difference)
        return Problem(
            "mapping" if method else "record",
            sentence,
            cause="rounds_otherwise",
            summary=self._rounds_otherwise_summary(method),
        )

    def _rounds_otherwise_summary(self, method):
        if not method:
            return self.env._(
                "%(system)s rounds another way than Odoo, and some invoices would "
                "differ by the smallest amounts. Change their VAT, then retry.",
                system=self.system,
            )
        return self.env._(
            "%(system)s rounds another way than Odoo, and some invoices would differ "
            "by the smallest amounts. Set the rounding of taxes to “%(method)s” under "
            "Accounting > Configuration > Settings, so that later ones agree.",
            method=method,
            system=self.system,
        )

    def _wrong(self, difference):
        return Problem(
            "record",
            self.env._(
                "%(record)s would not come to the same in %(system)s (%(amounts)s). "
                "Reset the invoice to draft, check quantities, prices, taxes and the "
                "VAT below its lines, confirm it and retry.",
                record=self.move.display_name,
                amounts=self._amounts(difference),
                system=self.system,
            ),
            cause="unbalanced",
            summary=self.env._(
                "Some invoices would not come to the same in %(system)s. They are not "
                "sent. Check their lines and VAT, then retry.",
                system=self.system,
            ),
        )

    def _other_method(self, rounding):
        """Return Odoo's name of the rounding that the system needs, "" if it is set."""
        company = self.move.company_id
        wanted = "round_per_line" if rounding.vat == "line" else "round_globally"
        if company.tax_calculation_rounding_method == wanted:
            return ""
        field = company._fields["tax_calculation_rounding_method"]
        return dict(field._description_selection(self.env))[wanted]

    def _amounts(self, difference):
        """Name all that differs; sums only where nothing else tells of them."""
        parts = [x for x in difference.parts if x.what in ("line", "rate", "untaxed")]
        return "; ".join(map(self._amount, parts or difference.parts[:1]))

    def _amount(self, part):
        return self.env._(
            "%(what)s: %(theirs)s instead of %(ours)s",
            what=self._what(part),
            theirs=self._money(part.theirs),
            ours=self._money(part.ours),
        )

    def _what(self, part):
        match part.what:
            case "line":
                return self._line_name(product_lines(self.move)[part.key])
            case "rate":
                return self.env._("VAT %(rate)s", rate=f"{part.key} %")
            case "tax":
                return self.env._("VAT")
            case "untaxed":
                return self.env._("untaxed amount")
        return self.env._("total")

    def _line_name(self, line):
        name = (line.name or line.product_id.display_name or "").strip()
        place = list(product_lines(self.move)).index(line) + 1
        return name.splitlines()[0][:60] if name else str(place)

    def _money(self, amount):
        return self.move.currency_id.format(float(amount))
