# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Amounts, credit notes, payments and postings (dossier §9)."""

from __future__ import annotations

from decimal import Decimal

import pytest

WINDOW = {"invoiceDateFrom": "2000-01-01", "invoiceDateTo": "2100-01-01"}
MONEY = (
    "amount",
    "amountCurrency",
    "amountExcludingVat",
    "amountExcludingVatCurrency",
    "amountOutstanding",
    "amountCurrencyOutstanding",
)


@pytest.fixture
def kari(world):
    """Return a customer."""
    return world.add("customer", name="Kari Åsen")


def charge(world, customer, *lines, **values):
    """Return an invoice of 2026-01-15 with lines (count, price, VAT type id)."""
    bodies = [
        {
            "description": f"Linje {place}",
            "count": count,
            "unitPriceExcludingVatCurrency": price,
            "vatType": {"id": vat},
        }
        for place, (count, price, vat) in enumerate(lines)
    ]
    dates = {"invoiceDate": "2026-01-15", "invoiceDueDate": "2026-01-29"}
    references = {"customer": {"id": customer["id"]}}
    return world.add("invoice", **dates, **references, orderLines=bodies, **values)


def test_amounts_are_the_sums_of_lines_rounded_one_by_one(world, kari) -> None:
    # 0.125 VAT on each of two lines: 0.13 each, 0.26 together
    invoice = charge(world, kari, (1, 0.5, 3), (1, 0.5, 3), (2, 100, 31))
    assert [invoice[name] for name in MONEY] == [
        231.26,
        231.26,
        201,
        201,
        231.26,
        231.26,
    ]


def test_vat_can_be_rounded_per_invoice(make_world) -> None:
    world = make_world(vat_rounding="invoice")
    kari = world.add("customer", name="Kari")
    invoice = charge(world, kari, (1, 0.5, 3), (1, 0.5, 3))
    assert invoice["amountCurrency"] == 1.25


def test_invoice_can_be_rounded_to_whole_kroner(make_world) -> None:
    world = make_world(invoice_rounding="krone")
    kari = world.add("customer", name="Kari")
    invoice = charge(world, kari, (3, 33.33, 3))
    assert (invoice["amount"], invoice["amountRoundoff"]) == (125, 0.01)
    assert invoice["amountExcludingVat"] == 99.99


def test_discount_and_fractions_count(world, api, kari) -> None:
    line = {
        "description": "Kaffe",
        "count": 2.25,
        "discount": 12.5,
        "unitPriceExcludingVatCurrency": 99.99,
        "vatType": {"id": 31},
    }
    invoice = world.add(
        "invoice",
        customer={"id": kari["id"]},
        invoiceDate="2026-01-15",
        orderLines=[line],
    )
    (found,) = api.value(f"invoice/{invoice['id']}", fields="orderLines(*)")[
        "orderLines"
    ]
    # 2.25 × 99.99 × 0.875 = 196.855…
    assert found["amountExcludingVatCurrency"] == 196.86
    assert found["amountIncludingVatCurrency"] == 226.39


def test_foreign_invoice_has_amounts_in_both_currencies(world, api, kari) -> None:
    invoice = charge(world, kari, (1, 100, 52), currency={"id": 5})
    rate = api.value("currency/5/rate", date="2026-01-15")["rate"]
    assert invoice["amountCurrency"] == 100
    assert invoice["amount"] == round(100 * rate, 2)
    assert invoice["amountCurrencyOutstanding"] == 100


def test_invoice_carries_number_kid_order_and_voucher(world, api, kari) -> None:
    first, second = (charge(world, kari, (1, 100, 3)) for _n in range(2))
    assert second["invoiceNumber"] == first["invoiceNumber"] + 1
    assert first["kid"].isdigit() and first["kid"] != second["kid"]
    assert api.values("invoice", **WINDOW, kid=first["kid"])[0]["id"] == first["id"]
    assert (first["creditedInvoice"], first["isCreditNote"]) == (0, False)
    (order,) = first["orders"]
    assert api.value(f"order/{order['id']}")["isClosed"] is True
    assert first["id"] > 2**31


