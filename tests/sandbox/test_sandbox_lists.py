# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists: paging, filters, sorting, windows, limits (dossier §4, §5, §8)."""

from __future__ import annotations

from datetime import date

import pytest

WINDOW = {"invoiceDateFrom": "2000-01-01", "invoiceDateTo": "2100-01-01"}


@pytest.fixture
def shop(make_world, login):
    """Return a caller in a world with some of everything."""
    size = {"customers": 25, "also_suppliers": 3, "suppliers": 4, "products": 12}
    size |= {"contacts": 6, "invoices": 8, "inactive_customers": 2}
    return login(make_world(size=size))


def test_size_tells_only_whether_there_is_more(shop) -> None:
    sizes = [
        shop.get("customer", **{"from": start, "count": 10})["fullResultSize"]
        for start in (0, 10, 20)
    ]
    assert sizes == [11, 21, 25]


@pytest.mark.parametrize(("rule", "size"), [("exact", 25), ("zero", 0)])
def test_size_can_be_a_total_or_nothing(shop, rule, size) -> None:
    shop.world.settings(full_result_size=rule)
    assert shop.get("customer", count=10)["fullResultSize"] == size


def test_pages_cover_everything_once(shop) -> None:
    pages = [
        shop.values("customer", **{"from": start, "count": 7, "sorting": "id"})
        for start in range(0, 35, 7)
    ]
    ids = [record["id"] for page in pages for record in page]
    assert len(ids) == len(set(ids)) == 25
    assert ids == sorted(ids)


def test_reading_past_the_end_gives_an_empty_page(shop) -> None:
    page = shop.get("customer", **{"from": 100})
    assert (page["count"], page["values"]) == (0, [])


def test_unknown_parameters_are_ignored(shop) -> None:
    assert len(shop.values("customer", name="Nobody", isinactive="true")) == 25


def test_inactive_customers_are_left_out_unless_asked_for(shop) -> None:
    assert len(shop.values("customer", isInactive="true")) == 2
    shop.world.settings(inactive_default="shown")
    assert len(shop.values("customer")) == 27


def test_filters_narrow_the_list(shop) -> None:
    first, second, *_rest = shop.values("customer", sorting="id")

    def found(path="customer", **params):
        return [record["id"] for record in shop.values(path, **params)]

    both = [first["id"], second["id"]]
    assert found(id=f"{both[0]},{both[1]}") == both
    assert found(organizationNumber=first["organizationNumber"]) == both[:1]
    assert found(customerAccountNumber=second["customerNumber"]) == both[1:]
    assert both[0] in found(customerName=first["name"][1:5].upper())
    assert found(customerName="§§") == []
    contact = shop.values("contact")[0]
    assert contact["id"] in found("contact", customerId=contact["customer"]["id"])
    product = next(p for p in shop.values("product") if p["number"])
    assert found("product", productNumber=product["number"]) == [product["id"]]
    low = found(
        "product", priceExcludingVatCurrencyTo=product["priceExcludingVatCurrency"]
    )
    assert product["id"] not in low


def test_several_product_numbers_come_as_repeated_parameters(shop) -> None:
    numbers = [p["number"] for p in shop.values("product") if p["number"]][:2]
    assert len(shop.values("product", productNumber=numbers)) == 2


def test_old_number_filter_of_products_takes_integers_only(shop) -> None:
    status, code, body = shop.error("product", number="P-10001")
    assert (status, code) == (422, 15000)
    assert body["validationMessages"][0]["field"] == "number"


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("invoice", ["invoiceDateFrom", "invoiceDateTo"]),
        ("supplierInvoice", ["invoiceDateFrom", "invoiceDateTo"]),
        ("order", ["orderDateFrom", "orderDateTo"]),
        ("ledger/voucher", ["dateFrom", "dateTo"]),
        ("ledger/posting", ["dateFrom", "dateTo"]),
        ("ledger/closeGroup", ["dateFrom", "dateTo"]),
        ("ledger/posting/openPost", ["date"]),
    ],
)
def test_missing_date_window_is_refused_naming_each_field(shop, path, names) -> None:
    status, code, body = shop.error(path)
    assert (status, code) == (422, 15000)
    assert [entry["field"] for entry in body["validationMessages"]] == names


def test_upper_bound_of_a_date_window_is_excluded(shop) -> None:
    invoice = shop.values("invoice", **WINDOW)[0]
    day = invoice["invoiceDate"]

    def ids(first: str, last: str) -> list[int]:
        window = {"invoiceDateFrom": first, "invoiceDateTo": last}
        return [record["id"] for record in shop.values("invoice", **window)]

    assert invoice["id"] not in ids("2000-01-01", day)
    assert invoice["id"] in ids(day, "2100-01-01")


def test_sorting_by_several_fields_and_through_references(shop) -> None:
    names = [r["name"] for r in shop.values("customer", sorting="-name,id")]
    assert names == sorted(names, reverse=True)
    rows = shop.values(
        "invoice", **WINDOW, sorting="customer.name", fields="id,customer(name)"
    )
    names = [row["customer"]["name"] for row in rows]
    assert names == sorted(names)


