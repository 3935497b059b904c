# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The control door: what tests may do to a world. Not reachable by vendor paths."""

from __future__ import annotations

import hmac
import json
from datetime import datetime
from typing import Any

from .wire import Request, Response
from .world import World, WorldError, Worlds

HEADER = "x-sandbox-control"


class ControlDoor:
    """JSON over HTTP below `/_control`, open to who knows the key."""

    def __init__(self, worlds: Worlds, url: str, key: str) -> None:
        self._worlds = worlds
        self._url = url
        self._key = key

    def handle(self, request: Request) -> Response:
        """Answer a call; without the key nothing is found here."""
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), self._key.encode()):
            return Response(404, {"Content-Type": "text/plain"}, b"not found\n")
        try:
            return Response.json({"result": self._route(request)})
        except (WorldError, ValueError, KeyError, TypeError, LookupError) as error:
            text = f"{type(error).__name__}: {error}"
            return Response.json({"error": text}, status=400)

    def _route(self, request: Request) -> Any:
        arguments = json.loads(request.body) if request.body else {}
        arguments = {**dict(request.query), **arguments}
        parts = [part for part in request.path.split("/") if part]
        if not parts:
            return {"worlds": self._worlds.names()}
        if parts[0] != "worlds" or len(parts) > 3:
            raise KeyError(request.path)
        if len(parts) == 1:
            return self._worlds_call(request, arguments)
        world = self._worlds.get(parts[1])
        if world is None:
            raise WorldError(f"no world {parts[1]!r}")
        if len(parts) == 2:
            return self._world_call(request, world)
        waiting = getattr(self, f"_wait_{parts[2]}", None)
        if waiting is not None:
            return waiting(world, **arguments)
        with world.lock:
            return self._action(world, parts[2], arguments)

    def _address(self, request: Request) -> str:
        host = request.headers.get("host")
        return f"http://{host}" if host else self._url

    def _worlds_call(self, request: Request, arguments: dict[str, Any]) -> Any:
        if request.method == "GET":
            return self._worlds.names()
        size = arguments.pop("size", None)
        world = self._worlds.make(**arguments)
        if size:
            with world.lock:
                world.system.control("seed", size)
        return world.describe(self._address(request))

    def _world_call(self, request: Request, world: World) -> Any:
        if request.method == "DELETE":
            return self._worlds.drop(world.name)
        return world.describe(self._address(request))

    def _action(self, world: World, name: str, arguments: dict[str, Any]) -> Any:
        own = getattr(self, f"_do_{name}", None)
        if own is not None:
            return own(world, **arguments)
        return world.control(name, arguments)

    # what waits for something to happen in the world, so it must not lock it

    def _wait_wait_held(self, world: World, **wanted: Any) -> list[dict[str, Any]]:
        return world.faults.holds.wait(**wanted)

    def _wait_let_go(self, world: World, **wanted: Any) -> int:
        return world.faults.holds.let_go(**wanted)

    def _wait_wait_for_webhooks(self, world: World, timeout: float = 30) -> Any:
        return world.system.postman.wait(timeout)

    # what every world can do, whatever its vendor

    def _do_clock(
        self,
        world: World,
        set: str | None = None,
        advance: float | None = None,
        frozen: bool = False,
        reset: bool = False,
    ) -> str:
        if reset:
            world.clock.reset()
        if set:
            moment = datetime.fromisoformat(set.replace("Z", "+00:00"))
            if moment.tzinfo is None:
                raise ValueError("the time needs a zone, as in 2026-01-31T22:59:00Z")
            world.clock.set(moment, frozen)
        if advance:
            world.clock.advance(float(advance))
        return world.clock.now().isoformat()

    def _do_settings(self, world: World, **values: Any) -> dict[str, Any]:
        return world.system.change_settings(values)

    def _do_hold_webhooks(self, world: World, on: bool = True) -> int:
        return world.system.postman.hold(on)

    def _do_release_webhooks(self, world: World, **wanted: Any) -> int:
        return world.system.postman.release(**wanted)

    def _do_deliver_now(self, world: World) -> int:
        return world.system.postman.deliver_now()

    def _do_add_fault(
        self, world: World, match: dict[str, Any], action: dict[str, Any]
    ) -> dict[str, Any]:
        return world.faults.add(match, action).as_dict()

    def _do_faults(self, world: World) -> list[dict[str, Any]]:
        return [rule.as_dict() for rule in world.faults.rules]

    def _do_clear_faults(self, world: World, number: int | None = None) -> None:
        world.faults.clear(number)

    def _do_calls(self, world: World, **wanted: Any) -> list[dict[str, Any]]:
        return world.journal.find(**wanted)

    def _do_count_calls(self, world: World, **wanted: Any) -> int:
        return len(world.journal.find(**wanted))

    def _do_calls_by_path(self, world: World) -> dict[str, int]:
        return world.journal.counts()

    def _do_refused(self, world: World) -> list[dict[str, Any]]:
        return world.journal.refused()

    def _do_clear_calls(self, world: World) -> None:
        world.journal.clear()
