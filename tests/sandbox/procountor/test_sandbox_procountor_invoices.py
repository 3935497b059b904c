# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Making and changing sales invoices (dossier §3)."""

from __future__ import annotations

import pytest


def test_a_new_invoice_is_unfinished_whatever_is_sent(api):
    made = api.invoice(status="PAID", invoiceNumber=7, id=1)
    assert made["status"] == "UNFINISHED"
    assert made["invoiceNumber"] == 1001 and made["id"] > 1
    assert made["creatorId"] == api.own["user_id"]


def test_the_answer_is_the_whole_invoice(api):
    made = api.invoice()
    assert made == api.get(f"/invoices/{made['id']}")
    assert {"ledgerReceiptId", "version", "invoiceSumInfo", "attachments"} <= set(made)
    assert "paymentDate" not in made


def test_an_address_left_out_is_copied_and_an_empty_one_stays_empty(api):
    made = api.invoice(deliveryAddress={})
    party = made["counterParty"]["counterPartyAddress"]
    assert made["billingAddress"] == party
    assert made["deliveryAddress"] == {}


def test_an_empty_reference_is_made_by_the_vendor(api):
    info = api.invoice()["paymentInfo"]
    assert info["bankReferenceCode"] == "10016", "1001 and its check digit"
    international = {"bankReferenceCode": "", "bankReferenceCodeType": "RF"}
    info = api.invoice(paymentInfo=international)["paymentInfo"]
    assert info["bankReferenceCode"].startswith("RF")
    assert info["bankReferenceCode"].endswith("10029")


def test_a_given_reference_is_kept_if_its_check_digit_is_right(api):
    made = api.invoice(paymentInfo={"bankReferenceCode": "26013"})
    assert made["paymentInfo"]["bankReferenceCode"] == "26013"
    body = api.invoice_body(paymentInfo={"bankReferenceCode": "26014"})
    status, fields = api.refusal("POST", "/invoices", body)
    assert status == 400 and list(fields) == ["paymentInfo.bankReferenceCode"]


def test_without_the_key_there_is_no_reference(api):
    made = api.invoice(paymentInfo={"bankReferenceCode": None})
    assert "bankReferenceCode" not in made["paymentInfo"]


def test_a_partner_gives_nothing_to_the_invoice_unless_the_setting_says_so(api):
    partner = api.partner()
    party = api.invoice(partnerId=partner["id"])["counterParty"]
    assert "customerNumber" not in party
    api.world.settings(partner_fills_invoice=True)
    party = api.invoice(partnerId=partner["id"])["counterParty"]
    assert party["customerNumber"] == "10025"


def test_rows_keep_their_order_and_get_ids(api):
    row = api.invoice_body()["invoiceRows"][0]
    names = ["Matto", "Lyhty", "Tuoli"]
    rows = [{**row, "product": name} for name in names]
    made = api.invoice(invoiceRows=rows)
    assert [row["product"] for row in made["invoiceRows"]] == names
    assert len({row["id"] for row in made["invoiceRows"]}) == 3


def test_only_a_product_id_links_a_row_and_nothing_is_copied(api):
    product = api.product(price=99)
    row = {**api.invoice_body()["invoiceRows"][0], "productId": product["id"]}
    made = api.invoice(invoiceRows=[row])["invoiceRows"][0]
    assert made["productId"] == product["id"] and made["unitPrice"] == 8.9
    assert "productCode" not in made


@pytest.mark.parametrize(
    ("gross", "rounding", "net", "vat"),
    [
        (False, "percent", 22.8, 5.81),
        (False, "row", 22.8, 5.82),
        (True, "percent", 18.17, 4.63),
    ],
)
def test_sums_follow_prices_with_or_without_vat(api, gross, rounding, net, vat):
    api.world.settings(sum_rounding=rounding)
    row = api.invoice_body()["invoiceRows"][0]
    rows = [row, {**row, "quantity": 1, "unitPrice": 5.0}]
    extra = {"unitPricesIncludeVat": gross}
    found = api.invoice(invoiceRows=rows, extraInfo=extra)["invoiceSumInfo"]
    assert [(s["excludingVatTotal"], s["vatSumTotal"]) for s in found] == [(net, vat)]
    assert found[0]["invoiceSumTotal"] == pytest.approx(net + vat)


def test_discounts_of_rows_and_of_the_invoice_both_count(api):
    row = {**api.invoice_body()["invoiceRows"][0], "quantity": 10, "unitPrice": 10}
    made = api.invoice(invoiceRows=[{**row, "discountPercent": 10}], discountPercent=50)
    assert made["invoiceSumInfo"][0]["excludingVatTotal"] == 45


def test_a_foreign_currency_has_sums_in_both(api):
    row = {**api.invoice_body()["invoiceRows"][0], "quantity": 1, "unitPrice": 100}
    info = {"currency": "SEK", "currencyRate": 10}
    found = api.invoice(
        paymentInfo=info, invoiceRows=[{**row, "vatPercent": 0}], vatStatus=3
    )["invoiceSumInfo"]
    assert [(s["currency"], s["invoiceSumTotal"]) for s in found] == [
        ("EUR", 10),
        ("SEK", 100),
    ]
    assert [s["inAccountingCurrency"] for s in found] == [True, False]


