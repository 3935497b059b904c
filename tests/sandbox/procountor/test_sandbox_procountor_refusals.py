# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is wrong with an invoice, told by field (dossier §3, §8)."""

from __future__ import annotations

import pytest

from sandbox.procountor.checks import is_business_id, is_iban, is_reference

ROW = "invoiceRows[0]."
PARTY = "counterParty.counterPartyAddress"


def row(**values):
    """Return what changes the one row of the invoice."""
    own = {"product": "Kahvikuppi", "quantity": 2, "unit": "PIECE", "unitPrice": 8.9}
    own |= {"discountPercent": 0, "vatPercent": 25.5}
    found = {**own, **values}
    return {"invoiceRows": [{k: v for k, v in found.items() if v is not None}]}


def address(**values):
    """Return what changes the buyer's address."""
    return {"counterParty": {"counterPartyAddress": values}}


WRONG = {
    "type": {"type": None},
    "date": {"date": "15.1.2026"},
    "counterParty": {"counterParty": None},
    "paymentInfo": {"paymentInfo": None},
    "extraInfo": {"extraInfo": None},
    "extraInfo.accountingByRow": {"extraInfo": {"accountingByRow": None}},
    "discountPercent": {"discountPercent": 101},
    "invoiceRows": {"invoiceRows": []},
    "vatStatus": {"vatStatus": None},
    "language": {"language": None},
    "invoiceChannel": {"invoiceChannel": "EDIFACT"},
    "deliveryMethod": {"deliveryMethod": "OTHER"},
    "deliveryTermsInfo.name": {"deliveryTermsInfo": {"name": "By hand"}},
    "isOffer": {"isOffer": True},
    "partnerId": {"partnerId": 0},
    "invoiceTemplateId": {"invoiceTemplateId": 9},
    "vatCountry": {"vatCountry": "SWEDEN"},
    "factoringContractId": {"factoringContractId": 1},
    "orderReference": {"orderReference": "x" * 71},
    "originalInvoiceNumber": {"originalInvoiceNumber": "x" * 41},
    "additionalInformation": {"additionalInformation": "x" * 10_001},
    "deliveryInstructions": {"deliveryInstructions": "x" * 256},
    "deliveryEndDate": {
        "deliveryStartDate": "2026-01-02",
        "deliveryEndDate": "2026-01-01",
    },
    "counterParty.email": {"counterParty": {"email": "not an address"}},
    "counterParty.bccAddresses[0]": {
        "counterParty": {"bccAddresses": ["laskut@esimerkki.example"]}
    },
    "counterParty.bccAddresses": {
        "counterParty": {"bccAddresses": [f"a{n}@b.example" for n in range(5)]}
    },
    f"{PARTY}.name": address(name="x" * 81),
    f"{PARTY}.zip": address(zip="x" * 21),
    f"{PARTY}.city": address(city="x" * 41),
    f"{PARTY}.country": address(country="FI"),
    "billingAddress.country": {"billingAddress": {"name": "Toinen Oy"}},
    "deliveryAddress.country": {"deliveryAddress": {"name": "Toinen", "country": ""}},
    "paymentInfo.dueDate": {"paymentInfo": {"dueDate": "2028-10-11"}},
    "paymentInfo.currency": {"paymentInfo": {"currency": "EURO"}},
    "paymentInfo.currencyRate": {"paymentInfo": {"currencyRate": 2}},
    "paymentInfo.paymentMethod": {"paymentInfo": {"paymentMethod": "DIRECT_DEBIT"}},
    "paymentInfo.bankAccount.accountNumber": {"paymentInfo": {"bankAccount": {}}},
    "paymentInfo.cashDiscount.cashDiscountsTermType": {
        "paymentInfo": {"cashDiscount": {"cashDiscountsTermType": "FROM_END_OF_MONTH"}}
    },
    "paymentInfo.bankAccount.bic": {"paymentInfo": {"bankAccount": {"bic": "X"}}},
    "paymentInfo.bankReferenceCodeType": {
        "paymentInfo": {"bankReferenceCodeType": "KID"}
    },
    f"{ROW}product": row(product=""),
    f"{ROW}quantity": row(quantity=None),
    f"{ROW}unit": row(unit="kpl"),
    f"{ROW}unitPrice": row(unitPrice="8.90"),
    f"{ROW}discountPercent": row(discountPercent=-1),
    f"{ROW}vatPercent": row(vatPercent=24),
    f"{ROW}productId": row(productId=0),
    f"{ROW}comment": row(comment="x" * 513),
    f"{ROW}headerText": row(headerText="x" * 513),
    f"{ROW}endDate": row(startDate="2026-01-02", endDate="2026-01-01"),
}


