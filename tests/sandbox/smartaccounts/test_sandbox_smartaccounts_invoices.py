# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invoices: figures, entry, credit, what is open, print."""

from __future__ import annotations

import base64
from datetime import datetime, timezone

SALES = "purchasesales/clientinvoices"
BILLS = "purchasesales/vendorinvoices"
PAYMENTS = "purchasesales/payments"
ENTRIES = "general/entries"


def test_added_invoice_is_booked_at_once(shop) -> None:
    answer = shop.api.write(f"{SALES}:add", shop.sale())
    assert list(answer) == [
        *("invoiceId", "clientId", "number", "invoiceNumber", "referenceNumber"),
        *("amount", "vatAmount", "totalAmount", "roundAmount", "dueDate"),
        *("interest", "warehouseId"),
    ]
    assert answer["number"] == "MA-1"
    assert answer["dueDate"] == "29.01.2026"
    amounts = ("amount", "vatAmount", "totalAmount", "roundAmount")
    assert [answer[name] for name in amounts] == [100.02, 24, 124.02, 0]
    (entry,) = shop.api.all(ENTRIES, "entries", dateFrom="15.01.2026", fetchRows="true")
    assert entry["docType"] == "CLIENT_INVOICE"
    assert (entry["number"], entry["amount"]) == ("MA-1", 124.02)
    assert entry["document"] == answer["invoiceNumber"]
    rows = [(r["account"], r["debitAmount"], r["creditAmount"]) for r in entry["rows"]]
    assert rows == [("10210", 124.02, 0), ("30110", 0, 100.02), ("20510", 0, 24)]


def test_purchase_makes_an_entry_of_its_own_kind(shop) -> None:
    answer = shop.api.write(f"{BILLS}:add", shop.bill(entryDate="02.02.2026"))
    assert (answer["vendorId"], answer["number"]) == (shop.vendor, "OA-1")
    (entry,) = shop.entries()
    assert (entry["docType"], entry["date"]) == ("VENDOR_INVOICE", "02.02.2026")


def test_edited_and_deleted_invoice_takes_its_entry_along(shop) -> None:
    id = shop.sell()
    (before,) = shop.entries()
    body = shop.sale(id=id, rows=[shop.row(quantity=2)], entryDate="16.01.2026")
    shop.api.write(f"{SALES}:edit", body)
    (after,) = shop.entries()
    assert after["id"] == before["id"]
    assert (after["amount"], after["date"]) == (248.05, "16.01.2026")
    assert shop.api.write(f"{SALES}:delete", {}, id=id) == {}
    assert shop.entries() == []
    history = {"dateType": "modifydate", "dateFrom": "01.01.2026"}
    assert shop.api.get(ENTRIES, **history)["deleted"] == [before["id"]]
    assert shop.api.get(SALES, **history)["deleted"] == [id]


def test_edit_needs_the_whole_object(shop) -> None:
    id = shop.sell(invoiceNote="Aitäh", invoiceNumber="26001")
    wanted = (400, ["FIELD-MISSING"])
    assert shop.api.refusal(f"{SALES}:edit", {"id": id, "invoiceNote": "x"}) == wanted
    shop.api.write(f"{SALES}:edit", shop.sale(id=id))
    found = shop.invoice(id)
    assert found["invoiceNote"] is None
    assert found["invoiceNumber"] == "26001"


def test_sent_total_decides_on_the_rounding(shop) -> None:
    answer = shop.api.write(f"{SALES}:add", shop.sale(totalAmount=124))
    assert (answer["totalAmount"], answer["roundAmount"]) == (124, -0.02)
    # who sends the net figure has the whole VAT booked as rounding
    answer = shop.api.write(f"{SALES}:add", shop.sale(totalAmount=100.02))
    assert (answer["vatAmount"], answer["roundAmount"]) == (24, -24)
    rows = [
        (round(sum(r["debitAmount"] - r["creditAmount"] for r in e["rows"]), 2))
        for e in shop.world.objects("entries")
    ]
    assert rows == [0, 0]


def test_vat_is_rounded_per_invoice_or_per_row(shop) -> None:
    rows = [shop.row(price=0.1) for _n in range(3)]
    answer = shop.api.write(f"{SALES}:add", shop.sale(rows=rows))
    assert answer["vatAmount"] == 0.07
    shop.world.settings(vat_rounding="row")
    assert shop.api.write(f"{SALES}:add", shop.sale(rows=rows))["vatAmount"] == 0.06


def test_discount_is_percent_and_halves_are_rounded_up(shop) -> None:
    rows = [shop.row(price=33.35, quantity=1, discount=10)]
    answer = shop.api.write(f"{SALES}:add", shop.sale(rows=rows))
    assert (answer["amount"], answer["vatAmount"]) == (30.02, 7.2)


def test_credit_invoice_reads_negative_and_runs_towards_zero(shop) -> None:
    base = shop.sell()
    credit = shop.sell(type="CRE", baseForCreditInvoiceId=base)
    found = shop.invoice(credit)
    assert (found["type"], found["rows"][0]["quantity"]) == ("CRE", 1)
    assert (found["totalAmount"], found["outstandingAmount"]) == (-124.02, -124.02)
    rows = [
        {"type": "CLIENT_INVOICE", "id": id, "amount": 124.02} for id in (base, credit)
    ]
    body = shop.payment(base, 0, accountName="Tasaarveldus", rows=rows)
    assert shop.api.write(f"{PAYMENTS}:add", body)["amount"] == 248.04
    assert [shop.invoice(id)["outstandingAmount"] for id in (base, credit)] == [0, 0]
    shop.world.settings(credit_totals="positive")
    assert shop.invoice(credit)["totalAmount"] == 124.02


