# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo as a logged-in browser calls it."""

from __future__ import annotations

from typing import Any

import requests

_SECONDS = 300


class OdooError(Exception):
    """Odoo answered with an error.

    :param name: class of the exception there, such as
        ``odoo.exceptions.UserError``
    :param message: what a person reads
    :param debug: the traceback that goes along
    """

    def __init__(self, name: str, message: str, debug: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message
        self.debug = debug


class OdooClient:
    """A user's session on a server.

    :param url: scheme, host and port
    :param database: its name
    """

    def __init__(
        self, url: str, database: str, login: str = "admin", password: str = "admin"
    ) -> None:
        self.url = url
        self.database = database
        self.answers: list[str] = []
        """Every answer so far, as text."""
        self._session = requests.Session()
        names = {"db": database, "login": login, "password": password}
        self.uid: int = self._post("/web/session/authenticate", names)["uid"]

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call a public method.

        :param args: with the ids first, where the method is one of records
        :raise OdooError: it refused
        """
        names = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", names)

    def create(self, model: str, **values: Any) -> int:
        """Create one record and return its id."""
        return self.call(model, "create", [values])[0]

    def write(self, model: str, ids: list[int] | int, **values: Any) -> None:
        """Write the same values on records."""
        self.call(model, "write", ids, values)

    def find(self, model: str, domain: list[Any], **options: Any) -> list[int]:
        """Return the ids that a domain finds, archived ones only if it asks."""
        return self.call(model, "search", domain, **options)

    def read(
        self, model: str, domain: list[Any], *fields: str, **options: Any
    ) -> list[dict[str, Any]]:
        """Return the records that a domain finds."""
        return self.call(model, "search_read", domain, fields, **options)

    def count(self, model: str, domain: list[Any]) -> int:
        """Return how many records a domain finds."""
        return self.call(model, "search_count", domain)

    def _post(self, path: str, params: dict[str, Any]) -> Any:
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self._session.post(self.url + path, json=body, timeout=_SECONDS)
        answer.raise_for_status()
        self.answers.append(answer.text)
        found = answer.json()
        if "error" in found:
            data = found["error"]["data"]
            raise OdooError(data["name"], data["message"], data["debug"])
        # Odoo leaves it out where a method returns nothing.
        return found.get("result")
