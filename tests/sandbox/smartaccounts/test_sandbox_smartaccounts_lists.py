# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists: pages, filters by day and by change, deletions, how things look."""

from __future__ import annotations

from collections import Counter

import pytest
import requests

JANUARY = {"dateFrom": "01.01.2026", "dateTo": "31.01.2026"}
CLIENTS = "purchasesales/clients"


@pytest.mark.parametrize(
    ("count", "pages"), [(0, [0]), (100, [100]), (101, [100, 1]), (201, [100, 100, 1])]
)
def test_month_comes_in_pages_of_a_hundred(api, count: int, pages: list[int]) -> None:
    made = api.world.seed_month("2026-01", count, neighbours=True)
    found = [
        api.get("general/entries", pageNumber=place, **JANUARY)
        for place in range(1, len(pages) + 1)
    ]
    assert [len(page["entries"]) for page in found] == pages
    more = [page["hasMoreEntries"] for page in found]
    assert more == [True] * (len(pages) - 1) + [False]
    entries = [entry for page in found for entry in page["entries"]]
    assert len({entry["id"] for entry in entries}) == made["total"] == count
    assert Counter(entry["docType"] for entry in entries) == made["kinds"]
    assert {made["before"], made["after"]}.isdisjoint(e["id"] for e in entries)


def test_month_is_entered_from_its_first_to_its_last_second(api) -> None:
    world = api.world
    made = world.seed_month("2026-07", 30, neighbours=True)
    moments = sorted(entry["_entered"] for entry in world.objects("entries"))
    assert len(moments) == 32
    assert moments[:2] == ["2026-06-30T20:59:59+00:00", "2026-06-30T21:00:00+00:00"]
    assert moments[-2:] == ["2026-07-31T20:59:59+00:00", "2026-07-31T21:00:00+00:00"]
    changed = {"dateType": "modifydate", "dateFrom": "01.07.2026_00:00:00"}
    july = api.all(
        "general/entries", "entries", dateTo="31.07.2026_23:59:59", **changed
    )
    assert len(july) == 30
    assert made["after"] not in [entry["id"] for entry in july]
    whole_day = api.all("general/entries", "entries", dateTo="31.07.2026", **changed)
    assert [entry["id"] for entry in whole_day] == [entry["id"] for entry in july]
    following = api.all("general/entries", "entries", dateTo="01.08.2026", **changed)
    assert made["after"] in [entry["id"] for entry in following]


def test_entries_agree_with_the_documents_behind_them(api) -> None:
    kinds = {"CLIENT_INVOICE": 12, "VENDOR_INVOICE": 7, "CASH_PAYMENT": 2, "X_NEW": 1}
    api.world.seed_month("2026-01", kinds={**kinds, "BANK_PAYMENT": 3})
    count = {"pageNumber": 1, "dateType": "entrydate", **JANUARY}
    sales = api.get("purchasesales/clientinvoices", **count)["clientInvoices"]
    bills = api.get("purchasesales/vendorinvoices", **count)["vendorInvoices"]
    payments = api.get("purchasesales/payments", **JANUARY)["payments"]
    assert (len(sales), len(bills), len(payments)) == (12, 7, 5)
    entries = api.get("general/entries", **JANUARY)["entries"]
    numbers = {e["number"] for e in entries if e["docType"] == "CLIENT_INVOICE"}
    assert numbers == {invoice["number"] for invoice in sales}
    only = api.get("general/entries", docType="X_NEW", **JANUARY)["entries"]
    assert [entry["docType"] for entry in only] == ["X_NEW"]


def test_same_seed_makes_the_same_books(make_world) -> None:
    size = {"clients": 5, "vendors": 3, "articles": 4, "client_invoices": 6}
    one, other = make_world(size=size), make_world(size=size)
    for name in ("clients", "articles"):
        fields = "name,code,description,regCode"
        assert one.objects(name, fields=fields) == other.objects(name, fields=fields)


