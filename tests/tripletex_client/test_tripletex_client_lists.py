# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading lists: every record once, whatever the vendor says about their number."""

import json
from datetime import date

import pytest
from tests.support.plain.ledger_tripletex.client import upper_bound
from transport.errors import BadAnswer, VendorError

SIZE = 10


def _ids(pages):
    return [record["id"] for page in pages for record in page.values]


@pytest.fixture(params=[0, 1, SIZE - 1, SIZE, SIZE + 1, 3 * SIZE, 3 * SIZE + 4])
def customers(request, world):
    """Ids of so many customers, in order."""
    if request.param:
        world.seed(customers=request.param)
    return sorted(customer["id"] for customer in world.objects("customer"))


@pytest.mark.parametrize("rule", ["more", "exact", "zero"])
def test_each_record_is_read_once_whatever_full_result_size_means(
    world, open_client, customers, rule
):
    world.settings(full_result_size=rule)
    client = open_client(world, page_size=SIZE)
    assert _ids(client.pages("/customer", fields="id")) == customers
    assert world.count_calls(path="^/customer$") <= len(customers) // SIZE + 1


@pytest.mark.parametrize("lie", [-1, 0, 1, SIZE, 2 * SIZE, 999_999, None])
def test_each_record_is_read_once_even_if_full_result_size_lies(
    world, open_client, customers, lie
):
    world.fault("^/customer$", full_result_size=lie)
    client = open_client(world, page_size=SIZE)
    assert _ids(client.pages("/customer", fields="id")) == customers
    assert world.count_calls(path="^/customer$") <= len(customers) // SIZE + 2


def test_pages_say_where_they_start_and_go_on(world, open_client):
    world.seed(customers=25)
    pages = list(open_client(world, page_size=SIZE).pages("/customer", fields="id"))
    assert [(p.start, p.next_start, len(p.values)) for p in pages] == [
        (0, 10, 10),
        (10, 20, 10),
        (20, None, 5),
    ]
    assert all(page.date and page.date.utcoffset() is not None for page in pages)


def test_reading_can_go_on_in_the_middle(world, open_client):
    world.seed(customers=25)
    client = open_client(world, page_size=SIZE)
    everything = _ids(client.pages("/customer", fields="id"))
    assert _ids(client.pages("/customer", fields="id", start=20)) == everything[20:]


def test_a_server_that_sends_other_page_lengths_than_asked_for_loses_nothing(
    world, open_client
):
    world.seed(customers=25)
    world.fault("^/customer$", ignore=["count"])
    client = open_client(world, page_size=SIZE)
    ids = _ids(client.pages("/customer", fields="id"))
    assert ids == sorted(customer["id"] for customer in world.objects("customer"))


def test_a_server_that_always_sends_the_same_page_is_not_asked_for_ever(
    world, open_client
):
    world.seed(customers=25)
    world.fault("^/customer$", ignore=["from"])
    with pytest.raises(BadAnswer, match="same page"):
        list(open_client(world, page_size=SIZE).pages("/customer", fields="id"))
    assert world.count_calls(path="^/customer$") == 2


def test_pages_are_sorted_by_id_so_that_records_do_not_move(world, open_client):
    world.seed(customers=3)
    list(open_client(world).pages("/customer", fields="id"))
    assert ["sorting", "id"] in world.calls(path="^/customer$")[0]["query"]


def test_only_the_asked_fields_come(world, open_client):
    world.seed(customers=2)
    (page,) = open_client(world).pages("/customer", fields="id,postalAddress(city)")
    for record in page.values:
        assert set(record) == {"id", "postalAddress"}


def test_unknown_fields_in_answers_do_no_harm(world, open_client):
    world.seed(customers=2)
    world.fault("^/customer$", extra_fields={"newField": {"a": 1}})
    (page,) = open_client(world).pages("/customer", fields="id")
    assert page.values[0]["newField"] == {"a": 1}


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/customer", {"name": "Kari"}),
        ("/supplier", {"customerName": "Kari"}),
        ("/invoice", {"projectId": 1}),
        ("/product", {"number": "17"}),
        ("/company/salesmodules", {"name": "API_V2"}),
        ("/no/such/list", {}),
    ],
)
def test_a_filter_that_the_vendor_would_ignore_is_not_sent(
    world, open_client, path, params
):
    client = open_client(world)
    with pytest.raises(ValueError, match=path):
        client.pages(path, fields="id", params=params)
    assert world.count_calls() == 0


def test_filters_are_written_as_the_vendor_reads_them(world, open_client):
    world.seed(customers=3, inactive_customers=2)
    client = open_client(world)
    (page,) = client.pages(
        "/customer", fields="id", params={"isInactive": True, "email": None}
    )
    assert len(page.values) == 2
    query = dict(world.calls(path="^/customer$")[0]["query"])
    assert query["isInactive"] == "true"
    assert "email" not in query


