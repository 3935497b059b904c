# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A bookkeeper's arithmetic: what an invoice comes to by a system's rule.

Amounts are Decimal, in the invoice's currency. In between they are exact fractions, so
that half a cent is half a cent. Nothing here imports Odoo.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

_WORDS = {
    "vat": ("line", "rate", "invoice"),
    "included": ("gross", "net"),
    "half": ("up", "even"),
    "place": ("hold", "vat", "line"),
}
_ORDER = ("line", "rate", "tax", "untaxed", "rounded", "total")


@dataclass(frozen=True)
class Rounding:
    """How a system adds up an invoice, and where it takes a difference.

    :param price_decimals: decimals of a unit price that it keeps, None: all
    :param foreign_price_decimals: the same in a foreign currency, None: no other
    :param quantity_decimals: decimals of a quantity that it keeps
    :param discount_decimals: decimals of a discount in percent that it keeps
    :param round_lines: the amount of each line is rounded before anything is summed
    :param vat: VAT is rounded for each ``line``, for each ``rate`` (all lines of one
        tax key together) or once for the ``invoice``
    :param included: what it is sent where the prices of all taxed lines include VAT:
        ``gross`` prices, from which it takes the VAT out; or ``net`` prices, which it
        is sent in any other case
    :param half: half a unit goes ``up`` (away from zero) or to the ``even`` digit
    :param total_step: the total is rounded to multiples of it, e.g. 1 for whole kroner,
        in the company's own currency only; 0: not rounded
    :param place: a difference of rounding is put into the ``vat``, into a ``line`` of
        its own (or the system's field for it), or the invoice is put on ``hold``
    """

    price_decimals: int | None = None
    foreign_price_decimals: int | None = None
    quantity_decimals: int | None = None
    discount_decimals: int | None = None
    round_lines: bool = True
    vat: str = "line"
    included: str = "gross"
    half: str = "up"
    total_step: Decimal = Decimal(0)
    place: str = "hold"

    def __post_init__(self) -> None:
        for name, words in _WORDS.items():
            if getattr(self, name) not in words:
                raise ValueError(f"{name} is one of {', '.join(words)}")

    def abroad(self) -> Rounding:
        """Return the rule for invoices in a foreign currency."""
        prices = self.foreign_price_decimals
        prices = self.price_decimals if prices is None else prices
        return replace(self, price_decimals=prices, total_step=Decimal(0))


@dataclass(frozen=True)
class Line:
    """One line of an invoice or credit note.

    A credit note's lines carry the sign that its totals are to have: positive, as in
    Odoo, or negative quantities. All rules give the same amounts with either sign.

    :param discount: percent, 0 to 100
    :param rate: percent of the VAT; None: the line has no VAT at all
    :param key: names the VAT in totals and differences; "" stands for the percentage
    :param price_included: the price contains the VAT
    :raises TypeError: a number is not Decimal
    """

    quantity: Decimal
    price: Decimal
    discount: Decimal = Decimal(0)
    rate: Decimal | None = None
    key: str = ""
    price_included: bool = False

    def __post_init__(self) -> None:
        for number in (self.quantity, self.price, self.discount, self.rate):
            if number is not None and not isinstance(number, Decimal):
                raise TypeError(f"{number!r} is not Decimal")


@dataclass(frozen=True)
class Totals:
    """What an invoice comes to.

    :param untaxed: without VAT and without what rounds the total
    :param tax_by_key: VAT by tax key, None where a system does not tell
    :param rounded: what was added to round the total
    :param total: ``untaxed + tax + rounded``
    :param lines: amount of each line, None where a system does not tell
    :param keys: tax key of each line, "" without VAT
    :param gross: the amounts of lines contain the VAT
    """

    untaxed: Decimal
    tax_by_key: Mapping[str, Decimal] | None
    tax: Decimal
    total: Decimal
    rounded: Decimal = Decimal(0)
    lines: tuple[Decimal, ...] | None = None
    keys: tuple[str, ...] = ()
    gross: bool = False


@dataclass(frozen=True)
class Part:
    """One number that is not the same.

    :param what: ``line``, ``rate`` (VAT of a tax key), ``tax``, ``untaxed``,
        ``rounded`` or ``total``
    :param key: the tax key of a ``rate``, the position of a ``line`` from 0, else ""
    :param most: what rounding alone can explain: one unit a line
    """

    what: str
    key: str | int
    ours: Decimal
    theirs: Decimal
    most: Decimal

    @property
    def amount(self) -> Decimal:
        """What is missing there."""
        return self.ours - self.theirs


@dataclass(frozen=True)
class Difference:
    """Totals that are not the same to the smallest unit.

    :param place: ``vat`` or ``line``: there it can be put; ``hold``: nowhere
    :param amount: what has to be added there for the totals to agree
    :param parts: all that differs, the likely cause first: lines, VAT by key, sums
    :param is_rounding: rounding alone can explain all of it
    """

    place: str
    amount: Decimal
    parts: tuple[Part, ...]
    is_rounding: bool

    @property
    def culprit(self) -> Part:
        """The first number that differs."""
        return self.parts[0]


@dataclass(frozen=True)
class _Amount:
    """A line worked out: its amount, and the exact VAT of it or inside of it."""

    key: str
    amount: Fraction
    vat: Fraction