def test_page_after_the_last_is_empty_and_page_size_can_change(api) -> None:
    api.world.seed(clients=7)
    api.world.settings(page_size=3)
    sizes = [len(api.get(CLIENTS, pageNumber=n)["clients"]) for n in (1, 2, 3, 4)]
    assert sizes == [3, 3, 1, 0]
    assert api.get(CLIENTS, pageNumber=4)["hasMoreEntries"] is False
    assert len(api.all(CLIENTS, "clients")) == 7


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5"])
def test_page_number_has_to_be_a_number_from_one(api, number: str) -> None:
    wanted = (400, ["INVALID-PARAMETER"])
    assert api.refusal(f"{CLIENTS}:get", pageNumber=number) == wanted


@pytest.mark.parametrize(
    "service",
    [
        "general/entries",
        "purchasesales/payments",
        "purchasesales/clientinvoices",
        "purchasesales/vendorinvoices",
    ],
)
def test_bookings_are_refused_without_date_from(api, service: str) -> None:
    assert api.refusal(f"{service}:get") == (400, ["PARAMETER-MISSING"])
    assert api.refusal(f"{service}:get", dateTo="31.01.2026")[0] == 400
    assert api.refusal(f"{service}:get", invoiceNumber="26001")[0] == 400
    assert api.refusal(f"{service}:get", paymentStatus="")[0] == 400
    assert api.get(service, id="none")
    assert api.get(service, dateFrom="01.01.2026")
    api.world.settings(date_from_needed="invoices")
    needed = service.endswith("invoices")
    assert api.call(f"{service}:get").status_code == (400 if needed else 200)


@pytest.mark.parametrize(
    "params",
    [
        {"dateFrom": "2026-01-01"},
        {"dateFrom": "31.02.2026"},
        {"dateFrom": "1.1.2026"},
        {"dateFrom": "01.01.2026_10:00:00"},
        {"dateFrom": "01.01.2026", "dateType": "duedate"},
        {"dateFrom": "01.01.2026_24:00:00", "dateType": "modifydate"},
        {"dateFrom": "01.01.2026", "docType": "NONSENSE"},
        {"dateFrom": "01.01.2026", "paymentStatus": "paid"},
    ],
)
def test_parameter_of_no_use_is_refused(api, params) -> None:
    wanted = (400, ["INVALID-PARAMETER"])
    assert api.refusal("general/entries:get", **params) == wanted


def test_unknown_parameters_are_ignored(api) -> None:
    api.world.seed(articles=3)
    assert len(api.get("purchasesales/articles", type="WH")["articles"]) == 3


def test_date_to_includes_its_day_unless_the_setting_excludes_it(api) -> None:
    for day in ("30.01.2026", "31.01.2026", "01.02.2026"):
        api.world.add("entries", date=day, docType="BANK_PAYMENT")
    days = [e["date"] for e in api.get("general/entries", **JANUARY)["entries"]]
    assert days == ["30.01.2026", "31.01.2026"]
    api.world.settings(date_to="exclusive")
    days = [e["date"] for e in api.get("general/entries", **JANUARY)["entries"]]
    assert days == ["30.01.2026"]


def test_invoices_are_found_by_each_of_their_days(shop) -> None:
    days = {"entryDate": "03.02.2026", "dueDate": "05.03.2026"}
    shop.sell(date="30.01.2026", **days)
    for kind, month in (("date", "01"), ("entrydate", "02"), ("duedate", "03")):
        for tried in ("01", "02", "03"):
            period = {"dateFrom": f"01.{tried}.2026", "dateTo": f"28.{tried}.2026"}
            if kind == "date":
                period["dateTo"] = f"30.{tried}.2026" if tried != "02" else "28.02.2026"
            page = api_page(shop, dateType=kind, **period)
            assert len(page) == (1 if tried == month else 0)


def api_page(shop, **params):
    """Return one page of sales invoices."""
    return shop.api.get("purchasesales/clientinvoices", **params)["clientInvoices"]


