# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers, days, moments, countries and channels mean what they mean."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from procountor_client import (
    INVOICE_LENGTHS,
    channel_lacks,
    codes,
    country_code,
    country_name,
    day_of,
    decimal_of,
    id_of,
    invoice_account,
    is_open,
    merged,
    missing_rights,
    moment_of,
    sales_vat_percentages,
    sales_vat_statuses,
    since,
    stamp,
    sums_of,
    text_of,
    too_long,
    usual_channel,
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)


# === NUMBERS AND IDS === #


def test_numbers_are_exact():
    assert decimal_of(25.5) == Decimal("25.5")
    assert decimal_of(0.1) + decimal_of("0.2") == Decimal("0.3")
    assert decimal_of(Decimal("8.90")) == Decimal("8.90")
    assert decimal_of("-1E+2") == -100
    assert decimal_of(None) is decimal_of("") is None
    for wrong in ("1,5", True, "abc", "NaN", {}):
        with pytest.raises(ValueError, match="no number"):
            decimal_of(wrong)


def test_ids_are_texts_and_zero_is_none():
    assert (id_of(8000123), id_of("8000123")) == ("8000123", "8000123")
    assert {id_of(none) for none in (None, "", 0, "0")} == {""}
    for wrong in ("1/2", -1, 1.5, True, "x", [1]):
        with pytest.raises(ValueError, match="no id"):
            id_of(wrong)
    assert text_of(10025) == text_of(" 10025 ") == "10025"
    with pytest.raises(ValueError, match="no text"):
        text_of({"id": 1})


# === DAYS AND MOMENTS === #


def test_moments_without_zone_are_finnish():
    assert moment_of("2026-01-15T12:00:00") == utc(2026, 1, 15, 10)
    assert moment_of("2026-07-15T12:00:00.120") == utc(2026, 7, 15, 9)
    assert moment_of("2026-07-15T12:00") == utc(2026, 7, 15, 9)
    assert moment_of("2026-07-15") == utc(2026, 7, 14, 21)
    stockholm = ZoneInfo("Europe/Stockholm")
    assert moment_of("2026-01-15T12:00:00", stockholm) == utc(2026, 1, 15, 11)


def test_a_zone_that_is_named_counts():
    assert moment_of("2026-01-15T12:00:00Z") == utc(2026, 1, 15, 12)
    assert moment_of("2026-01-15T12:00:00+02:00") == utc(2026, 1, 15, 10)
    assert moment_of("2026-01-15T12:00:00-0230") == utc(2026, 1, 15, 14, 30)


def test_days_are_days_in_every_zone():
    assert day_of("2026-01-30") == date(2026, 1, 30)
    assert day_of("2026-01-30T23:59:59") == date(2026, 1, 30)
    assert day_of("") is moment_of(None) is None
    for wrong in ("30.1.2026", "2026-13-01", "2026-01-15T25:00:00", 20260130):
        with pytest.raises(ValueError, match="date|month|hour|must be in"):
            moment_of(wrong)


def test_a_moment_is_written_as_the_vendors_clock_shows_it():
    assert stamp(utc(2026, 1, 15, 10)) == "2026-01-15T12:00:00"
    assert stamp(utc(2026, 7, 15, 9)) == "2026-07-15T12:00:00"
    with pytest.raises(ValueError, match="zone"):
        stamp(datetime(2026, 1, 15))


@pytest.mark.parametrize("hour", [0, 1])
def test_a_bound_in_the_hour_that_comes_twice_misses_nothing(hour):
    # In Finland 03:00 to 04:00 comes twice on this day, from 00:00 and 01:00 UTC.
    bound = since(utc(2026, 10, 25, hour, 45))
    assert bound <= stamp(utc(2026, 10, 25, hour, 46))
    assert bound <= stamp(utc(2026, 10, 25, 1, 5 if hour == 0 else 46))
    assert since(utc(2026, 10, 25, 2, 45)) == "2026-10-25T04:45:00"


# === COUNTRIES === #


def test_countries_have_the_vendors_names():
    assert country_name("FI") == "FINLAND"
    assert country_name(" ax ") == "ALAND_ISLANDS"
    assert country_name("GB") == "UNITED_KINGDOM_OF_GREAT_BRITAIN_AND_NORTHERN_IRELAND"
    assert country_name("ZZ") is None
    assert country_code("Finland") == country_code("FINLAND") == "FI"
    assert country_code("United States of America") == "US"
    assert country_code("Atlantis") is None


# === CHANNELS === #

ADDRESS = {"name": "Oy", "street": "Katu 1", "zip": "00100", "city": "Helsinki"}
NO_STREET = {**ADDRESS, "street": " "}
OPERATOR = {"operator": "003721291126", "address": "003712345671"}


def invoice(address=ADDRESS, **party):
    return {"counterParty": {"counterPartyAddress": address, **party}}


def test_the_best_channel_that_is_possible_is_the_usual_one():
    assert usual_channel(invoice(einvoiceAddress=OPERATOR, email="a@b.fi")) == (
        "ELECTRONIC_INVOICE"
    )
    assert usual_channel(invoice(email="a@b.fi")) == "EMAIL"
    assert usual_channel(invoice(email="a@b")) == "MAIL"
    assert usual_channel(invoice(NO_STREET)) == "NO_SENDING"
    assert usual_channel({}) == "NO_SENDING"


def test_what_a_channel_lacks_is_named():
    assert channel_lacks(invoice(), "EMAIL") == ["counterParty.email"]
    assert channel_lacks(invoice(NO_STREET), "MAIL") == [
        "counterParty.counterPartyAddress.street"
    ]
    assert channel_lacks({}, "NO_SENDING") == []
    lacking = channel_lacks(
        invoice(NO_STREET, einvoiceAddress={"address": "x"}), "ELECTRONIC_INVOICE"
    )
    assert lacking == [
        "counterParty.einvoiceAddress.operator",
        "counterParty.counterPartyAddress.street",
    ]


