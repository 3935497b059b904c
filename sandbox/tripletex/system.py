# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The stand-in of Tripletex: from a request to an answer."""

from __future__ import annotations

import threading
import uuid
from typing import Any

from ..clock import Clock
from ..delivery import Delivery
from ..options import check_setting, make_settings
from ..postman import Postman
from ..wire import Request, Response
from . import errors, order_routes, subscriptions, writing
from .access import Access, Caller, missing_right
from .books import Books
from .control import Controls
from .events import Events
from .limits import RateLimit
from .listing import envelope
from .routes import find_route
from .settings import SETTINGS
from .standard import shared_tables
from .store import Sequence

# imported because they register what they answer in the routes
ROUTED = (order_routes, subscriptions, writing)


class Tripletex:
    """All companies, tokens and sessions of one world."""

    prefix = "/tripletex/v2"

    def __init__(self, clock: Clock, settings: dict[str, Any], name: str) -> None:
        self.clock = clock
        self.name = name
        self.settings = make_settings(SETTINGS, settings)
        self.shared = shared_tables()
        self.ids = Sequence()
        self.access = Access(clock, self.settings)
        self.limits = RateLimit(clock, self.settings)
        # held while the stand-in works, and while a delivery's end is noted
        self.lock = threading.RLock()
        self.events = Events(self)
        self.postman = Postman(clock, self.events.outcome)
        self.postman.timeout = self.settings["webhook_timeout"]
        self._controls = Controls(self)
        self._controls.found_company()

    def handle(self, request: Request, seen: dict[str, Any]) -> Response:
        """Answer one call."""
        seen["request_id"] = request_id = str(uuid.uuid4())
        try:
            answer = self._answer(request, seen)
        except errors.ApiError as error:
            seen["reason"] = error.reason()
            answer = error.answer(request_id)
        answer.headers.update(seen.pop("limit_headers", {}))
        answer.headers["x-tlx-request-id"] = request_id
        return answer

    def _answer(self, request: Request, seen: dict[str, Any]) -> Response:
        path = request.path.strip("/")
        route, values = find_route(request.method, path)
        if route.public:
            return route.run(self, None, request, values)
        header = request.headers.get("authorization", "")
        caller = self.access.caller(header, path, seen)
        refusal = self.limits.count(caller, seen)
        if refusal is not None:
            return refusal
        if missing_right(caller, path):
            return self._without_right(request, caller, path, seen)
        return route.run(self, caller, request, values)

    def _without_right(
        self, request: Request, caller: Caller, path: str, seen: dict[str, Any]
    ) -> Response:
        seen["reason"] = f"right missing: {missing_right(caller, path)}"
        is_list = request.method == "GET" and not path.split("/")[-1].isdigit()
        if self.settings["missing_right"] == "filtered" and is_list:
            return envelope([], 0, 0, None)
        raise errors.forbidden()

    def settle(self) -> list[Delivery]:
        """Post the webhooks of what has changed since the last time.

        :return: those that are to be delivered before the caller has its answer
        """
        return self.events.settle()

    def shown_path(self, path: str) -> str:
        """Return the path as it may be kept: that of a logout holds the token."""
        kept = path.startswith("/token/session/") and path[15:16] not in (":", ">")
        return "/token/session/***" if kept else path

    def internal_error(self, seen: dict[str, Any]) -> Response:
        """Return the vendor's error 500."""
        error = errors.ApiError(500, 1000, None, "Internal error", None)
        return error.answer(seen.get("request_id", ""))

    def credentials(self) -> dict[str, Any]:
        """Return tokens and company ids of the world."""
        return self._controls.credentials()

    def change_settings(self, values: dict[str, Any]) -> dict[str, Any]:
        """Change settings and return all of them.

        :raise ValueError: unknown name, or a value it cannot have
        """
        for name, value in values.items():
            check_setting(SETTINGS, name, value)
        self.settings.update(values)
        self.postman.timeout = self.settings["webhook_timeout"]
        return self.settings

    def control(self, action: str, arguments: dict[str, Any]) -> Any:
        """Do what a test asked for.

        :raise KeyError: unknown action
        """
        return self._controls.run(action, arguments)

    def books(self, company_id: int | None = None) -> Books:
        """Return the books of a company, by default the first one's.

        :raise KeyError: no such company
        """
        if company_id is None:
            company_id = next(iter(self.access.books))
        return self.access.books[int(company_id)]