@pytest.mark.parametrize("sorting", ["nonsense", "customer.nonsense", "name.first"])
def test_wrong_sorting_is_refused(shop, sorting) -> None:
    status, code, body = shop.error("invoice", **WINDOW, sorting=sorting)
    assert (status, code) == (422, 17000)
    assert f"'{sorting}'" in body["message"]


def test_enumerations_are_upper_case(shop) -> None:
    assert shop.values("ledger/vatType", typeOfVat="OUTGOING")
    assert shop.error("ledger/vatType", typeOfVat="outgoing")[:2] == (404, 21000)


@pytest.mark.parametrize("params", [{"count": "many"}, {"id": "x"}])
def test_parameter_of_the_wrong_kind_is_refused(shop, params) -> None:
    assert shop.error("customer", **params)[:2] == (422, 21000)


def test_large_result_of_a_filter_is_refused_whatever_the_page(shop) -> None:
    shop.world.settings(row_limit=20)
    assert len(shop.values("customer", count=5)) == 5
    status, code, body = shop.error(
        "customer", count=5, changedSince="2000-01-01T00:00:00"
    )
    assert (status, code) == (422, 23000)
    assert body["message"] == "Result set too large. Limit of 10000 reached."
    shop.world.settings(row_limit_applies="always")
    assert shop.error("customer", count=5)[:2] == (422, 23000)
    shop.world.settings(row_limit_applies="never")
    assert shop.values("customer", changedSince="2000-01-01T00:00:00")


def test_hundred_thousand_customers_can_be_paged_without_a_filter(make_world, login):
    world = make_world(size={"customers": 10_050})
    api = login(world)
    page = api.values("customer", **{"from": 10_000, "fields": "id"})
    assert len(page) == 50


def test_sales_modules_have_values_and_no_size(shop) -> None:
    found = shop.get("company/salesmodules")
    assert found["fullResultSize"] == 0
    assert {"name": "API_V2", "costStartDate": "2024-01-01"} in found["values"]


def test_predefined_ids_of_vat_types_are_not_their_numbers(shop) -> None:
    vat = {entry["id"]: entry for entry in shop.values("ledger/vatType")}
    assert (vat[32]["number"], vat[32]["percentage"]) == ("33", 12)
    assert (vat[34]["number"], vat[34]["percentage"]) == ("86", -25)
    assert vat[311]["percentage"] == 11.11
    codes = {c["id"]: c["code"] for c in shop.values("currency")}
    assert (codes[1], codes[5]) == ("NOK", "EUR")
    (norway,) = shop.values("country", code="NO")
    assert norway["id"] == 161


def test_who_is_customer_and_supplier_has_one_id(shop) -> None:
    customers = {r["id"] for r in shop.values("customer") if r["isSupplier"]}
    suppliers = {r["id"] for r in shop.values("supplier") if r["isCustomer"]}
    assert len(customers) == 3
    assert customers == suppliers


def test_who_is_customer_and_supplier_can_have_two_ids(make_world, login) -> None:
    size = {"customers": 5, "also_suppliers": 3, "suppliers": 1}
    world = make_world(party_ids="two", size=size)
    api = login(world)
    customers = [r for r in api.values("customer") if r["isSupplier"]]
    suppliers = [r for r in api.values("supplier") if r["isCustomer"]]
    assert not {r["id"] for r in customers} & {r["id"] for r in suppliers}
    numbers = sorted(r["organizationNumber"] for r in customers)
    assert numbers == sorted(r["organizationNumber"] for r in suppliers)
    world.update("customer", customers[0]["id"], email="ny@example.org")
    found = api.values("supplier", supplierNumber=customers[0]["supplierNumber"])
    assert found[0]["email"] == "ny@example.org"


def test_rate_limit_is_told_in_headers_and_429_has_no_reset(world, api) -> None:
    world.settings(rate_limit=3, rate_window=60)
    world.clock(set="2026-03-10T12:00:00Z", frozen=True)
    api.login(until=date(2026, 3, 20))
    left = [
        api.call("GET", "customer").headers["X-Rate-Limit-Remaining"] for _n in range(3)
    ]
    assert left == ["2", "1", "0"]
    answer = api.call("GET", "customer")
    assert answer.status_code == 429
    assert "X-Rate-Limit-Reset" not in answer.headers
    world.clock(advance=60)
    again = api.call("GET", "customer")
    assert (again.status_code, again.headers["X-Rate-Limit-Reset"]) == (200, "60")


def test_clients_of_an_office_share_one_budget(world, login) -> None:
    world.add_office(clients=["A AS", "B AS"])
    world.settings(rate_limit=2, rate_window=3600)
    office = login(world, "office")
    first, second = (office.as_user(n) for n in world.credentials["client_ids"])
    statuses = [c.call("GET", "customer").status_code for c in (first, second, first)]
    assert statuses == [200, 200, 429]


def test_unknown_paths_ids_and_methods_are_told_apart(api) -> None:
    assert api.error("customers")[:2] == (404, 21000)
    assert api.error("customer/1")[:2] == (404, 6000)
    assert api.error("customer/abc")[:2] == (400, 12000)
    assert api.error("invoice/1", "DELETE")[0] == 405