def test_changes_of_the_books_are_seen_afterwards(api) -> None:
    world = api.world
    made = world.seed_month("2026-01", kinds={"LEDGER_ENTRY": 3, "BANK_PAYMENT": 2})
    ids = [entry["id"] for entry in world.objects("entries")]
    seen = {"dateType": "modifydate", "dateFrom": "10.02.2026_12:00:00"}
    assert api.get("general/entries", **seen) == {
        "entries": [],
        "hasMoreEntries": False,
        "deleted": [],
    }
    world.update("entries", ids[0], at="2026-02-10T10:00:00Z", document="Parandus")
    late = world.add(
        "entries", at="2026-02-11T08:00:00Z", date="31.01.2026", docType="VAT_RETURN"
    )
    manual = [
        entry["id"]
        for entry in world.objects("entries")
        if entry["docType"] == "LEDGER_ENTRY" and entry["id"] != ids[0]
    ]
    world.delete("entries", manual[0], at="2026-02-12T08:00:00Z")
    page = api.get("general/entries", **seen)
    assert [entry["id"] for entry in page["entries"]] == [ids[0], late["id"]]
    assert page["deleted"] == [manual[0]]
    january = api.all("general/entries", "entries", **JANUARY)
    assert len(january) == made["total"]
    assert manual[0] not in [entry["id"] for entry in january]


def test_deletions_stand_on_the_first_page_of_a_change_history_only(api) -> None:
    world = api.world
    world.settings(page_size=2)
    world.seed_month("2026-01", kinds={"LEDGER_ENTRY": 5}, documents=False)
    gone = world.objects("entries")[0]["id"]
    world.delete("entries", gone, at="2026-02-01T10:00:00Z")
    history = {"dateType": "modifydate", "dateFrom": "01.01.2026"}
    assert api.get("general/entries", **history)["deleted"] == [gone]
    assert "deleted" not in api.get("general/entries", pageNumber=2, **history)
    assert "deleted" not in api.get("general/entries", **JANUARY)
    later = {"dateType": "modifydate", "dateFrom": "01.02.2026_12:00:01"}
    assert api.get("general/entries", **later)["deleted"] == []


def test_deletions_do_not_end_with_date_to(api) -> None:
    entry = api.world.add("entries", date="15.01.2026", docType="LEDGER_ENTRY")
    api.world.delete("entries", entry["id"], at="2026-03-01T10:00:00Z")
    found = api.get("general/entries", dateType="modifydate", **JANUARY)
    assert found["deleted"] == [entry["id"]]


def test_partners_tell_of_changes_to_the_second(api) -> None:
    world = api.world
    one = world.add("clients", name="Õun OÜ", at="2026-01-10T10:00:00Z")
    world.add("clients", name="Kask OÜ", at="2026-01-10T10:00:01Z")
    gone = world.add("clients", name="Saar OÜ", at="2026-01-10T09:00:00Z")
    world.delete("clients", gone["id"], at="2026-01-11T09:00:00Z")
    page = api.get(CLIENTS, modifiedFrom="10.01.2026_12:00:01")
    assert [found["name"] for found in page["clients"]] == ["Kask OÜ"]
    assert page["deleted"] == [gone["id"]]
    page = api.get(CLIENTS, modifiedTo="10.01.2026_12:00:00")
    assert [found["id"] for found in page["clients"]] == [one["id"]]
    world.settings(deleted_with_modified_from=False)
    assert "deleted" not in api.get(CLIENTS, modifiedFrom="10.01.2026_12:00:01")


def test_filter_in_the_doubled_hour_means_the_hour_of_the_setting(api) -> None:
    world = api.world
    world.add("clients", name="Suvi OÜ", at="2026-10-25T00:30:00Z")
    world.add("clients", name="Talv OÜ", at="2026-10-25T01:30:00Z")
    for how, names in (("first", ["Suvi OÜ", "Talv OÜ"]), ("second", ["Talv OÜ"])):
        world.settings(doubled_hour=how)
        page = api.get(CLIENTS, modifiedFrom="25.10.2026_03:15:00")
        assert [found["name"] for found in page["clients"]] == names


