# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The server itself: start, stop, control door, worlds apart."""

from __future__ import annotations

import os
import signal
import socket
from urllib.parse import urlsplit

import pytest
import requests

from sandbox.control import Sandbox, SandboxError


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_server_announces_itself_and_stops_when_told(launch, how: int) -> None:
    process, ready = launch("--key", "chosen", "--demo")
    assert ready["key"] == "chosen"
    assert Sandbox(ready["url"], "chosen").worlds() == ["demo"]
    os.kill(process.pid, how)
    assert process.wait() == 0
    address = urlsplit(ready["url"])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname, address.port))


def test_demo_world_has_the_promised_books(launch) -> None:
    _process, ready = launch("--demo")
    demo = Sandbox(ready["url"], ready["key"]).open_world("demo")
    counts = demo.counts()
    assert demo.credentials["consumer_token"] == "demo-consumer"
    assert demo.credentials["employee_token"] == "demo-employee"
    assert demo.credentials["office_token"] == "demo-office"
    assert len(demo.credentials["client_ids"]) == 5
    wanted = {
        "customer": 2001,
        "supplier": 120,
        "customer_and_supplier": 40,
        "party": 2081,
        "product": 500,
        "invoice": 300,
    }
    assert {name: counts[name] for name in wanted} == wanted
    assert counts["credit_note"] > 0


def test_control_door_is_not_found_without_its_key(sandbox) -> None:
    for headers in ({}, {"X-Sandbox-Control": "wrong"}):
        answer = requests.get(f"{sandbox.url}/_control/worlds", headers=headers)
        assert answer.status_code == 404
        assert "world" not in answer.text


def test_vendor_paths_do_not_lead_to_the_control_door(world) -> None:
    for path in ("_control/worlds", "../_control/worlds", "%2e%2e/_control"):
        answer = requests.get(f"{world.base_url}/{path}")
        assert answer.status_code in (401, 404)


def test_control_door_names_what_it_cannot_do(sandbox, world) -> None:
    with pytest.raises(SandboxError, match="unknown action 'nonsense'"):
        world.do("nonsense")
    with pytest.raises(SandboxError, match="unknown setting 'colour'"):
        world.settings(colour="red")
    with pytest.raises(SandboxError, match="already"):
        sandbox.world(name=world.name)
    with pytest.raises(SandboxError, match="cannot be 'maybe'"):
        sandbox.world(full_result_size="maybe")
    with pytest.raises(SandboxError, match="needs a zone"):
        world.clock(set="2026-01-01T00:00:00")


def test_tokens_and_sessions_of_one_world_do_not_open_another(make_world, login):
    one, other = make_world(), make_world()
    here, there = login(one), login(other)
    assert here.open_session(employeeToken=other.credentials["employee_token"]).json()[
        "validationMessages"
    ]
    here.token = there.token
    assert here.error("customer")[:2] == (401, 3000)
    one.add("customer", name="Bare her")
    assert there.values("customer") == []


def test_dropped_world_is_gone(sandbox, world, api) -> None:
    sandbox.world(name="short-lived").drop()
    with pytest.raises(SandboxError, match="no world"):
        sandbox.open_world("short-lived")
    assert api.values("customer") == []


def test_connection_is_kept_open_between_calls(world) -> None:
    address = urlsplit(world.base_url)
    with socket.create_connection((address.hostname, address.port)) as connection:
        stream = connection.makefile("rb")
        for _time in range(3):
            line = f"GET {address.path}/customer HTTP/1.1\r\nHost: x\r\n\r\n"
            connection.sendall(line.encode())
            assert b" 401 " in stream.readline()
            length = 0
            while (header := stream.readline()) != b"\r\n":
                if header.lower().startswith(b"content-length:"):
                    length = int(header.split(b":")[1])
            assert len(stream.read(length)) == length > 0


def test_calls_are_noted_without_secrets(world, api) -> None:
    secrets = [api.token, *world.credentials.values()]
    api.get("customer", fields="id")
    api.call("PUT", "token/session/:create", params={"employeeToken": secrets[1]})
    api.error("customer", "POST", {"nonsense": 1})
    api.call("DELETE", f"token/session/{api.token}")
    calls = world.calls()
    assert [(call["method"], call["path"], call["status"]) for call in calls] == [
        ("POST", "/token/session/:create", 201),
        ("GET", "/customer", 200),
        ("PUT", "/token/session/:create", 422),
        ("POST", "/customer", 422),
        ("DELETE", "/token/session/***", 204),
    ]
    assert calls[1]["user"] == "0"
    assert calls[1]["session"] == calls[3]["session"]
    assert calls[3]["body"] == {"nonsense": 1}
    assert "16000" in calls[3]["reason"]
    assert [call["number"] for call in world.refused()] == [3, 4]
    assert world.count_calls(path="/customer", method="GET") == 1
    assert world.count_calls(since=3) == 2
    for secret in secrets:
        assert not isinstance(secret, str) or secret not in str(calls)


def test_clearing_calls_forgets_them(world, api) -> None:
    api.get("customer")
    world.clear_calls()
    assert world.calls() == []
    api.get("customer")
    assert [call["number"] for call in world.calls()] == [1]
