# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Webhooks that fail, come again, late, in another order, or from somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.control import SandboxError
from tests.sandbox.receiver import is_signed

PATH = "event/subscription"
NOON = "2026-02-02T12:00:00Z"


@pytest.fixture
def kari(world, subscribe):
    """Return a customer whose changes are told."""
    kari = world.add("customer", name="Kari")
    subscribe("customer.update", fields="id,version,name")
    return kari


def rename(world, kari, *names):
    """Rename the customer again and again."""
    for name in names:
        world.update("customer", kari["id"], name=name)


def status_of(api):
    """Return the status of the only subscription."""
    return api.values(PATH)[0]["status"]


def test_failed_delivery_is_tried_again_at_growing_intervals(
    world, receiver, kari
) -> None:
    world.clock(set=NOON, frozen=True)
    receiver.answers = [503, 500]
    rename(world, kari, "A")
    assert world.wait_for_webhooks() == {"retrying": 1}
    world.clock(advance=59)
    assert world.wait_for_webhooks() == {"retrying": 1}
    world.clock(advance=1)
    assert world.wait_for_webhooks() == {"retrying": 1}
    world.clock(advance=300)
    assert world.wait_for_webhooks() == {"delivered": 1}
    (delivery,) = world.deliveries()
    assert [attempt["status"] for attempt in delivery["attempts"]] == [503, 500, 204]
    assert all(attempt["seconds"] > 0 for attempt in delivery["attempts"])
    assert len(set(receiver.keys())) == 1
    assert len({got["raw"] for got in receiver.got}) == 1


def test_all_attempts_take_about_thirty_hours(world) -> None:
    pauses = world.settings()["webhook_retries"]
    assert pauses == sorted(pauses)
    assert timedelta(hours=30) <= timedelta(seconds=sum(pauses)) < timedelta(hours=31)


def test_next_attempt_can_be_made_at_once(world, receiver, kari) -> None:
    receiver.answers = [500]
    rename(world, kari, "A")
    assert world.wait_for_webhooks() == {"retrying": 1}
    assert world.deliver_now() == 1
    assert world.wait_for_webhooks() == {"delivered": 1}


def test_subscription_is_disabled_after_too_many_errors_and_enabled_by_put(
    world, api, receiver, kari
) -> None:
    receiver.answers = [500] * 3
    world.settings(webhook_retries=[60, 60])
    rename(world, kari, "A")
    for _attempt in range(2):
        world.wait_for_webhooks()
        assert status_of(api) == "ACTIVE"
        world.deliver_now()
    assert world.wait_for_webhooks() == {"failed": 1}
    assert status_of(api) == "DISABLED_TOO_MANY_ERRORS"
    rename(world, kari, "B")
    assert world.wait_for_webhooks() == {"failed": 1}
    found = api.values(PATH)[0]
    api.write("PUT", f"{PATH}/{found['id']}", {"status": "ACTIVE"})
    assert world.webhooks()["subscriptions"][0]["errors"] == 0
    rename(world, kari, "C")
    world.wait_for_webhooks()
    assert receiver.told("name")[-1][2] == "C"
    assert "B" not in [told[2] for told in receiver.told("name")]


def test_success_in_between_keeps_the_subscription(world, api, receiver, kari) -> None:
    world.settings(webhook_retries=[60])
    receiver.answers = [500, 204, 500]
    rename(world, kari, "A")
    world.wait_for_webhooks()
    rename(world, kari, "B")
    world.wait_for_webhooks()
    world.deliver_now()
    assert world.wait_for_webhooks() == {"failed": 1, "delivered": 1}
    assert status_of(api) == "ACTIVE"


def test_door_that_is_shut_counts_as_an_error(world, api, receiver, subscribe) -> None:
    world.settings(webhook_retries=[])
    receiver.close()
    subscribe("customer.create")
    world.add("customer", name="Kari")
    assert world.wait_for_webhooks() == {"failed": 1}
    (attempt,) = world.deliveries()[0]["attempts"]
    assert attempt["status"] is None
    assert "refused" in attempt["error"].lower()
    assert status_of(api) == "DISABLED_TOO_MANY_ERRORS"


def test_slow_door_is_given_up_and_tried_again(world, receiver, kari) -> None:
    world.settings(webhook_timeout=0.2)
    receiver.pause.clear()
    rename(world, kari, "A")
    assert world.wait_for_webhooks() == {"retrying": 1}
    receiver.pause.set()
    world.deliver_now()
    assert world.wait_for_webhooks() == {"delivered": 1}
    assert len(set(receiver.keys())) == 1


def test_ended_subscription_gets_nothing_more(world, api, receiver, kari) -> None:
    receiver.answers = [500]
    rename(world, kari, "A")
    world.wait_for_webhooks()
    api.call("DELETE", f"{PATH}/{api.values(PATH)[0]['id']}")
    rename(world, kari, "B")
    assert world.deliver_now() == 0
    assert world.wait_for_webhooks() == {"dropped": 1}
    assert len(receiver.got) == 1


def test_subscription_that_is_switched_off_gets_nothing_more(
    world, api, receiver, kari
) -> None:
    receiver.answers = [500]
    rename(world, kari, "A")
    world.wait_for_webhooks()
    path = f"{PATH}/{api.values(PATH)[0]['id']}"
    assert api.write("PUT", path, {"status": "DISABLED"})["status"] == "DISABLED"
    rename(world, kari, "B")
    assert world.wait_for_webhooks() == {"dropped": 1}
    api.write("PUT", path, {"status": "ACTIVE"})
    rename(world, kari, "C")
    world.wait_for_webhooks()
    assert [told[2] for told in receiver.told("name")] == ["A", "C"]


