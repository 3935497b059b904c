# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a company tells of itself, and what its user may do (dossier §2, §3.3, §6)."""

from __future__ import annotations

import pytest

INVOICE_STEPS = ("approve", "send", "unfinished", "invalidate")


def test_the_session_tells_company_and_user(api):
    found = api.get("/sessioninfo")
    assert found["companyId"] == api.own["company_id"]
    assert found["userId"] == api.own["user_id"] and found["name"] == api.own["name"]


def test_the_user_of_the_token_is_told(api):
    found = api.get("/users")
    assert found["id"] == api.own["user_id"]
    path = f"/users/profiles/{found['id']}"
    assert api.get(path)["firstname"] == found["firstName"]
    assert api.refusal("GET", "/users/profiles/1")[0] == 404


def test_the_company_tells_its_business_id(api):
    found = api.get("/company")
    assert found["businessIdentifier"] == {
        "brnType": "FI",
        "code": api.own["business_id"],
    }
    assert api.get("/currencies/company") == {"companyCurrency": "EUR"}


def test_the_status_tells_the_version(api):
    found = api.get("/status")
    assert (found["version"], found["status"]) == ("26.04", "OK")


def test_rights_are_told_by_name(api):
    api.world.do("set_right", right="productRegister", level="VIEWING_RIGHTS")
    api.world.remove_right("customerRegister")
    found = api.get("/users/rights")["rights"]["sales"]
    assert found["salesOrGroupInvoices"] == "ALL_RIGHTS"
    assert found["productRegister"] == "VIEWING_RIGHTS"
    assert found["customerRegister"] == "NO_ACCESS"


@pytest.mark.parametrize(
    ("right", "method", "path"),
    [
        ("salesOrGroupInvoices", "POST", "/invoices"),
        ("salesInvoiceSearch", "GET", "/invoices"),
        ("customerRegister", "GET", "/businesspartners"),
        ("customerRegister", "POST", "/businesspartners"),
        ("productRegister", "GET", "/products"),
        ("productRegister", "POST", "/products"),
        ("basicCompanyInfo", "GET", "/company"),
    ],
)
def test_without_its_right_a_call_is_403(api, right, method, path):
    api.world.remove_right(right)
    status, fields = api.refusal(method, path, {} if method == "POST" else None)
    assert status == 403 and right in fields[""]
    api.world.remove_right(right, restore=True)
    assert api.call(method, path, {} if method == "POST" else None).status_code != 403


def test_steps_of_an_invoice_need_the_right_to_write_them(api):
    made = api.invoice()
    api.world.do("set_right", right="salesOrGroupInvoices", level="VIEWING_RIGHTS")
    for step in INVOICE_STEPS:
        body = {} if step == "approve" else None
        assert api.refusal("PUT", f"/invoices/{made['id']}/{step}", body)[0] == 403
    assert api.get(f"/invoices/{made['id']}")["status"] == "UNFINISHED"


def test_who_may_view_products_may_not_write_them(api):
    api.world.do("set_right", right="productRegister", level="VIEWING_RIGHTS")
    api.found("/products")
    assert api.refusal("POST", "/products", {})[0] == 403


def test_vat_is_told_for_sales_and_for_purchases(api):
    found = api.get("/vats/default")
    finland = found["vatInformation"][0]
    assert finland["country"] == "Finland"
    sales = {p["vatPercent"] for p in finland["percentages"] if p["sales"]}
    assert sales == {25.5, 13.5, 10, 0}
    known = {s["vatStatus"]: s["description"] for s in found["vatStatuses"]}
    assert known[1] == "Domestic" and known[12] == "No VAT handling"
    assert known[3] == "Outside of the EU"
    assert known[5] == "EU community sales (product)"


def test_prices_with_or_without_vat_are_told(api):
    assert api.get("/vats/settings")["unitPricesIncludeVatSales"] is False
    api.world.do("company_settings", values={"prices_with_vat": True})
    assert api.get("/vats/settings")["unitPricesIncludeVatSales"] is True


def test_percentages_of_a_country_are_asked_for_by_iso_code(api):
    assert 25.5 in api.get("/vats/country", countryCode="FI")["vatPercentages"]
    assert api.refusal("GET", "/vats/country", params={"countryCode": "FINLAND"})[
        0
    ] == (400)


def test_bank_accounts_tell_the_default_and_what_is_inactive(api):
    account = {"iban": "FI2112345600000785", "status": "INACTIVE"}
    api.world.add("bankaccounts", **account)
    found = {one["iban"]: one for one in api.found("/bankaccounts")}
    assert found[api.own["iban"]]["defaultForInvoice"] is True
    assert found["FI2112345600000785"]["status"] == "INACTIVE"


def test_lists_to_choose_from_are_told(api):
    assert "Noudettu" in api.get("/company/deliveryterms")["deliveryTerms"]
    assert api.get("/company/invoicetemplates")[0]["id"] == 101
    api.world.do("company_settings", values={"default_channel": "NO_SENDING"})
    usage = api.get("/company/usagesettings")
    assert usage["defaultInvoiceChannel"] == "NO_SENDING"


def test_companies_do_not_see_each_other(api, caller):
    made = api.invoice()
    other = caller(api.world, api.world.do("add_company", name="Toinen Oy")).login()
    assert other.refusal("GET", f"/invoices/{made['id']}")[0] == 404
    assert other.found("/invoices") == []


def test_what_is_seeded_is_counted(api):
    counts = api.world.seed(
        partners=3, suppliers=1, products=2, invoices=4, sent=3, paid=2
    )
    assert counts["businesspartners"] == 4 and counts["products"] == 2
    assert counts["invoices"] == 4 and counts["paymentevents"] == 2
    states = [one["status"] for one in api.world.objects("invoices", fields="status")]
    assert sorted(states) == ["PAID", "PAID", "SENT", "UNFINISHED"]


def test_calls_are_kept_with_company_and_reason(api):
    api.refusal("POST", "/invoices", {})
    call = api.world.calls(path="^/api/invoices$")[-1]
    assert call["user"] == str(api.own["company_id"]) and call["status"] == 400
    assert "must not be null" in call["reason"]
    assert api.world.count_calls(path="/api/oauth/token") == 1


def test_faults_act_on_calls_of_this_vendor_too(api):
    api.world.fault("^/api/invoices$", method="POST", cut=True, times=1)
    with pytest.raises(OSError):
        api.call("POST", "/invoices", api.invoice_body())
    assert api.world.counts()["invoices"] == 1, "done, and never answered"
    api.world.fault("^/api/sessioninfo$", status=500, body="<html>", times=1)
    assert api.call("GET", "/sessioninfo").text == "<html>"


def test_an_unknown_setting_or_action_is_told(api):
    for wrong in ({"no_such": 1}, {"limit_status": 418}):
        with pytest.raises(RuntimeError, match="setting"):
            api.world.settings(**wrong)
    with pytest.raises(RuntimeError, match="unknown action"):
        api.world.do("dance")
