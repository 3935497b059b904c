# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An Odoo invoice against what a system will make of it, to the smallest unit."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from ..balance import Line, Rounding, Totals, compare, totals
from ..problems import Problem
from .invoice_balance_words import Words, product_lines


def check(move, rounding, system):
    """Return the problem that holds an invoice back, or None.

    :param move: customer invoice or credit note, one
    :param sync.balance.Rounding rounding: how the system adds up
    :param str system: what people call it
    :rtype: sync.problems.Problem | None
    """
    try:
        settle(move, rounding, system)
    except Problem as problem:
        return problem
    return None


def settle(move, rounding, system):
    """Return what has to be put into VAT or a rounding line for totals to agree.

    Parameters as for :func:`check`.

    :return: a difference whose ``place`` is *vat* or *line*, or None: the system comes
        to Odoo's totals by itself
    :rtype: sync.balance.Difference | None
    :raises Problem: the invoice has to be held
    """
    words = Words(move, system)
    if move.currency_id != move.company_currency_id:
        rounding = rounding.abroad()
    _check_extras(move, rounding, words)
    decimals = move.currency_id.decimal_places
    lines = lines_of(move, words)
    theirs = totals(lines, rounding, decimals)
    difference = compare(totals_of(move, lines, theirs), theirs, rounding, decimals)
    if difference and difference.place == "hold":
        raise words.held(difference, rounding)
    return difference


def lines_of(move, words):
    """Return what a system is told of each line; a credit note's are positive.

    :rtype: list[sync.balance.Line]
    :raises Problem: a line's taxes are not one plain percentage
    """
    lines = product_lines(move)
    for line in lines:
        if not _is_plain(line.tax_ids):
            raise words.not_plain(line)
    return [_line(line) for line in lines]


def totals_of(move, lines, theirs):
    """Return what Odoo makes of *move*; a credit note's totals are positive.

    :param lines: of :func:`lines_of`
    :param sync.balance.Totals theirs: tell whether lines are compared with their VAT
    :rtype: sync.balance.Totals
    """
    decimals = move.currency_id.decimal_places
    signed = defaultdict(Decimal)
    rounded = Decimal(0)
    for line in move.line_ids:
        amount = _money(move.direction_sign * line.amount_currency, decimals)
        if line.display_type == "tax":
            signed[_key(line.tax_line_id)] += amount
        elif line.display_type == "rounding":
            rounded += amount
    if theirs.gross:
        # Odoo rounds net and VAT of a line apart, their sum is not its price.
        shown = totals(lines, Rounding(), decimals).lines
    else:
        nets = product_lines(move).mapped("price_subtotal")
        shown = tuple(_money(net, decimals) for net in nets)
    return Totals(
        untaxed=_money(move.amount_untaxed, decimals) - rounded,
        tax_by_key=dict(signed),
        tax=_money(move.amount_tax, decimals),
        total=_money(move.amount_total, decimals),
        rounded=rounded,
        lines=shown,
        keys=theirs.keys,
        gross=theirs.gross,
    )


def _check_extras(move, rounding, words):
    """Refuse what Odoo adds to an invoice beside its lines and their VAT."""
    if move.line_ids.filtered(lambda line: line.display_type == "epd"):
        raise words.early_discount()
    extra = move.line_ids.filtered(lambda line: line.display_type == "rounding")
    if extra and (not rounding.total_step or extra.tax_repartition_line_id):
        raise words.cash_rounding(abs(sum(extra.mapped("amount_currency"))))


def _is_plain(taxes):
    """Tell whether *taxes* are none, or one percentage that is charged as it is."""
    if not taxes:
        return True
    if len(taxes) > 1 or taxes.amount_type != "percent" or taxes.amount < 0:
        return False
    # A reverse charge takes back what it charges.
    return not taxes.has_negative_factor


def _line(line):
    tax = line.tax_ids
    return Line(
        quantity=_exact(line.quantity),
        price=_exact(line.price_unit),
        discount=_exact(line.discount),
        rate=_exact(tax.amount) if tax else None,
        key=_key(tax) if tax else "",
        price_included=bool(tax.price_include),
    )


def _key(tax):
    return f"{_exact(tax.amount).normalize():f}"


def _exact(number):
    # The shortest text of the number, as a push sends it.
    return Decimal(f"{number:.12g}")


def _money(amount, decimals):
    return Decimal(f"{amount:.{decimals}f}")