@pytest.mark.parametrize("header", ["ÅØÆ–", "a\nb"])
def test_delivery_that_http_cannot_carry_fails_and_stops_no_other(
    world, receiver, subscribe, header
) -> None:
    world.settings(webhook_retries=[])
    subscribe("customer.create", authHeaderName="X-Auth", authHeaderValue=header)
    subscribe("customer.create")
    for name in ("Kari", "Ola"):
        world.add("customer", name=name)
    assert world.wait_for_webhooks()["delivered"] == 2
    (failed, *_rest) = world.deliveries(state="failed")
    assert failed["attempts"][0]["error"]


@pytest.mark.parametrize("status", ["DISABLED_RATE_LIMIT_EXCEEDED", "DISABLED_MISUSE"])
def test_vendor_can_disable_a_subscription(world, api, receiver, kari, status) -> None:
    assert world.disable_subscriptions(status) == 1
    rename(world, kari, "A")
    assert world.wait_for_webhooks() == {}
    assert status_of(api) == status


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("kept", ["A", "B", "C"]),
        ("reversed", ["C", "B", "A"]),
        ("doubled", ["A", "A", "B", "B", "C", "C"]),
        ("dropped", []),
    ],
)
def test_held_webhooks_go_out_in_any_order(world, receiver, kari, order, names) -> None:
    assert world.hold_webhooks() == 0
    rename(world, kari, "A", "B", "C")
    assert world.wait_for_webhooks() == {"held": 3}
    assert receiver.got == []
    assert world.release(order) == len(names)
    world.wait_for_webhooks()
    assert [told[2] for told in receiver.told("name")] == names
    assert len(set(receiver.keys())) == len(set(names))
    rename(world, kari, "D")
    assert world.wait_for_webhooks()["held"] == 1
    world.hold_webhooks(False)
    world.wait_for_webhooks()
    assert receiver.told("name")[-1][2] == "D"


def test_order_holds_over_all_subscriptions(world, receiver, subscribe) -> None:
    for verb in ("create", "update", "delete"):
        subscribe(f"customer.{verb}")
    world.hold_webhooks()
    kari = world.add("customer", name="Kari")
    rename(world, kari, "A")
    world.delete("customer", kari["id"])
    world.release("reversed")
    world.wait_for_webhooks()
    verbs = [told[0].split(".")[1] for told in receiver.told()]
    assert verbs == ["delete", "update", "create"]
    with pytest.raises(SandboxError, match="upwards"):
        world.release("upwards")


def test_delivery_comes_again_under_the_same_key_or_another(
    world, receiver, kari
) -> None:
    rename(world, kari, "A")
    world.wait_for_webhooks()
    number = world.deliveries()[0]["number"]
    world.resend_webhook(number)
    world.resend_webhook(number, new_key=True)
    world.wait_for_webhooks()
    assert {got["raw"] for got in receiver.got} == {receiver.got[0]["raw"]}
    assert all(is_signed(got) for got in receiver.got)
    assert len(set(receiver.keys())) == 2
    assert [d["kind"] for d in world.deliveries()] == ["event", "resent", "resent"]


@pytest.mark.parametrize("signature", ["wrong", "none", "tampered"])
def test_forged_webhook_is_not_rightly_signed(world, receiver, kari, signature) -> None:
    world.forge_webhook("customer.update", kari["id"], signature=signature)
    world.wait_for_webhooks()
    (got,) = receiver.got
    assert (got["event"], got["id"]) == ("customer.update", kari["id"])
    assert not is_signed(got)
    assert ("x-request-signature" in got["headers"]) is (signature != "none")
    assert (got["value"]["name"] == "Kari") is (signature != "tampered")


def test_forged_webhook_that_is_refused_is_not_sent_again(
    world, api, receiver, kari
) -> None:
    world.settings(webhook_retries=[])
    receiver.answers = [401]
    world.forge_webhook("customer.update", kari["id"])
    assert world.wait_for_webhooks() == {"failed": 1}
    assert world.deliver_now() == 0
    assert status_of(api) == "ACTIVE"


def test_stale_webhook_tells_an_older_version(world, receiver, kari) -> None:
    rename(world, kari, "A", "B")
    older = {"name": "A"}
    version = kari["version"] + 1
    world.stale_webhook("customer.update", kari["id"], version=version, values=older)
    world.wait_for_webhooks()
    assert is_signed(receiver.got[-1])
    told = ("customer.update", kari["id"], version, "A")
    assert receiver.told("version", "name")[-1] == told
    assert len(set(receiver.keys())) == 3


def test_delivery_can_be_delayed(world, receiver, kari) -> None:
    world.settings(webhook_delay=300)
    rename(world, kari, "late")
    world.send_webhook("customer.update", kari["id"], delay=0.2)
    with pytest.raises(SandboxError, match="on their way"):
        world.wait_for_webhooks(timeout=0.5)
    assert len(receiver.got) == 1
    assert world.deliver_now() == 1
    world.wait_for_webhooks()
    assert receiver.told("name")[-1][2] == "late"


def test_nobody_is_sent_what_nobody_subscribed_to(world, kari) -> None:
    with pytest.raises(SandboxError, match="subscribed"):
        world.send_webhook("product.update", 1)
