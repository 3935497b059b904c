# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls that hang until the test lets them go."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import requests

from sandbox.control import SandboxError


@pytest.fixture
def create(api):
    """Return a function that makes a customer in the background."""
    with ThreadPoolExecutor(4) as pool:

        def start(name: str) -> Future:
            caller = api.as_user("0")
            return pool.submit(caller.write, "POST", "customer", {"name": name})

        yield start
        api.world.let_go("here")


def names(world):
    """Return the names of all customers."""
    return [customer["name"] for customer in world.objects("customer")]


@pytest.mark.parametrize(("when", "done"), [("before", []), ("after", ["Kari"])])
def test_call_hangs_before_or_after_its_work(world, create, when, done) -> None:
    world.fault("^/customer$", method="POST", hold="here", when=when)
    answer = create("Kari")
    (hanging,) = world.wait_held("here")
    assert hanging == {"method": "POST", "path": "/customer"}
    assert names(world) == done
    assert not answer.done()
    assert world.let_go("here") == 1
    assert answer.result()["name"] == "Kari"
    assert names(world) == ["Kari"]


def test_other_calls_pass_while_one_hangs(world, api, create) -> None:
    world.fault("^/customer$", method="POST", hold="here", when="after")
    answer = create("Kari")
    world.wait_held("here")
    (kari,) = api.values("customer")
    changed = api.write("PUT", f"customer/{kari['id']}", {"name": "Ola"})
    assert changed["version"] == kari["version"] + 1
    assert not answer.done()
    world.let_go("here")
    # what was answered is what was true when the work was done
    assert answer.result()["name"] == "Kari"


def test_place_stays_open_unless_it_is_opened_once(world, create) -> None:
    world.fault("^/customer$", method="POST", hold="here")
    first = create("A")
    world.wait_held("here")
    world.let_go("here", once=True)
    first.result()
    second, third = create("B"), create("C")
    assert len(world.wait_held("here", count=2)) == 2
    assert world.let_go("here") == 2
    assert {second.result()["name"], third.result()["name"]} == {"B", "C"}
    assert create("D").result()["name"] == "D"
    world.fault("^/customer$", method="POST", hold="here")
    last = create("E")
    world.wait_held("here")
    assert not last.done()


@pytest.mark.parametrize(("when", "done"), [("before", []), ("after", ["Kari"])])
def test_hanging_call_can_be_dropped(world, create, when, done) -> None:
    world.fault("^/customer$", method="POST", hold="here", when=when)
    answer = create("Kari")
    world.wait_held("here")
    world.let_go("here", drop=True)
    with pytest.raises(requests.ConnectionError):
        answer.result()
    assert names(world) == done
    assert world.calls(method="POST", path="^/customer$")[0]["status"] is None


def test_hold_and_cut_act_together(world, create) -> None:
    world.fault("^/customer$", method="POST", hold="here", when="after", cut=True)
    answer = create("Kari")
    world.wait_held("here")
    world.let_go("here")
    with pytest.raises(requests.ConnectionError):
        answer.result()
    assert names(world) == ["Kari"]


def test_work_is_done_although_the_caller_has_gone(world, api) -> None:
    world.fault("^/customer$", method="POST", hold="here")
    with pytest.raises(requests.Timeout):
        api.call("POST", "customer", json={"name": "Kari"}, timeout=0.3)
    assert names(world) == []
    world.let_go("here")
    while not world.calls(method="POST", path="^/customer$"):
        time.sleep(0.01)
    assert names(world) == ["Kari"]


def test_waiting_in_vain_is_told(world) -> None:
    with pytest.raises(SandboxError, match="0 of 1 calls hang at 'here'"):
        world.wait_held("here", timeout=0.1)


def test_place_that_was_never_closed_holds_nobody(world, api) -> None:
    assert world.let_go("nowhere") == 0
    assert api.write("POST", "customer", {"name": "Kari"})["name"] == "Kari"


def test_rule_with_another_side_is_refused(world) -> None:
    with pytest.raises(SandboxError, match="when is before or after"):
        world.fault("/customer", hold="here", when="during")


def test_hanging_calls_end_with_their_world(sandbox, login) -> None:
    world = sandbox.world("tripletex")
    api = login(world)
    world.fault("^/customer$", hold="here")
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(api.call, "GET", "customer")
        world.wait_held("here")
        world.drop()
        with pytest.raises(requests.ConnectionError):
            answer.result()
