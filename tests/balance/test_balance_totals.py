# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What invoices come to: examples worked out by hand, and laws that always hold."""

from __future__ import annotations

from dataclasses import astuple, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sync.balance import Line, Rounding, Totals, totals

ALWAYS = settings(
    derandomize=True,
    max_examples=100,
    deadline=None,
    suppress_health_check=[*HealthCheck],
)

#: Decimals of krone, yen and Kuwaiti dinar.
DECIMALS = st.sampled_from([2, 0, 3])
RATES = st.sampled_from([None, *map(Decimal, ("0", "12", "15", "24", "25", "25.5"))])
RULES = st.sampled_from(
    [
        Rounding(vat=vat, round_lines=lines, included=included, half=half)
        for vat, lines, included, half in product(
            ("line", "rate", "invoice"), (True, False), ("gross", "net"), ("up", "even")
        )
    ]
)
PRICES = st.decimals(Decimal("-500"), Decimal("5000"), places=4)


@st.composite
def a_line(draw, included=None):
    return Line(
        quantity=draw(st.decimals(Decimal("-9"), Decimal("90"), places=3)),
        price=draw(PRICES),
        discount=draw(st.sampled_from([*map(Decimal, ("0", "10", "33.33", "100"))])),
        rate=draw(RATES),
        price_included=draw(st.booleans()) if included is None else included,
    )


LINES = st.lists(a_line(), max_size=8)
#: An invoice whose prices are all of one kind.
INVOICES = st.booleans().flatmap(
    lambda included: st.lists(a_line(included=included), max_size=8)
)


def line(quantity, price, rate=None, **values):
    """A line from plain numbers."""
    values = {k: Decimal(v) if k == "discount" else v for k, v in values.items()}
    rate = None if rate is None else Decimal(rate)
    return Line(Decimal(quantity), Decimal(price), rate=rate, **values)


def in_cents(*amounts):
    return tuple(map(Decimal, amounts))


def unit(decimals):
    return Decimal(1).scaleb(-decimals)


# --- Worked out by hand ---


def test_each_line_rounds_its_amount_and_its_vat():
    found = totals([line("12.12", "12.12", 23)] * 2, Rounding(), 2)
    assert (found.untaxed, found.tax, found.total) == in_cents(
        "293.78", "67.56", "361.34"
    )


def test_vat_of_a_rate_is_rounded_over_all_its_lines():
    rule = Rounding(vat="rate", round_lines=False)
    found = totals([line("12.12", "12.12", 23)] * 2, rule, 2)
    assert (found.untaxed, found.tax, found.total) == in_cents(
        "293.79", "67.57", "361.36"
    )


def test_vat_of_a_rate_can_be_taken_from_amounts_that_are_rounded():
    found = totals([line("12.12", "12.12", 23)] * 2, Rounding(vat="rate"), 2)
    assert (found.untaxed, found.tax) == in_cents("293.78", "67.57")


def test_vat_of_the_invoice_is_rounded_once_and_the_largest_rate_takes_the_rest():
    lines = [line(1, "0.10", 25), line(1, "0.10", 15), line(1, "0.10", 12)]
    found = totals(lines, Rounding(vat="invoice"), 2)
    assert found.tax == Decimal("0.05")
    assert found.tax_by_key == {
        "25": Decimal("0.02"),
        "15": Decimal("0.02"),
        "12": Decimal("0.01"),
    }
    assert totals(lines, Rounding(vat="rate"), 2).tax == Decimal("0.06")


def test_vat_is_taken_out_of_prices_that_include_it():
    found = totals([line(1, "125", 25, price_included=True)], Rounding(), 2)
    assert (found.untaxed, found.tax, found.total) == in_cents("100", "25", "125")
    assert found.gross and found.lines == in_cents("125")


