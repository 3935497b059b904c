# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One call that was let in, and what it may be asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..wire import Request
from . import moments, rights
from .access import Grant
from .books import Books, Record
from .company import Company
from .errors import Problems, not_found, refused
from .intake import Intake, parse

MOST_IDS = 200


@dataclass
class Call:
    """Who calls, with what, when."""

    grant: Grant
    settings: dict[str, Any]
    request: Request
    now: datetime

    @property
    def company(self) -> Company:
        """The company that the token is for."""
        return self.grant.company

    @property
    def books(self) -> Books:
        """Its books."""
        return self.grant.company.books

    @property
    def today(self) -> date:
        """The day it is at the vendor's."""
        return moments.today(self.now, self.settings)

    def need(self, right: str, level: str = "ALL_RIGHTS") -> None:
        """Check a right of the user.

        :raise ApiError: 403
        """
        rights.check(self.grant.user.rights, right, level)

    def body(self) -> Any:
        """Return the JSON body.

        :raise ApiError: 400
        """
        return parse(self.request.body)

    def intake(self) -> Intake:
        """Return what reads a body."""
        return Intake(self.settings)

    def one(self, table: str, id: str, what: str) -> Record:
        """Return the record that a path names.

        :raise ApiError: 404
        """
        found = self.books.find(table, int(id)) if id.isdigit() else None
        if found is None:
            raise not_found(what)
        return found

    def several(self, table: str, ids: str, what: str) -> list[Record]:
        """Return the records that a path names, by id, without duplicates.

        :raise ApiError: 400 too many, or no numbers; 404 all unknown
        """
        wanted = ids.split(",")
        if len(wanted) > MOST_IDS:
            raise refused(400, f"Maximum number of IDs is {MOST_IDS}.")
        if not all(id.strip().isdigit() for id in wanted):
            raise refused(self.settings["bad_ids"], "Invalid ID.")
        numbers = sorted({int(id) for id in wanted})
        known = [self.books.find(table, number) for number in numbers]
        found = [record for record in known if record is not None]
        if not found:
            raise not_found(what)
        return found

    def check_version(self, record: Record, given: Any, problems: Problems) -> None:
        """Check the version that a change was made from.

        :raise ApiError: it is not the latest one
        """
        if not given:
            problems.add("version", "must not be null")
        elif moments.whole(str(given)) != record["version"]:
            status = self.settings["stale_status"]
            text = "Version is not the latest one."
            raise refused(status, text, "version")

    # parameters of a search

    def flag(self, name: str) -> bool | None:
        """Return a true or false of the query, or None."""
        text = self.request.arg(name)
        if text is None:
            return None
        if text.lower() not in ("true", "false"):
            raise refused(400, f"Invalid value '{text[:60]}'.", name)
        return text.lower() == "true"

    def whole(self, name: str, low: int, high: int | None = None) -> int | None:
        """Return a whole number of the query, or None."""
        text = self.request.arg(name)
        if text is None:
            return None
        if not text.isascii() or not text.isdigit():
            raise refused(400, f"Invalid value '{text[:60]}'.", name)
        number = int(text)
        if number < low or (high is not None and number > high):
            raise refused(400, f"must be between {low} and {high}", name)
        return number

    def choices(self, name: str, known: Collection[str]) -> set[str]:
        """Return values of a list; separated by commas, or the parameter repeated."""
        texts = [value for key, value in self.request.query if key == name]
        found = {part for text in texts for part in text.split(",") if part}
        for part in sorted(found - set(known)):
            raise refused(400, f"Invalid value '{part[:60]}'.", name)
        return found

    def numbers(self, name: str) -> set[int]:
        """Return ids of the query; separated by commas, or the parameter repeated."""
        texts = [value for key, value in self.request.query if key == name]
        parts = [part for text in texts for part in text.split(",") if part]
        if len(parts) > MOST_IDS or not all(part.isdigit() for part in parts):
            raise refused(400, "Invalid value.", name)
        return {int(part) for part in parts}

    def day(self, name: str) -> str | None:
        """Return a day of the query, or None."""
        text = self.request.arg(name)
        if text is None:
            return None
        try:
            moments.read_day(text)
        except ValueError:
            raise refused(400, "Invalid date, expected yyyy-MM-dd.", name) from None
        return text

    def moment(self, name: str) -> str | None:
        """Return a moment of the query, or None."""
        text = self.request.arg(name)
        if text is None:
            return None
        if not moments.is_moment(text):
            text = "Invalid date-time, expected yyyy-MM-ddTHH:mm:ss."
            raise refused(400, text, name)
        return moments.whole(text)