def test_an_upper_bound_includes_its_day(world, open_client):
    world.seed(customers=1)
    customer = world.objects("customer")[0]["id"]
    for day in ("2026-01-30", "2026-01-31", "2026-02-01"):
        world.add(
            "invoice",
            customer={"id": customer},
            invoiceDate=day,
            invoiceDueDate="2026-03-01",
            orderLines=[
                {"description": "x", "count": 1, "unitPriceExcludingVatCurrency": 5}
            ],
        )
    window = {
        "invoiceDateFrom": "2026-01-31",
        "invoiceDateTo": upper_bound(date(2026, 1, 31)),
    }
    (page,) = open_client(world).pages("/invoice", fields="invoiceDate", params=window)
    assert [record["invoiceDate"] for record in page.values] == ["2026-01-31"]
    assert upper_bound(date(2026, 12, 31)) == "2027-01-01"


def test_too_many_results_are_told_by_the_vendors_code(make_world, open_client):
    world = make_world(size={"customers": 30}, row_limit=20, row_limit_applies="always")
    with pytest.raises(VendorError) as caught:
        list(open_client(world).pages("/customer", fields="id"))
    assert (caught.value.status, caught.value.code) == (422, "23000")


@pytest.mark.parametrize(
    "body",
    ["[]", "{}", '{"values": null}', '{"values": {}}', '{"values": [1]}', "null"],
)
def test_a_list_answer_without_a_list_is_a_bad_answer(world, open_client, body):
    world.fault("^/customer$", text=body)
    with pytest.raises(BadAnswer):
        list(open_client(world).pages("/customer", fields="id"))


# === CHECKSUMS === #


def _read(client, checksums, path="/customer"):
    """Read a list, keep the new digests and return its pages."""
    pages = []
    for page in client.pages(path, fields="id,name", checksums=checksums):
        pages.append(page)
        if page.digest:
            checksums[page.key] = page.digest
    return pages


@pytest.mark.parametrize("count", [1, 9, 10, 25, 30])
def test_an_unchanged_list_costs_one_empty_answer_a_page(world, open_client, count):
    world.seed(customers=count)
    client = open_client(world, page_size=SIZE)
    checksums = {}
    first = _read(client, checksums)
    assert not any(page.unchanged for page in first)
    second = _read(client, checksums)
    assert all(page.unchanged for page in second)
    assert _ids(second) == []
    assert [(p.start, p.next_start) for p in second] == [
        (p.start, p.next_start) for p in first
    ]
    statuses = [call["status"] for call in world.calls(path="^/customer$")]
    assert statuses == [200] * len(first) + [304] * len(first)


def test_only_the_changed_page_comes_again(world, open_client):
    world.seed(customers=25)
    client = open_client(world, page_size=SIZE)
    checksums = {}
    ids = _ids(_read(client, checksums))
    world.update("customer", ids[12], name="Nytt Navn AS")
    pages = _read(client, checksums)
    assert [page.unchanged for page in pages] == [True, False, True]
    assert _ids(pages) == ids[10:20]
    assert all(page.unchanged for page in _read(client, checksums))


@pytest.mark.parametrize("count", [9, 10])
def test_a_record_added_at_the_end_is_found_behind_unchanged_pages(
    world, open_client, count
):
    world.seed(customers=count)
    client = open_client(world, page_size=SIZE)
    checksums = {}
    _read(client, checksums)
    new = world.add("customer", name="Sist AS")["id"]
    assert new in _ids(_read(client, checksums))


def test_digests_survive_storing_as_json(world, open_client):
    world.seed(customers=12)
    client = open_client(world, page_size=SIZE)
    checksums = {}
    _read(client, checksums)
    stored = json.loads(json.dumps(checksums))
    assert all(page.unchanged for page in _read(client, stored))


def test_other_questions_have_other_digests(world, open_client):
    world.seed(customers=3)
    client = open_client(world)
    keys = {
        page.key
        for options in (
            {"fields": "id"},
            {"fields": "id,name"},
            {"fields": "id", "params": {"isInactive": True}},
            {"fields": "id", "start": 1},
            {"fields": "id", "sorting": "-id"},
        )
        for page in client.pages("/customer", checksums={}, **options)
    }
    assert len(keys) == 5


def test_without_checksums_the_vendor_computes_none(world, open_client):
    world.seed(customers=3)
    (page,) = open_client(world).pages("/customer", fields="id")
    assert page.digest is None


def test_a_list_without_checksums_is_read_every_time(world, open_client):
    client = open_client(world)
    checksums = {}
    for _ in range(2):
        (page,) = _read_plain(client, "/employee", checksums)
        assert page.values
        assert page.digest is None


def _read_plain(client, path, checksums):
    return list(client.pages(path, fields="id", checksums=checksums))


def test_a_kept_digest_that_is_no_digest_is_harmless(world, open_client):
    world.seed(customers=3)
    client = open_client(world)
    (page,) = _read_plain(client, "/customer", {})
    for kept in ("", "|", "x", "7|", "|nonsense"):
        (again,) = _read_plain(client, "/customer", {page.key: kept})
        assert len(again.values) == 3
