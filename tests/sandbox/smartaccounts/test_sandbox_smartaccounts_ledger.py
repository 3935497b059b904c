# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Entries and payments: what they book and settle."""

from __future__ import annotations

SALES = "purchasesales/clientinvoices"
BILLS = "purchasesales/vendorinvoices"
PAYMENTS = "purchasesales/payments"
ENTRIES = "general/entries"


def test_manual_entry_is_added_edited_and_deleted(shop) -> None:
    answer = shop.api.write(f"{ENTRIES}:add", shop.entry(document="Üür 1"))
    assert list(answer) == ["id", "amount", "number", "docType"]
    assert (answer["amount"], answer["docType"]) == (12.5, "LEDGER_ENTRY")
    body = shop.entry(id=answer["id"], docType="LEDGER_ENTRY", date="16.01.2026")
    shop.api.write(f"{ENTRIES}:edit", body)
    (entry,) = shop.entries()
    assert (entry["date"], entry["document"]) == ("16.01.2026", "")
    shop.api.write(f"{ENTRIES}:delete", {}, id=answer["id"])
    assert shop.entries() == []


def test_entry_has_to_balance_on_known_accounts(shop) -> None:
    body = shop.entry()
    body["rows"][1] = {"account": "00000", "description": "x", "creditAmount": 12.49}
    wanted = (400, ["ENTRY-NOT-BALANCED", "UNKNOWN-REFERENCE"])
    assert shop.api.refusal(f"{ENTRIES}:add", body) == wanted


def test_entry_in_foreign_money_balances_in_that_money(shop) -> None:
    body = shop.entry(currency="SEK")
    for row, side in zip(body["rows"], ("debit", "credit"), strict=True):
        row[f"{side}Amount"] = 1 if side == "debit" else 2
        row[f"{side}AmountOriginalCurrency"] = 112
    assert shop.api.write(f"{ENTRIES}:add", body)["amount"] == 112


def test_entry_of_a_document_is_edited_but_not_deleted(shop) -> None:
    shop.sell()
    (entry,) = shop.entries()
    call = shop.api.refusal
    wanted = (400, ["ENTRY-HAS-DOCUMENT"])
    assert call(f"{ENTRIES}:delete", {}, id=entry["id"]) == wanted
    body = shop.entry(id=entry["id"], docType="LEDGER_ENTRY")
    assert call(f"{ENTRIES}:edit", body) == (400, ["ENTRY-TYPE-FIXED"])
    answer = shop.api.write(f"{ENTRIES}:edit", {**body, "docType": "CLIENT_INVOICE"})
    assert answer["amount"] == 12.5


def test_entries_are_found_by_number_or_text(shop) -> None:
    shop.api.write(f"{ENTRIES}:add", shop.entry(document="RENT-7"))
    shop.sell()
    for text in ("rent", "Üür", "PR-1"):
        found = shop.api.get(ENTRIES, dateFrom="01.01.2026", filterDescription=text)[
            "entries"
        ]
        assert [entry["docType"] for entry in found] == ["LEDGER_ENTRY"]


def test_payment_settles_and_is_booked(shop) -> None:
    id = shop.sell()
    answer = shop.api.write(f"{PAYMENTS}:add", shop.payment(id, 100))
    assert list(answer) == ["paymentId", "number", "amount"]
    assert shop.invoice(id)["outstandingAmount"] == 24.02
    entry = shop.entries()[-1]
    assert (entry["docType"], entry["amount"]) == ("BANK_PAYMENT", 100)
    body = shop.payment(id, 124.02, id=answer["paymentId"])
    shop.api.write(f"{PAYMENTS}:edit", body)
    assert shop.invoice(id)["outstandingAmount"] == 0
    assert [e["amount"] for e in shop.entries()] == [124.02, 124.02]
    shop.api.write(f"{PAYMENTS}:delete", {}, id=answer["paymentId"])
    assert shop.invoice(id)["outstandingAmount"] == 124.02
    assert len(shop.entries()) == 1


def test_payment_cannot_exceed_what_is_open(shop) -> None:
    id = shop.sell()
    credit = shop.sell(type="CRE")
    call = shop.api.refusal
    wanted = (400, ["PAYMENT-EXCEEDS-INVOICE"])
    assert call(f"{PAYMENTS}:add", shop.payment(id, 124.03)) == wanted
    assert call(f"{PAYMENTS}:add", shop.payment(credit, 124.03)) == wanted
    negative = (400, ["PAYMENT-ROW-NOT-POSITIVE"])
    assert call(f"{PAYMENTS}:add", shop.payment(credit, -124.02)) == negative
    answer = shop.api.write(f"{PAYMENTS}:add", shop.payment(id, 124.02))
    body = shop.payment(id, 125, id=answer["paymentId"])
    assert call(f"{PAYMENTS}:edit", body) == wanted
    assert shop.invoice(id)["outstandingAmount"] == 0


def test_payment_names_things_that_exist(shop) -> None:
    id = shop.sell()
    other = shop.world.add("clients", name="Kask OÜ")["id"]
    for values in (
        {"accountName": "Swedbank"},
        {"accountType": "CASH"},
        {"clientId": "nobody", "rows": [], "prepayment": _prepayment(5)},
        {"clientId": other},
        {"rows": [{"type": "CLIENT_INVOICE", "id": "none", "amount": 1}]},
    ):
        body = shop.payment(id, 10, **values)
        refusal = shop.api.refusal(f"{PAYMENTS}:add", body)
        assert refusal == (400, ["UNKNOWN-REFERENCE"]), values
    body = shop.payment(id, 10)
    del body["clientId"]
    assert shop.api.refusal(f"{PAYMENTS}:add", body) == (400, ["FIELD-MISSING"])
    assert shop.invoice(id)["outstandingAmount"] == 124.02


