# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Searches, page by page, and many records by their ids."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from decimal import Decimal

import pytest
from procountor_client import RESOURCES
from transport.errors import BadAnswer, LedgerError, VendorError

SINCE = {"types": ["SALES_INVOICE"], "versionStartDate": date(2026, 1, 1)}


def refuses(fake, action, match):
    """Tell that *action* fails before anything is sent."""
    with pytest.raises(ValueError, match=match):
        list(action())
    assert fake.seen == []


# === PAGES === #


def test_a_list_is_read_by_rising_id_until_a_page_is_not_full(fake, open_client):
    fake.answers(fake.results(4, 9, size=2), fake.results(12, size=2))
    client = open_client(page_size=2)
    pages = list(client.pages("invoices", SINCE))
    assert [[r["id"] for r in page.records] for page in pages] == [[4, 9], [12]]
    assert pages[-1].cursor is None
    first, second = (call.query for call in fake.seen)
    assert first == {
        "types": "SALES_INVOICE",
        "versionStartDate": "2026-01-01T00:00:00",
        "size": "2",
        "orderById": "ASC",
    }
    assert second == {**first, "previousId": "9"}


def test_nothing_is_sent_as_the_body_of_a_question(fake, client):
    fake.answers(fake.results())
    list(client.pages("partners", {"identifier": "1234567-1"}))
    (call,) = fake.seen
    assert call.body == b""
    assert not {"content-length", "content-type", "transfer-encoding"} & {*call.headers}


def test_a_cursor_is_plain_json_and_goes_on_where_it_stopped(fake, open_client):
    fake.answers(fake.results(4, 9, size=2), fake.results(12, size=2))
    page = next(open_client(page_size=2).pages("invoices", SINCE))
    kept = json.loads(json.dumps(page.cursor))
    rest = list(open_client(page_size=2).pages("invoices", SINCE, kept))
    assert [[r["id"] for r in page.records] for page in rest] == [[12]]
    assert fake.seen[-1].query["previousId"] == "9"


def test_a_cursor_of_another_question_is_refused(fake, open_client):
    fake.answers(fake.results(4, 9, size=2))
    client = open_client(page_size=2)
    cursor = next(client.pages("invoices", SINCE)).cursor
    fake.seen.clear()
    other = {**SINCE, "types": ["SALES_ORDER"]}
    refuses(fake, lambda: client.pages("invoices", other, cursor), "other filters")


def test_pages_that_the_vendor_cuts_shorter_are_followed(fake, client):
    fake.answers(fake.results(1, 2, size=2), fake.results(3, size=2))
    pages = client.pages("products", {"type": "SALES"})
    assert [r["id"] for page in pages for r in page.records] == [1, 2, 3]


def test_a_page_without_meta_is_read_as_well(fake, open_client):
    fake.answers(fake.reply({"results": [{"id": 1}]}), fake.reply({"results": []}))
    pages = list(open_client(page_size=1).pages("bank_accounts"))
    assert [len(page.records) for page in pages] == [1, 0]
    assert pages[0].total is None


def test_the_total_is_told_with_the_first_page_only(fake, open_client):
    full = {"results": [{"id": 1}], "meta": {"pageSize": 1, "totalCount": 1234}}
    fake.answers(fake.reply(full), fake.reply({"results": [], "meta": full["meta"]}))
    pages = list(open_client(page_size=1).pages("bank_accounts"))
    assert [page.total for page in pages] == [1234, None]


@pytest.mark.parametrize("second", [(9, 4), (4, 9), (14, 12)])
def test_a_list_in_another_order_is_an_error_and_no_endless_loop(
    fake, open_client, second
):
    fake.answers(fake.results(4, 9, size=2), fake.results(*second, size=2))
    with pytest.raises(BadAnswer, match="not ordered"):
        list(open_client(page_size=2).pages("invoices", SINCE))


def test_what_comes_twice_is_handed_out_once(fake, open_client):
    fake.answers(
        fake.results(4, 9, 4, size=2), fake.results(9, 12, 12, size=2), fake.results()
    )
    pages = open_client(page_size=2).pages("invoices", SINCE)
    assert [record["id"] for page in pages for record in page.records] == [4, 9, 12]


def test_the_newest_first_is_noticed_on_the_first_page(fake, client):
    fake.answers(fake.results(9, 4, size=2))
    with pytest.raises(BadAnswer, match="not ordered"):
        list(client.pages("invoices", SINCE))
    assert len(fake.seen) == 1


def test_the_order_of_a_single_page_does_not_matter(fake, client):
    fake.answers(fake.results(9, 4))
    assert [account["id"] for account in client.company.bank_accounts()] == [9, 4]


@pytest.mark.parametrize(
    "body",
    [None, [], {}, {"results": None}, {"results": [1]}, {"results": [{"name": "x"}]}],
)
def test_what_is_no_page_is_no_empty_page(fake, client, body):
    fake.answers(fake.reply(body))
    with pytest.raises(BadAnswer):
        list(client.pages("invoices", SINCE))


