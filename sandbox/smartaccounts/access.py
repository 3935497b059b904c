# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Companies, their keys, and what closes the door to them (dossier §1, §6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..wire import Request
from . import signing
from .books import Books
from .errors import ApiError, refused


@dataclass
class Company:
    """One customer of the vendor, with its books and its keys."""

    id: int
    name: str
    books: Books
    # public key: secret key. Several, where other software has keys of its own
    keys: dict[str, str]
    iban: str = ""
    package: str = "PRO"
    service_on: bool = True
    unpaid_bill: bool = False
    locked_until: date | None = None
    # services that the user group of the API may not use
    closed: set[str] = field(default_factory=set)

    @property
    def public_key(self) -> str:
        """The first key."""
        return next(iter(self.keys))

    def describe(self) -> dict[str, Any]:
        """Return what opens the company."""
        return {
            "company_id": self.id,
            "name": self.name,
            "iban": self.iban,
            "public_key": self.public_key,
            "secret_key": self.keys[self.public_key],
        }


class Access:
    """All companies of a world, and who calls them."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self.companies: dict[int, Company] = {}
        # by public key
        self._owners: dict[str, Company] = {}

    def add(self, company: Company) -> None:
        """Take in a company."""
        self.companies[company.id] = company
        for public in company.keys:
            self._owners[public] = company

    def change_keys(self, company: Company, keys: dict[str, str]) -> None:
        """Let a company have these keys and no others."""
        for public in company.keys:
            self._owners.pop(public, None)
        company.keys = keys
        self.add(company)

    def revoke(self, company: Company, public: str) -> None:
        """Make a key unknown; the company still has it on paper."""
        self._owners.pop(public, None)

    def restore(self, company: Company, public: str) -> None:
        """Make a revoked key known again."""
        self._owners[public] = company

    def caller(
        self, request: Request, now: datetime, seen: dict[str, Any]
    ) -> tuple[Company, str]:
        """Return the company whose key signed a call, and that key.

        :param seen: gets the company's id for the journal
        :raise ApiError: 401 unknown key or wrong signature; stale; service off
        """
        signed, given = signing.split(request.raw_query)
        public = signing.public_key(signed)
        company = self._owners.get(public)
        secret = company.keys[public] if company else ""
        whole = signed + request.body
        right = signing.is_right(secret, whole, given, self._settings)
        if company is None or not right:
            raise refused(401, "SIGNATURE-INVALID", "Signature is not valid")
        seen["user"] = str(company.id)
        signing.check_time(signed, now, self._settings)
        self._check_open(company)
        return company, public

    def _check_open(self, company: Company) -> None:
        if company.package != "PRO":
            status = self._settings["starter_status"]
            text = "The package of the company does not include the API"
            raise refused(status, "PACKAGE-WITHOUT-API", text)
        if not company.service_on:
            status = self._settings["service_off_status"]
            raise refused(status, "API-OFF", "API service is not switched on")
        if company.unpaid_bill:
            code = self._settings["billing_code"]
            raise refused(503, code, self._settings["billing_text"])

    def missing_right(self, company: Company, service: str) -> ApiError | None:
        """Return the refusal of a service that the API user may not use, or None."""
        if service not in company.closed:
            return None
        status = self._settings["missing_right_status"]
        return refused(status, "NO-RIGHT", f"User has no right to use {service}")
