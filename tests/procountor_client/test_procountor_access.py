# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tokens are asked for as the vendor wants it, kept, shared, and never shown."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from procountor_client import claims_of, exchange_code, key_login_url
from procountor_fake import KEY, KEYS, NOON, make_jwt
from transport.errors import AnswerLost, BadAnswer, LedgerError, NotAuthorised
from transport.tokens import MemoryTokenStore


def test_a_token_is_asked_for_in_a_form_without_charset(fake, client):
    fake.answers(fake.reply({"companyId": 14159}))
    assert client.company.session() == {"companyId": 14159}
    (call,) = fake.tokens
    assert (call.method, call.path, call.query) == ("POST", "/api/oauth/token", {})
    assert call.headers["content-type"] == "application/x-www-form-urlencoded"
    assert call.form == {"grant_type": "client_credentials", **KEYS}
    assert fake.seen[0].headers["authorization"] == f"Bearer {fake.token(1)}"


def test_the_redirect_address_goes_along_where_there_is_one(fake, open_client):
    fake.answers(fake.reply({}))
    open_client(redirect_uri=" https://shop.example.com/back ").company.session()
    assert fake.tokens[0].form["redirect_uri"] == "https://shop.example.com/back"


def test_keys_that_were_copied_with_blanks_work(fake, open_client):
    fake.answers(fake.reply({}))
    open_client(api_key=f" {KEY}\n").company.session()
    assert fake.tokens[0].form["api_key"] == KEY


def test_a_token_serves_until_shortly_before_its_end(fake, client, clock):
    fake.answers(fake.reply({}))
    client.company.session()
    clock.now = NOON + timedelta(minutes=57)
    client.company.session()
    assert len(fake.tokens) == 1
    clock.now = NOON + timedelta(minutes=59)
    client.company.session()
    assert len(fake.tokens) == 2
    assert fake.seen[-1].headers["authorization"] == f"Bearer {fake.token(2)}"


def test_processes_that_share_a_store_share_the_token(fake, open_client):
    fake.answers(fake.reply({}))
    store = MemoryTokenStore()
    for _process in range(3):
        open_client(tokens=store).company.session()
    assert len(fake.tokens) == 1


def test_another_key_never_gets_the_token_of_the_first(fake, open_client):
    fake.answers(fake.reply({}))
    store = MemoryTokenStore()
    open_client(tokens=store).company.session()
    open_client(tokens=store, api_key=make_jwt(cid=2)).company.session()
    open_client(tokens=store, client_secret="another-secret").company.session()
    assert len(fake.tokens) == 3


def test_a_refused_token_is_replaced_once_and_the_call_repeated(fake, client):
    fake.answers(fake.refuse("Unauthorized", status=401), fake.reply({"id": 7}))
    assert client.invoices.add({"type": "SALES_INVOICE"}).id == "7"
    assert len(fake.tokens) == 2
    first, second = fake.seen
    assert first.body == second.body
    assert second.headers["authorization"] == f"Bearer {fake.token(2)}"


def test_when_a_new_token_is_refused_too_the_keys_are_at_fault(fake, client):
    fake.answers(fake.refuse("Unauthorized", status=401))
    with pytest.raises(NotAuthorised):
        client.company.session()
    assert len(fake.tokens) == 2
    assert len(fake.seen) == 2


def test_a_dead_token_that_another_process_left_is_replaced_as_well(fake, open_client):
    store = MemoryTokenStore()
    fake.answers(fake.reply({}))
    early, late = open_client(tokens=store), open_client(tokens=store)
    early.company.session()
    fake.answers(fake.refuse("Unauthorized", status=401), fake.reply({"name": "x"}))
    late.company.session()
    # The early one still holds the first token; the second is in the store, and dead.
    fake.answers(
        fake.refuse("Unauthorized", status=401),
        fake.refuse("Unauthorized", status=401),
        fake.reply({"name": "y"}),
    )
    assert early.company.session() == {"name": "y"}
    assert len(fake.tokens) == 3


def test_refused_keys_are_told_with_the_vendors_words(fake, client):
    fake.token_step = fake.refuse("Unauthorized", status=401)
    with pytest.raises(NotAuthorised, match="Unauthorized"):
        client.company.session()
    fake.token_step = fake.reply(
        {"error": "invalid_client", "error_description": "No such client"}, 400
    )
    with pytest.raises(LedgerError, match="No such client") as caught:
        client.company.session()
    assert caught.value.code == "invalid_client"
    assert fake.seen == []