def test_an_operator_is_needed_in_finland_only():
    body = invoice(einvoiceAddress={"address": "7300000000001"})
    assert channel_lacks(body, "ELECTRONIC_INVOICE")
    assert channel_lacks(body, "ELECTRONIC_INVOICE", finnish=False) == []


def test_post_goes_to_either_address_and_e_invoices_need_both():
    body = {**invoice(NO_STREET), "billingAddress": ADDRESS}
    assert channel_lacks(body, "MAIL") == []
    assert channel_lacks({**invoice(), "billingAddress": {}}, "MAIL") == []
    assert channel_lacks({**invoice(NO_STREET), "billingAddress": {}}, "MAIL")
    body = {**invoice(einvoiceAddress=OPERATOR), "billingAddress": NO_STREET}
    assert channel_lacks(body, "ELECTRONIC_INVOICE") == ["billingAddress.street"]


# === LENGTHS === #


def test_texts_that_do_not_fit_are_named_with_their_row():
    body = {
        "originalInvoiceNumber": "S" * 40,
        "invoiceRows": [{"comment": "x" * 512}, {"comment": "ä" * 513}],
        "counterParty": {"counterPartyAddress": {"name": "n" * 81}},
        "version": "v" * 999,
    }
    assert too_long(body, INVOICE_LENGTHS) == [
        ("invoiceRows[1].comment", 513, 512),
        ("counterParty.counterPartyAddress.name", 81, 80),
    ]


# === THE COMPANY === #


def test_rights_that_are_missing_are_named():
    rights = {
        "role": "x",
        "rights": {
            "salesRights": {
                "salesOrGroupInvoices": "ALL_RIGHTS",
                "salesInvoiceSearch": "VIEWING_RIGHTS",
                "customerRegister": "VIEWING_RIGHTS",
            }
        },
    }
    assert missing_rights(rights) == ["customerRegister", "productRegister"]
    assert missing_rights({}, ["a"]) == ["a"]
    assert missing_rights({"a": "NOT_ENABLED"}, ["a"], reading=["a"]) == ["a"]
    assert missing_rights({"a": codes.ALL_RIGHTS}, ["a"]) == []


@pytest.mark.parametrize("last", ["sales", "purchases"])
def test_a_right_that_two_areas_have_is_held_in_either(last):
    levels = {"sales": codes.ALL_RIGHTS, "purchases": "NO_ACCESS"}
    areas = sorted(levels, key=last.__eq__)
    rights = {area: {"productRegister": levels[area]} for area in areas}
    assert missing_rights({"rights": rights}, ["productRegister"]) == []


VATS = {
    "vatInformation": [
        {
            "country": "Finland",
            "percentages": [
                {"vatPercent": 25.5, "sales": True},
                {"vatPercent": 0, "sales": True},
                {"vatPercent": 14, "sales": False, "purchase": True},
            ],
        }
    ],
    "vatStatuses": [
        {"vatStatus": 1, "description": "Domestic", "sales": True},
        {"vatStatus": 2, "description": "Import", "sales": False, "purchase": True},
    ],
}


def test_only_what_sales_may_have_is_offered():
    assert sales_vat_percentages(VATS) == {"Finland": [0, Decimal("25.5")]}
    assert sales_vat_statuses(VATS) == [(1, "Domestic")]
    assert sales_vat_statuses({}) == []


def account(i, status="ACTIVE", default=True, currency="EUR"):
    return {
        "id": i,
        "status": status,
        "defaultForInvoice": default,
        "currency": currency,
    }


def test_invoices_name_the_active_default_account():
    accounts = [account(1, "INACTIVE"), account(2, default=False), account(3)]
    accounts.append(account(4, currency="SEK"))
    assert invoice_account(accounts)["id"] == 3
    assert invoice_account(accounts, "SEK")["id"] == 4
    assert invoice_account(accounts, "USD")["id"] == 3
    assert invoice_account(accounts[:2]) is None


def test_a_closed_period_is_told_from_an_open_and_an_unknown_one():
    periods = [
        {"startDate": "2026-01-01", "endDate": "2026-01-31", "status": "CLOSED"},
        {"startDate": "2026-02-01", "endDate": "2026-02-28", "status": "OPEN"},
    ]
    year = {"startDate": "2026-01-01", "endDate": "2026-12-31", "isOpen": True}
    years = [{**year, "trackingPeriods": periods}]
    assert is_open(years, date(2026, 1, 31)) is False
    assert is_open(years, date(2026, 2, 1)) is True
    assert is_open(years, date(2026, 6, 1)) is True
    assert is_open(years, date(2025, 12, 31)) is None
    assert is_open([{**year, "isOpen": False}], date(2026, 2, 1)) is False


def test_sums_are_those_of_the_currency_asked_for():
    part = {"currency": "SEK", "excludingVatTotal": 22.8, "vatSumTotal": 5.81}
    body = {"invoiceSumInfo": [{"currency": "EUR"}, {**part, "invoiceSumTotal": 28.61}]}
    assert sums_of(body, "SEK") == (
        Decimal("22.8"),
        Decimal("5.81"),
        Decimal("28.61"),
    )
    assert sums_of(body, "USD") is None
    assert sums_of({}, "EUR") is None


def test_objects_are_merged_and_lists_replaced():
    before = {"a": {"b": 1, "c": [1, 2]}, "d": 1}
    assert merged(before, {"a": {"c": [3]}}) == {"a": {"b": 1, "c": [3]}, "d": 1}
    assert before == {"a": {"b": 1, "c": [1, 2]}, "d": 1}
