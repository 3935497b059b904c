# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The client: what Tripletex can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from .answers import Record, many, read_error, single
from .calls import OWN_COMPANY, Caller
from .lists import ListPage, ListReader
from .query import (
    check_parameters,
    check_writing,
    every_date,
    known_parameters,
)

if TYPE_CHECKING:
    from transport.exchange import Answer
    from transport.http import HttpClient
    from transport.tokens import TokenStore

#: Ids asked for in one call: keeps addresses short.
IDS_PER_CALL = 100
#: (§7) Objects that a call of ``/list`` takes.
BULK = 100
NOT_FOUND = "6000"
WHO_AM_I = (
    "employeeId,actualEmployeeId,employeeIsProxy,language,companyId,"
    "company(id,name,organizationNumber),employee(id,firstName,lastName)"
)
#: (§9) Lists that leave inactive records out unless they are asked for.
HIDES_INACTIVE = frozenset({"/customer", "/supplier"})


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


class TripletexClient:
    """Calls Tripletex in the context of one company.

    Methods raise the errors of ``transport.errors``, with the vendor's code as text.

    :param http: transport, opened with :meth:`read_error`, :data:`REQUEST_ID_HEADER`
        and :data:`LIMIT_HEADERS`
    :param tokens: where sessions are kept; one serves all companies of an office's key
    :param company: Basic user name: ``"0"`` for the company that owns the employee
        token, or the id of an accounting office's client (§3.2)
    :param clock: gives the time, aware
    :param session_days: a new session ends at midnight after so many days, at least 1
    :param page_size: records asked for in one call
    """

    def __init__(
        self,
        http: HttpClient,
        tokens: TokenStore,
        *,
        consumer_token: str,
        employee_token: str,
        company: str = OWN_COMPANY,
        clock: Callable[[], datetime] = _utc_now,
        session_days: int = 2,
        page_size: int = 1000,
    ) -> None:
        self.company_id = str(company or OWN_COMPANY)
        self.page_size = page_size
        #: What callers learn in a run and need again, e.g. ids of countries.
        self.learnt: dict[Any, Any] = {}
        self._http = http
        self._caller = Caller(
            http,
            tokens,
            consumer_token=consumer_token,
            employee_token=employee_token,
            company=self.company_id,
            clock=clock,
            session_days=session_days,
        )
        self._lists = ListReader(self._caller, page_size)

    #: Reads error bodies, for ``HttpClient(read_error=…)``.
    read_error = staticmethod(read_error)

    # === WHO AND WHAT === #

    def who_am_i(self, fields: str = WHO_AM_I) -> Record:
        """Return the logged-in user and company (§2.4)."""
        answer = self._caller.send("GET", "/token/session/>whoAmI", {"fields": fields})
        return single(self._http, answer)

    def login_access(
        self, fields: str = "id,name,organizationNumber"
    ) -> Iterator[Record]:
        """Yield the client companies that an accounting office's key opens (§3.2)."""
        path = "/company/>withLoginAccess"
        for page in self.pages(path, fields=fields, company=OWN_COMPANY):
            yield from page.values

    def company(self, company_id: int | str, fields: str = "*") -> Record | None:
        """Return a company; only the one in context is found (§10)."""
        return self.one(f"/company/{company_id}", fields)

    def entitlements(self, employee_id: int) -> Iterator[Record]:
        """Yield the rights of an employee, which a key also is (§2.4)."""
        for page in self.pages(
            "/employee/entitlement",
            fields="id,entitlementId,name",
            params={"employeeId": employee_id},
        ):
            yield from page.values

    def rights(self) -> dict[int, str]:
        """Return the rights that count, by their id: those of person and key (§2.4)."""
        me = self.who_am_i("employeeId,actualEmployeeId")
        person, key = (
            self._rights(me, "employeeId"),
            self._rights(me, "actualEmployeeId"),
        )
        return {right: name for right, name in person.items() if right in key}

    def _rights(self, me: Record, name: str) -> dict[int, str]:
        # A field that one may not see is left out of an answer (§3.3).
        rights = self.entitlements(me[name]) if me.get(name) else ()
        return {
            right["entitlementId"]: right.get("name") or ""
            for right in rights
            if right.get("entitlementId")
        }

    # === READING === #

    def one(self, path: str, fields: str = "*") -> Record | None:
        """Return the object at *path*, None if there is none (§6: 404 with 6000)."""
        answer = self._caller.send("GET", path, {"fields": fields}, accept={404})
        if answer.status != 404:
            return single(self._http, answer)
        error = self._http.error_of(answer)
        if error.code == NOT_FOUND:
            return None
        raise error

    def by_ids(
        self,
        path: str,
        ids: Iterable[int | str],
        fields: str = "*",
        params: Mapping[str, Any] | None = None,
    ) -> Iterator[Record]:
        """Yield the objects of the list at *path* that have these ids.

        Ids that Tripletex does not know, or does not let us see, are left out. Lists
        without a filter for ids are asked for one object after the other.

        :param params: further query parameters of the list
        :raises ValueError: *path* is no known list
        """
        wanted = list(dict.fromkeys(map(str, ids)))
        known = known_parameters(path)
        name = next((name for name in ("ids", "id") if name in known), None)
        if name is None:
            yield from filter(None, (self.one(f"{path}/{i}", fields) for i in wanted))
            return
        filters = {**every_date(path), **(params or {})}
        for begin in range(0, len(wanted), IDS_PER_CALL):
            chunk = wanted[begin : begin + IDS_PER_CALL]
            yield from self._chunk(path, name, chunk, fields, filters)

    def pages(
        self,
        path: str,
        *,
        fields: str,
        params: Mapping[str, Any] | None = None,
        checksums: Mapping[str, str] | None = None,
        start: int = 0,
        sorting: str | None = "id",
        company: str | None = None,
    ) -> Iterator[ListPage]:
        """Yield the pages of a list, until one comes that is not full (§5.1).

        ``fullResultSize`` is no total: it only ever makes us ask for more. A filter
        with more than 10,000 results fails with code 23000.

        :param fields: write parentheses after references, ``customer(id)`` (§5.2)
        :param params: filters; upper dates are exclusive, see :func:`upper_bound`
        :param checksums: digests of earlier pages by their key, to be answered
            "unchanged" where nothing changed (§5.4); None asks for no digests. A digest
            notices neither rights nor, mostly, objects pulled in through *fields*
        :param start: offset of the first page
        :param sorting: keeps records from moving between pages
        :param company: another Basic user name than the client's
        :raises ValueError: *path* has no such query parameter, so nothing was sent
        """
        query = {**(params or {}), "fields": fields, "sorting": sorting}
        check_parameters(path, query)
        return self._lists.pages(path, query, checksums, start, company)

    def _chunk(
        self,
        path: str,
        name: str,
        ids: list[str],
        fields: str,
        filters: Mapping[str, Any],
    ) -> Iterator[Record]:
        hidden = path in HIDES_INACTIVE and "isInactive" not in filters
        found: set[str] = set()
        for extra in ({}, {"isInactive": True}) if hidden else ({},):
            missing = [i for i in ids if i not in found]
            if not missing:
                return
            params = {**filters, **extra, name: missing}
            for page in self.pages(path, fields=fields, params=params):
                found.update(str(record.get("id")) for record in page.values)
                yield from page.values

    # === WRITING === #

    def post(
        self, path: str, body: Any, params: Mapping[str, Any] | None = None
    ) -> Record:
        """Create an object and return the answer's ``value`` (§7).

        :raises ValueError: *path* is not written so, or has no such query parameter;
            nothing was sent
        """
        return single(self._http, self._write("POST", path, body, params))

    def put(
        self,
        path: str,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
    ) -> Record | None:
        """Update, or run an action, and return the answer's ``value`` (§7).

        :return: None where the answer has no body, as after ``:send``
        :raises ValueError: as :meth:`post`
        """
        answer = self._write("PUT", path, body, params)
        return None if answer.data is None else single(self._http, answer)

    def delete(self, path: str, params: Mapping[str, Any] | None = None) -> None:
        """Delete (§12).

        :raises ValueError: as :meth:`post`
        """
        self._write("DELETE", path, None, params)

    def post_many(
        self, path: str, bodies: list[Record], params: Mapping[str, Any] | None = None
    ) -> list[Record]:
        """Create objects in one call and return them in the order of *bodies*.

        :param path: of the single object; ``/list`` is added (§7)
        :param bodies: at most :data:`BULK`
        :raises transport.errors.BadAnswer: not as many came back; all may be there
        """
        return self._write_many("POST", path, bodies, params)

    def put_many(self, path: str, bodies: list[Record]) -> list[Record]:
        """Update objects in one call, each with its id and version (§7).

        :raises transport.errors.BadAnswer: as :meth:`post_many`
        """
        return self._write_many("PUT", path, bodies, None)

    def _write_many(
        self,
        method: str,
        path: str,
        bodies: list[Record],
        params: Mapping[str, Any] | None,
    ) -> list[Record]:
        if len(bodies) > BULK:
            raise ValueError(f"{path}/list takes {BULK} objects, not {len(bodies)}")
        answer = self._write(method, f"{path}/list", bodies, params)
        values = many(self._http, answer)
        if len(values) != len(bodies):
            reason = f"{len(values)} objects came back for {len(bodies)}"
            raise self._http.bad_answer(answer, reason)
        return values

    def _write(
        self, method: str, path: str, body: Any, params: Mapping[str, Any] | None
    ) -> Answer:
        check_writing(method, path, params or {})
        return self._caller.send(method, path, params, body=body)