def test_a_wrong_address_is_told_from_wrong_keys(fake, client):
    fake.token_step = fake.reply("<html>Not Found</html>", 404)
    with pytest.raises(LedgerError) as caught:
        client.company.session()
    assert caught.value.code == "wrong_address"


def test_a_token_whose_answer_is_lost_is_asked_for_again(fake, client):
    steps = [fake.hang_up, fake.reply({"access_token": fake.token(1)})]
    fake.token_step = lambda handler: steps.pop(0)(handler)
    fake.answers(fake.reply({"companyId": 14159}))
    assert client.company.session() == {"companyId": 14159}
    assert len(fake.tokens) == 2


@pytest.mark.parametrize("body", [{}, {"access_token": ""}, [], {"access_token": 1}])
def test_an_answer_without_a_token_is_no_token(fake, client, body):
    fake.token_step = fake.reply(body)
    with pytest.raises(BadAnswer):
        client.company.session()
    assert fake.seen == []


@pytest.mark.parametrize("lifetime", [None, "soon", {}])
def test_a_token_whose_lifetime_is_not_told_lives_an_hour(
    fake, client, clock, lifetime
):
    fake.answers(fake.reply({}))
    fake.token_step = fake.reply(
        {"access_token": make_jwt(cid=1), "expires_in": lifetime}
    )
    client.company.session()
    clock.now = NOON + timedelta(minutes=57)
    client.company.session()
    assert len(fake.tokens) == 1


# === SECRETS === #


@pytest.mark.parametrize("status", [200, 400, 401, 403, 500])
def test_neither_keys_nor_tokens_leave_the_client(fake, open_client, caplog, status):
    caplog.set_level(logging.DEBUG)
    exchanges = []

    def echo(handler):
        bearer = handler.headers["Authorization"]
        text = f"{bearer} of {KEY} for {KEYS['client_secret']}"
        fake.reply({"errors": [{"message": text}]}, status)(handler)

    fake.answers(echo)
    client = open_client(
        http={"recorder": exchanges.append, "recorder_bodies": True, "retries": 1}
    )
    with pytest.raises(LedgerError) as caught:
        client.one("invoices", "1")
    error = caught.value
    texts = [caplog.text, repr(exchanges), repr(error), str(vars(error))]
    texts += [repr(problem) for problem in error.problems]
    assert len(exchanges) >= 2
    tokens = [fake.token(number + 1) for number in range(len(fake.tokens))]
    for secret in (KEY, KEYS["client_secret"], *tokens):
        assert not any(secret in text for text in texts)


def test_a_token_taken_over_from_another_process_is_hidden_too(fake, open_client):
    store = MemoryTokenStore()
    fake.answers(fake.reply({}))
    open_client(tokens=store).company.session()
    exchanges = []
    client = open_client(
        tokens=store, http={"recorder": exchanges.append, "recorder_bodies": True}
    )
    fake.answers(fake.reply({"productVersion": f"it was {fake.token(1)}"}))
    client.company.session()
    assert "it was" in repr(exchanges)
    assert fake.token(1) not in repr(exchanges)


def test_nothing_that_the_client_is_made_of_shows_a_secret(client):
    found, texts = [client], ""
    for _depth in range(4):
        parts = [x for y in found for x in getattr(y, "__dict__", {}).values()]
        found = [x for x in parts if type(x).__module__.startswith("procountor")]
        texts += repr(found)
    assert "testClient" in texts
    assert KEY not in texts
    assert KEYS["client_secret"] not in texts


# === WHAT A KEY SAYS === #


def test_a_key_names_the_company_that_it_opens(client):
    assert client.claims == ("14159", "26535", "testClient")


@pytest.mark.parametrize("key", ["", "abc", "a.b.c", "a.W10.c", "ä.ö.ü"])
def test_a_key_that_says_nothing_is_no_error(key):
    assert claims_of(key) is None


# === KEY LOGIN === #

BACK = "https://shop.example.com/ledger/back"


