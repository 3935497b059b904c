# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Searches, pages and batch reads (dossier §1, §3.4, §4, §5, §7)."""

from __future__ import annotations

import requests


def ids(records):
    """Return the ids of records."""
    return [record["id"] for record in records]


def test_one_id_reads_an_object_and_several_a_list(api):
    first, second = api.invoice()["id"], api.invoice()["id"]
    assert api.get(f"/invoices/{first}")["id"] == first
    assert ids(api.get(f"/invoices/{second},{first}")) == [first, second]


def test_doubled_ids_come_once_and_unknown_ones_are_missing(api):
    made = api.invoice()["id"]
    assert ids(api.get(f"/invoices/{made},{made},1")) == [made]
    assert api.refusal("GET", "/invoices/1,2")[0] == 404
    assert api.refusal("GET", "/invoices/1")[0] == 404


def test_two_hundred_ids_are_read_and_one_more_is_refused(api):
    made = api.invoice()["id"]
    many = ",".join(str(made + place) for place in range(200))
    assert ids(api.get(f"/invoices/{many}")) == [made]
    assert api.refusal("GET", f"/invoices/{many},1")[0] == 400


def test_partners_and_products_are_read_in_batches_too(api):
    api.world.seed(partners=3, products=3)
    for table in ("businesspartners", "products"):
        known = ids(api.world.objects(table))
        found = api.get(f"/{table}/{','.join(map(str, reversed(known)))}")
        assert ids(found) == known


def test_what_is_no_number_is_no_id(api):
    assert api.refusal("GET", "/invoices/abc")[0] == 400
    api.world.settings(bad_ids=404)
    assert api.refusal("GET", "/invoices/abc")[0] == 404


def test_pages_count_from_zero_and_hold_fifty(api):
    api.world.seed(partners=60)
    body = api.get("/businesspartners")
    assert body["meta"] == {
        "pageNumber": 0,
        "pageSize": 50,
        "resultCount": 50,
        "totalCount": 60,
    }
    assert api.get("/businesspartners", page=1)["meta"]["resultCount"] == 10
    assert api.found("/businesspartners", page=2) == []


def test_the_newest_id_comes_first_unless_asked_otherwise(api):
    api.world.seed(partners=5)
    down = ids(api.found("/businesspartners"))
    assert down == sorted(down, reverse=True)
    assert ids(api.found("/businesspartners", orderById="ASC")) == down[::-1]


def test_a_cursor_reaches_every_record_once(api):
    api.world.seed(partners=7)
    found, last = [], 0
    while True:
        page = api.found("/businesspartners", orderById="ASC", size=3, previousId=last)
        if not page:
            break
        found += ids(page)
        last = found[-1]
    assert found == ids(api.world.objects("businesspartners"))


def test_a_cursor_goes_downwards_by_default(api):
    api.world.seed(partners=4)
    first = ids(api.found("/businesspartners", size=2))
    rest = ids(api.found("/businesspartners", size=2, previousId=first[-1]))
    assert first + rest == sorted(first + rest, reverse=True) and len(rest) == 2


def test_bad_pages_are_refused(api):
    for name, value in (("size", 201), ("size", 0), ("page", -1), ("orderById", "UP")):
        status, fields = api.refusal("GET", "/invoices", params={name: value})
        assert (status, list(fields)) == (400, [name])


def test_what_is_told_of_a_page_is_a_setting(api):
    api.world.settings(meta="without_total")
    assert "totalCount" not in api.get("/invoices")["meta"]
    api.world.settings(meta="absent")
    assert api.get("/invoices") == {"results": []}


def test_products_have_no_pages_but_a_cursor(api):
    api.world.seed(products=5)
    every = ids(api.found("/products"))
    assert every == sorted(every)
    assert ids(api.found("/products", page=1, size=2)) == every[:2]
    assert ids(api.found("/products", previousId=every[1], size=2)) == every[2:4]
    api.world.settings(product_order="DESC")
    assert ids(api.found("/products")) == every[::-1]