def test_credit_invoice_is_not_before_the_invoice(shop) -> None:
    base = shop.sell()
    body = shop.sale(type="CRE", baseForCreditInvoiceId=base, date="14.01.2026")
    assert shop.api.refusal(f"{SALES}:add", body) == (
        400,
        ["CREDIT-INVOICE-EARLIER-THAN-BASE", "CREDIT-INVOICE-ENTRY-EARLIER-THAN-BASE"],
    )
    body |= {"date": "15.01.2026", "entryDate": "14.01.2026"}
    assert shop.api.refusal(f"{SALES}:add", body)[1] == [
        "CREDIT-INVOICE-ENTRY-EARLIER-THAN-BASE"
    ]


def test_purchase_credit_is_negative_and_has_no_marker(shop) -> None:
    body = shop.bill(rows=[shop.row(quantity=-1)])
    id = shop.api.write(f"{BILLS}:add", body)["invoiceId"]
    found = shop.invoice(id, "vendor")
    assert found["totalAmount"] == -124.02
    assert "type" not in found
    shop.world.settings(purchase_credit="marked")
    assert shop.invoice(id, "vendor")["type"] == "CRE"


def test_vat_of_a_purchase_is_sent_or_worked_out(shop) -> None:
    wanted = (400, ["VAT-AMOUNT-MISSING"])
    body = shop.bill(isCalculateVat=False)
    assert shop.api.refusal(f"{BILLS}:add", body) == wanted
    answer = shop.api.write(f"{BILLS}:add", {**body, "vatAmount": 23.99})
    assert (answer["vatAmount"], answer["totalAmount"]) == (23.99, 124.01)
    body |= {"isCalculateVat": True, "vatAmount": 1, "invoiceNumber": "A-2"}
    assert shop.api.write(f"{BILLS}:add", body)["vatAmount"] == 24


def test_invoice_number_is_given_once(shop) -> None:
    numbers = {shop.invoice(shop.sell())["invoiceNumber"] for _n in range(3)}
    assert numbers == {"26001", "26002", "26003"}
    wanted = (400, ["NUMBER-IN-USE"])
    body = shop.sale(invoiceNumber="26002")
    assert shop.api.refusal(f"{SALES}:add", body) == wanted
    shop.world.settings(doubled_invoice_number="allowed")
    assert shop.api.write(f"{SALES}:add", body)
    shop.world.settings(doubled_invoice_number="refused")
    shop.api.write(f"{BILLS}:add", shop.bill())
    assert shop.api.refusal(f"{BILLS}:add", shop.bill()) == wanted
    other = shop.world.add("vendors", name="Kask OÜ")["id"]
    assert shop.api.write(f"{BILLS}:add", shop.bill(vendorId=other))
    assert len(shop.world.objects("vendorinvoices")) == 2


def test_invoice_paid_at_once_is_not_open(shop) -> None:
    id = shop.sell(paymentMethod="Sularaha", paymentAmount=124.02)
    assert shop.invoice(id)["outstandingAmount"] == 0
    refusal = shop.api.refusal(f"{SALES}:add", shop.sale(paymentMethod="Kuld"))
    assert refusal == (400, ["UNKNOWN-REFERENCE"])


def test_unpaid_and_overdue_invoices_are_told_apart(shop) -> None:
    shop.world.clock(set="2026-01-20T10:00:00Z", frozen=True)
    shop.api.now = datetime(2026, 1, 20, 10, tzinfo=timezone.utc)
    late = shop.sell(dueDate="19.01.2026")
    due = shop.sell(dueDate="20.01.2026")
    paid = shop.sell()
    shop.world.pay_invoice(paid)
    unpaid = shop.api.get(SALES, paymentStatus="unpaid")["clientInvoices"]
    assert {invoice["id"] for invoice in unpaid} == {late, due}
    overdue = shop.api.get(SALES, paymentStatus="overdue")["clientInvoices"]
    assert [invoice["id"] for invoice in overdue] == [late]
    entries = shop.api.get(ENTRIES, paymentStatus="overdue")["entries"]
    assert [entry["document"] for entry in entries] == [overdue[0]["invoiceNumber"]]


def test_currency_without_rate_needs_one(shop) -> None:
    assert shop.sell(currency="SEK")
    body = shop.sale(currency="AED")
    assert shop.api.refusal(f"{SALES}:add", body) == (400, ["EXCHANGE-RATE-MISSING"])
    assert shop.api.write(f"{SALES}:add", {**body, "exchangeRate": 3.9})
    assert shop.api.refusal(f"{SALES}:add", shop.sale(currency="euro"))[0] == 400


def test_pdf_comes_raw_or_in_json(shop) -> None:
    id = shop.sell()
    answer = shop.api.call(f"{SALES}:getpdf", id=id)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.rstrip().endswith(b"%%EOF")
    shop.world.settings(pdf="json")
    found = shop.api.call(f"{SALES}:getpdf", id=id).json()
    assert base64.b64decode(found["fileContent"]) == answer.content
    assert shop.api.refusal(f"{SALES}:getpdf", id="x") == (400, ["NOT-FOUND"])
    (entry,) = shop.entries()
    assert shop.api.call(f"{ENTRIES}:getpdf", id=entry["id"]).status_code == 200


def test_status_of_a_write_is_a_setting(shop) -> None:
    shop.world.settings(write_status=201)
    assert shop.api.call(f"{SALES}:add", shop.sale()).status_code == 201