def test_a_price_with_vat_can_be_sent_without():
    rule = Rounding(included="net", price_decimals=2)
    found = totals([line(3, "10", 25.5, price_included=True)], rule, 2)
    # 10 / 1.255 is 7.97 with two decimals.
    assert (found.untaxed, found.tax, found.total) == in_cents("23.91", "6.10", "30.01")


def test_one_price_without_vat_makes_all_of_them_prices_without():
    lines = [line(1, "125", 25, price_included=True), line(1, "100", 25)]
    found = totals(lines, Rounding(), 2)
    assert not found.gross
    assert found.lines == in_cents("100", "100")
    assert found.total == 250


def test_lines_without_vat_do_not_decide_what_kind_prices_are():
    lines = [line(1, "125", 25, price_included=True), line(1, "7"), line(1, "8", 0)]
    found = totals(lines, Rounding(), 2)
    assert found.gross
    assert (found.untaxed, found.tax, found.total) == in_cents("115", "25", "140")


def test_a_discount_is_taken_off_before_anything_is_rounded():
    found = totals([line(3, "33.33", 25, discount="33.33")], Rounding(), 2)
    assert found.untaxed == Decimal("66.66")


@pytest.mark.parametrize(
    ("rule", "amount"),
    [
        (Rounding(), "3.70"),
        (Rounding(price_decimals=2), "3.69"),
        (Rounding(quantity_decimals=0), "3.70"),
        (Rounding(quantity_decimals=0, price_decimals=0), "3.00"),
    ],
)
def test_decimals_that_a_system_does_not_keep_are_lost_before_multiplying(rule, amount):
    assert totals([line(3, "1.2345")], rule, 2).untaxed == Decimal(amount)


def test_decimals_of_a_quantity_or_a_discount_may_be_lost_too():
    lines = [line("1.25", "100", discount="33.33")]
    assert totals(lines, Rounding(), 2).untaxed == Decimal("83.34")
    assert totals(lines, Rounding(discount_decimals=0), 2).untaxed == Decimal("83.75")
    assert totals(lines, Rounding(quantity_decimals=1), 2).untaxed == Decimal("86.67")


def test_vat_is_told_by_its_key_or_else_by_its_percentage():
    lines = [line(1, 10, 25, key="goods"), line(1, 10, 25, key="services")]
    assert [*totals(lines, Rounding(), 2).tax_by_key] == ["goods", "services"]
    lines = [line(1, 10, "25.50"), line(1, 10, "10")]
    assert [*totals(lines, Rounding(), 2).tax_by_key] == ["25.5", "10"]


@pytest.mark.parametrize(("half", "amount"), [("up", "0.13"), ("even", "0.12")])
def test_half_a_cent_goes_up_or_to_the_even_one(half, amount):
    assert totals([line("0.5", "0.25")], Rounding(half=half), 2).untaxed == Decimal(
        amount
    )


def test_three_thirds_of_half_a_cent_are_half_a_cent():
    # 1/600 three times over: no decimal fraction of any length adds up to 0.005.
    rule = Rounding(vat="rate", round_lines=False)
    lines = [line("0.01", "1", 20, price_included=True)] * 3
    assert totals(lines, rule, 2).tax == Decimal("0.01")


@pytest.mark.parametrize(
    ("price", "step", "rounded", "total"),
    [
        ("10.49", "1", "-0.49", "10"),
        ("10.50", "1", "0.50", "11"),
        ("-10.50", "1", "-0.50", "-11"),
        ("10.02", "0.05", "-0.02", "10"),
        ("10.03", "0.05", "0.02", "10.05"),
        ("10.03", "0", "0", "10.03"),
    ],
)
def test_the_total_is_rounded_to_its_step(price, step, rounded, total):
    found = totals([line(1, price)], Rounding(total_step=Decimal(step)), 2)
    assert (found.rounded, found.total) == in_cents(rounded, total)
    assert found.untaxed == Decimal(price)