def test_an_original_number_also_finds_those_it_is_part_of(api):
    api.invoice(originalInvoiceNumber="SO00042")
    api.invoice(originalInvoiceNumber="SO000421")
    assert len(api.found("/invoices", originalInvoiceNumber="so00042")) == 2
    api.world.settings(original_number_match="exact")
    found = api.found("/invoices", originalInvoiceNumber="SO00042")
    assert [one["originalInvoiceNumber"] for one in found] == ["SO00042"]


def test_a_search_tells_less_than_the_invoice(api):
    made = api.step(api.invoice(), "approve")
    api.world.pay_invoice(made["id"])
    found = api.found("/invoices")[0]
    assert found["status"] == "PAID" and found["dueDate"] == "2026-01-29"
    assert "paymentDate" not in found and "invoiceRows" not in found
    assert "paymentDate" in api.get(f"/invoices/{made['id']}")


def test_invoices_are_found_by_status_type_and_channel(api):
    api.world.seed(partners=2, products=2, invoices=4, sent=3, paid=1)
    assert len(api.found("/invoices", status="SENT,PAID")) == 3
    assert len(api.found("/invoices", status=["SENT", "UNFINISHED"])) == 3
    assert len(api.found("/invoices", types="SALES_INVOICE")) == 4
    assert api.found("/invoices", types="SALES_ORDER") == []
    assert api.found("/invoices", invoiceChannel="MAIL") == []
    assert api.refusal("GET", "/invoices", params={"status": "DONE"})[0] == 400


def test_invoices_are_found_by_their_days(api):
    for day in ("2026-01-10", "2026-01-20"):
        api.invoice(date=day)
    found = api.found("/invoices", startDate="2026-01-10", endDate="2026-01-19")
    assert [one["date"] for one in found] == ["2026-01-10"]
    assert len(api.found("/invoices", dueStartDate="2026-01-29")) == 2
    assert api.found("/invoices", dueEndDate="2026-01-28") == []
    assert api.refusal("GET", "/invoices", params={"startDate": "1.1.2026"})[0] == 400


def test_invoices_are_found_by_partner_product_number_and_term(api):
    partner, product = api.partner(), api.product()
    row = {**api.invoice_body()["invoiceRows"][0], "productId": product["id"]}
    made = api.invoice(partnerId=partner["id"], invoiceRows=[row])
    api.invoice(counterParty={"counterPartyAddress": {"name": "Aivan Muu Oy"}})
    for params in (
        {"businessPartnerId": partner["id"]},
        {"productId": f"{product['id']},1"},
        {"invoiceNumber": made["invoiceNumber"]},
        {"searchTerm": "esimerkki"},
    ):
        assert ids(api.found("/invoices", **params)) == [made["id"]]


def test_changes_are_found_by_version_both_ends_included(make_world, caller):
    world = make_world(time_zone="UTC")
    world.clock(set="2026-01-15T10:00:00Z", frozen=True)
    own = caller(world).login()
    first = own.invoice()
    world.clock(advance=60)
    second = own.invoice()
    at = second["version"]
    assert at == "2026-01-15T10:01:00"
    assert ids(own.found("/invoices", versionStartDate=at)) == [second["id"]]
    found = own.found("/invoices", versionEndDate=first["version"])
    assert ids(found) == [first["id"]]
    world.settings(version_range="exclusive")
    assert own.found("/invoices", versionStartDate=at) == []


def test_moments_are_told_in_finnish_time_without_a_zone(api):
    api.world.clock(set="2026-07-01T21:30:00Z", frozen=True)
    assert api.login().invoice()["version"] == "2026-07-02T00:30:00"


def test_a_customer_number_also_finds_those_it_is_part_of(api):
    for number in ("1001", "10010"):
        info = {"customerNumber": number, "identifier": None, "identifierType": None}
        api.partner(invoicingInfo=info)
    assert len(api.found("/businesspartners", customerNumber="1001")) == 2
    api.world.settings(customer_number_match="exact")
    assert len(api.found("/businesspartners", customerNumber="1001")) == 1