@pytest.mark.parametrize("field", sorted(WRONG))
def test_the_field_that_is_wrong_is_named(api, field):
    status, fields = api.refusal("POST", "/invoices", api.invoice_body(**WRONG[field]))
    assert (status, list(fields)) == (400, [field])
    assert api.world.counts()["invoices"] == 0


def test_all_faults_are_told_at_once(api):
    body = api.invoice_body(language=None, **row(vatPercent=24))
    body["paymentInfo"]["dueDate"] = "2026-01-14"
    status, fields = api.refusal("POST", "/invoices", body)
    assert status == 400
    assert fields == {
        "language": "must not be null",
        "": "DUE_DATE_BEFORE_BILL_DATE",
        "invoiceRows[0].vatPercent": "VAT percentage is not in use.",
    }


def test_a_comment_of_512_characters_is_taken(api):
    made = api.invoice(**row(comment="x" * 512))
    assert len(made["invoiceRows"][0]["comment"]) == 512


def test_a_due_date_before_the_invoice_date_is_told_without_a_field(api):
    body = api.invoice_body(paymentInfo={"dueDate": "2026-01-14"})
    found = api.refusal("POST", "/invoices", body)
    assert found == (400, {"": "DUE_DATE_BEFORE_BILL_DATE"})
    api.invoice(paymentInfo={"dueDate": "2026-01-15"})


def test_a_blank_country_is_told_in_the_vendors_words(api):
    body = api.invoice_body(deliveryAddress={"name": "Toinen", "country": ""})
    text = "Value of the 'deliveryAddress.country' cannot be blank."
    found = api.refusal("POST", "/invoices", body)
    assert found == (400, {"deliveryAddress.country": text})


def test_an_address_without_the_key_country_is_refused_or_not_by_setting(api):
    body = api.invoice_body(billingAddress={"name": "Toinen"})
    assert api.refusal("POST", "/invoices", body)[0] == 400
    api.world.settings(address_country="not_blank")
    assert api.write("POST", "/invoices", body)["billingAddress"] == {"name": "Toinen"}


@pytest.mark.parametrize("status", [3, 5, 12])
def test_a_status_without_vat_and_a_percentage_are_no_pair(api, status):
    body = api.invoice_body(vatStatus=status)
    found = api.refusal("POST", "/invoices", body)
    assert found == (400, {"invoiceRows[0].vatStatus": "ERROR_VATSTATUS_VATPERC"})
    api.invoice(vatStatus=status, **row(vatPercent=0))


def test_the_status_of_a_row_overrides_that_of_the_invoice(api):
    api.invoice(vatStatus=5, **row(vatStatus=1))
    body = api.invoice_body(vatStatus=1, **row(vatStatus=5))
    found = api.refusal("POST", "/invoices", body)
    assert found == (400, {"invoiceRows[0].vatStatus": "ERROR_VATSTATUS_VATPERC"})


@pytest.mark.parametrize("status", [2, 99])
def test_a_status_that_sales_do_not_have_is_refused(api, status):
    body = api.invoice_body(vatStatus=status)
    assert list(api.refusal("POST", "/invoices", body)[1]) == ["vatStatus"]


