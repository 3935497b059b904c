# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A running sandbox, a world of one's own, and a plain caller of the vendor's API.

The caller is written out here, by hand: it shares nothing with the connectors.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from sandbox.control import Sandbox, World  # noqa: E402
from tests.sandbox.receiver import SECRET, Receiver  # noqa: E402


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known where this folder is run on its own."""
    text = "needs_specs: reads the vendors' documents in ../shared"
    config.addinivalue_line("markers", text)


def start_server(folder: Path, *arguments: str) -> tuple[subprocess.Popen, dict]:
    """Start a server of its own and wait until it listens."""
    ready = folder / "ready.json"
    command = [sys.executable, "-m", "sandbox", "--ready-file", str(ready)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([*command, *arguments], cwd=ROOT, env=environment)
    while not ready.exists():
        assert process.poll() is None, "the sandbox did not start"
        time.sleep(0.02)
    return process, json.loads(ready.read_text())


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Callable[..., tuple[subprocess.Popen, dict]]]:
    """Return a function that starts a server of the test's own."""
    started: list[subprocess.Popen] = []

    def start(*arguments: str) -> tuple[subprocess.Popen, dict]:
        process, ready = start_server(tmp_path, *arguments)
        started.append(process)
        return process, ready

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Return the running sandbox, that of the environment if there is one."""
    if os.environ.get("LEDGER_SANDBOX_URL"):
        key = os.environ["LEDGER_SANDBOX_KEY"]
        yield Sandbox(os.environ["LEDGER_SANDBOX_URL"], key)
        return
    process, ready = start_server(tmp_path_factory.mktemp("sandbox"))
    yield Sandbox(ready["url"], ready["key"])
    process.terminate()
    process.wait()


@pytest.fixture
def make_world(sandbox: Sandbox) -> Iterator[Callable[..., World]]:
    """Return a maker of worlds, which are dropped when the test is over."""
    made: list[World] = []

    def make(**options: Any) -> World:
        made.append(sandbox.world("tripletex", **options))
        return made[-1]

    yield make
    for world in made:
        world.drop()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """Return an empty world with the default settings."""
    return make_world()


@pytest.fixture
def api(world: World) -> Api:
    """Return a caller with a session in the empty world."""
    return Api(world).login()


class Api:
    """Calls the vendor's API in a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.user = "0"
        self.token = ""
        self._http = requests.Session()

    def open_session(
        self, key: str = "employee", until: date | None = None, **tokens: str
    ) -> requests.Response:
        """Ask for a session with the tokens of the world, or others."""
        found = self.world.credentials
        body = {
            "consumerToken": found["consumer_token"],
            "employeeToken": found[f"{key}_token"],
            "expirationDate": (until or date.today() + timedelta(days=2)).isoformat(),
        }
        address = f"{self.world.base_url}/token/session/:create"
        return self._http.post(address, json={**body, **tokens})

    def login(self, key: str = "employee", until: date | None = None) -> Api:
        """Open a session and go on with it."""
        answer = self.open_session(key, until)
        assert answer.status_code in (200, 201), answer.text
        self.token = answer.json()["value"]["token"]
        return self

    def as_user(self, user: object) -> Api:
        """Return the same session under another Basic user name."""
        other = Api(self.world)
        other.user, other.token = str(user), self.token
        return other

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """Call and return whatever is answered."""
        address = f"{self.world.base_url}/{path}"
        auth = (self.user, self.token)
        return self._http.request(method, address, auth=auth, **options)

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        """Return the body of an answer 200."""
        answer = self.call("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def values(self, path: str, **params: Any) -> list[dict[str, Any]]:
        """Return one page of a list."""
        return self.get(path, **params)["values"]

    def value(self, path: str, **params: Any) -> dict[str, Any]:
        """Return one object."""
        return self.get(path, **params)["value"]

    def write(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """Return what a successful write answers."""
        answer = self.call(method, path, json=body, params=params)
        assert answer.status_code in (200, 201), answer.text
        found = answer.json()
        return found.get("value", found.get("values"))

    def error(
        self, path: str, method: str = "GET", body: Any = None, **params: Any
    ) -> tuple[int, int, dict[str, Any]]:
        """Return status, code and body of an answer that is an error."""
        answer = self.call(method, path, json=body, params=params)
        found = answer.json()
        assert found["requestId"] == answer.headers["x-tlx-request-id"]
        return answer.status_code, found["code"], found


@pytest.fixture
def login() -> Callable[..., Api]:
    """Return a function that opens a session in a world."""

    def open_one(world: World, key: str = "employee", until: date | None = None) -> Api:
        return Api(world).login(key, until)

    return open_one


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return a place that webhooks can be delivered to."""
    place = Receiver()
    yield place
    place.close()


@pytest.fixture
def subscribe(api: Api, receiver: Receiver) -> Callable[..., dict[str, Any]]:
    """Return a function that subscribes the receiver to an event, signed."""

    def one(event: str, caller: Api = api, **values: Any) -> dict[str, Any]:
        body = {"event": event, "targetUrl": receiver.url, "hmacSharedSecret": SECRET}
        return caller.write("POST", "event/subscription", {**body, **values})

    return one
