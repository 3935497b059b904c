# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Worlds: everything vendor-side, kept apart for every test that wants its own."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import Any, Protocol

from .clock import Clock
from .delivery import Delivery
from .faults import Faults
from .journal import Journal
from .postman import Postman
from .procountor.system import Procountor
from .smartaccounts.system import SmartAccounts
from .tripletex.system import Tripletex
from .wire import Request, Response


class System(Protocol):
    """What a vendor's stand-in offers to its world."""

    prefix: str
    settings: dict[str, Any]
    # held while the stand-in works
    lock: threading.RLock
    postman: Postman

    def handle(self, request: Request, seen: dict[str, Any]) -> Response:
        """Answer a call; note user, session, request_id and reason in `seen`."""

    def settle(self) -> list[Delivery]:
        """Post the webhooks of what has changed since the last time.

        :return: those that are to be delivered before the caller has its answer
        """

    def shown_path(self, path: str) -> str:
        """Return a path without secrets, for the journal."""

    def internal_error(self, seen: dict[str, Any]) -> Response:
        """Return the vendor's own error 500."""

    def credentials(self) -> dict[str, Any]:
        """Return what opens this world: tokens, company ids."""

    def change_settings(self, values: dict[str, Any]) -> dict[str, Any]:
        """Change settings and return all of them.

        :raise ValueError: unknown name, or a value it cannot have
        """

    def control(self, action: str, arguments: dict[str, Any]) -> Any:
        """Do one thing a test asked for.

        :raise KeyError: the stand-in knows no such action
        """


SYSTEMS: dict[str, Callable[..., System]] = {
    "procountor": Procountor,
    "smartaccounts": SmartAccounts,
    "tripletex": Tripletex,
}


class WorldError(ValueError):
    """A world that cannot be made, or that is not there."""


class World:
    """One vendor's service with its books, clock, faults and journal."""

    def __init__(self, name: str, system: str, settings: dict[str, Any]) -> None:
        self.name = name
        self.system_name = system
        self.clock = Clock()
        self.faults = Faults()
        self.journal = Journal()
        self.system = SYSTEMS[system](self.clock, settings, name)
        self.lock = self.system.lock

    def handle(self, request: Request) -> Response:
        """Answer a call from outside."""
        prefix = self.system.prefix
        if not request.path.startswith(prefix + "/"):
            return Response(404, {"Content-Type": "text/plain"}, b"not found\n")
        request.path = request.path[len(prefix) :]
        begun = self.clock.monotonic()
        seen: dict[str, Any] = {
            "at": self.clock.now().isoformat(),
            "path": self.system.shown_path(request.path),
        }
        with self.lock:
            plan = self.faults.for_request(request)
        answer = plan.before(request)
        if answer is None:
            answer = self._work(request, seen)
        seen["fault"] = sorted(plan.action) or None
        answer = plan.after(request, answer)
        seen["seconds"] = round(self.clock.monotonic() - begun, 6)
        with self.lock:
            self.journal.write(request, answer, seen)
        return answer

    def _work(self, request: Request, seen: dict[str, Any]) -> Response:
        early: list[Delivery] = []
        with self.lock:
            try:
                answer = self.system.handle(request, seen)
                early = self.system.settle()
            except Exception as error:
                # a mistake of the stand-in must be told from the client's: it is
                # answered as the vendor's error 500 and shown in the journal
                seen["reason"] = f"stand-in: {type(error).__name__}: {error}"
                answer = self.system.internal_error(seen)
        for delivery in early:
            self.system.postman.now(delivery)
        return answer

    def control(self, action: str, arguments: dict[str, Any]) -> Any:
        """Do one thing a test asked the stand-in for.

        :raise KeyError: the stand-in knows no such action
        """
        with self.lock:
            found = self.system.control(action, arguments)
            for delivery in self.system.settle():
                self.system.postman.post(delivery)
            return found

    def close(self) -> None:
        """Let go whatever still hangs or waits in this world."""
        self.faults.holds.open_all()
        self.system.postman.stop()

    def describe(self, url: str) -> dict[str, Any]:
        """Return name, base address and credentials.

        :param url: scheme, host and port by which the caller reached the server
        """
        return {
            "name": self.name,
            "system": self.system_name,
            # some vendors have pages beside their API: it lies further down the host
            "base_url": f"{url}/{self.name}{self.system.prefix}"
            + getattr(self.system, "base", ""),
            "credentials": self.system.credentials(),
            "settings": self.system.settings,
        }


class Worlds:
    """All worlds of a server, by name."""

    def __init__(self) -> None:
        self._worlds: dict[str, World] = {}
        self._lock = threading.Lock()

    def make(
        self,
        system: str = "tripletex",
        name: str | None = None,
        settings: dict[str, Any] | None = None,
    ) -> World:
        """Make an empty world.

        :raise WorldError: unknown system, or the name is taken or unfit for a path
        """
        name = name or f"w{secrets.token_hex(4)}"
        if system not in SYSTEMS:
            raise WorldError(f"unknown system {system!r}, known: {sorted(SYSTEMS)}")
        if name.startswith("_") or not name.replace("-", "").replace("_", "").isalnum():
            raise WorldError(f"name {name!r} is unfit for a path")
        with self._lock:
            if name in self._worlds:
                raise WorldError(f"there is a world {name!r} already")
            world = self._worlds[name] = World(name, system, settings or {})
        return world

    def get(self, name: str) -> World | None:
        """Return a world, or None."""
        return self._worlds.get(name)

    def drop(self, name: str) -> None:
        """Forget a world with all that is in it.

        :raise WorldError: there is none of that name
        """
        with self._lock:
            world = self._worlds.pop(name, None)
        if world is None:
            raise WorldError(f"no world {name!r}")
        world.close()

    def names(self) -> list[str]:
        """Return the names of all worlds."""
        return sorted(self._worlds)
