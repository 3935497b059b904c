# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sessions of the Tripletex stand-in (dossier §2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import requests


def test_session_is_created_from_a_body_or_from_the_query(world, api) -> None:
    answer = api.open_session()
    assert answer.status_code == 201
    found = world.credentials
    params = {
        "consumerToken": found["consumer_token"],
        "employeeToken": found["employee_token"],
        "expirationDate": (date.today() + timedelta(days=2)).isoformat(),
    }
    legacy = api.call("PUT", "token/session/%3Acreate", params=params)
    assert legacy.status_code == 200
    assert set(legacy.json()["value"]) == set(answer.json()["value"])


@pytest.mark.parametrize("status", [404, 405])
def test_post_form_can_be_missing(make_world, login, status) -> None:
    world = make_world(post_session_status=status)
    api = type(login(make_world()))(world)
    assert api.open_session().status_code == status


@pytest.mark.parametrize("name", ["consumerToken", "employeeToken", "expirationDate"])
def test_wrong_argument_is_named(api, name) -> None:
    body = api.open_session(**{name: "prod-of-another-environment"}).json()
    assert (body["status"], body["code"]) == (422, 18000)
    (message,) = body["validationMessages"]
    assert message["field"] == message["path"] == f"arg:{name}"


def test_today_is_no_expiration_date(world, api) -> None:
    world.clock(set="2026-03-10T12:00:00Z", frozen=True)
    assert api.open_session(until=date(2026, 3, 10)).status_code == 422
    assert api.open_session(until=date(2026, 3, 11)).status_code == 201


def test_session_of_today_can_be_born_dead(make_world, login) -> None:
    world = make_world(expiration_today="born_dead")
    world.clock(set="2026-03-10T12:00:00Z", frozen=True)
    api = login(world, until=date(2026, 3, 10))
    assert api.error("customer")[0] == 401


@pytest.mark.parametrize(
    ("day", "last", "over"),
    [
        # winter: Oslo is one hour ahead of UTC
        (date(2026, 1, 16), "2026-01-15T22:59:59Z", "2026-01-15T23:00:00Z"),
        # summer: two hours
        (date(2026, 7, 16), "2026-07-15T21:59:59Z", "2026-07-15T22:00:00Z"),
    ],
)
def test_session_ends_at_midnight_in_norway(world, login, day, last, over) -> None:
    world.clock(set=f"{day - timedelta(days=2)}T12:00:00Z", frozen=True)
    api = login(world, until=day)
    world.clock(set=last, frozen=True)
    api.get("customer")
    world.clock(set=over, frozen=True)
    status, code, body = api.error("customer")
    assert (status, code, body["message"]) == (401, 3000, "Unauthorized")
    assert "Authorization header" in body["developerMessage"]


def test_deleted_session_is_over(api) -> None:
    assert api.call("DELETE", f"token/session/{api.token}").status_code == 204
    assert api.error("customer")[:2] == (401, 3000)


def test_all_sessions_can_be_expired_and_a_new_one_works(world, api) -> None:
    assert world.expire_sessions() == 1
    assert api.error("customer")[:2] == (401, 3000)
    assert api.login().values("customer") == []


def test_revoked_key_ends_its_sessions_and_opens_no_new_one(world, api) -> None:
    world.revoke_key()
    assert api.error("customer")[:2] == (401, 3000)
    assert api.open_session().status_code == 422


def test_recovered_key_kills_the_old_one(world, api) -> None:
    old = world.credentials["employee_token"]
    new = world.recover_key()["employee_token"]
    assert new != old
    assert api.error("customer")[0] == 401
    assert api.open_session(employeeToken=old).status_code == 422
    assert api.login().values("customer") == []


def test_unknown_consumer_opens_nothing(world, api) -> None:
    world.revoke_consumer()
    message = api.open_session().json()["validationMessages"][0]
    assert message["field"] == "arg:consumerToken"


@pytest.mark.parametrize("header", ["", "Bearer x", "Basic !", "Basic MDo="])
def test_call_without_a_session_is_refused(world, header) -> None:
    headers = {"Authorization": header} if header else {}
    answer = requests.get(f"{world.base_url}/customer", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, 3000)


def test_who_am_i_tells_company_and_both_employees(world, api) -> None:
    found = api.value("token/session/%3EwhoAmI")
    assert found["companyId"] == world.credentials["company_id"]
    assert found["employeeId"] != found["actualEmployeeId"]
    part = api.value("token/session/>whoAmI", fields="company(id,organizationNumber)")
    assert set(part) == {"company"}
    assert set(part["company"]) == {"id", "organizationNumber"}


def test_only_the_company_in_use_can_be_read(world, api) -> None:
    own = world.credentials["company_id"]
    assert api.value(f"company/{own}")["name"] == "Fjordlys Handel AS"
    assert api.error(f"company/{own + 1}")[:2] == (404, 6000)


def test_empty_user_name_and_own_company_mean_home(world, api) -> None:
    for user in ("", "0", world.credentials["company_id"]):
        assert api.as_user(user).values("customer") == []


@pytest.mark.parametrize("status", [401, 403, 404])
def test_unknown_client_id_is_refused(make_world, login, status) -> None:
    api = login(make_world(unknown_client_status=status))
    for user in ("4711", "nobody"):
        assert api.as_user(user).error("customer")[0] == status


def test_missing_right_closes_its_endpoints_only(world, api) -> None:
    world.add("customer", name="Kari")
    left = world.remove_right("AUTH_CUSTOMER_ADMIN")
    assert "AUTH_CUSTOMER_ADMIN" not in left
    for path in ("customer", "contact"):
        assert api.error(path)[:2] == (403, 9000)
    assert api.values("product") == []
    world.remove_right("AUTH_CUSTOMER_ADMIN", restore=True)
    assert len(api.values("customer")) == 1


def test_a_right_counts_only_if_person_and_key_have_it(world, api) -> None:
    me = api.value("token/session/>whoAmI")
    world.remove_right("AUTH_PRODUCT_ADMIN", of_person=True)
    rights = {
        who: {
            entry["name"]
            for entry in api.values("employee/entitlement", employeeId=me[who])
        }
        for who in ("employeeId", "actualEmployeeId")
    }
    assert "AUTH_PRODUCT_ADMIN" in rights["actualEmployeeId"]
    assert "AUTH_PRODUCT_ADMIN" not in rights["employeeId"]
    assert api.error("product")[:2] == (403, 9000)


def test_missing_right_can_show_as_an_empty_list(make_world, login) -> None:
    world = make_world(missing_right="filtered")
    api = login(world)
    kari = world.add("customer", name="Kari")
    world.remove_right("AUTH_CUSTOMER_ADMIN")
    assert api.values("customer") == []
    assert api.error(f"customer/{kari['id']}")[:2] == (403, 9000)