def test_name_and_business_id_travel_as_headers_only(api):
    api.partner()
    api.world.seed(partners=2)
    headers = {"identifier": "1234567-1"}
    assert len(api.found("/businesspartners", headers=headers)) == 1
    assert len(api.found("/businesspartners", headers={"name": "esimerkki"})) == 1
    params = {"identifier": "1234567-1", "name": "nobody"}
    assert len(api.found("/businesspartners", **params)) == 3, "not a parameter"


def test_a_header_in_latin_1_finds_finnish_letters(api):
    api.partner(name="Äänekosken Öljy Oy")
    found = api.found("/businesspartners", headers={"name": "Öljy".encode("latin-1")})
    assert len(found) == 1


def test_only_active_partners_are_told_unless_others_are_asked_for(api):
    api.partner(registryInfo={"active": False})
    assert api.found("/businesspartners") == []
    assert len(api.found("/businesspartners", active="false")) == 1


def test_a_partner_search_tells_little(api):
    api.partner()
    found = api.found("/businesspartners")[0]
    assert found.keys() == {
        *("id", "name", "type", "version", "billingAddress", "invoicingInfo"),
        "registryInfo",
    }


def test_a_product_code_also_finds_those_it_is_part_of(api):
    api.product(code="KUPPI-1")
    api.product(code="KUPPI-12")
    api.product(code="KUPPI-1", type="PURCHASE")
    api.product(code="KUPPI-1", type="TRAVEL")
    assert len(api.found("/products", code="KUPPI-1")) == 3
    assert len(api.found("/products", code="KUPPI-1", type="SALES")) == 2


def test_localized_names_are_told_if_asked_for(api):
    names = [{"language": "SWEDISH", "productName": "Kaffekopp"}]
    made = api.product(productLocalizations=names)
    path = f"/products/{made['id']}"
    assert "productLocalizations" not in api.get(path)
    found = api.get(path, includeLocalizations="true")
    assert found["productLocalizations"] == names


def test_a_get_with_a_body_is_stopped_in_front(api):
    answer = api.call("GET", "/invoices", {})
    assert answer.status_code == 403 and "html" in answer.headers["Content-Type"]
    api.world.settings(get_with_body=0)
    assert api.call("GET", "/invoices", {}).status_code == 200


def test_an_address_that_is_not_there_is_404(api):
    for path in ("/customers", "/invoices/1/pdf", "/invoices/1/credit"):
        assert api.refusal("GET", path)[0] == 404
    assert requests.get(f"{api.host}/v9/api/status").status_code == 404
    made = api.invoice()
    assert api.refusal("DELETE", f"/invoices/{made['id']}")[0] == 404


def test_a_fault_lets_a_page_begin_one_record_early(api):
    api.world.seed(partners=4)
    first = ids(api.found("/businesspartners", size=2))
    api.world.fault("^/api/businesspartners$", shift=1)
    down = api.found("/businesspartners", size=2, previousId=first[-1])
    assert ids(down)[0] == first[-1]
    by_page = api.found("/businesspartners", size=2, page=1)
    assert ids(by_page)[0] == first[-1]


def test_how_business_ids_and_invoice_numbers_match_is_a_setting(api):
    api.partner()
    made = api.invoice()
    part = str(made["invoiceNumber"])[:3]
    headers = {"identifier": "1234567"}
    assert api.found("/businesspartners", headers=headers) == []
    assert api.found("/invoices", invoiceNumber=part) == []
    api.world.settings(identifier_match="part", invoice_number_match="part")
    assert len(api.found("/businesspartners", headers=headers)) == 1
    assert len(api.found("/invoices", invoiceNumber=part)) == 1


def test_a_mistake_inside_is_a_page_500_and_told_as_such(api):
    made = api.partner()
    api.world.update("businesspartners", made["id"], registryInfo=None)
    answer = api.call("GET", "/businesspartners")
    assert answer.status_code == 500 and "nginx" in answer.text
    assert api.world.calls()[-1]["reason"].startswith("stand-in:")
    api.world.settings(error_500="json")
    assert api.refusal("GET", "/businesspartners")[0] == 500
