# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Activation links: a customer opens one, the integrator answers (dossier §2)."""

from __future__ import annotations

import html
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from ..clock import Clock
from ..wire import Request, Response
from . import moments
from .access import Access, Client, Grant
from .company import Company, User
from .errors import ApiError, Problems, not_found, refused
from .intake import Intake
from .model import REJECTION
from .oauth import form_of, page


@dataclass
class ActivationRequest:
    """Companies that a customer wants to open to the integrator."""

    id: str
    companies: list[int]
    expires: datetime
    email: str
    name: str
    answered: bool = False
    # company id: reason
    rejected: dict[int, str] = field(default_factory=dict)


class Integrations:
    """The one integration of a world's client, and the requests for it."""

    def __init__(
        self, clock: Clock, settings: dict[str, Any], access: Access, client: Client
    ) -> None:
        self._clock = clock
        self._settings = settings
        self._access = access
        self._client = client
        self.id = str(uuid.uuid5(uuid.NAMESPACE_URL, client.id))
        self.callback = client.redirect_uri.rsplit("/", 1)[0] + "/activated"
        self.requests: dict[str, ActivationRequest] = {}
        self.customers: list[int] = []

    def request(self, companies: list[int], email: str, name: str) -> str:
        """Note that a customer opened the link; return the id of the request."""
        life = timedelta(seconds=self._settings["request_seconds"])
        found = ActivationRequest(
            str(uuid.uuid4()), companies, self._clock.now() + life, email, name
        )
        self.requests[found.id] = found
        return found.id

    def landing(self, request_id: str) -> str:
        """Return where the customer's browser lands with a request."""
        name = self._settings["callback_parameter"]
        return f"{self.callback}?{urlencode({name: request_id})}"

    def link(self, request: Request) -> Response:
        """Answer the activation link: a page to choose companies on, then the way back.

        The customer's consent is the choice itself.
        """
        if request.method != "POST":
            return self._choice()
        chosen = [int(key) for key in form_of(request) if key.isdigit()]
        if not chosen:
            return self._choice()
        user = next(iter(self._access.users.values()))
        made = self.request(chosen, "maija@esimerkki.example", user.name)
        return Response(302, {"Location": self.landing(made)})

    def _choice(self) -> Response:
        boxes = "".join(
            f"<p><label><input type='checkbox' name='{company.id}'> "
            f"{html.escape(company.name)}</label></p>"
            for company in self._access.companies.values()
            if not company.integrator
        )
        body = f"<form method='post'>{boxes}<button>Activate</button></form>"
        return page(f"Let {self._client.id} into your companies", body)

    def _open(self, grant: Grant, request_id: str) -> ActivationRequest:
        """Return a request that can still be answered.

        :raise ApiError: 403, 404; 410 its time is up
        """
        if not grant.company.integrator:
            raise refused(403, "The company does not have the API Integrator tool.")
        found = self.requests.get(request_id)
        if found is None:
            raise not_found("Integration request")
        if found.expires <= self._clock.now():
            raise refused(410, "Integration request has expired.")
        return found

    def show(self, grant: Grant, request_id: str) -> dict[str, Any]:
        """Answer `GET /integrations/{requestId}`."""
        found = self._open(grant, request_id)
        return {
            "integrationId": self.id,
            "expires": moments.shown(found.expires, self._settings),
            "initiator": {"email": found.email, "userFullName": found.name},
            "companiesToIntegrate": [
                self._told(self._access.companies[number]) for number in found.companies
            ],
        }

    def _told(self, company: Company) -> dict[str, Any]:
        info = {
            "companyName": company.name,
            "country": company.country,
            "accountingOfficeName": company.office,
            "businessIdentifier": {"brnType": "FI", "code": company.business_id},
        }
        return {"companyId": company.id, "extraInfo": info}

    def answer(self, grant: Grant, request_id: str, body: Any) -> dict[str, Any]:
        """Answer `PUT /integrations/{requestId}`: approve and reject by company.

        :raise ApiError: 400 a company unanswered; 403, 404, 410
        """
        found = self._open(grant, request_id)
        if found.answered:
            raise self._answered_before()
        approved, rejected = _decision(self._settings, body)
        if sorted([*approved, *rejected]) != sorted(found.companies):
            text = "Every company of the request has to be approved or rejected."
            raise refused(400, text)
        found.answered, found.rejected = True, rejected
        integrated = [
            {"companyId": number, "apiKey": self._key(self._access.companies[number])}
            for number in approved
        ]
        self.customers += [n for n in approved if n not in self.customers]
        return {"integrationId": self.id, "companiesIntegrated": integrated}

    def _answered_before(self) -> ApiError:
        status = self._settings["answered_request"]
        return refused(status, "Integration request has been answered already.")

    def _key(self, company: Company) -> str:
        """Return the key of the technical user, who is made if there is none."""
        for user in self._access.users.values():
            if company.id in user.companies and user.role == "API technical user":
                known = self._access.key_of(user, company, self._client)
                return known or self._access.new_key(user, company, self._client)
        user = User(max(self._access.users, default=26_000) + 1, "API technical user")
        self._access.users[user.id] = user
        return self._access.new_key(user, company, self._client)

    def list_customers(self, grant: Grant, integration_id: str) -> list[dict[str, Any]]:
        """Answer `GET /integrations/{integrationId}/customers`."""
        if not grant.company.integrator or integration_id != self.id:
            raise refused(403, "The company does not own the integration.")
        return [
            {"companyId": number, "integrationVersionStatus": "APPROVED"}
            for number in self.customers
        ]


def _decision(settings: dict[str, Any], body: Any) -> tuple[list[int], dict[int, str]]:
    """Return the companies approved, and the reasons of those rejected."""
    if not isinstance(body, dict):
        raise refused(400, "Request body has to be an object.")
    problems = Problems()
    approved = body.get("approve") or []
    if not all(type(number) is int for number in approved):
        problems.add("approve", "Invalid value.")
    rejected = {}
    for place, entry in enumerate(body.get("reject") or []):
        intake = Intake(settings)
        read = intake.read(REJECTION, entry)
        for fault in intake.problems.faults:
            problems.add(f"reject[{place}].{fault.field}", fault.message)
        rejected[read.get("companyId", 0)] = read.get("reason", "")
    problems.refuse()
    return approved, rejected
