# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Creating, changing, deleting (dossier §7, §9)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

WINDOW = {"orderDateFrom": "2000-01-01", "orderDateTo": "2100-01-01"}


@pytest.fixture
def kari(world):
    """Return a customer who can be written to."""
    return world.add("customer", name="Kari Åsen", email="kari@example.org")


def order_body(customer, *lines):
    """Return the body of an order."""
    line = {
        "description": "Rådgivning",
        "count": 3,
        "unitPriceExcludingVatCurrency": 1200,
        "vatType": {"id": 3},
    }
    return {
        "customer": {"id": customer["id"]},
        "orderDate": "2026-01-15",
        "deliveryDate": "2026-01-15",
        "orderLines": list(lines) or [line],
    }


def invoice_body(order):
    """Return the body of an invoice around an order."""
    dates = {"invoiceDate": "2026-01-15", "invoiceDueDate": "2026-01-29"}
    return {**dates, "orders": [order]}


def fields_of(body):
    """Return which fields an error names."""
    return [entry["field"] for entry in body["validationMessages"]]


def test_new_customer_gets_id_number_and_addresses(api) -> None:
    body = {"name": "Kari", "postalAddress": {"city": "Oslo", "country": {"id": 161}}}
    answer = api.call("POST", "customer", json=body)
    assert answer.status_code == 201
    found = api.value(
        f"customer/{answer.json()['value']['id']}",
        fields="*,postalAddress(*),physicalAddress(*)",
    )
    assert found["customerNumber"] == 10001
    assert found["postalAddress"]["city"] == "Oslo"
    assert found["physicalAddress"]["city"] == ""
    assert api.write("POST", "customer", {"name": "Ola"})["customerNumber"] == 10002


def test_status_of_a_creation_can_be_200(make_world, login) -> None:
    api = login(make_world(write_status="ok"))
    assert api.call("POST", "customer", json={"name": "Kari"}).status_code == 200


def test_unknown_body_fields_are_refused_and_nothing_is_made(api) -> None:
    body = {"name": "Kari", "colour": "red", "postalAddress": {"town": "Oslo"}}
    status, code, found = api.error("customer", "POST", body)
    assert (status, code, fields_of(found)) == (422, 16000, ["colour"])
    assert found["validationMessages"][0]["path"] == "null.colour"
    del body["colour"]
    assert fields_of(api.error("customer", "POST", body)[2]) == ["town"]
    assert api.values("customer") == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": 5}, 16000),
        ({"name": "K", "isInactive": "yes"}, 16000),
        ({"name": "K", "department": 7}, 16000),
        ({}, 18000),
        ({"name": "x" * 256}, 18000),
        ({"name": "K", "language": "SE"}, 18000),
        ({"name": "K", "department": {"id": 7}}, 18000),
        ({"name": "K", "id": 7}, 18000),
        ({"name": "K", "currency": {"id": 1, "code": "NOK"}}, 18000),
        ([], 16000),
    ],
)
def test_unfit_customer_is_refused(api, body, code) -> None:
    assert api.error("customer", "POST", body)[:2] == (422, code)
    assert api.values("customer") == []


def test_body_that_is_no_json_is_refused(api) -> None:
    answer = api.call("POST", "customer", data=b'{"name": ')
    assert (answer.status_code, answer.json()["code"]) == (422, 22000)


def test_read_only_fields_in_a_body_are_ignored(api) -> None:
    found = api.write("POST", "customer", {"name": "Kari", "displayName": "Other"})
    assert found["displayName"] == "Kari (10001)"


def test_put_changes_what_is_sent_and_leaves_the_rest(api, kari) -> None:
    found = api.write("PUT", f"customer/{kari['id']}", {"description": "God kunde"})
    assert (found["email"], found["description"]) == ("kari@example.org", "God kunde")
    assert found["version"] == kari["version"] + 1


def test_put_that_changes_nothing_keeps_the_version(api, kari) -> None:
    found = api.write("PUT", f"customer/{kari['id']}", {"name": "Kari Åsen"})
    assert found["version"] == kari["version"]


def test_old_version_is_a_conflict_and_none_at_all_is_not(world, api, kari) -> None:
    path = f"customer/{kari['id']}"
    world.update("customer", kari["id"], name="Kari A.")
    body = {"name": "Kari B.", "version": kari["version"]}
    assert api.error(path, "PUT", body)[:2] == (409, 8000)
    assert api.value(path)["name"] == "Kari A."
    assert api.write("PUT", path, {"name": "Kari B."})["name"] == "Kari B."


def test_customer_becomes_a_supplier_too(api, kari) -> None:
    api.write("PUT", f"customer/{kari['id']}", {"isSupplier": True})
    (supplier,) = api.values("supplier")
    assert (supplier["id"], supplier["supplierNumber"]) == (kari["id"], 50001)


def test_ehf_customer_needs_an_address_only_where_ehf_is_the_default(
    make_world, login
) -> None:
    api = login(make_world(customer_send_method="EHF"))
    found = api.write("POST", "customer", {"name": "Kari"})
    assert found["invoiceSendMethod"] == "EHF"
    body = {"name": "Kari", "invoiceSendMethod": "EHF"}
    assert fields_of(api.error("customer", "POST", body)[2]) == ["postalAddress"]


