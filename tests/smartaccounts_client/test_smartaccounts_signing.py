# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Signatures and timestamps of SmartAccounts: the vectors of the dossier (§2.1)."""

from __future__ import annotations

import hmac
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from hashlib import sha256

import pytest
from smartaccounts_client import encode, local_day, sign, stamp
from smartaccounts_client.clock import is_doubled, seconds_to_plain_time

SECRET = "s3cr3t-key-for-tests-only"
OWN = "timestamp=15012026120000&apikey=11111111aaaa2222bbbb"
INVOICE = (
    '{"clientId":"c-1","date":"15.01.2026","currency":"EUR","rows":[{"code":"T01",'
    '"description":"Raamatupidamine","price":100.02,"quantity":1,"vatPc":"24"}]}'
)
ARTICLE = '{"name":"Õun & Pojad OÜ","vatPc":"24"}'
VECTORS = {
    "A1": (
        "key",
        "data",
        "",
        "5031fe3d989c6d1537a013fa6e739da23463fdaec3b70137d828e36ace221bd0",
    ),
    "A2": (
        "Jefe",
        "what do ya want for nothing?",
        "",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    "V1": (
        SECRET,
        "codes=kood1%2Ckood2%2Ckood3&timestamp=14022013133802"
        "&apikey=a066f7de6042458da916",
        "",
        "8498b583be65b4297a611656a9d37ed5cc5740cf0b7c2b816e45c1c25e1e9a1d",
    ),
    "V2": (
        SECRET,
        OWN,
        "",
        "8d048827da3b6643dd080b4cc7bcdb22823d7ed6b2cde57547d62a92920e3c76",
    ),
    "V3": (
        SECRET,
        "apikey=11111111aaaa2222bbbb&timestamp=15012026120000",
        "",
        "96657e230c34c08aca77a1c089a66bf538b1616f297ca1a71dbd973d3ff2d71d",
    ),
    "V4": (
        SECRET,
        f"dateFrom=01.01.2026&dateTo=31.01.2026&fetchRows=true&pageNumber=1&{OWN}",
        "",
        "49e2366456ed71c300e4c82bb3c3cef96e8e9a88258f812941bdba8f945d2ee8",
    ),
    "V5": (
        SECRET,
        f"dateFrom=01.01.2026_08%3A30%3A00&dateType=modifydate&pageNumber=2&{OWN}",
        "",
        "1b009300d242b90d2bbfad67dd6c467af426ed8cf952ea35766f73ae9750e90c",
    ),
    "V6": (
        SECRET,
        f"nameOrRegCode=%C3%95un+%26+Pojad+O%C3%9C&{OWN}",
        "",
        "4ef90bd1e437330d9fcfdaaeebef40cb48439a61b33df3cd96b6711ca9d11309",
    ),
    "V7": (
        SECRET,
        "dateFrom=01.01.2026&dateTo=31.01.2026&docType=BANK_PAYMENT&pageNumber=1"
        f"&{OWN}",
        "",
        "e00c5a051a994c68cd7486e58b9d6d59fea9c87da3e0dc362a7f90d75b4a4e15",
    ),
    "V8": (
        SECRET,
        OWN,
        INVOICE,
        "ffce825662240ef0ab12b373d9312ed813fceb41f3934a53e168e543830a9dc4",
    ),
    "V9": (
        SECRET,
        OWN,
        ARTICLE,
        "2cfe0ed2301c88db3a59fa1da0b699aacd9b95390b9a27193e748b349c7b6bfd",
    ),
    "V10": (
        SECRET,
        f"id=42&{OWN}",
        "{}",
        "2d342f3562447808e2d553bb5514a7345c74cc7ba5a9cdd660ed02996ac0e33a",
    ),
}
#: What comes out when a client makes a known mistake with the vector of that name.
MISTAKES = {
    "V5": ["e67148aded018174be10d586a4243efec00a6f05540bbeb04faa2f0dcd3946aa"],
    "V6": ["7f1c00eed6f5755cb058ea9d180e2796e6ccb0d36592e0c0a98126ae41aee1ad"],
    "V8": [
        "3cc684b261c63ca230ca0e20bea5676004b05b59c8e0ec4f3be5ffab17a40904",
        "0a2912bec58171bb6f390080be6aae1e9bba15497dd06280fe905b4d1197fcc5",
    ],
    "V9": ["ce5e14bcb7ee0cd314f92aeeb1301bd0ddd115f497ff04b254f0c36edd6a1452"],
}


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


@pytest.mark.parametrize("name", VECTORS)
def test_query_and_body_give_the_signature_of_the_vector(name):
    secret, query, body, signature = VECTORS[name]
    assert sign(secret, query, body.encode()) == signature


@pytest.mark.parametrize("name", MISTAKES)
def test_the_signatures_of_known_mistakes_do_not_come_out(name):
    secret, query, body, _signature = VECTORS[name]
    assert sign(secret, query, body.encode()) not in MISTAKES[name]


@pytest.mark.parametrize(
    ("filters", "vector"),
    [
        (
            {
                "dateFrom": date(2026, 1, 1),
                "dateTo": date(2026, 1, 31),
                "fetchRows": True,
            },
            "V4",
        ),
        (
            {
                "dateFrom": date(2026, 1, 1),
                "dateTo": date(2026, 1, 31),
                "docType": "BANK_PAYMENT",
            },
            "V7",
        ),
    ],
)
def test_a_page_is_asked_for_with_the_query_and_signature_of_the_vector(
    fake, client, filters, vector
):
    fake.answers(fake.reply({"entries": []}))
    list(client.pages("entries", filters))
    _secret, query, _body, signature = VECTORS[vector]
    assert (fake.seen[0].signed, fake.seen[0].signature) == (query, signature)


def test_letters_blanks_and_signs_are_signed_as_they_are_sent(fake, client):
    fake.answers(fake.reply({"clients": []}))
    list(client.pages("clients", {"nameOrRegCode": "Õun & Pojad OÜ, 'a' (b)~*/+%"}))
    assert fake.seen[0].query.startswith(
        "nameOrRegCode=%C3%95un+%26+Pojad+O%C3%9C%2C+%27a%27+%28b%29~%2A%2F%2B%25&"
    )
    assert fake.seen[0].signature == sign(SECRET, fake.seen[0].signed)


def test_moments_in_filters_are_estonian_and_their_colons_encoded(fake, client):
    fake.answers(fake.reply({"entries": []}))
    since = utc(2026, 1, 1, 6, 30)
    list(client.pages("entries", {"dateFrom": since, "dateType": "modifydate"}))
    assert fake.seen[0].signed == (
        f"dateFrom=01.01.2026_08%3A30%3A00&dateType=modifydate&pageNumber=1&{OWN}"
    )


def test_a_call_without_parameters_of_its_own_has_the_signature_of_the_vector(
    fake, client
):
    fake.answers(fake.reply({"vatPcs": []}))
    client.check_keys()
    assert fake.seen[0].query == f"{OWN}&signature={VECTORS['V2'][3]}"
    assert fake.seen[0].body == b""


def test_a_body_is_sent_as_it_was_signed(fake, client):
    fake.answers(fake.reply({"clientId": "c-1"}))
    client.add("clients", {"name": "Õun & Pojad OÜ", "vatPc": "24"})
    call = fake.seen[0]
    assert call.body == ARTICLE.encode()
    assert (call.signed, call.signature) == (OWN, VECTORS["V9"][3])


def test_an_invoice_of_numbers_and_dates_is_the_body_of_the_vector(fake, client):
    fake.answers(fake.reply({"invoiceId": "inv-1"}))
    row = {"code": "T01", "description": "Raamatupidamine"}
    row |= {"price": Decimal("100.02"), "quantity": Decimal(1), "vatPc": "24"}
    body = {"clientId": "c-1", "date": date(2026, 1, 15), "currency": "EUR"}
    client.add("client_invoices", {**body, "rows": [row]})
    assert fake.seen[0].body == INVOICE.encode()
    assert fake.seen[0].signature == VECTORS["V8"][3]
    assert encode({**body, "rows": [{**row, "price": 100.02}]}) == INVOICE.encode()


def test_a_deletion_has_the_id_in_the_query_and_an_empty_object_as_body(fake, client):
    fake.answers(fake.reply({}))
    client.delete("client_invoices", "42")
    call = fake.seen[0]
    assert (call.method, call.body) == ("POST", b"{}")
    assert call.path == "/en/api/purchasesales/clientinvoices:delete"
    assert (call.signed, call.signature) == (f"id=42&{OWN}", VECTORS["V10"][3])


def test_each_attempt_has_a_time_and_a_signature_of_its_own(fake, open_client, clock):
    def pause(_seconds):
        clock.now += timedelta(seconds=2)

    fake.answers(fake.reply({}, 500), fake.hang_up, fake.reply({"vatPcs": []}))
    open_client(http={"sleep": pause}).check_keys()
    times = [call.signed[10:24] for call in fake.seen]
    assert times == ["15012026120000", "15012026120002", "15012026120004"]
    for call in fake.seen:
        text = call.signed.encode()
        assert call.signature == hmac.new(SECRET.encode(), text, sha256).hexdigest()


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (utc(2026, 1, 15, 10), "15012026120000"),
        (utc(2026, 7, 15, 10), "15072026130000"),
        (utc(2025, 12, 31, 22, 30, 5), "01012026003005"),
        (utc(2026, 3, 29, 0, 59, 59), "29032026025959"),
        (utc(2026, 3, 29, 1), "29032026040000"),
        (utc(2026, 10, 25, 0, 30), "25102026033000"),
        (utc(2026, 10, 25, 1, 30), "25102026033000"),
        (utc(2024, 2, 28, 22, 0, 1), "29022024000001"),
        (utc(2026, 1, 14, 22), "15012026000000"),
    ],
)
def test_the_timestamp_is_estonian_time_with_midnight_as_00(moment, text):
    assert stamp(moment) == text
    assert stamp(moment.astimezone(timezone(timedelta(hours=-7)))) == text


def test_a_moment_without_time_zone_is_not_guessed_at():
    with pytest.raises(ValueError, match="time zone"):
        stamp(datetime(2026, 1, 15, 12))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (utc(2026, 1, 31, 21, 59, 59), date(2026, 1, 31)),
        (utc(2026, 1, 31, 22), date(2026, 2, 1)),
        (utc(2026, 7, 31, 21), date(2026, 8, 1)),
    ],
)
def test_months_end_at_midnight_in_estonia(moment, day):
    assert local_day(moment) == day


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (utc(2026, 10, 24, 23, 59, 59), 0),
        (utc(2026, 10, 25, 0), 7200),
        (utc(2026, 10, 25, 0, 30), 5400),
        (utc(2026, 10, 25, 1, 59, 59), 1),
        (utc(2026, 10, 25, 2), 0),
        (utc(2026, 3, 29, 1), 0),
    ],
)
def test_the_hour_that_comes_twice_in_october_ends_at_four(moment, seconds):
    assert seconds_to_plain_time(moment) == seconds
    assert is_doubled(moment) == bool(seconds)