@pytest.mark.parametrize("text", ["tamm", "EHITUS", "2345"])
def test_partners_are_found_loosely(shop, text: str) -> None:
    shop.world.add("clients", name="Tammsaare Tamm OÜ", regCode="91234599")
    found = shop.api.get(CLIENTS, nameOrRegCode=text)["clients"]
    assert shop.client in [client["id"] for client in found]
    assert shop.api.get(CLIENTS, nameOrRegCode="Tamm Ehitus AS")["clients"] == []


def test_parts_come_only_if_they_are_asked_for(shop) -> None:
    shop.world.add("clients", name="Õ", address={"country": "EE", "city": "Võru"})
    service = "purchasesales/clients"
    plain = shop.api.get(service)["clients"][-1]
    assert {"address", "contacts", "comment", "documents"}.isdisjoint(plain)
    whole = shop.api.get(service, fetchAddresses="true", fetchContacts="true")
    assert whole["clients"][-1]["address"]["city"] == "Võru"
    papers = [{"fileName": "leping.pdf", "description": "Leping"}]
    shop.world.add("clients", name="Ä", documents=papers)
    assert "documents" not in shop.api.get(service)["clients"][-1]
    found = shop.api.get(service, fetchDocuments="true")["clients"]
    assert [client["documents"] for client in found] == [[], [], papers]
    shop.sell()
    (invoice,) = api_page(shop, dateFrom="01.01.2026")
    assert "rows" not in invoice
    (invoice,) = api_page(shop, dateFrom="01.01.2026", fetchRows="true")
    assert invoice["rows"][0]["sum"] == 124.02


def test_entries_do_not_tell_who_entered_them_or_when(shop) -> None:
    shop.sell()
    (entry,) = shop.entries()
    assert {"createdBy", "dateCreated", "dateUpdated"}.isdisjoint(entry)
    (invoice,) = api_page(shop, dateFrom="01.01.2026")
    assert invoice["createdBy"] == "API"
    assert invoice["dateCreated"]


def test_settings_are_whole_lists_without_pages(api) -> None:
    api.world.settings(page_size=2)
    keys = {
        "accounts": "accounts",
        "vatpcs": "vatPcs",
        "bankaccounts": "bankAccounts",
        "cashaccounts": "cashAccounts",
        "objects": "objects",
        "paymentmethods": "paymentMethods",
        "countries": "countries",
        "groups": "groups",
    }
    for service, key in keys.items():
        found = api.get(f"settings/{service}", pageNumber=2)
        assert list(found) == [key]
        assert len(found[key]) == api.world.counts()[service]
    banks = api.get("settings/bankaccounts")["bankAccounts"]
    assert banks[0]["iban"] == api.keys["iban"]
    rates = {v["vatPc"]: v["pc"] for v in api.get("settings/vatpcs")["vatPcs"]}
    assert rates["24"] == 24
    assert rates["MV"] == 0


def test_list_keys_and_envelopes_are_settings(api) -> None:
    api.world.seed(clients=1)
    api.world.settings(list_keys={CLIENTS: "partners"})
    assert len(api.get(CLIENTS)["partners"]) == 1
    api.world.settings(empty_list="absent")
    nobody = api.get(CLIENTS, nameOrRegCode="Nobody")
    assert nobody == {"hasMoreEntries": False}
    api.world.settings(bare_lists=True)
    assert [type(row) for row in api.get(CLIENTS)] == [dict]


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("date", "01.02.2026"),
        ("seconds", "01.02.2026 00:30:05"),
        ("underscore", "01.02.2026_00:30:05"),
    ],
)
def test_date_created_looks_as_the_setting_says(api, how: str, text: str) -> None:
    api.world.add("clients", name="Õ", at="2026-01-31T22:30:05Z")
    api.world.settings(date_created_format=how)
    assert api.get(CLIENTS)["clients"][0]["dateCreated"] == text


