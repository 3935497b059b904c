# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists of SmartAccounts: page by page, resumable, in any shape the answers have."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from decimal import Decimal

import pytest
from transport.errors import BadAnswer

JANUARY = {"dateFrom": date(2026, 1, 1), "dateTo": date(2026, 1, 31)}


def page_of(first, count, more, **extra):
    entries = [{"id": f"e-{first + place}"} for place in range(count)]
    return {"entries": entries, "hasMoreEntries": more, **extra}


def ids(pages):
    return [record["id"] for page in pages for record in page.records]


def numbers(fake):
    return [
        call.query.partition("pageNumber=")[2].partition("&")[0] for call in fake.seen
    ]


@pytest.mark.parametrize("sizes", [[0], [100], [100, 1], [100, 100, 1], [7, 3], [250]])
def test_pages_are_read_until_there_are_no_more_whatever_their_size(
    fake, client, sizes
):
    answers, first = [], 0
    for place, size in enumerate(sizes):
        answers.append(fake.reply(page_of(first, size, place + 1 < len(sizes))))
        first += size
    fake.answers(*answers)
    pages = list(client.pages("entries", JANUARY))
    assert ids(pages) == [f"e-{number}" for number in range(first)]
    assert numbers(fake) == [str(place + 1) for place in range(len(sizes))]
    assert pages[-1].cursor is None


def test_reading_goes_on_at_the_page_where_it_stopped(fake, client):
    fake.answers(fake.reply(page_of(0, 100, True)))
    first = next(client.pages("entries", JANUARY))
    kept = json.loads(json.dumps(first.cursor))
    fake.answers(
        fake.reply(page_of(100, 100, True)), fake.reply(page_of(200, 1, False))
    )
    rest = list(client.pages("entries", JANUARY, cursor=kept))
    assert [page.number for page in rest] == [2, 3]
    assert ids([first, *rest]) == [f"e-{number}" for number in range(201)]
    assert numbers(fake) == ["1", "2", "3"]


def test_a_page_is_asked_for_only_when_it_is_wanted(fake, client):
    fake.answers(fake.reply(page_of(0, 100, True)))
    next(client.pages("entries", JANUARY))
    assert len(fake.seen) == 1


def test_a_cursor_of_other_filters_is_not_followed(fake, client):
    fake.answers(fake.reply(page_of(0, 100, True)))
    cursor = next(client.pages("entries", JANUARY)).cursor
    february = {"dateFrom": date(2026, 2, 1), "dateTo": date(2026, 2, 28)}
    with pytest.raises(ValueError, match="other filters"):
        client.pages("entries", february, cursor=cursor)
    with pytest.raises(ValueError, match="other filters"):
        client.pages("client_invoices", JANUARY, cursor=cursor)
    assert len(fake.seen) == 1


def test_the_same_page_twice_ends_the_reading_with_an_error(fake, client):
    fake.answers(fake.reply(page_of(0, 100, True)))
    pages = client.pages("entries", JANUARY)
    cursor = next(pages).cursor
    with pytest.raises(BadAnswer, match="same page came twice"):
        next(pages)
    with pytest.raises(BadAnswer, match="same page came twice"):
        next(client.pages("entries", JANUARY, cursor=cursor))


def test_pages_without_end_end_with_an_error(fake, open_client):
    answers = [fake.reply(page_of(place * 2, 2, True)) for place in range(9)]
    fake.answers(*answers)
    pages = open_client(max_pages=3).pages("entries", JANUARY)
    with pytest.raises(BadAnswer, match="more than 3 pages"):
        list(pages)
    assert len(fake.seen) == 3


def test_the_ids_of_deleted_records_come_with_the_first_page(fake, client):
    since = {
        "dateFrom": datetime(2026, 1, 1, tzinfo=timezone.utc),
        "dateType": "modifydate",
    }
    fake.answers(
        fake.reply(page_of(0, 1, True, deleted=["e-77", 78, {"id": "e-79"}])),
        fake.reply(page_of(1, 1, False)),
    )
    pages = list(client.pages("entries", since))
    assert [page.deleted for page in pages] == [("e-77", "78", "e-79"), None]
    assert ids(pages) == ["e-0", "e-1"]


def test_nobody_deleted_is_something_else_than_nothing_said_about_it(fake, client):
    fake.answers(fake.reply(page_of(0, 1, False, deleted=[])))
    assert next(client.pages("entries", JANUARY)).deleted == ()


def test_a_page_carries_the_vendors_clock(fake, client):
    fake.answers(fake.reply(page_of(0, 1, False)))
    page = next(client.pages("entries", JANUARY))
    assert page.date == datetime(2026, 1, 15, 10, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "body",
    [
        {"clientInvoices": [{"id": "i"}], "hasMoreEntries": False},
        {"clientinvoices": [{"id": "i"}], "hasMoreEntries": "false"},
        {"invoices": [{"id": "i"}], "warnings": ["late"]},
        {"result": [{"id": "i"}], "deleted": ["x"]},
        [{"id": "i"}],
        {"id": "i", "rows": [{"code": "T01"}], "documents": []},
    ],
)
def test_the_list_is_found_under_any_name_it_may_have(fake, client, body):
    fake.answers(fake.reply(body))
    assert ids(client.pages("client_invoices", JANUARY)) == ["i"]