def test_unknown_lists_and_filters_are_not_sent(fake, client):
    refuses(fake, lambda: client.pages("orders"), "none of")
    wrong = {"customerName": "x"}
    refuses(fake, lambda: client.pages("invoices", wrong), "customerName")
    many = {"productId": list(range(1, 202))}
    refuses(fake, lambda: client.pages("invoices", many), "200 values")


def test_days_and_moments_go_where_they_belong(fake, client):
    fake.answers(fake.results())
    moment = datetime(2026, 7, 1, 9, 30, tzinfo=timezone.utc)
    filters = {"createdEndDate": moment, "dueStartDate": date(2026, 7, 1)}
    list(client.pages("invoices", {**filters, "isOffer": False, "searchTerm": None}))
    query = fake.seen[0].query
    assert query["createdEndDate"] == "2026-07-01T12:30:00"
    assert query["dueStartDate"] == "2026-07-01"
    assert query["isOffer"] == "false"
    assert "searchTerm" not in query
    fake.seen.clear()
    wrong = {"dueStartDate": moment}
    refuses(fake, lambda: client.pages("invoices", wrong), "a day")
    naive = {"versionStartDate": datetime(2026, 7, 1)}
    refuses(fake, lambda: client.pages("invoices", naive), "time zone")


def test_a_search_for_what_changed_begins_early_enough_when_an_hour_comes_twice(
    fake, client
):
    fake.answers(fake.results())
    moment = datetime(2026, 10, 25, 0, 45, tzinfo=timezone.utc)
    list(client.pages("invoices", {"versionStartDate": moment}))
    assert fake.seen[0].query["versionStartDate"] == "2026-10-25T03:00:00"


# === HEADERS === #


def test_names_and_identifiers_go_into_headers_and_nowhere_else(fake, open_client):
    exchanges = []
    client = open_client(http={"recorder": exchanges.append, "recorder_bodies": True})
    fake.answers(fake.results())
    found = {"name": "Väinö Ääri", "identifier": "1234567-1", "type": "CUSTOMER"}
    list(client.pages("partners", found))
    (call,) = fake.seen
    assert call.headers["name"] == "Väinö Ääri"
    assert call.headers["identifier"] == "1234567-1"
    assert set(call.query) == {"type", "size", "orderById"}
    assert "Ääri" not in repr(exchanges)


@pytest.mark.parametrize("name", ["Иван", "a\nb", "a\r\nX: y", "€", " "])
def test_what_no_header_holds_is_not_sent(fake, client, name):
    refuses(fake, lambda: client.pages("partners", {"name": name}), "name")


# === BY IDS === #


def test_four_hundred_records_are_read_in_two_calls(fake, client):
    def batch(handler):
        ids = handler.path.rpartition("/")[2].split(",")
        fake.reply([{"id": int(i)} for i in ids])(handler)

    fake.answers(batch)
    ids = [str(i) for i in range(1, 401)]
    assert [str(r["id"]) for r in client.by_ids("products", ids + ids)] == ids
    assert len(fake.seen) == 2
    assert fake.seen[0].path == f"/api/products/{','.join(ids[:200])}"
    assert fake.seen[0].body == b""


def test_one_record_comes_as_an_object(fake, client):
    fake.answers(fake.reply({"id": 8, "status": "SENT"}))
    assert client.one("invoices", "8") == {"id": 8, "status": "SENT"}
    assert fake.seen[0].path == "/api/invoices/8"


def test_records_that_are_gone_are_left_out(fake, client):
    fake.answers(fake.reply([{"id": 2}]))
    assert list(client.by_ids("invoices", ["1", "2"])) == [{"id": 2}]
    fake.answers(fake.refuse("Invoice was not found.", status=404))
    assert list(client.by_ids("invoices", ["1", "3"])) == []
    assert client.one("partners", "1") is None


@pytest.mark.parametrize("body", ["<html>404</html>", {"message": "no"}, None])
def test_not_found_from_anybody_else_deletes_nothing(fake, client, body):
    fake.answers(fake.reply(body, 404))
    with pytest.raises(VendorError) as caught:
        client.one("invoices", "8")
    assert caught.value.code == "unknown_path"


def test_records_that_nobody_asked_for_are_refused(fake, client):
    fake.answers(fake.reply([{"id": 1}, {"id": 9}]))
    with pytest.raises(BadAnswer):
        list(client.by_ids("invoices", ["1", "2"]))


def test_no_ids_cost_no_call_and_wrong_ones_are_not_sent(fake, client):
    assert list(client.by_ids("invoices", ["", "0"])) == []
    for wrong in ("1/approve", "-1", "1,2", "x"):
        refuses(fake, lambda wrong=wrong: client.by_ids("invoices", [wrong]), "no id")
    refuses(fake, lambda: client.by_ids("bank_accounts", ["1"]), "not read by ids")


# === EXACTLY === #


def numbers(*found):
    """Rows as a search for invoices answers them."""
    rows = [
        {"id": i, "originalInvoiceNumber": number, "status": "UNFINISHED"}
        for i, number in enumerate(found, 1)
    ]
    return {"results": rows}


