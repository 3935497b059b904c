# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Refusals and the body they travel in (dossier §8)."""

from __future__ import annotations

from dataclasses import dataclass

from ..wire import Response, dump_json

JSON = "application/json;charset=UTF-8"
HTML = "text/html"
PAGE_500 = (
    b"<html>\r\n<head><title>500 Internal Server Error</title></head>\r\n"
    b"<body>\r\n<center><h1>500 Internal Server Error</h1></center>\r\n"
    b"<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
PAGE_403 = (
    b"<html><head><title>403 Forbidden</title></head>"
    b"<body><center><h1>403 Forbidden</h1></center></body></html>\r\n"
)
PAGE_429 = (
    b"<html>\r\n<head><title>Too many requests</title></head>\r\n"
    b"<body>\r\n<center><h1>Too many requests</h1></center>\r\n</body>\r\n</html>\r\n"
)


@dataclass(frozen=True)
class Fault:
    """One refusal: a code or an English sentence, and the field it is about.

    `field` is a dotted path, empty where the whole object is meant.
    """

    message: str
    field: str = ""


class ApiError(ValueError):
    """An answer that is a refusal, with the vendor's body."""

    def __init__(self, status: int, *faults: Fault) -> None:
        super().__init__("; ".join(f"{f.field} {f.message}".strip() for f in faults))
        self.status = status
        self.faults = faults
        self.headers: dict[str, str] = {}

    def answer(self) -> Response:
        """Return the HTTP answer."""
        errors = [
            {
                "status": self.status,
                **({"field": fault.field} if fault.field else {}),
                "message": fault.message,
            }
            for fault in self.faults
        ]
        headers = {"Content-Type": JSON, **self.headers}
        return Response(self.status, headers, dump_json({"errors": errors}))


class PageError(ApiError):
    """A refusal that comes as a page of the web server in front."""

    def __init__(self, status: int, reason: str, page: bytes) -> None:
        super().__init__(status, Fault(reason))
        self._page = page

    def answer(self) -> Response:
        """Return the HTTP answer."""
        return Response(self.status, {"Content-Type": HTML, **self.headers}, self._page)


class TokenError(ApiError):
    """A refusal of the token call in the shape of OAuth 2."""

    def answer(self) -> Response:
        """Return the HTTP answer."""
        kind = "invalid_client" if self.status == 401 else "invalid_request"
        body = {"error": kind, "error_description": self.faults[0].message}
        return Response(self.status, {"Content-Type": JSON}, dump_json(body))


class Problems:
    """What is wrong with a body; all of it is told at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, field: str, message: str) -> None:
        """Note a broken rule; an empty field means the whole object."""
        fault = Fault(message, field)
        if fault not in self.faults:
            self.faults.append(fault)

    def refuse(self) -> None:
        """Refuse if a rule is broken.

        :raise ApiError: 400 with every fault
        """
        if self.faults:
            raise ApiError(400, *self.faults)


def refused(status: int, message: str, field: str = "") -> ApiError:
    """Return a refusal with one fault."""
    return ApiError(status, Fault(message, field))


def unauthorized() -> ApiError:
    """Return the 401 of a call whose token is missing, unknown or expired."""
    return refused(401, "Unauthorized")


def not_found(what: str) -> ApiError:
    """Return 404: not in this company."""
    return refused(404, f"{what} not found.")


def broken() -> PageError:
    """Return the 500 that comes as a page of the web server."""
    return PageError(500, "Internal Server Error", PAGE_500)