@pytest.mark.parametrize("body", [{}, {"hasMoreEntries": False}, {"entries": None}, []])
def test_an_answer_without_a_list_is_an_empty_one(fake, client, body):
    fake.answers(fake.reply(body))
    assert ids(client.pages("entries", JANUARY)) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"these": [{"id": 1}], "those": [{"id": 2}]}, "several lists: these, those"),
        ("", "no list of records"),
        ({"entries": ["e-1"]}, "no list of records"),
        ("<html>maintenance</html>", "not JSON"),
        ({"entries": [], "hasMoreEntries": "perhaps"}, "hasMoreEntries"),
        ({"entries": [], "deleted": "e-1"}, "deleted"),
    ],
)
def test_an_answer_that_cannot_be_understood_is_an_error_and_no_empty_list(
    fake, client, body, reason
):
    fake.answers(fake.reply(body))
    with pytest.raises(BadAnswer, match=reason):
        list(client.pages("entries", JANUARY))


@pytest.mark.parametrize(
    ("service", "filters", "reason"),
    [
        ("entries", {"dateForm": date(2026, 1, 1), "id": "1"}, "no filter dateForm"),
        ("entries", {}, "needs dateFrom"),
        ("client_invoices", {"dateFrom": None, "dateTo": date(2026, 1, 1)}, "needs"),
        ("clients", {"dateFrom": date(2026, 1, 1)}, "no filter dateFrom"),
        ("invoices", {}, "none of"),
    ],
)
def test_a_question_that_would_return_everything_is_not_sent(
    fake, client, service, filters, reason
):
    with pytest.raises(ValueError, match=reason):
        client.pages(service, filters)
    assert fake.seen == []


@pytest.mark.parametrize(
    ("service", "path"),
    [
        ("entries", "/general/entries:get"),
        ("client_invoices", "/purchasesales/clientinvoices:get"),
        ("vendor_invoices", "/purchasesales/vendorinvoices:get"),
        ("payments", "/purchasesales/payments:get"),
        ("clients", "/purchasesales/clients:get"),
        ("vendors", "/purchasesales/vendors:get"),
        ("articles", "/purchasesales/articles:get"),
    ],
)
def test_every_list_has_its_address(fake, client, service, path):
    fake.answers(fake.reply({}))
    needed = JANUARY if service in ("entries", "client_invoices") else {}
    needed = JANUARY if service == "vendor_invoices" else needed
    list(client.pages(service, needed))
    assert (fake.seen[0].method, fake.seen[0].path) == ("GET", f"/en/api{path}")


@pytest.mark.parametrize(
    ("language", "path"),
    [("et", "/et/api/settings/vatpcs:get"), ("", "/api/settings/vatpcs:get")],
)
def test_the_language_of_the_vendors_sentences_stands_in_the_address(
    fake, open_client, language, path
):
    fake.answers(fake.reply({}))
    open_client(language=language).check_keys()
    assert fake.seen[0].path == path


def test_a_language_that_the_vendor_does_not_speak_is_refused(open_client):
    with pytest.raises(ValueError, match="'fi'"):
        open_client(language="fi")


@pytest.mark.parametrize("key", ["vatPcs", "vatpcs", "rates"])
def test_settings_are_read_whole(fake, client, key):
    fake.answers(fake.reply({key: [{"vatPc": "24", "pc": 24}]}))
    assert client.settings("vatpcs") == [{"vatPc": "24", "pc": 24}]
    assert "pageNumber" not in fake.seen[0].query


def test_settings_that_there_are_not_are_not_asked_for(fake, client):
    with pytest.raises(ValueError, match="vatcodes"):
        client.settings("vatcodes")
    assert fake.seen == []


def test_one_record_is_the_one_with_this_id_and_no_other(fake, client):
    fake.answers(fake.reply({"articles": [{"code": "T1"}, {"code": "T"}]}))
    assert client.one("articles", "T") == {"code": "T"}
    assert fake.seen[0].query.startswith("code=T&")
    assert client.one("articles", "T2") is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"errors": [{"code": "NOT-FOUND", "message": "No invoice"}]}, 400),
        ({"errors": [{"message": "Arvet ei leitud"}]}, 400),
        ({"message": "Invoice does not exist"}, 404),
        ({"errors": [{"message": "Invoice not found"}]}, 200),
        ({}, 200),
    ],
)
def test_a_record_that_is_gone_is_none_however_the_vendor_says_it(
    fake, client, body, status
):
    fake.answers(fake.reply(body, status))
    assert client.one("client_invoices", "i-1", {"fetchRows": True}) is None


def test_numbers_are_exact_if_the_transport_is_opened_so(fake, open_client):
    fake.answers(
        fake.reply('{"entries": [{"id": "e", "amount": 0.10000000000000001}]}')
    )
    client = open_client(http={"parse_float": Decimal})
    (page,) = client.pages("entries", JANUARY)
    assert page.records == [{"id": "e", "amount": Decimal("0.10000000000000001")}]
