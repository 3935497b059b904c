# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a number of documents costs: pieces, tiers, a base fee. No Odoo in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

#: Schemes of an agreement's line.
PIECE, TIER_ALL, TIER_SUM, BASE = "piece", "tier_all", "tier_sum", "base"


@dataclass(frozen=True)
class Tier:
    """A price from a certain piece on.

    :param first: number of the first piece that has this price; 1 for the first tier
    :param price: of one piece
    """

    first: int
    price: float


@dataclass(frozen=True)
class Terms:
    """How pieces of one period are charged.

    :param scheme: PIECE, TIER_ALL (the matching tier's price for all pieces), TIER_SUM
        (each piece at its own tier's price) or BASE (a fee, and a price for each piece
        above those included)
    :param price: of one piece (PIECE), of one piece above (BASE)
    :param tiers: in ascending order, the first one from piece 1
    :param fee: of one period (BASE)
    :param included: pieces in the fee (BASE)
    :param free: pieces that cost nothing; not with BASE
    :param minimum: pieces that are charged at the least; not with BASE
    """

    scheme: str
    price: float = 0
    tiers: Sequence[Tier] = ()
    fee: float = 0
    included: int = 0
    free: int = 0
    minimum: int = 0


@dataclass(frozen=True)
class Charge:
    """One line of an invoice.

    :param part: "pieces", "tier", "fee" or "above"
    :param first: first piece of the tier, where part is "tier"
    :param last: last piece of the tier; 0 for the tier without an end
    """

    quantity: int
    price: float
    part: str = "pieces"
    first: int = 0
    last: int = 0


def charged(terms: Terms, count: int) -> int:
    """Return how many pieces are charged when *count* were counted."""
    if terms.scheme == BASE:
        return count
    return max(count - terms.free, terms.minimum, 0)


def charges(terms: Terms, count: int) -> list[Charge]:
    """Return what *count* pieces cost, as lines; none of them for nothing.

    :param count: pieces of one period
    """
    if terms.scheme == BASE:
        return _base(terms, count)
    pieces = charged(terms, count)
    if not pieces:
        return []
    if terms.scheme == TIER_SUM:
        return _tier_sum(terms.tiers, pieces)
    if terms.scheme == TIER_ALL:
        return [Charge(pieces, _tier_of(terms.tiers, pieces).price)]
    return [Charge(pieces, terms.price)]


def difference(terms: Terms, before: int, after: int) -> list[Charge]:
    """Return what is added to the charges of a period, or taken off them.

    :param before: pieces of the period that were charged
    :param after: pieces that it turned out to have
    """
    left = {_kind_of(charge): charge for charge in charges(terms, before)}
    lines = []
    for charge in charges(terms, after):
        old = left.pop(_kind_of(charge), None)
        quantity = charge.quantity - (old.quantity if old else 0)
        if quantity:
            lines.append(replace(charge, quantity=quantity))
    return lines + [replace(old, quantity=-old.quantity) for old in left.values()]


def steps(count: int, changes: Iterable[tuple[int, bool]]) -> list[tuple[int, int]]:
    """Return by which steps an invoice changes the pieces of a frozen period.

    A change costs what it cost when it was found, whatever invoice it stands on: so
    all invoices together come to what the true number of pieces costs.

    :param count: pieces that the period was frozen with
    :param changes: (difference, whether it stands on the invoice), in the order in
        which they were found
    :return: list of (pieces before, pieces after)
    """
    found: list[tuple[int, int]] = []
    for change, mine in changes:
        before, count = count, count + change
        if mine and found and found[-1][1] == before:
            before = found.pop()[0]
        if mine:
            found.append((before, count))
    return found


def _kind_of(charge: Charge) -> tuple[str, int, int, float]:
    return (charge.part, charge.first, charge.last, charge.price)


def _base(terms: Terms, count: int) -> list[Charge]:
    lines = [Charge(1, terms.fee, "fee")] if terms.fee else []
    above = count - terms.included
    if above > 0:
        lines.append(Charge(above, terms.price, "above"))
    return lines


def _tier_of(tiers: Sequence[Tier], pieces: int) -> Tier:
    """The tier that the last piece lies in."""
    reached = [tier for tier in tiers if tier.first <= pieces]
    return reached[-1] if reached else tiers[0]


def _tier_sum(tiers: Sequence[Tier], pieces: int) -> list[Charge]:
    lines = []
    for tier, after in zip(tiers, [*tiers[1:], None], strict=True):
        last = after.first - 1 if after else 0
        quantity = (min(pieces, last) if last else pieces) - tier.first + 1
        if quantity > 0:
            lines.append(Charge(quantity, tier.price, "tier", tier.first, last))
    return lines
