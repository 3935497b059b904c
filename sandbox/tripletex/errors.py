# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The vendor's error body and the errors the stand-in gives (dossier §6)."""

from __future__ import annotations

from typing import Any

from ..wire import Response

LINK = "https://tripletex.no/v2-docs/"


def message(
    text: str, field: str | None = None, path: str | None = None
) -> dict[str, Any]:
    """Return one entry of `validationMessages`."""
    return {"field": field, "message": text, "path": path, "rootId": None}


class ApiError(Exception):
    """An answer other than 2xx, with the vendor's body."""

    def __init__(
        self,
        status: int,
        code: int,
        text: str | None,
        developer: str | None = None,
        messages: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(text)
        self.status = status
        self.code = code
        self.text = text
        self.developer = developer
        self.messages = messages

    def reason(self) -> str:
        """Return one line for the journal."""
        details = "; ".join(
            f"{entry['field'] or entry['path'] or ''}: {entry['message']}"
            for entry in self.messages or []
        )
        return f"{self.code} {self.text or ''} {details}".strip()

    def answer(self, request_id: str) -> Response:
        """Return the HTTP answer."""
        return Response.json(
            {
                "status": self.status,
                "code": self.code,
                "message": self.text,
                "link": LINK,
                "developerMessage": self.developer,
                "validationMessages": self.messages,
                "requestId": request_id,
            },
            self.status,
        )


def unauthorized() -> ApiError:
    """Return 401 / 3000."""
    hint = "Could not log in. Check login info in Authorization header."
    return ApiError(401, 3000, "Unauthorized", hint)


def forbidden(text: str = "") -> ApiError:
    """Return 403 / 9000; a missing right and a missing module look the same."""
    text = text or "You do not have permission to access this feature."
    return ApiError(403, 9000, text, None, [])


def not_found() -> ApiError:
    """Return 404 / 6000: no such object in the company in use."""
    return ApiError(404, 6000, "Object not found", None, [])


def no_such_path() -> ApiError:
    """Return 404 / 21000: unknown path, or a value no enumeration has."""
    return ApiError(404, 21000, "HTTP 404 Not Found", None, [])


def method_not_allowed() -> ApiError:
    """Return 405; the code is a guess."""
    return ApiError(405, 21000, "HTTP 405 Method Not Allowed", None, [])


def parameters(*messages: dict[str, Any]) -> ApiError:
    """Return 422 / 15000: query parameters that are missing or unfit."""
    return ApiError(422, 15000, "Validering feilet.", "VALIDATION_ERROR", [*messages])


def parameter_format(name: str) -> ApiError:
    """Return 422 / 21000: a parameter of the wrong kind."""
    entry = message("Ugyldig format.", name)
    return ApiError(422, 21000, "Ugyldig parameterformat.", None, [entry])


def mapping(*messages: dict[str, Any]) -> ApiError:
    """Return 422 / 16000: a body that does not fit the object."""
    return ApiError(422, 16000, "Request mapping failed", None, [*messages])


def invalid_json() -> ApiError:
    """Return 422 / 22000."""
    return ApiError(422, 22000, "Ugyldig JSON.", None, [])


def validation(*messages: dict[str, Any]) -> ApiError:
    """Return 422 / 18000: an object that breaks a rule of the books."""
    return ApiError(422, 18000, "Validering feilet.", "VALIDATION_ERROR", [*messages])


def revision() -> ApiError:
    """Return 409 / 8000: somebody else changed the object; the text is a guess."""
    return ApiError(409, 8000, "Revision error", "RevisionException", [])


def exists(kind: str, *messages: dict[str, Any]) -> ApiError:
    """Return what is answered where a number or name is in use.

    :param kind: 422, 409/7000 or 409/14000; the texts of the latter two are guesses
    """
    if kind == "409/7000":
        return ApiError(409, 7000, "Object already exists", None, [*messages])
    if kind == "409/14000":
        return ApiError(409, 14000, "Duplicate entry", None, [*messages])
    return validation(*messages)


def closed_period(kind: str, name: str) -> ApiError:
    """Return what is answered for a day in a closed period; both are guesses.

    :param kind: 422 or 409
    :param name: field or parameter that holds the day
    """
    entry = message("Perioden er lukket.", name)
    if kind == "409":
        return ApiError(409, 10000, "Locked", None, [entry])
    return validation(entry)


def too_many_rows() -> ApiError:
    """Return 422 / 23000."""
    return ApiError(422, 23000, "Result set too large. Limit of 10000 reached.")


def illegal_field(name: str, dto: str) -> ApiError:
    """Return 400 / 11000."""
    text = (
        f"Illegal field in fields filter: {name}. "
        f"{name} does not match a field in the model: {dto}"
    )
    return ApiError(400, 11000, text, None, [])


def illegal_sorting(name: str) -> ApiError:
    """Return 422 / 17000."""
    text = f"Field specified for use in sorting does not exist: '{name}'"
    return ApiError(422, 17000, text, None, [])
