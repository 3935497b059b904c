# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""API keys and tokens (dossier §2)."""

from __future__ import annotations

import base64
import json

import pytest
import requests

FORM = "application/x-www-form-urlencoded"


def claims(token: str) -> dict:
    """Return what a token says."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_an_api_key_buys_a_token_of_one_hour_for_its_company(world, caller):
    answer = caller(world).ask_token()
    assert answer.status_code == 200
    assert answer.json().keys() == {"access_token", "expires_in"}
    assert answer.json()["expires_in"] == 3600
    found = claims(answer.json()["access_token"])
    assert found["cid"] == world.credentials["company_id"]
    assert found["exp"] - found["iat"] == 3600 and found["scope"] == "m2m"


def test_the_api_key_tells_its_company_and_never_ends(world):
    found = claims(world.credentials["api_key"])
    assert found["cid"] == world.credentials["company_id"]
    assert found["aud"] == world.credentials["client_id"] and "exp" not in found


@pytest.mark.parametrize(
    "changed",
    [{"client_id": "nobody"}, {"client_secret": "wrong"}, {"api_key": "wrong"}]
    + [{name: None} for name in ("client_id", "client_secret", "api_key")],
)
def test_wrong_or_missing_credentials_are_401(world, caller, refused_as, changed):
    answer = caller(world).ask_token(**changed)
    assert refused_as(answer) == (401, {"": "Unauthorized"})


def test_a_key_is_worth_nothing_to_another_client(world, caller):
    own = caller(world)
    other = world.do("add_api_client")
    assert own.ask_token(**other).status_code == 401
    assert own.ask_token().status_code == 200


def test_a_company_without_the_product_financials_gives_no_token(world, caller):
    world.do("company_settings", values={"product_version": "BACKOFFICE"})
    assert caller(world).ask_token().status_code == 401


def test_a_charset_in_the_content_type_is_refused(make_world, caller):
    for status, wanted in ((400, 400), (415, 415), (0, 200)):
        own = caller(make_world(token_charset=status))
        answer = requests.post(
            f"{own.world.base_url}/oauth/token",
            data=own.form(),
            headers={"Content-Type": f"{FORM}; charset=UTF-8"},
        )
        assert answer.status_code == wanted


def test_credentials_in_the_address_are_refused(world, caller):
    own = caller(world)
    form = own.form()
    secret = form.pop("client_secret")
    address = f"{world.base_url}/oauth/token?client_secret={secret}"
    assert requests.post(address, data=form).status_code == 400


def test_a_json_body_is_no_form(world, caller):
    own = caller(world)
    answer = requests.post(f"{world.base_url}/oauth/token", json=own.form())
    assert answer.status_code == 415


def test_the_redirect_address_may_be_left_out_unless_the_setting_wants_it(
    make_world, caller
):
    own = caller(make_world())
    right = own.world.credentials["redirect_uri"]
    assert own.ask_token(redirect_uri=right).status_code == 200
    assert own.ask_token(redirect_uri=right + "?a=1").status_code == 400
    strict = caller(make_world(redirect_uri="required"))
    assert strict.ask_token().status_code == 400
    assert strict.ask_token(redirect_uri=right).status_code == 200


def test_token_errors_can_come_in_the_shape_of_oauth(make_world, caller):
    answer = caller(make_world(token_errors="oauth")).ask_token(api_key="wrong")
    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_client"
    assert answer.json()["error_description"]


def test_without_a_token_nothing_is_told(world, caller, refused_as):
    own = caller(world)
    for token in ("", "made.up.token"):
        own.token = token
        assert refused_as(own.call("GET", "/invoices"))[0] == 401


def test_a_token_is_worth_nothing_after_one_hour(api):
    api.get("/sessioninfo")
    api.world.clock(advance=3599)
    api.get("/sessioninfo")
    api.world.clock(advance=2)
    assert api.refusal("GET", "/sessioninfo") == (401, {"": "Unauthorized"})
    api.login().get("/sessioninfo")


def test_expired_sessions_need_a_new_token(api):
    assert api.world.expire_sessions() == 1
    assert api.refusal("GET", "/sessioninfo")[0] == 401
    api.login().get("/sessioninfo")


def test_a_revoked_key_kills_its_tokens_too(api):
    api.world.revoke_key()
    assert api.refusal("GET", "/sessioninfo")[0] == 401
    assert api.ask_token().status_code == 401
    api.world.revoke_key(restore=True)
    api.login().get("/sessioninfo")


def test_a_user_that_lost_the_company_has_no_token_any_more(api):
    api.world.do("take_access")
    assert api.refusal("GET", "/sessioninfo")[0] == 401
    assert api.ask_token().status_code == 401


def test_a_company_that_does_not_allow_api_clients_gives_no_token(make_world, caller):
    for status in (401, 403):
        world = make_world(api_off_status=status)
        world.api_service(False)
        assert caller(world).ask_token().status_code == status


def test_logging_out_ends_the_token(api):
    headers = {"Authorization": f"Bearer {api.token}"}
    address = f"{api.host}/logout"
    assert requests.post(address, headers=headers).status_code == 200
    assert api.refusal("GET", "/sessioninfo")[0] == 401


def test_a_person_logs_in_with_a_code_and_refreshes_for_half_a_year(world, caller):
    own = caller(world)
    code = world.do("login_code")
    form = {"grant_type": "authorization_code", "api_key": None, "code": code}
    found = own.ask_token(**form).json()
    assert own.ask_token(**form).status_code == 401, "a code works once"
    refresh = {"grant_type": "refresh_token", "api_key": None}
    refresh["refresh_token"] = found["refresh_token"]
    world.clock(advance=170 * 86400)
    own.token = own.ask_token(**refresh).json()["access_token"]
    own.get("/sessioninfo")
    world.clock(advance=20 * 86400)
    assert own.ask_token(**refresh).status_code == 401


def test_a_user_for_the_api_only_cannot_log_in_at_the_screens(world, caller):
    code = world.do("login_code", person=False)
    form = {"grant_type": "authorization_code", "api_key": None, "code": code}
    assert caller(world).ask_token(**form).status_code == 401


def test_versions_of_the_last_nine_months_have_addresses_of_their_own(world, caller):
    own = caller(world)

    def status(version: str) -> int:
        address = f"{own.host}/{version}/api/oauth/token"
        return requests.post(address, data=own.form()).status_code

    assert [status(v) for v in ("latest", "supported", "v2604", "v2601")] == [200] * 4
    assert [status(v) for v in ("v2408", "v2605", "v1", "newest")] == [404] * 4
    world.settings(versioned_paths=False)
    assert status("v2604") == 404 and own.ask_token().status_code == 200


def test_secrets_of_the_token_call_are_not_kept(world, caller):
    own = caller(world)
    own.ask_token()
    kept = json.dumps(world.calls())
    for name in ("client_secret", "api_key"):
        assert own.form()[name] not in kept


@pytest.mark.parametrize("fault", [{"status": 503}, {"drop": True}])
def test_secrets_are_not_kept_where_a_fault_answers_before_the_work(
    world, caller, fault
):
    world.fault(path="/oauth/", **fault)
    own = caller(world)
    code = world.do("login_code")
    for path in ("/oauth/token", "/oauth/key"):
        try:
            assert (
                own.ask_token(path, code=code, refresh_token="r-1").status_code == 503
            )
        except requests.ConnectionError:
            assert "drop" in fault
    bodies = [call["body"] for call in world.calls()]
    assert len(bodies) == 2
    for body in bodies:
        assert "grant_type=client_credentials" in body
        for name in ("client_secret", "api_key", "code", "refresh_token"):
            assert f"{name}=***" in body


def test_a_new_redirect_address_is_where_the_key_login_comes_back_to(world):
    address = "http://localhost:8069/ledger/procountor/keylogin"
    callback = world.do("redirect_uri", address=address)
    assert callback == "http://localhost:8069/ledger/procountor/activation"
    host = world.base_url.removesuffix("/api")
    query = {"response_type": "code", "client_id": world.credentials["client_id"]}
    query |= {"redirect_uri": address, "state": "s"}
    world.settings(keylogin="instant")
    page = requests.get(f"{host}/keylogin", params=query, allow_redirects=False)
    assert page.headers["Location"].startswith(f"{address}?code=")


def test_what_else_the_token_answer_holds_is_a_setting(make_world, caller):
    world = make_world(token_type=True, token_seconds=60)
    found = caller(world).ask_token().json()
    assert found["token_type"] == "bearer" and found["expires_in"] == 60


def test_logging_out_may_not_be_there(make_world, caller):
    own = caller(make_world(logout=False)).login()
    headers = {"Authorization": f"Bearer {own.token}"}
    assert requests.post(f"{own.host}/logout", headers=headers).status_code == 404
    own.get("/sessioninfo")


def test_a_further_key_lives_beside_the_first(world, caller):
    own = caller(world)
    key = world.do("new_key")
    world.revoke_key()
    assert own.ask_token().status_code == 401
    assert own.ask_token(api_key=key).status_code == 200
