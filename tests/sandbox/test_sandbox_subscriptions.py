# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Subscriptions to events: whose they are, what they may hold (dossier §11)."""

from __future__ import annotations

import pytest
import requests

PATH = "event/subscription"
BODY = {"event": "customer.update", "targetUrl": "https://example.org/hook"}


def fields_of(body):
    """Return which fields an error names."""
    return [entry["field"] for entry in body["validationMessages"]]


def test_events_are_listed_without_a_login_and_shown_with_one(world, api) -> None:
    events = requests.get(f"{world.base_url}/event").json()["value"]
    assert {"customer.create", "invoice.charged", "closeGroup.delete"} <= set(events)
    assert not {"invoice.update", "timesheet.create"} & set(events)
    assert requests.get(f"{world.base_url}/event/customer.create").status_code == 401
    kari = world.add("customer", name="Kari")
    shown = api.value("event/customer.create", fields="id,name")
    (example,) = shown["examples"]
    assert example["value"] == {"id": kari["id"], "name": "Kari"}
    assert api.error("event/customer.sneeze")[:2] == (404, 6000)


def test_subscription_is_made_read_changed_and_ended(api) -> None:
    answer = api.call("POST", PATH, json={**BODY, "fields": "id,name"})
    assert answer.status_code == 201
    made = answer.json()["value"]
    assert (made["status"], made["fields"]) == ("ACTIVE", "id,name")
    assert api.value(f"{PATH}/{made['id']}") == made
    changed = api.write("PUT", f"{PATH}/{made['id']}", {"fields": "id"})
    assert (changed["fields"], changed["event"]) == ("id", "customer.update")
    assert changed["version"] == made["version"] + 1
    page = api.get(PATH)
    assert [found["id"] for found in page["values"]] == [made["id"]]
    assert page["versionDigest"] is None
    assert api.call("DELETE", f"{PATH}/{made['id']}").status_code == 204
    assert api.values(PATH) == []
    assert api.error(f"{PATH}/{made['id']}")[:2] == (404, 6000)


def test_several_subscriptions_are_made_changed_and_ended_at_once(api) -> None:
    bodies = [BODY, {**BODY, "event": "customer.delete"}]
    made = api.write("POST", f"{PATH}/list", bodies)
    ids = [found["id"] for found in made]
    changed = api.write("PUT", f"{PATH}/list", [{"id": i, "fields": "id"} for i in ids])
    assert {found["fields"] for found in changed} == {"id"}
    unknown = [{"id": ids[0], "fields": "name"}, {"id": 999, "fields": "name"}]
    assert api.error(f"{PATH}/list", "PUT", unknown)[:2] == (404, 6000)
    assert {found["fields"] for found in api.values(PATH)} == {"id"}
    text = ",".join(map(str, ids))
    answer = api.call("DELETE", f"{PATH}/list", params={"ids": text})
    assert answer.status_code == 204
    assert api.values(PATH) == []
    assert api.error(f"{PATH}/list", "DELETE")[:2] == (422, 15000)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"event": "customer.sneeze"}, "event"),
        ({"targetUrl": "/hook"}, "targetUrl"),
        ({"targetUrl": "ftp://example.org/"}, "targetUrl"),
        ({"targetUrl": "http://example.org/"}, "targetUrl"),
        ({"targetUrl": "https://" + "x" * 250}, "targetUrl"),
        ({"fields": "id," * 90}, "fields"),
        ({"authHeaderName": "x" * 256}, "authHeaderName"),
        ({"authHeaderValue": "x" * 4097}, "authHeaderValue"),
        ({"status": "DISABLED_MISUSE"}, "status"),
    ],
)
def test_unfit_subscription_is_refused(api, values, field) -> None:
    status, code, body = api.error(PATH, "POST", {**BODY, **values})
    assert (status, code) == (422, 18000)
    assert field in fields_of(body)
    assert api.values(PATH) == []


def test_subscription_needs_event_and_address_and_known_fields(api) -> None:
    found = fields_of(api.error(PATH, "POST", {})[2])
    assert found == ["event", "targetUrl"]
    body = {**BODY, "fields": "id,colour"}
    assert api.error(PATH, "POST", body)[:2] == (400, 11000)
    assert api.values(PATH) == []


@pytest.mark.parametrize(
    ("rule", "address", "status"),
    [
        ("loopback", "http://127.0.0.1:8069/x", 201),
        ("loopback", "http://localhost/x", 201),
        ("loopback", "http://192.0.2.7/x", 422),
        ("refused", "http://127.0.0.1:8069/x", 422),
        ("allowed", "http://192.0.2.7/x", 201),
        ("refused", "https://user:word@example.org/x", 201),
    ],
)
def test_plain_http_is_taken_as_the_setting_says(api, rule, address, status) -> None:
    api.world.settings(webhook_http=rule)
    body = {**BODY, "targetUrl": address}
    assert api.call("POST", PATH, json=body).status_code == status


def test_secrets_are_never_shown_again(world, api) -> None:
    given = {
        "targetUrl": "https://user:word@example.org/hook",
        "hmacSharedSecret": "hush-1",
        "authHeaderName": "X-Auth",
        "authHeaderValue": "hush-2",
    }
    made = api.write("POST", PATH, {**BODY, **given})
    texts = [
        str(made),
        str(api.value(f"{PATH}/{made['id']}", fields="*,hmacSharedSecret")),
        str(api.values(PATH, fields="authHeaderValue,hmacSharedSecret")),
        str(world.webhooks()["subscriptions"]),
        str(world.calls()),
    ]
    assert not [text for text in texts if "hush" in text]
    assert "user:word" not in texts[-1]
    assert world.webhooks()["subscriptions"][0]["signed"] is True


def test_subscriptions_belong_to_the_token_that_made_them(world, login, api) -> None:
    made = api.write("POST", PATH, BODY)
    world.add_office(clients=["Nordvik Rør AS", "Lyngen Fisk AS"])
    office = login(world, "office")
    first, second = (office.as_user(c) for c in world.credentials["client_ids"])
    of_client = first.write("POST", PATH, BODY)
    assert [s["id"] for s in first.values(PATH)] == [of_client["id"]]
    assert second.values(PATH) == []
    assert second.error(f"{PATH}/{of_client['id']}", "DELETE")[:2] == (404, 6000)
    assert first.error(f"{PATH}/{made['id']}", "PUT", {})[:2] == (404, 6000)
    world.settings(office_webhooks="key")
    assert [s["id"] for s in second.values(PATH)] == [of_client["id"]]
    assert [s["id"] for s in api.values(PATH)] == [made["id"]]


def test_new_token_does_not_have_the_subscriptions_of_the_old(world, login, api):
    api.write("POST", PATH, BODY)
    world.recover_key()
    assert login(world).values(PATH) == []