def test_organisation_number_has_to_fit_the_country(world, api) -> None:
    def body(number: str, country: int | None) -> dict:
        found = {"name": "Kari", "organizationNumber": number}
        if country:
            found["physicalAddress"] = {"country": {"id": country}}
        return found

    sweden = world.objects("country", fields="id,isoAlpha2Code")
    sweden = next(c["id"] for c in sweden if c["isoAlpha2Code"] == "SE")
    for country in (None, 161):
        wrong = body("556036-0793", country)
        assert fields_of(api.error("customer", "POST", wrong)[2]) == [
            "organizationNumber"
        ]
    kari = api.write("POST", "customer", body("556036-0793", sweden))
    path = f"customer/{kari['id']}"
    assert api.write("PUT", path, {"organizationNumber": "556016-0680"})
    assert api.write("POST", "supplier", body("923 609 016", None))
    world.settings(org_number_check=False)
    assert api.write("POST", "supplier", body("123", None))


def test_calls_at_the_same_time_get_ids_and_numbers_of_their_own(world, api) -> None:
    def create(place: int) -> dict:
        return api.as_user("0").write("POST", "customer", {"name": f"Kunde {place}"})

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(create, range(40)))
    assert len({customer["id"] for customer in made}) == 40
    numbers = sorted(customer["customerNumber"] for customer in made)
    assert numbers == list(range(10_001, 10_041))


