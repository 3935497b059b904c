# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Activation links: a customer opens one, and we answer for each company (§2).

The calls are made with the keys of the integrator's own company, the one that owns the
integration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .calls import Caller, Record, object_in
from .texts import fit
from .values import id_of, text_of

#: Characters of a reason for a refusal.
LONGEST_REASON = 255
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.~-]*")


@dataclass(frozen=True)
class Request:
    """What a customer asked for.

    :param integration: id of our integration
    :param companies: what is said about each company, by its id
    :param initiator: who asked: ``email``, ``userFullName``
    :param expires: the vendor's text; a link lives some hours
    """

    integration: str
    companies: dict[str, Record]
    initiator: Record = field(repr=False)
    expires: str


class Activation:
    """Reads and answers the requests that activation links make."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def request(self, request_id: str) -> Request:
        """Return a request.

        :param request_id: as it came to the callback address
        :raises transport.errors.VendorError: with code ``expired`` the link is too old
        """
        answer = self._caller.ask(self._path(request_id))
        data = object_in(self._caller.http, answer)
        companies = data.get("companiesToIntegrate") or ()
        return Request(
            text_of(data.get("integrationId")),
            {id_of(company.get("companyId")): company for company in companies},
            data.get("initiator") or {},
            text_of(data.get("expires")),
        )

    def answer(
        self,
        request_id: str,
        approve: Iterable[str] = (),
        reject: Mapping[str, str] | None = None,
    ) -> dict[str, str]:
        """Answer for all companies of a request, and return API keys by company.

        Keys are shown this once: they have to be kept before anything else is done.

        :param approve: ids of companies
        :param reject: reasons by id of company, at most 255 characters each
        :raises ValueError: a company is approved and rejected, or a reason missing
        :raises transport.errors.VendorError: with code ``expired`` the link is too old,
            with ``invalid`` a company of the request was left out
        """
        body = _answer_body(approve, reject or {})
        answer = self._caller.tell("PUT", self._path(request_id), body)
        made = object_in(self._caller.http, answer).get("companiesIntegrated") or ()
        keys = {id_of(x.get("companyId")): text_of(x.get("apiKey")) for x in made}
        # Of a long answer the transport does not learn what is secret in it.
        self._caller.http.masker.add(*keys.values())
        return keys

    def customers(self, integration_id: str) -> Iterator[Record]:
        """Yield the companies that use an integration, with the state of each."""
        answer = self._caller.ask(f"{self._path(integration_id)}/customers")
        data = answer.data
        if isinstance(data, dict) and "companyId" not in data:
            data = next((v for v in data.values() if isinstance(v, list)), [])
        yield from [data] if isinstance(data, dict) else data or ()

    def _path(self, name: str) -> str:
        if not _NAME.fullmatch(name):
            # It came from outside, by a browser: it must not lead elsewhere.
            raise ValueError("that is no id of an activation")
        return f"/integrations/{name}"


def _answer_body(approve: Iterable[str], reject: Mapping[str, str]) -> Record:
    approved = list(dict.fromkeys(map(id_of, approve)))
    rejected = {id_of(company): reason.strip() for company, reason in reject.items()}
    if both := sorted(set(approved) & set(rejected)):
        raise ValueError(f"approved and rejected: {', '.join(both)}")
    if not all(rejected.values()):
        raise ValueError("a company is rejected with a reason")
    reasons: list[dict[str, Any]] = [
        {"companyId": int(company), "reason": fit(reason).body[:LONGEST_REASON]}
        for company, reason in rejected.items()
    ]
    return {"approve": [int(company) for company in approved], "reject": reasons}
