# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The stand-in of SmartAccounts: from a request to an answer."""

from __future__ import annotations

import threading
from email.utils import format_datetime
from typing import Any

from ..clock import Clock
from ..delivery import Delivery
from ..options import check_setting, make_settings
from ..postman import Postman
from ..wire import Request, Response
from . import services
from .access import Access, Company
from .control import Controls
from .errors import ApiError, refused
from .limits import Limits
from .settings import SETTINGS

NOT_FOUND = b"<html><body><h1>404 Not Found</h1></body></html>"


class SmartAccounts:
    """All companies and keys of one world."""

    prefix = "/smartaccounts"

    def __init__(self, clock: Clock, settings: dict[str, Any], name: str) -> None:
        self.clock = clock
        self.name = name
        self.settings = make_settings(SETTINGS, settings)
        self.access = Access(self.settings)
        self.limits = Limits(clock, self.settings)
        # held while the stand-in works
        self.lock = threading.RLock()
        # the vendor sends no webhooks
        self.postman = Postman(clock, lambda _delivery, _taken: None)
        self._controls = Controls(self)
        self._controls.found_company()

    def handle(self, request: Request, seen: dict[str, Any]) -> Response:
        """Answer one call."""
        try:
            answer = self._answer(request, seen)
        except ApiError as error:
            seen["reason"] = str(error)
            answer = error.answer(self.settings)
        if self.settings["date_header"]:
            answer.headers["Date"] = format_datetime(self.clock.now(), usegmt=True)
        return answer

    def _answer(self, request: Request, seen: dict[str, Any]) -> Response:
        found = services.find(request.path)
        if found is None or request.method not in ("GET", "POST"):
            seen["reason"] = "no such service"
            return Response(404, {"Content-Type": "text/html"}, NOT_FOUND)
        resource, method, language = found
        now = self.clock.now()
        company, public = self.access.caller(request, now, seen)
        self.limits.count(company, public)
        refusal = self.access.missing_right(company, resource.path)
        if refusal is not None:
            raise refusal
        call = services.Call(company, self.settings, request, resource, language, now)
        return services.run(method, call)

    def settle(self) -> list[Delivery]:
        """Return nothing: there are no webhooks."""
        return []

    def shown_path(self, path: str) -> str:
        """Return the path as it may be kept; no secret is in it."""
        return path

    def internal_error(self, seen: dict[str, Any]) -> Response:
        """Return the vendor's error 500."""
        return refused(500, "INTERNAL-ERROR", "Internal error").answer(self.settings)

    def credentials(self) -> dict[str, Any]:
        """Return the keys of the first company, and those of all."""
        return self._controls.credentials()

    def change_settings(self, values: dict[str, Any]) -> dict[str, Any]:
        """Change settings and return all of them.

        :raise ValueError: unknown name, or a value it cannot have
        """
        for name, value in values.items():
            check_setting(SETTINGS, name, value)
        self.settings.update(values)
        return self.settings

    def control(self, action: str, arguments: dict[str, Any]) -> Any:
        """Do what a test asked for.

        :raise KeyError: unknown action
        """
        return self._controls.run(action, arguments)

    def company(self, number: int | None = None) -> Company:
        """Return a company, by default the first one.

        :raise KeyError: there is none of that id
        """
        if number is None:
            number = next(iter(self.access.companies))
        return self.access.companies[int(number)]