def test_credit_note_is_negative_and_settles_its_invoice(world, api, kari) -> None:
    invoice = charge(world, kari, (2, 100.1, 3))
    note = world.credit_invoice(invoice["id"], day="2026-01-20")
    assert note["isCreditNote"] is True
    assert note["creditedInvoice"] == invoice["id"]
    assert note["amount"] == -invoice["amount"] == -250.25
    assert note["amountExcludingVatCurrency"] == -200.2
    assert note["amountOutstanding"] == 0
    credited = api.value(f"invoice/{invoice['id']}")
    assert (credited["isCredited"], credited["amountOutstanding"]) == (True, 0)
    lines = api.value(f"invoice/{note['id']}", fields="orderLines(*)")["orderLines"]
    assert [(ln["count"], ln["amountExcludingVatCurrency"]) for ln in lines] == [
        (-2, -200.2)
    ]
    assert api.values("ledger/posting/openPost", date="2027-01-01") == []
    listed = api.values("invoice", **WINDOW, sorting="id")
    assert [entry["id"] for entry in listed] == [invoice["id"], note["id"]]


def test_payments_lower_what_is_open_and_close_the_postings(world, api, kari) -> None:
    invoice = charge(world, kari, (1, 100, 3))
    part = world.pay_invoice(invoice["id"], amount=25.5, day="2026-02-01")
    assert (part["amountOutstanding"], part["amount"]) == (99.5, 125)

    def open_posts() -> list[dict]:
        return api.values("ledger/posting/openPost", date="2027-01-01")

    assert {post["customer"]["id"] for post in open_posts()} == {kari["id"]}
    paid = world.pay_invoice(invoice["id"], day="2026-02-03")
    assert paid["amountOutstanding"] == 0
    assert paid["version"] > part["version"] > invoice["version"]
    assert open_posts() == []
    (group,) = api.values(
        "ledger/closeGroup",
        dateFrom="2026-02-01",
        dateTo="2026-03-01",
        fields="date,postings(amount)",
    )
    assert group["date"] == "2026-02-03"
    assert sorted(p["amount"] for p in group["postings"]) == [-99.5, -25.5, 125]


def test_every_voucher_of_a_seeded_company_balances(make_world) -> None:
    size = {"customers": 20, "products": 20, "invoices": 60}
    world = make_world(size=size)
    vouchers = world.objects("ledger/voucher", fields="postings(amount)")
    assert len(vouchers) > 60
    for voucher in vouchers:
        amounts = [Decimal(str(p["amount"])) for p in voucher["postings"]]
        assert sum(amounts) == 0


def test_seeded_invoices_agree_with_their_lines(make_world) -> None:
    world = make_world(size={"customers": 20, "products": 20, "invoices": 60})
    fields = "*,orderLines(*,vatType(percentage)),currency(code)"
    invoices = world.objects("invoice", fields=fields)
    assert len(invoices) == 60
    for invoice in invoices:
        net = sum(
            Decimal(str(ln["amountExcludingVatCurrency"]))
            for ln in invoice["orderLines"]
        )
        gross = sum(
            Decimal(str(ln["amountIncludingVatCurrency"]))
            for ln in invoice["orderLines"]
        )
        assert net == Decimal(str(invoice["amountExcludingVatCurrency"]))
        assert gross == Decimal(str(invoice["amountCurrency"]))
    codes = {invoice["currency"]["code"] for invoice in invoices}
    assert "NOK" in codes and codes & {"EUR", "SEK"}
    assert sum(invoice["isCreditNote"] for invoice in invoices) == 3
    assert any(i["amountOutstanding"] == 0 and not i["isCredited"] for i in invoices)
    assert any(0 < i["amountOutstanding"] < i["amount"] for i in invoices)


def test_invoice_list_holds_charged_invoices_only(world, api, kari) -> None:
    body = {
        "customer": {"id": kari["id"]},
        "orderDate": "2026-01-15",
        "deliveryDate": "2026-01-15",
    }
    order = api.write("POST", "order", body)
    draft = api.value(f"invoice/{order['preliminaryInvoice']['id']}")
    assert (draft["invoiceNumber"], draft["isCharged"]) == (0, False)
    assert api.values("invoice", **WINDOW) == []