def test_numbers_can_be_quoted_bare_or_null(shop) -> None:
    shop.sell(invoiceNumber="26001", referenceNumber="0123")
    shop.world.settings(decimals="quoted", document_numbers="bare", nulls="absent")
    (invoice,) = api_page(shop, dateFrom="01.01.2026", fetchRows="true")
    assert invoice["totalAmount"] == "124.02"
    assert (invoice["invoiceNumber"], invoice["referenceNumber"]) == (26001, "0123")
    assert "exchangeRate" not in invoice
    assert "unit" not in invoice["rows"][0]
    shop.world.settings(row_vat="percent", decimals="plain")
    (invoice,) = api_page(shop, dateFrom="01.01.2026", fetchRows="true")
    assert invoice["rows"][0]["vat"] == 24


def test_list_order_is_a_setting(api) -> None:
    for day in ("20.01.2026", "05.01.2026", "12.01.2026"):
        api.world.add("entries", date=day, docType="LEDGER_ENTRY")
    orders = {"date": ["05", "12", "20"], "newest": ["20", "12", "05"]}
    for how, days in {**orders, "entered": ["20", "05", "12"]}.items():
        api.world.settings(list_order=how)
        found = api.get("general/entries", **JANUARY)["entries"]
        assert [entry["date"][:2] for entry in found] == days


def test_books_of_companies_are_apart(world, caller) -> None:
    other = world.add_company("Õun OÜ")
    world.add("clients", name="Ainult siin")
    assert caller(world, other).get(CLIENTS)["clients"] == []
    assert caller(world).get(CLIENTS)["clients"][0]["name"] == "Ainult siin"


def test_many_companies_come_with_a_month_each(world, caller) -> None:
    made = world.add_companies(12, month="2026-01", entries=30)
    assert len({company["public_key"] for company in made}) == 12
    for company in (made[0], made[-1]):
        found = caller(world, company).get("general/entries", **JANUARY)["entries"]
        assert len(found) == 30
    assert world.counts()["entries"] == 0
    world.clear_calls()
    caller(world, made[3]).get("general/entries", fetchRows="true", **JANUARY)
    assert world.count_calls(user=str(made[3]["company_id"])) == 1
    assert world.count_calls(user=str(made[4]["company_id"])) == 0


def test_pages_can_be_spoiled(api) -> None:
    world = api.world
    world.seed(clients=10)
    world.settings(page_size=4)
    world.fault("/clients:get", shift=1)
    names = [client["id"] for client in api.all(CLIENTS, "clients")]
    assert (len(names), len(set(names))) == (11, 10)
    world.clear_faults()
    world.fault("/clients:get", ignore=["pageNumber"], after=1)
    first, second = (api.get(CLIENTS, pageNumber=n)["clients"] for n in (1, 2))
    assert first == second
    world.clear_faults()
    world.fault("/clients:get", set_top={"hasMoreEntries": True}, duplicate=2)
    page = api.get(CLIENTS, pageNumber=3)
    assert page["hasMoreEntries"] is True
    assert len(page["clients"]) == 4
    world.clear_faults()
    world.fault("/clients:get", extra_fields={"uus": 1}, set_fields={"name": None})
    assert {(c["uus"], c["name"]) for c in api.get(CLIENTS)["clients"]} == {(1, None)}


def test_faults_of_the_wire_work_for_this_vendor_too(api) -> None:
    world = api.world
    world.fault("/clients:add", cut=True, times=1)
    with pytest.raises(requests.ConnectionError):
        api.call(f"{CLIENTS}:add", {"name": "Kadunud vastus"})
    assert [client["name"] for client in world.objects("clients")] == ["Kadunud vastus"]
    world.fault("/clients:add", drop=True, times=1)
    with pytest.raises(requests.ConnectionError):
        api.call(f"{CLIENTS}:add", {"name": "Kadunud päring"})
    assert world.counts()["clients"] == 1
    world.fault("/clients:get", status=503, body="<html>Hooldus</html>")
    assert api.call(f"{CLIENTS}:get").text == "<html>Hooldus</html>"
    assert world.refused() == []