@pytest.mark.parametrize("path", ["/api", "/latest/api", "/v2604/api", "/api/"])
def test_the_key_login_is_beside_the_api(path):
    url = key_login_url(f"https://api.procountor.com{path}", "me", BACK, "x y")
    assert url == (
        "https://api.procountor.com/keylogin?response_type=code&client_id=me"
        "&redirect_uri=https%3A%2F%2Fshop.example.com%2Fledger%2Fback&state=x+y"
    )


def _exchange(http):
    keys = {name: KEYS[name] for name in ("client_id", "client_secret")}
    return exchange_code(http, redirect_uri=BACK, code="code-for-tests", **keys)


def test_a_code_becomes_a_key(fake, open_http):
    exchanges = []
    http = open_http(recorder=exchanges.append, recorder_bodies=True)
    fake.answers(fake.reply({"api_key": KEY}))
    assert _exchange(http) == KEY
    (call,) = fake.seen
    assert (call.method, call.path) == ("POST", "/api/oauth/key")
    assert call.headers["content-type"] == "application/x-www-form-urlencoded"
    assert call.form["grant_type"] == "authorization_code"
    assert call.form["code"] == "code-for-tests"
    assert call.form["redirect_uri"] == BACK
    assert KEY not in repr(exchanges)
    assert "code-for-tests" not in repr(exchanges)


def test_a_code_is_never_sent_twice(fake, open_http):
    fake.answers(fake.hang_up)
    with pytest.raises(AnswerLost):
        _exchange(open_http())
    assert len(fake.seen) == 1


# === ACTIVATION LINKS === #

REQUEST = {
    "integrationId": "integration-1",
    "expires": "2026-01-15T15:00:00",
    "initiator": {"email": "maija@example.fi", "userFullName": "Maija Mallikas"},
    "companiesToIntegrate": [{"companyId": 11}, {"companyId": 12, "extraInfo": {}}],
}


def test_an_activation_names_its_companies(fake, client):
    fake.answers(fake.reply(REQUEST))
    request = client.activation.request("5b1c-77")
    assert request.integration == "integration-1"
    assert list(request.companies) == ["11", "12"]
    assert "Maija" not in repr(request)
    assert fake.seen[0].path == "/api/integrations/5b1c-77"


def test_every_company_is_answered_and_keys_come_back(fake, open_client):
    exchanges = []
    client = open_client(http={"recorder": exchanges.append, "recorder_bodies": True})
    # More than the transport searches for secrets.
    keys = {str(i): make_jwt(cid=i, jti="x" * 300) for i in range(11, 60)}
    made = [{"companyId": int(c), "apiKey": key} for c, key in keys.items()]
    fake.answers(
        fake.reply({"integrationId": "integration-1", "companiesIntegrated": made}),
        fake.reply({"productVersion": keys["11"]}),
    )
    got = client.activation.answer("5b1c-77", list(keys), {"90": "Wrong — компания"})
    assert got == keys
    assert fake.seen[0].method == "PUT"
    assert fake.seen[0].json == {
        "approve": list(range(11, 60)),
        "reject": [{"companyId": 90, "reason": "Wrong — kompaniya"}],
    }
    client.company.session()
    assert keys["11"] not in repr(exchanges)


def test_an_expired_link_says_so(fake, client):
    fake.answers(fake.refuse("Request has expired", status=410))
    with pytest.raises(LedgerError) as caught:
        client.activation.request("5b1c-77")
    assert caught.value.code == "expired"
    with pytest.raises(LedgerError) as caught:
        client.activation.answer("5b1c-77", ["11"])
    assert caught.value.code == "expired"
    assert not caught.value.sent


def test_contradictions_and_foreign_paths_are_not_sent(fake, client):
    with pytest.raises(ValueError, match="approved and rejected: 11"):
        client.activation.answer("5b1c-77", ["11"], {"11": "no"})
    with pytest.raises(ValueError, match="reason"):
        client.activation.answer("5b1c-77", [], {"11": " "})
    for name in ("", "..", "../invoices", "a/b", "a?b"):
        with pytest.raises(ValueError, match="no id"):
            client.activation.request(name)
    assert fake.seen == []


def test_customers_of_an_integration_are_listed(fake, client):
    rows = [{"companyId": 11, "integrationVersionStatus": "APPROVED"}]
    fake.answers(fake.reply(rows), fake.reply(rows[0]), fake.reply({"results": rows}))
    for _shape in range(3):
        assert list(client.activation.customers("integration-1")) == rows