def test_in_a_foreign_currency_prices_have_their_own_decimals_and_totals_no_step():
    rule = Rounding(price_decimals=2, foreign_price_decimals=4, total_step=Decimal(1))
    lines = [line(10, "1.2345")]
    assert totals(lines, rule, 2).total == 12
    assert totals(lines, rule.abroad(), 2).total == Decimal("12.35")
    assert replace(rule, foreign_price_decimals=None).abroad().price_decimals == 2


def test_yen_have_no_decimals_and_dinars_three():
    lines = [line(3, "33.3333", 25)]
    assert astuple(totals(lines, Rounding(), 0))[2:4] == in_cents("25", "125")
    assert totals(lines, Rounding(), 3).tax == Decimal("25.000")


def test_no_vat_and_vat_of_nothing_are_told_apart():
    found = totals([line(1, "10"), line(1, "10", 0)], Rounding(), 2)
    assert found.keys == ("", "0")
    assert found.tax_by_key == {"0": Decimal(0)}


def test_an_invoice_without_lines_comes_to_nothing():
    assert totals([], Rounding(total_step=Decimal(1)), 2).total == 0


@pytest.mark.parametrize("field", ["quantity", "price", "discount", "rate"])
def test_a_float_is_refused_wherever_a_number_is(field):
    with pytest.raises(TypeError, match="0.1 is not Decimal"):
        replace(line(1, 1, 25), **{field: 0.1})


@pytest.mark.parametrize("field", ["vat", "included", "half", "place"])
def test_a_word_that_no_rule_has_is_refused(field):
    with pytest.raises(ValueError, match=field):
        Rounding(**{field: "sometimes"})


# --- Always ---


@ALWAYS
@given(LINES, RULES, DECIMALS)
def test_sums_are_sums_of_what_is_shown(lines, rule, decimals):
    found = totals(lines, rule, decimals)
    assert found.total == found.untaxed + found.tax + found.rounded
    assert found.tax == sum(found.tax_by_key.values())
    assert len(found.lines) == len(found.keys) == len(lines)
    if rule.round_lines:
        whole = found.untaxed + (found.tax if found.gross else 0)
        assert whole == sum(found.lines)


@ALWAYS
@given(LINES, RULES, DECIMALS)
def test_every_amount_is_decimal_and_has_the_decimals_of_its_currency(
    lines, rule, decimals
):
    found = totals(lines, rule, decimals)
    for amount in (
        *(found.untaxed, found.tax, found.total, found.rounded),
        *found.lines,
        *found.tax_by_key.values(),
    ):
        assert type(amount) is Decimal
        assert amount == round(amount, decimals)


@ALWAYS
@given(LINES, RULES, DECIMALS)
def test_a_credit_note_takes_back_exactly_what_the_invoice_charged(
    lines, rule, decimals
):
    rule = replace(rule, total_step=Decimal(1) if decimals else Decimal(0))
    found = totals(lines, rule, decimals)
    back = totals([replace(x, quantity=-x.quantity) for x in lines], rule, decimals)
    assert back == Totals(
        untaxed=-found.untaxed,
        tax_by_key={key: -tax for key, tax in found.tax_by_key.items()},
        tax=-found.tax,
        total=-found.total,
        rounded=-found.rounded,
        lines=tuple(-amount for amount in found.lines),
        keys=found.keys,
        gross=found.gross,
    )


@ALWAYS
@given(st.booleans(), st.data(), DECIMALS)
def test_two_invoices_come_to_what_one_with_all_lines_does(included, data, decimals):
    invoices = st.lists(a_line(included=included), max_size=5)
    one, other = data.draw(invoices), data.draw(invoices)
    rule = Rounding()
    found = totals(one + other, rule, decimals)
    parts = totals(one, rule, decimals), totals(other, rule, decimals)
    for name in ("untaxed", "tax", "total"):
        assert getattr(found, name) == sum(getattr(part, name) for part in parts)