def test_a_percentage_can_be_taken_out_of_use(api):
    api.invoice(**row(vatPercent=13.5))
    api.world.do("vat_percent", percent=13.5, sales=False, purchase=False)
    body = api.invoice_body(**row(vatPercent=13.5))
    assert list(api.refusal("POST", "/invoices", body)[1]) == [f"{ROW}vatPercent"]


def test_a_date_in_a_closed_period_is_refused(api):
    api.world.lock_period("2026-01-15")
    found = api.refusal("POST", "/invoices", api.invoice_body())
    assert found == (400, {"date": "CLOSED_FISCAL_PERIOD"})
    api.invoice(date="2026-01-16")


def test_a_bank_account_has_to_be_the_companys_own_and_active(api):
    field = "paymentInfo.bankAccount.accountNumber"
    account = {"bankAccount": {"accountNumber": "FI2112345600000785"}}
    body = api.invoice_body(paymentInfo=account)
    assert list(api.refusal("POST", "/invoices", body)[1]) == [field]
    api.world.bank_account(False)
    body = api.invoice_body()
    assert list(api.refusal("POST", "/invoices", body)[1]) == [field]
    api.world.bank_account(True)
    api.invoice()


def test_cash_needs_no_bank_account(api):
    body = api.invoice_body(paymentInfo={"paymentMethod": "CASH", "bankAccount": None})
    api.write("POST", "/invoices", body)


def test_other_payment_methods_are_a_setting(api):
    body = api.invoice_body(paymentInfo={"paymentMethod": "CREDIT_CARD_CHARGE"})
    assert api.refusal("POST", "/invoices", body)[0] == 400
    api.world.settings(other_payment_methods="allowed")
    api.write("POST", "/invoices", body)


def test_an_email_invoice_needs_an_address(api):
    body = api.invoice_body(counterParty={"email": None})
    assert list(api.refusal("POST", "/invoices", body)[1]) == ["counterParty.email"]
    api.invoice(counterParty={"email": None}, invoiceChannel="NO_SENDING")


def test_a_letter_needs_a_postal_address_in_one_of_the_two(api):
    home = {"street": None, "zip": None}
    values = {"invoiceChannel": "MAIL", **address(**home)}
    body = api.invoice_body(**values)
    fields = api.refusal("POST", "/invoices", body)[1]
    assert list(fields) == [f"{PARTY}.street", f"{PARTY}.zip"]
    billing = {"name": "A", "street": "Katu 1", "zip": "00100", "city": "Helsinki"}
    api.invoice(**values, billingAddress={**billing, "country": "FINLAND"})


def test_an_einvoice_needs_address_operator_reference_and_both_addresses(api):
    body = api.invoice_body(
        invoiceChannel="ELECTRONIC_INVOICE",
        billingAddress={"name": "A", "country": "FINLAND"},
        paymentInfo={"bankReferenceCode": None},
    )
    fields = api.refusal("POST", "/invoices", body)[1]
    assert set(fields) == {
        *("billingAddress.street", "billingAddress.zip", "billingAddress.city"),
        "counterParty.einvoiceAddress.address",
        "counterParty.einvoiceAddress.operator",
        "paymentInfo.bankReferenceCode",
    }
    einvoice = {"operator": "003721291126", "address": "003712345671"}
    api.invoice(
        invoiceChannel="ELECTRONIC_INVOICE", counterParty={"einvoiceAddress": einvoice}
    )


def test_an_operator_and_an_edi_id_are_for_finland_only(api):
    party = {
        "einvoiceAddress": {"address": "0007:5567890123"},
        "counterPartyAddress": {"country": "SWEDEN"},
    }
    values = {"invoiceChannel": "ELECTRONIC_INVOICE", "counterParty": party}
    api.invoice(**values)
    party["einvoiceAddress"]["ediId"] = "1"
    fields = api.refusal("POST", "/invoices", api.invoice_body(**values))[1]
    assert list(fields) == ["counterParty.einvoiceAddress.ediId"]