def test_unused_object_is_deleted_and_a_used_one_is_not(api, kari) -> None:
    path = f"customer/{kari['id']}"
    order = api.write("POST", "order", order_body(kari))
    status, code, body = api.error(path, "DELETE")
    assert (status, code) == (422, 18000)
    assert "<li>Ordre: 1</li>" in body["validationMessages"][0]["message"]
    assert api.call("DELETE", f"order/{order['id']}").status_code == 204
    answer = api.call("DELETE", path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert api.error(path)[:2] == (404, 6000)


def test_contact_needs_a_name_or_an_address_and_goes_by_a_list(api, kari) -> None:
    assert api.error("contact", "POST", {})[:2] == (422, 18000)
    found = api.write("POST", "contact", {"firstName": "Åse"})
    assert api.error(f"contact/{found['id']}", "DELETE")[0] == 405
    answer = api.call("DELETE", "contact/list", params={"ids": found["id"]})
    assert answer.status_code == 204
    assert api.values("contact") == []


def test_product_number_and_name_are_unique(api) -> None:
    api.write("POST", "product", {"name": "Skrue", "number": "S1"})
    body = {"name": "Skrue", "number": "S1"}
    found = api.error("product", "POST", body)[2]["validationMessages"]
    assert [entry["field"] for entry in found] == ["name", "number"]
    assert found[1]["message"] == "Produktnummeret S1 er i bruk."


def test_unknown_vat_type_is_refused(api) -> None:
    body = {"name": "Skrue", "vatType": {"id": 999}}
    (message,) = api.error("product", "POST", body)[2]["validationMessages"]
    assert message["message"] == "Ugyldig mva-kode."
    assert message["field"] == "Internt felt (vatTypeId)"


def test_one_bad_element_fails_the_whole_list(api) -> None:
    bodies = [{"name": "Skrue"}, {"name": "Mutter", "colour": "red"}]
    assert api.error("product/list", "POST", bodies)[:2] == (422, 16000)
    twice = [{"name": "Skrue"}, {"name": "Skrue"}]
    assert api.error("product/list", "POST", twice)[:2] == (422, 18000)
    assert api.values("product") == []
    made = api.write("POST", "product/list", [{"name": "Skrue"}, {"name": "Mutter"}])
    changes = [{"id": made[0]["id"], "number": "1"}, {"id": 1, "number": "2"}]
    assert api.error("product/list", "PUT", changes)[:2] == (404, 6000)
    assert {product["number"] for product in api.values("product")} == {""}


def test_beta_lists_can_be_closed(make_world, login) -> None:
    api = login(make_world(beta_lists="forbidden"))
    assert api.error("customer/list", "POST", [{"name": "K"}])[:2] == (403, 9000)
    assert api.write("POST", "supplier/list", [{"name": "S"}])


def test_order_lines_are_priced(api, kari) -> None:
    order = api.write("POST", "order", order_body(kari), fields="*,orderLines(*)")
    (line,) = order["orderLines"]
    assert line["unitPriceIncludingVatCurrency"] == 1500
    assert line["amountExcludingVatCurrency"] == 3600
    assert line["amountIncludingVatCurrency"] == 4500


def test_order_can_be_answered_without_the_lines_it_has(make_world, login) -> None:
    world = make_world(order_answer_lines="empty")
    api, kari = login(world), world.add("customer", name="Kari")
    order = api.write("POST", "order", order_body(kari))
    assert order["orderLines"] == []
    assert len(api.value(f"order/{order['id']}")["orderLines"]) == 1


def test_line_without_count_or_price_of_its_own_comes_to_nothing(world, api, kari):
    product = world.add("product", name="Skrue", priceExcludingVatCurrency=10)
    reference = {"product": {"id": product["id"]}}
    body = order_body(kari, {**reference, "count": 2}, {"description": "Frakt"})
    order = api.write("POST", "order", body, fields="orderLines(*)")
    amounts = [line["amountExcludingVatCurrency"] for line in order["orderLines"]]
    assert amounts == [0, 0]


def test_line_needs_a_product_or_a_text_and_the_price_of_its_mode(api, kari) -> None:
    assert api.error("order", "POST", order_body(kari, {"count": 1}))[1] == 18000
    price = {"description": "x", "count": 1, "unitPriceIncludingVatCurrency": 125}
    body = order_body(kari, price)
    assert api.error("order", "POST", body)[1] == 18000
    body["isPrioritizeAmountsIncludingVat"] = True
    order = api.write("POST", "order", body, fields="orderLines(*)")
    assert order["orderLines"][0]["amountExcludingVatCurrency"] == 100
    assert len(api.values("order", **WINDOW)) == 1


def test_lines_change_only_when_asked_for_and_those_not_sent_go(api, kari) -> None:
    order = api.write("POST", "order", order_body(kari))
    path = f"order/{order['id']}"
    body = {"orderLines": [{"description": "Ny", "count": 1}], "reference": "R"}
    found = api.write("PUT", path, body)
    assert found["orderLines"] == order["orderLines"]
    found = api.write(
        "PUT", path, body, updateLinesAndGroups="true", fields="*,orderLines(*)"
    )
    assert [line["description"] for line in found["orderLines"]] == ["Ny"]


def test_order_is_charged_once(world, api, kari) -> None:
    order = api.write("POST", "order", order_body(kari))
    path = f"order/{order['id']}/:invoice"
    invoice = api.write("PUT", path, invoiceDate="2026-02-01", sendToCustomer="false")
    assert invoice["invoiceDueDate"] == "2026-02-15"
    assert invoice["isCharged"] is True
    assert api.value(f"order/{order['id']}")["isClosed"] is True
    assert api.error(path, "PUT", invoiceDate="2026-02-01")[:2] == (422, 18000)
    assert world.outbox() == []


def test_invoices_are_sent_unless_the_call_says_otherwise(world, api, kari) -> None:
    body = invoice_body(order_body(kari))
    invoice = api.write("POST", "invoice", body)
    (mail,) = world.outbox()
    assert (mail["invoice"], mail["to"]) == (invoice["id"], "kari@example.org")
    api.write("POST", "invoice", body, sendToCustomer="false")
    assert len(world.outbox()) == 1
    api.call("PUT", f"invoice/{invoice['id']}/:send", params={"sendType": "PAPER"})
    assert world.outbox()[1]["sendType"] == "PAPER"


def test_invoice_needs_one_order_a_bank_account_and_its_dates(world, api, kari) -> None:
    order = order_body(kari)
    for orders in ([], [order, order]):
        body = {**invoice_body(order), "orders": orders}
        assert api.error("invoice", "POST", body)[:2] == (422, 18000)
    found = fields_of(api.error("invoice", "POST", {"orders": [order]})[2])
    assert found == ["invoiceDate", "invoiceDueDate"]
    for account in world.objects("ledger/account"):
        if account["isBankAccount"]:
            world.update("ledger/account", account["id"], bankAccountNumber="")
    body = api.error("invoice", "POST", invoice_body(order))[2]
    assert "bankkontonummer" in body["validationMessages"][0]["message"]
    assert world.objects("invoice") == []
    assert world.outbox() == []


def test_list_of_invoices_takes_a_hundred(api, kari) -> None:
    bodies = [invoice_body(order_body(kari))] * 101
    assert api.error("invoice/list", "POST", bodies)[:2] == (422, 18000)
    made = api.write("POST", "invoice/list", bodies[:100], sendToCustomer="false")
    assert len({invoice["invoiceNumber"] for invoice in made}) == 100


def test_payment_takes_the_type_of_its_own_company(world, api, kari) -> None:
    invoice = api.write("POST", "invoice", invoice_body(order_body(kari)))
    path = f"invoice/{invoice['id']}/:payment"
    bank = api.values("invoice/paymentType", description="bank")[0]["id"]
    params = {"paymentDate": "2026-01-20", "paidAmount": 500}
    assert fields_of(api.error(path, "PUT", **params)[2]) == ["paymentTypeId"]
    assert api.error(path, "PUT", **params, paymentTypeId=1)[:2] == (404, 6000)
    found = api.write("PUT", path, **params, paymentTypeId=bank)
    assert found["amountOutstanding"] == 4000


def test_whole_invoice_is_credited_once(api, kari) -> None:
    invoice = api.write("POST", "invoice", invoice_body(order_body(kari)))
    path = f"invoice/{invoice['id']}/:createCreditNote"
    note = api.write("PUT", path, date="2026-01-20")
    assert (note["amount"], note["creditedInvoice"]) == (-4500, invoice["id"])
    assert api.error(path, "PUT", date="2026-01-20")[:2] == (422, 18000)