def _prepayment(amount: float) -> dict:
    return {"amount": amount, "description": "Ettemaks"}


def test_payment_without_rows_needs_another_amount(shop) -> None:
    body = shop.payment("", 0, rows=[], amount=50)
    assert shop.api.refusal(f"{PAYMENTS}:add", body) == (400, ["PAYMENT-EMPTY"])
    body |= {"accountType": "CASH", "accountName": "Kassa"}
    extra = {"price": 2.5, "quantity": 2, "description": "Teenus", "account": "40510"}
    body |= {"prepayment": _prepayment(50), "extras": [extra]}
    assert shop.api.write(f"{PAYMENTS}:add", body)["amount"] == 55
    assert shop.entries()[-1]["docType"] == "CASH_PAYMENT"
    (payment,) = shop.world.objects("payments")
    assert (payment["orderNumber"], payment["extras"][0]["amount"]) == (1, 5)


def test_payment_changes_the_invoice_date_only_if_the_setting_says_so(shop) -> None:
    one = shop.world.add(SALES, at="2026-01-15T10:00:00Z", **shop.sale())
    other = shop.world.add(SALES, at="2026-01-15T10:00:00Z", **shop.sale())
    shop.world.pay_invoice(one["id"])
    shop.world.settings(payment_touches_invoice=True)
    shop.world.pay_invoice(other["id"])
    found = shop.api.get(SALES, dateType="modifydate", dateFrom="16.01.2026")
    assert [invoice["id"] for invoice in found["clientInvoices"]] == [other["id"]]


def test_payments_are_found_by_partner_and_account(shop) -> None:
    id = shop.sell()
    shop.world.pay_invoice(id, amount=10)
    for params, count in (
        ({"partnerId": shop.client}, 1),
        ({"partnerId": shop.vendor}, 0),
        ({"partnerType": "VENDOR"}, 0),
        ({"accountType": "BANK", "accountName": "LHV"}, 1),
        ({"partnerName": "tamm"}, 1),
    ):
        page = shop.api.get(PAYMENTS, dateFrom="01.01.2026", **params)
        assert len(page["payments"]) == count, params


def test_person_changes_documents_at_the_screens_of_the_vendor(shop) -> None:
    world = shop.world
    credit = shop.sell(type="CRE")
    world.update("clientinvoices", credit, rows=[shop.row(quantity=2)])
    assert shop.invoice(credit)["totalAmount"] == -248.05
    bill = shop.api.write(f"{BILLS}:add", shop.bill())["invoiceId"]
    world.update("vendorinvoices", bill, invoiceNumber="B-2", by="jüri")
    found = shop.invoice(bill, "vendor")
    assert (found["invoiceNumber"], found["totalAmount"]) == ("B-2", 124.02)
    assert found["updatedBy"] == "jüri"
    payment = world.pay_invoice(bill, amount=24.02, day="20.01.2026")
    rows = [{"type": "VENDOR_INVOICE", "id": bill, "amount": 100}]
    world.update("payments", payment["id"], rows=rows)
    assert shop.invoice(bill, "vendor")["outstandingAmount"] == 24.02
    world.delete("payments", payment["id"])
    assert shop.invoice(bill, "vendor")["outstandingAmount"] == 124.02
    kinds = [entry["docType"] for entry in shop.entries()]
    assert kinds == ["CLIENT_INVOICE", "VENDOR_INVOICE"]
    world.update("clients", shop.client, name="Tamm AS")
    world.update("articles", "T01", priceSales=9.5)
    assert world.object("articles", "T01")["priceSales"] == 9.5
    world.delete("clientinvoices", credit)
    world.delete("clients", shop.client)
    assert world.counts()["clients"] == 0


def test_entries_of_the_stand_in_balance(make_world) -> None:
    size = {"client_invoices": 20, "credit_invoices": 3, "payments": 6, "entries": 3}
    world = make_world(size={"clients": 4, "vendor_invoices": 9, **size})
    world.seed_month("2026-01", 40)
    for entry in world.objects("entries"):
        sides = [
            round(sum(row[f"{side}Amount"] for row in entry["rows"]), 2)
            for side in ("debit", "credit")
        ]
        assert sides == [entry["amount"]] * 2
    counts = world.counts()
    assert counts["CLIENT_INVOICE"] == counts["clientinvoices"]
    assert counts["VENDOR_INVOICE"] == counts["vendorinvoices"]
    paid = counts["BANK_PAYMENT"] + counts.get("CASH_PAYMENT", 0)
    assert paid == counts["payments"]


def test_iban_and_numbers_of_seeded_companies_are_valid(make_world) -> None:
    world = make_world(size={"clients": 30})
    ibans = [company["iban"] for company in world.add_companies(5)]
    for iban in ibans:
        digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
        assert int(digits) % 97 == 1
    clients = world.objects("clients")
    numbers = [client["vatNumber"] for client in clients if client["vatNumber"]]
    assert numbers
    for number in numbers:
        weights = (3, 7, 1) * 3
        total = sum(int(d) * w for d, w in zip(number[2:], weights, strict=True))
        assert total % 10 == 0
