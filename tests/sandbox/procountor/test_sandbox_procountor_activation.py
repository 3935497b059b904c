# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The key login and the activation link (dossier §2)."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import requests


@pytest.fixture
def integrator(world, caller):
    """Return a caller of the company that owns the API Integrator tool."""
    return caller(world, world.credentials["integrator"]).login()


def keylogin(own, state: str = "s1", **values) -> requests.Response:
    """Send a browser to the key login; it chooses the first company."""
    found = own.world.credentials
    params = {
        "response_type": "code",
        "client_id": found["client_id"],
        "redirect_uri": found["redirect_uri"],
        "state": state,
        **values,
    }
    return requests.post(
        f"{own.host}/keylogin",
        params=params,
        data={"company": found["company_id"]},
        allow_redirects=False,
    )


def code_of(answer: requests.Response) -> str:
    """Return the code that a browser carries home."""
    return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


def test_the_key_login_shows_the_companies_of_the_user(world, caller):
    own, found = caller(world), world.credentials
    params = {"response_type": "code", "client_id": found["client_id"]}
    params["redirect_uri"] = found["redirect_uri"]
    answer = requests.get(f"{own.host}/keylogin", params=params)
    assert answer.status_code == 200 and found["name"] in answer.text
    assert found["integrator"]["name"] not in answer.text


def test_the_key_login_brings_a_code_home_and_the_code_a_key(world, caller):
    own = caller(world)
    answer = keylogin(own)
    assert answer.status_code == 302
    address = urlsplit(answer.headers["Location"])
    assert answer.headers["Location"].startswith(world.credentials["redirect_uri"])
    query = parse_qs(address.query)
    assert query["state"] == ["s1"] and query["expires_in"] == ["300"]
    form = {"grant_type": "authorization_code", "api_key": None}
    form |= {
        "code": query["code"][0],
        "redirect_uri": world.credentials["redirect_uri"],
    }
    key = own.ask_token("/oauth/key", **form)
    assert key.status_code == 200 and key.json().keys() == {"api_key"}
    assert own.ask_token(api_key=key.json()["api_key"]).status_code == 200
    assert own.ask_token("/oauth/key", **form).status_code == 401, "it works once"


def test_a_code_of_the_key_login_is_over_after_five_minutes(world, caller):
    own = caller(world)
    code = code_of(keylogin(own))
    world.clock(advance=301)
    form = {"grant_type": "authorization_code", "api_key": None, "code": code}
    assert own.ask_token("/oauth/key", **form).status_code == 401


def test_the_key_login_knows_one_redirect_address_only(world, caller):
    own = caller(world)
    wrong = world.credentials["redirect_uri"] + "?db=one"
    assert keylogin(own, redirect_uri=wrong).status_code == 400
    assert keylogin(own, client_id="nobody").status_code == 400


def test_the_activation_link_lands_on_the_callback_with_a_request(world, caller):
    own, found = caller(world), world.credentials
    address = own.host + found["activation_path"]
    assert found["name"] in requests.get(address).text
    chosen = {str(found["company_id"]): "on"}
    answer = requests.post(address, data=chosen, allow_redirects=False)
    assert answer.headers["Location"].startswith(found["callback_url"] + "?requestId=")


def test_the_name_of_the_callback_parameter_is_a_setting(make_world):
    world = make_world(callback_parameter="activation")
    assert "?activation=" in world.do("activation_request")["landing"]


def test_a_request_tells_who_asked_and_for_which_companies(world, integrator):
    other = world.do("add_company", name="Saimaan Kahvi Oy", with_key=False)
    made = world.do("activation_request", name="Maija Mallikas")
    found = integrator.get(f"/integrations/{made['request_id']}")
    assert found["initiator"]["userFullName"] == "Maija Mallikas"
    ids = [company["companyId"] for company in found["companiesToIntegrate"]]
    assert ids == [world.credentials["company_id"], other["company_id"]]


