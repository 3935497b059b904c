# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The stand-in of Procountor: from a request to an answer."""

from __future__ import annotations

import json
import re
import threading
from typing import Any

from ..clock import Clock
from ..delivery import Delivery
from ..options import check_setting, make_settings
from ..postman import Postman
from ..wire import Request, Response
from . import routes
from .access import Access, Grant
from .call import Call
from .control import Controls
from .errors import (
    HTML,
    PAGE_403,
    PAGE_500,
    ApiError,
    PageError,
    not_found,
    refused,
)
from .integrations import Integrations
from .limits import Limits
from .oauth import OAuth, hide_secrets
from .settings import SETTINGS

# the host, then the API in the version that is meant
_API = re.compile(r"(?:/(latest|supported|v(\d{4})))?/api(/.*)\Z")
_LINK = "/integrations/activate/"


class Procountor:
    """All companies, clients and keys of one world."""

    prefix = "/procountor"
    # below the host, as in the vendor's own base address
    base = "/api"

    def __init__(self, clock: Clock, settings: dict[str, Any], name: str) -> None:
        self.clock = clock
        self.name = name
        self.settings = make_settings(SETTINGS, settings)
        self.access = Access(clock, self.settings)
        self.limits = Limits(clock, self.settings)
        self.oauth = OAuth(self.access, self.settings)
        # held while the stand-in works
        self.lock = threading.RLock()
        # the vendor's webhooks are about two-factor operations only
        self.postman = Postman(clock, lambda _delivery, _taken: None)
        # invoices that are still to be saved and answered 500 all the same
        self.lost_answers = 0
        self._controls = Controls(self)
        client = self._controls.found_world()
        self.integrations = Integrations(clock, self.settings, self.access, client)

    def handle(self, request: Request, seen: dict[str, Any]) -> Response:
        """Answer one call."""
        try:
            return self._answer(request, seen)
        except ApiError as error:
            seen["reason"] = str(error)
            return error.answer()
        finally:
            if "/oauth/" in request.path:
                hide_secrets(request)

    def _answer(self, request: Request, seen: dict[str, Any]) -> Response:
        status = self.settings["get_with_body"]
        if request.method == "GET" and request.body and status:
            raise PageError(status, "GET with a body", PAGE_403)
        if request.path == "/keylogin":
            return self.oauth.keylogin(request)
        if request.path == "/logout" and request.method == "POST":
            return self._logout(request)
        if request.path.startswith(_LINK):
            return self._activation(request)
        path = self._api_path(request.path)
        if request.method == "POST" and path == "/oauth/token":
            return self.oauth.token(request)
        if request.method == "POST" and path == "/oauth/key":
            return self.oauth.key(request)
        return self._call(request, path, seen)

    def _api_path(self, path: str) -> str:
        """Return the path below the API.

        :raise ApiError: 404, there is no such version
        """
        found = _API.match(path)
        if found is None:
            raise refused(404, "Not Found")
        number = found[2]
        newest = self.settings["version"].replace(".", "")
        alive = self.settings["versioned_paths"] or found[1] is None
        if not alive or (number and not _nine_months(newest) <= number <= newest):
            raise refused(404, "API version not found.")
        return found[3]

    def _logout(self, request: Request) -> Response:
        if not self.settings["logout"]:
            raise refused(404, "Not Found")
        return self.oauth.logout(request)

    def _activation(self, request: Request) -> Response:
        if request.path != _LINK + self.integrations.id:
            raise not_found("Integration")
        return self.integrations.link(request)

    def _call(self, request: Request, path: str, seen: dict[str, Any]) -> Response:
        grant = self.access.caller(request, seen)
        self.limits.count(grant.client)
        if path.startswith("/integrations/"):
            return self._integration(request, grant, path.split("/")[2:])
        found = routes.find(request.method, path)
        if found is None:
            raise refused(404, "Not Found")
        route, parts = found
        call = Call(grant, self.settings, request, self.clock.now())
        answer = routes.ROUTES[route](call, *parts)
        if route == "POST /invoices" and self.lost_answers:
            self.lost_answers -= 1
            raise PageError(500, "saved, and answered 500", PAGE_500)
        if isinstance(answer, Response):
            return answer
        if answer is None:
            return Response(204)
        return Response.json(answer, routes.STATUS.get(route, 200))

    def _integration(
        self, request: Request, grant: Grant, parts: list[str]
    ) -> Response:
        if request.method == "GET" and parts[1:] == ["customers"]:
            return Response.json(self.integrations.list_customers(grant, parts[0]))
        if len(parts) != 1 or request.method not in ("GET", "PUT"):
            raise refused(404, "Not Found")
        if request.method == "GET":
            return Response.json(self.integrations.show(grant, parts[0]))
        call = Call(grant, self.settings, request, self.clock.now())
        found = self.integrations.answer(grant, parts[0], call.body())
        return Response.json(found)

    def settle(self) -> list[Delivery]:
        """Return nothing: nothing here is told by webhooks."""
        return []

    def shown_path(self, path: str) -> str:
        """Return the path as it may be kept; no secret is in it."""
        return path

    def internal_error(self, seen: dict[str, Any]) -> Response:
        """Return the vendor's error 500: a page of its web server."""
        if self.settings["error_500"] == "json":
            return refused(500, "Internal Server Error").answer()
        return Response(500, {"Content-Type": HTML}, PAGE_500)

    def credentials(self) -> dict[str, Any]:
        """Return what opens the first company, and the integrator's own."""
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
        """Do what a test asked for; refusals come as what was wrong.

        :raise KeyError: unknown action
        """
        found = self._controls.run(action, arguments)
        # what a test is handed must not change when the books do
        return json.loads(json.dumps(found))


def _nine_months(newest: str) -> str:
    """Return the oldest version that is alive beside the newest, as YYMM."""
    months = int(newest[:2]) * 12 + int(newest[2:]) - 1 - 9
    return f"{months // 12:02d}{months % 12 + 1:02d}"
