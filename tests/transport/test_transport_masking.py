# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Masking: what disappears and what has to stay readable."""

import base64
import json
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transport.masking import Masker, mask_body, mask_headers, mask_url

SECRETS = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x17F), min_size=8, max_size=40
).filter(lambda text: "*" not in text)
WORDS = st.text(st.sampled_from("abcdefghijkl 0123"), max_size=30)


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        (
            "https://a.no/v2/x?consumerToken=abc&from=0",
            "https://a.no/v2/x?consumerToken=***&from=0",
        ),
        (
            "https://a.no/?fields=*,postalAddress(*)&sorting=name",
            "https://a.no/?fields=*,postalAddress(*)&sorting=name",
        ),
        ("https://a.no/x?API-Key=abc", "https://a.no/x?API-Key=***"),
        ("https://a.no/x?signature=abc&a=", "https://a.no/x?signature=***&a="),
        ("https://u:p@a.no/x", "https://***@a.no/x"),
        ("https://a.no/x?email=kari%40b.no&id=4", "https://a.no/x?email=***&id=4"),
        (
            "https://a.no/v2/token/session/%3Acreate",
            "https://a.no/v2/token/session/%3Acreate",
        ),
    ],
)
def test_addresses_lose_secret_and_personal_values_only(url, masked):
    assert mask_url(url) == masked


def test_a_given_secret_is_masked_anywhere_in_an_address():
    url = "https://a.no/token/session/abc%2Fdef?x=abc/def"
    assert mask_url(url, ["abc/def"]) == "https://a.no/token/session/***?x=***"


def test_headers_lose_secrets():
    headers = {
        "Authorization": "Basic abc",
        "Cookie": "a=b",
        "Set-Cookie": "a=b",
        "X-Api-Key": "abc",
        "x-request-signature": "abc",
        "Content-Type": "application/json",
        "x-tlx-request-id": "17",
    }
    assert mask_headers(headers) == {
        **dict.fromkeys(headers, "***"),
        "Content-Type": "application/json",
        "x-tlx-request-id": "17",
    }


def test_bodies_lose_secrets_and_personal_data():
    body = {
        "id": 4,
        "version": 2,
        "name": "Kari Nordmann",
        "organizationNumber": "911222333",
        "email": "kari@example.no",
        "phoneNumberMobile": 4790000000,
        "postalAddress": {
            "id": 7,
            "addressLine1": "Storgata 1",
            "country": {"id": 161},
        },
        "bankAccountPresentation": [{"iban": "NO93 8601 1117 947"}],
        "description": "Write to kari@example.no, please",
        "isInactive": False,
        "invoiceEmail": "",
        "amount": 125.5,
        "token": "abc",
        "encryptionKey": None,
        "consumerToken": {"id": 1},
    }
    assert mask_body(body) == {
        "id": 4,
        "version": 2,
        "name": "***",
        "organizationNumber": "911222333",
        "email": "***",
        "phoneNumberMobile": "***",
        "postalAddress": {"id": 7, "addressLine1": "***", "country": {"id": 161}},
        "bankAccountPresentation": [{"iban": "***"}],
        "description": "Write to ***, please",
        "isInactive": False,
        "invoiceEmail": "",
        "amount": 125.5,
        "token": "***",
        "encryptionKey": None,
        "consumerToken": "***",
    }


def test_secrets_are_masked_even_where_personal_data_is_shown():
    body = {"name": "Kari", "password": "abc", "client_secret": "def"}
    masked = {"name": "Kari", "password": "***", "client_secret": "***"}
    assert mask_body(body, personal=False) == masked
    assert json.loads(mask_body(json.dumps(body), personal=False)) == masked


def test_masking_changes_nothing_of_what_it_is_given():
    body = {"token": "abc", "list": [{"email": "a@b.no"}]}
    mask_body(body)
    assert body == {"token": "abc", "list": [{"email": "a@b.no"}]}


@pytest.mark.parametrize(
    "text",
    [
        '{"values": [{"token": "abc123def", "name": "Kari", "id": 4',
        "grant_type=refresh&refresh_token=abc123def&username=Kari",
        "url: /x?employeeToken=abc123def&email=Kari",
        "Authorization: Bearer abc123def",
    ],
)
def test_broken_json_forms_and_sentences_are_masked_too(text):
    masked = mask_body(text)
    assert "abc123def" not in masked
    assert "Kari" not in masked
    assert "***" in masked


def test_ordinary_sentences_stay_readable():
    text = "Produktnummeret 17 er i bruk. Se name=x"
    assert mask_body("Produktnummeret 17 er i bruk.") == "Produktnummeret 17 er i bruk."
    assert mask_body(text).startswith("Produktnummeret 17 er i bruk.")


def test_very_short_secrets_do_not_black_out_everything():
    assert Masker(["0", "ab", ""]).text("about 100 cabs", False) == "about 100 cabs"


def test_a_longer_secret_is_masked_whole_although_it_begins_with_another():
    assert Masker(["abcdefgh", "abcdefgh-9999"]).text("x abcdefgh-9999 y") == "x *** y"


@given(secret=SECRETS, before=WORDS, after=WORDS)
def test_a_known_secret_is_found_in_every_spelling(secret, before, after):
    masker = Masker([secret])
    for spelling in (
        secret,
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        json.dumps({"note": before + secret + after}),
        urlencode({"q": before + secret}),
    ):
        text = f"{before} {spelling} {after}"
        masked = masker.text(text, personal=False)
        assert secret not in masked
        assert spelling not in masked
        assert "***" in masked


@given(secret=SECRETS, user=WORDS)
def test_a_known_secret_is_found_inside_of_base64(secret, user):
    code = base64.b64encode(f"{user}:{secret}".encode()).decode()
    masked = Masker([secret]).text(f"sent {code} there")
    inner = base64.b64encode(secret.encode()).decode()
    assert "***" in masked
    assert inner[:-4] not in masked
    assert code not in masked


@given(st.recursive(st.none() | st.booleans() | st.integers() | WORDS, st.lists))
def test_bodies_without_secrets_stay_as_they_are(body):
    assert mask_body(body) == body