def test_characters_outside_windows_1252_are_refused_by_field(api):
    for text in ("Kahvi ☕", "Иванов", "Šķirotājs ķ"):
        body = api.invoice_body(**row(product=text))
        status, fields = api.refusal("POST", "/invoices", body)
        assert (status, list(fields)) == (400, [f"{ROW}product"])
    made = api.invoice(**row(product="Šakki, Žetoni – 5 €"))
    assert made["invoiceRows"][0]["product"] == "Šakki, Žetoni – 5 €"


def test_odd_characters_can_bring_the_vendor_down_or_be_replaced(api):
    body = api.invoice_body(**row(product="Kahvi ☕"))
    api.world.settings(odd_characters="fault")
    answer = api.call("POST", "/invoices", body)
    assert answer.status_code == 500 and "html" in answer.headers["Content-Type"]
    api.world.settings(odd_characters="replaced")
    made = api.write("POST", "/invoices", body)
    assert made["invoiceRows"][0]["product"] == "Kahvi ?"


def test_long_texts_can_bring_the_vendor_down(api):
    api.world.settings(long_text="fault")
    answer = api.call("POST", "/invoices", api.invoice_body(**row(comment="x" * 513)))
    assert answer.status_code == 500 and answer.text.startswith("<html>")


def test_zero_and_negative_rows_are_settings(api):
    for name, value in (("zero_rows", 0), ("negative_rows", -1)):
        body = api.invoice_body(**row(quantity=value))
        api.write("POST", "/invoices", body)
        api.world.settings(**{name: "refused"})
        assert list(api.refusal("POST", "/invoices", body)[1]) == [f"{ROW}quantity"]


def test_fields_of_finvoice_are_for_finnish_companies(api):
    api.invoice(orderNumber="T-1")
    api.world.do("company_settings", values={"country": "SWEDEN"})
    body = api.invoice_body(orderNumber="T-1")
    assert list(api.refusal("POST", "/invoices", body)[1]) == ["orderNumber"]


def test_unknown_fields_are_a_setting(api):
    body = {**api.invoice_body(), "surprise": 1, "invoiceSumInfo": []}
    assert "surprise" not in api.write("POST", "/invoices", body)
    api.world.settings(unknown_fields="refused")
    assert list(api.refusal("POST", "/invoices", body)[1]) == ["surprise"]


def test_decimals_beyond_the_scale_are_rounded_or_refused(api):
    body = api.invoice_body(penaltyPercent=8.125)
    assert api.write("POST", "/invoices", body)["penaltyPercent"] == 8.12
    api.world.settings(scale="refused")
    assert list(api.refusal("POST", "/invoices", body)[1]) == ["penaltyPercent"]


def test_a_body_that_is_no_json_is_400(api):
    for body in (b"", b"{", b"[]", b'{"date": NaN}'):
        answer = api.call("POST", "/invoices", data=body)
        assert answer.status_code == 400 and answer.json()["errors"]


def test_purchases_need_rights_that_a_technical_user_lacks(api):
    body = api.invoice_body(type="PURCHASE_INVOICE")
    assert api.refusal("POST", "/invoices", body)[0] == 403


def test_check_digits_are_those_of_the_dossier():
    assert is_reference("26013") and not is_reference("26012")
    assert is_business_id("1234567-1") and not is_business_id("1234567-2")
    assert is_iban("FI2112345600000785") and is_iban("FI2799999900031563")
    assert not is_iban("FI2112345600000786")


def test_whether_an_einvoice_needs_a_reference_is_a_setting(api):
    einvoice = {"operator": "003721291126", "address": "003712345671"}
    body = api.invoice_body(
        invoiceChannel="ELECTRONIC_INVOICE",
        counterParty={"einvoiceAddress": einvoice},
        paymentInfo={"bankReferenceCode": None},
    )
    fields = api.refusal("POST", "/invoices", body)[1]
    assert list(fields) == ["paymentInfo.bankReferenceCode"]
    api.world.settings(einvoice_without_reference="allowed")
    api.write("POST", "/invoices", body)