def test_approved_companies_get_keys_and_rejected_ones_do_not(
    world, integrator, caller
):
    one = world.do("add_company", name="Saimaan Kahvi Oy", with_key=False)
    two = world.do("add_company", name="Pohjolan Puu Oy", with_key=False)
    companies = [one["company_id"], two["company_id"]]
    made = world.do("activation_request", companies=companies)
    path = f"/integrations/{made['request_id']}"
    reject = [{"companyId": companies[1], "reason": "No contract"}]
    body = {"approve": companies[:1], "reject": reject}
    found = integrator.write("PUT", path, body)
    assert [c["companyId"] for c in found["companiesIntegrated"]] == companies[:1]
    key = found["companiesIntegrated"][0]["apiKey"]
    own = caller(world, {**one, "api_key": key}).login()
    assert own.get("/sessioninfo")["companyId"] == companies[0]
    assert world.do("activations")[0]["rejected"] == {str(companies[1]): "No contract"}
    customers = integrator.get(f"/integrations/{found['integrationId']}/customers")
    assert [customer["companyId"] for customer in customers] == companies[:1]


def test_a_company_that_has_a_technical_user_gets_its_key_once_more(world, integrator):
    made = world.do("activation_request")
    body = {"approve": [world.credentials["company_id"]], "reject": []}
    found = integrator.write("PUT", f"/integrations/{made['request_id']}", body)
    assert found["companiesIntegrated"][0]["apiKey"] == world.credentials["api_key"]


def test_every_company_has_to_be_answered(world, integrator):
    other = world.do("add_company")
    made = world.do("activation_request")
    path = f"/integrations/{made['request_id']}"
    own = world.credentials["company_id"]
    for approve in ([], [own], [own, other["company_id"], 1], [own, own]):
        assert integrator.refusal("PUT", path, {"approve": approve})[0] == 400
    assert not world.do("activations")[0]["answered"]


def test_a_reason_is_at_most_255_characters(world, integrator):
    made = world.do("activation_request")
    reject = [{"companyId": world.credentials["company_id"], "reason": "x" * 256}]
    path = f"/integrations/{made['request_id']}"
    status, fields = integrator.refusal("PUT", path, {"reject": reject})
    assert status == 400 and list(fields) == ["reject[0].reason"]


def test_a_request_is_gone_after_three_hours(world, integrator):
    made = world.do("activation_request")
    path = f"/integrations/{made['request_id']}"
    world.clock(advance=3 * 3600 - 10)
    integrator.login().get(path)
    world.clock(advance=20)
    assert integrator.login().refusal("GET", path)[0] == 410
    body = {"approve": [world.credentials["company_id"]]}
    assert integrator.refusal("PUT", path, body)[0] == 410


def test_what_a_second_answer_gets_is_a_setting(make_world, caller):
    for status in (410, 404, 400):
        world = make_world(answered_request=status)
        own = caller(world, world.credentials["integrator"]).login()
        made = world.do("activation_request")
        path = f"/integrations/{made['request_id']}"
        body = {"approve": [world.credentials["company_id"]]}
        own.write("PUT", path, body)
        assert own.refusal("PUT", path, body)[0] == status


def test_only_the_company_with_the_integrator_tool_may_answer(world, api):
    made = world.do("activation_request")
    assert api.refusal("GET", f"/integrations/{made['request_id']}")[0] == 403


def test_an_unknown_request_is_404(integrator):
    assert integrator.refusal("GET", "/integrations/unknown")[0] == 404


def test_the_key_login_can_go_straight_back(make_world, caller):
    own = caller(make_world(keylogin="instant"))
    found = own.world.credentials
    params = {"response_type": "code", "client_id": found["client_id"]}
    params["redirect_uri"] = found["redirect_uri"]
    answer = requests.get(f"{own.host}/keylogin", params=params, allow_redirects=False)
    assert answer.status_code == 302 and "state=" not in answer.headers["Location"]
    form = {"grant_type": "authorization_code", "api_key": None}
    form["code"] = code_of(answer)
    assert own.ask_token("/oauth/key", **form).status_code == 200