def test_only_the_whole_of_our_number_counts(fake, client):
    fake.answers(fake.reply(numbers("SO00042", "SO000421", "XSO00042", None)))
    assert [r["id"] for r in client.invoices.find("SO00042")] == [1]
    query = fake.seen[0].query
    assert query["originalInvoiceNumber"] == "SO00042"
    assert query["types"] == "SALES_INVOICE"


def test_our_number_is_looked_for_as_it_was_written(fake, client):
    fake.answers(fake.reply(numbers("TILAUS-YA1")))
    assert client.invoices.find(" TILAUS-Я1 ")
    assert fake.seen[0].query["originalInvoiceNumber"] == "TILAUS-YA1"
    with pytest.raises(ValueError, match="number"):
        client.invoices.find(" ")


def partner(i, **invoicing):
    return {"id": i, "type": "CUSTOMER", "invoicingInfo": invoicing}


def test_a_customer_number_that_is_part_of_another_is_another(fake, client):
    rows = [partner(i, customerNumber=n) for i, n in ((1, "100"), (2, "1001"))]
    rows += [{"id": 3}, partner(4)]
    fake.answers(fake.reply({"results": rows}))
    assert [r["id"] for r in client.partners.find_by_number("100")] == [1]
    # Those that are not active have to be asked for.
    assert [call.query["active"] for call in fake.seen] == ["true", "false"]
    assert {call.query["customerNumber"] for call in fake.seen} == {"100"}


def test_two_partners_with_one_number_are_both_told(fake, client):
    rows = [partner(1, customerNumber="100"), partner(2, customerNumber="100")]
    fake.answers(fake.reply({"results": rows}))
    assert len(client.partners.find_by_number("100", active=True)) == 2
    assert len(fake.seen) == 1


def test_a_business_id_is_the_same_with_and_without_its_hyphen(fake, client):
    rows = [partner(1, identifier="12345671"), partner(2, identifier="1234567-10")]
    fake.answers(fake.reply({"results": rows}))
    found = client.partners.find_by_identifier("1234567-1")
    assert [r["id"] for r in found] == [1]
    assert fake.seen[0].headers["identifier"] == "1234567-1"


def test_a_product_code_is_compared_as_a_whole_and_by_kind(fake, client):
    rows = [
        {"id": 1, "code": "KUPPI-1", "type": "PURCHASE"},
        {"id": 2, "code": "KUPPI-1", "type": "SALES"},
        {"id": 3, "code": "KUPPI-10", "type": "SALES"},
        {"id": 4, "code": "kuppi-1", "type": "SALES"},
    ]
    fake.answers(fake.reply({"results": rows}))
    assert [r["id"] for r in client.products.find("KUPPI-1")] == [2]
    assert fake.seen[0].query["code"] == "KUPPI-1"
    assert "page" not in fake.seen[0].query


# === THE COMPANY === #


def test_numbers_of_answers_are_exact(fake, open_client):
    fake.answers(fake.reply('{"vatPercentages": [25.5, 0, 13.50]}'))
    client = open_client(http={"parse_float": Decimal})
    found = client.company.vat_percentages("fi")
    assert found == [0, Decimal("13.5"), Decimal("25.5")]
    assert fake.seen[0].query == {"countryCode": "FI"}


def test_payments_of_many_invoices_are_one_question(fake, client):
    fake.answers(fake.results(5, invoiceId=1))
    assert [p["id"] for p in client.invoices.payments(["1", "2", "1"])] == [5]
    assert fake.seen[0].path == "/api/payments/paymentevents"
    assert fake.seen[0].query["invoiceId"] == "1,2"
    assert [p["id"] for p in client.invoices.payment_events("1")] == [5]
    assert fake.seen[1].path == "/api/invoices/1/paymentevents"


def test_what_the_company_has_to_choose_from_is_read(fake, client):
    fake.answers(fake.reply({"deliveryTerms": ["EXW", "DDP"]}))
    assert client.company.delivery_terms() == ["EXW", "DDP"]
    for shape in ([{"id": 1}], {"id": 1}, {"invoiceTemplates": [{"id": 1}]}):
        fake.answers(fake.reply(shape))
        assert client.company.invoice_templates() == [{"id": 1}]
    fake.answers(fake.reply({"username": "api", "socialSecurityNumber": "x"}))
    assert client.company.user() == {"username": "api"}
    fake.answers(fake.reply({"companyCurrency": "EUR"}))
    assert client.company.currency() == "EUR"
    fake.answers(fake.results(3, iban="FI2112345600000785"))
    assert client.company.bank_accounts()[0]["iban"] == "FI2112345600000785"
    fake.answers(fake.reply(["x"]))
    with pytest.raises(LedgerError):
        client.company.vats()


def test_every_list_can_be_asked(fake, client):
    fake.answers(fake.results())
    for name in RESOURCES:
        assert [len(page.records) for page in client.pages(name)] == [0]