def totals(lines: Iterable[Line], rounding: Rounding, decimals: int) -> Totals:
    """Add up *lines* by a system's rule.

    :param decimals: of the invoice's currency
    """
    lines = list(lines)
    taxed = [line.price_included for line in lines if line.rate]
    gross = rounding.included == "gross" and any(taxed) and all(taxed)
    amounts = [_amount(line, gross, rounding, decimals) for line in lines]
    by_key = _taxes(amounts, rounding, decimals)
    tax = sum(by_key.values(), Decimal(0))
    untaxed = _round(sum(one.amount for one in amounts), decimals, rounding.half)
    untaxed -= tax if gross else 0
    rounded = _rounded(Fraction(untaxed + tax), rounding, decimals)
    return Totals(
        untaxed=untaxed,
        tax_by_key=by_key,
        tax=tax,
        total=untaxed + tax + rounded,
        rounded=rounded,
        lines=tuple(_round(a.amount, decimals, rounding.half) for a in amounts),
        keys=tuple(a.key for a in amounts),
        gross=gross,
    )


def compare(
    ours: Totals, theirs: Totals, rounding: Rounding, decimals: int
) -> Difference | None:
    """Compare Odoo's totals with a system's, to the smallest unit.

    Only what rounding can explain is put anywhere: one unit a line. VAT takes no
    difference of untaxed amounts.

    :param theirs: computed by :func:`totals`, or read from the system
    :return: None where all that both tell is the same
    """
    parts = tuple(_parts(ours, theirs, Decimal(1).scaleb(-decimals)))
    if not parts:
        return None
    amount = ours.total - theirs.total
    is_rounding = all(abs(part.amount) <= part.most for part in parts)
    whats = {part.what for part in parts}
    takes = {
        "vat": whats <= {"rate", "tax", "total"},
        "line": bool(amount) and "rounded" not in whats,
    }
    fits = is_rounding and takes.get(rounding.place, False)
    return Difference(rounding.place if fits else "hold", amount, parts, is_rounding)


def _amount(line: Line, gross: bool, rounding: Rounding, decimals: int) -> _Amount:
    rate = Fraction(line.rate or 0)
    price = Fraction(line.price)
    if line.price_included and not gross:
        price = price * 100 / (100 + rate)
    quantity = _kept(Fraction(line.quantity), rounding.quantity_decimals, rounding)
    price = _kept(price, rounding.price_decimals, rounding)
    discount = _kept(Fraction(line.discount), rounding.discount_decimals, rounding)
    amount = quantity * price * (100 - discount) / 100
    if rounding.round_lines:
        amount = _kept(amount, decimals, rounding)
    vat = amount * rate / (100 + rate if gross else 100)
    key = "" if line.rate is None else line.key or f"{line.rate.normalize():f}"
    return _Amount(key, amount, vat)


def _taxes(
    amounts: Iterable[_Amount], rounding: Rounding, decimals: int
) -> dict[str, Decimal]:
    """Return the VAT by tax key."""
    by_line = decimals if rounding.vat == "line" else None
    exact: defaultdict[str, Fraction] = defaultdict(Fraction)
    for one in amounts:
        if one.key:
            exact[one.key] += _kept(one.vat, by_line, rounding)
    taxes = {key: _round(vat, decimals, rounding.half) for key, vat in exact.items()}
    if rounding.vat == "invoice" and taxes:
        # The largest takes what the single roundings lost or gained.
        largest = max(exact, key=lambda key: abs(exact[key]))
        whole = _round(sum(exact.values()), decimals, rounding.half)
        taxes[largest] += whole - sum(taxes.values())
    return taxes


def _rounded(total: Fraction, rounding: Rounding, decimals: int) -> Decimal:
    """Return what has to be added to *total* to reach a multiple of the step."""
    step = Fraction(rounding.total_step)
    if not step:
        return Decimal(0)
    steps = Fraction(_round(total / step, 0, rounding.half))
    return _round(steps * step - total, decimals, rounding.half)


def _kept(number: Fraction, decimals: int | None, rounding: Rounding) -> Fraction:
    if decimals is None:
        return number
    return Fraction(_round(number, decimals, rounding.half))


def _round(number: Fraction | int, decimals: int, half: str) -> Decimal:
    units = abs(number) * 10**decimals
    # round() takes a half to the even digit, see PEP 3141.
    whole = round(units) if half == "even" else int(units + Fraction(1, 2))
    return Decimal(whole if number >= 0 else -whole).scaleb(-decimals)


def _parts(ours: Totals, theirs: Totals, unit: Decimal) -> Iterator[Part]:
    keys = ours.keys or theirs.keys
    mine, others = _numbers(ours), _numbers(theirs)
    for what in _ORDER:
        one, other = mine[what], others[what]
        if one is None or other is None:
            continue
        for key in sorted({*one, *other}):
            lines = {"line": 1, "rate": keys.count(str(key))}.get(what, len(keys) or 1)
            # A line or rate that is missing on one side comes to nothing there.
            pair = one.get(key, Decimal(0)), other.get(key, Decimal(0))
            if pair[0] != pair[1]:
                yield Part(what, key, *pair, most=unit * lines)


def _numbers(found: Totals) -> dict[str, dict[str | int, Decimal] | None]:
    return {
        "line": None if found.lines is None else dict(enumerate(found.lines)),
        "rate": None if found.tax_by_key is None else dict(found.tax_by_key),
        **{what: {"": getattr(found, what)} for what in _ORDER[2:]},
    }