def test_negative_rows_make_a_credit_note(api):
    row = {**api.invoice_body()["invoiceRows"][0], "quantity": -2}
    assert api.invoice(invoiceRows=[row])["invoiceSumInfo"][0]["invoiceSumTotal"] < 0


def test_two_invoices_may_have_the_same_original_number(api):
    first, second = api.invoice(), api.invoice()
    assert first["originalInvoiceNumber"] == second["originalInvoiceNumber"]
    assert first["id"] != second["id"], "nothing here is once and only once"


def test_ids_begin_anew_in_every_company(world, caller, api):
    other = caller(world, world.do("add_company", name="Toinen Oy")).login()
    assert api.invoice()["id"] == other.invoice()["id"]


def test_an_update_replaces_everything(api):
    made = api.invoice(notes="Kiire", orderReference="A1")
    body = api.invoice_body(version=made["version"], orderReference="B2")
    found = api.write("PUT", f"/invoices/{made['id']}", body)
    assert found["orderReference"] == "B2" and "notes" not in found
    kept = ("id", "invoiceNumber", "creatorId", "status")
    assert [found[name] for name in kept] == [made[name] for name in kept]
    assert found["paymentInfo"]["bankReferenceCode"] == "10016"


def test_an_update_needs_the_latest_version(api):
    made = api.invoice()
    path = f"/invoices/{made['id']}"
    assert api.refusal("PUT", path, api.invoice_body()) == (
        400,
        {"version": "must not be null"},
    )
    api.world.clock(advance=60)
    body = api.invoice_body(version=made["version"])
    newer = api.write("PUT", path, body)
    assert newer["version"] > made["version"]
    status, fields = api.refusal("PUT", path, body)
    assert status == 400 and list(fields) == ["version"]
    api.world.settings(stale_status=409)
    assert api.refusal("PUT", path, body)[0] == 409


def test_versions_can_be_made_to_differ_within_a_second(make_world, caller):
    world = make_world(version_step="unique")
    world.clock(set="2026-01-15T10:00:00Z", frozen=True)
    own = caller(world).login()
    made = own.invoice()
    body = own.invoice_body(version=made["version"])
    found = own.write("PUT", f"/invoices/{made['id']}", body)
    assert (made["version"], found["version"]) == (
        "2026-01-15T12:00:00",
        "2026-01-15T12:00:01",
    )


def test_the_partner_of_an_invoice_cannot_be_changed(api):
    partner = api.partner()
    made = api.invoice()
    path = f"/invoices/{made['id']}"
    body = api.invoice_body(version=made["version"], partnerId=partner["id"])
    assert "partnerId" not in api.write("PUT", path, body)
    api.world.settings(fixed_fields="refused")
    body["version"] = api.get(path)["version"]
    assert list(api.refusal("PUT", path, body)[1]) == ["partnerId"]


def test_changed_rows_make_a_new_ledger_receipt(api):
    made = api.invoice()
    path = f"/invoices/{made['id']}"
    body = api.invoice_body(version=made["version"], notes="Vain huomautus")
    body["invoiceRows"] = made["invoiceRows"]
    same = api.write("PUT", path, body)
    assert same["ledgerReceiptId"] == made["ledgerReceiptId"]
    body["version"] = same["version"]
    body["invoiceRows"][0]["quantity"] = 3
    changed = api.write("PUT", path, body)
    assert changed["ledgerReceiptId"] != made["ledgerReceiptId"]


def test_a_row_id_of_another_invoice_is_refused(api):
    other, made = api.invoice(), api.invoice()
    body = api.invoice_body(version=made["version"])
    body["invoiceRows"] = other["invoiceRows"]
    status, fields = api.refusal("PUT", f"/invoices/{made['id']}", body)
    assert status == 400 and list(fields) == ["invoiceRows[0].id"]


def test_the_next_answers_can_be_lost_although_the_invoice_is_saved(api):
    api.world.do("lose_answers", count=1)
    answer = api.call("POST", "/invoices", api.invoice_body())
    assert answer.status_code == 500
    assert "html" in answer.headers["Content-Type"] and "nginx" in answer.text
    assert len(api.found("/invoices", originalInvoiceNumber="SO00042")) == 1
    api.invoice()


def test_three_cash_discounts_are_kept_in_order(api):
    options = [
        {"numberOfDays": days, "discountPercentage": 2.5} for days in (14, 7, 3, 1)
    ]
    discount = {"optionList": options}
    info = api.invoice(paymentInfo={"cashDiscount": discount})["paymentInfo"]
    kept = info["cashDiscount"]["optionList"]
    assert [option["numberOfDays"] for option in kept] == [3, 7, 14]


def test_a_person_makes_a_credit_note_that_nothing_links(api):
    made = api.step(api.invoice(), "approve", "send")
    credit = api.world.credit_invoice(made["id"], day="2026-01-20")
    assert credit["status"] == "UNFINISHED" and credit["date"] == "2026-01-20"
    assert (
        credit["invoiceSumInfo"][0]["invoiceSumTotal"]
        == -(made["invoiceSumInfo"][0]["invoiceSumTotal"])
    )
    assert str(made["invoiceNumber"]) in credit["additionalInformation"]
    assert api.get(f"/invoices/{made['id']}")["status"] == "SENT"