@ALWAYS
@given(LINES, RULES, DECIMALS, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(lines, rule, decimals, random):
    shuffled = random.sample(lines, len(lines))
    one, other = totals(lines, rule, decimals), totals(shuffled, rule, decimals)
    assert (one.untaxed, one.tax, one.total) == (
        other.untaxed,
        other.tax,
        other.total,
    )


@ALWAYS
@given(INVOICES, DECIMALS, st.booleans())
def test_vat_by_line_and_by_rate_differ_by_half_a_unit_a_line_and_half_a_unit(
    lines, decimals, round_lines
):
    rule = Rounding(round_lines=round_lines)
    by_line = totals(lines, rule, decimals)
    by_rate = totals(lines, replace(rule, vat="rate"), decimals)
    assert by_line.tax_by_key.keys() == by_rate.tax_by_key.keys()
    for key, tax in by_line.tax_by_key.items():
        most = unit(decimals) * (by_line.keys.count(key) + 1) / 2
        assert abs(tax - by_rate.tax_by_key[key]) <= most


@ALWAYS
@given(INVOICES, DECIMALS, st.booleans())
def test_vat_by_rate_and_by_invoice_differ_by_half_a_unit_a_rate_and_half_a_unit(
    lines, decimals, round_lines
):
    rule = Rounding(vat="rate", round_lines=round_lines)
    by_rate = totals(lines, rule, decimals)
    at_once = totals(lines, replace(rule, vat="invoice"), decimals)
    most = unit(decimals) * (len(by_rate.tax_by_key) + 1) / 2
    assert abs(by_rate.tax - at_once.tax) <= most


@ALWAYS
@given(LINES, RULES, DECIMALS)
def test_a_rule_with_all_decimals_is_never_further_off_than_its_roundings(
    lines, rule, decimals
):
    found = totals(lines, rule, decimals)
    exact = sum(exact_total(line) for line in lines)
    assert abs(found.total - exact) <= unit(decimals) * (2 * len(lines) + 1)


def exact_total(line):
    """A line's price with VAT, with far more decimals than any currency."""
    net = line.quantity * line.price * (1 - line.discount / 100)
    return net if line.price_included else net * (1 + (line.rate or Decimal(0)) / 100)


@ALWAYS
@given(st.lists(a_line(included=False), max_size=8), RULES, DECIMALS)
def test_prices_with_vat_sent_without_it_come_back_to_where_they_were(
    lines, rule, decimals
):
    rule = replace(rule, included="net")
    with_vat = [including(line) for line in lines]
    assert totals(with_vat, rule, decimals) == totals(lines, rule, decimals)


@ALWAYS
@given(st.lists(a_line(included=False), max_size=8), DECIMALS, st.booleans())
def test_prices_with_and_without_vat_come_to_the_same_within_their_roundings(
    lines, decimals, round_lines
):
    rule = Rounding(round_lines=round_lines, vat="rate")
    found = totals(lines, rule, decimals)
    with_vat = totals([including(line) for line in lines], rule, decimals)
    assert found.tax_by_key.keys() == with_vat.tax_by_key.keys()
    assert abs(found.total - with_vat.total) <= unit(decimals) * (2 * len(lines) + 1)


@ALWAYS
@given(st.lists(a_line(included=True), min_size=1, max_size=8), RULES, DECIMALS)
def test_who_asks_prices_with_vat_is_paid_those_prices(lines, rule, decimals):
    found = totals(lines, replace(rule, included="gross"), decimals)
    asked = sum(line_with_vat(line, rule, decimals) for line in lines)
    if rule.half == "up" and any(line.rate for line in lines):
        assert found.total == asked.quantize(unit(decimals), ROUND_HALF_UP)


def line_with_vat(line, rule, decimals):
    amount = line.quantity * line.price * (1 - line.discount / 100)
    if rule.round_lines:
        amount = amount.quantize(unit(decimals), ROUND_HALF_UP)
    return amount


def including(line):
    """The same line with its VAT in the price."""
    price = line.price * (1 + (line.rate or Decimal(0)) / 100)
    return replace(line, price=price, price_included=True)
