# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The client: what SmartAccounts can be asked and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from .calls import Caller
from .clock import utc_now
from .errors import read_error
from .lists import Cursor, ListPage, ListReader, Record, records_in
from .services import SERVICES, SETTING_KEYS, SETTINGS, WRITTEN, Service, one_of
from .values import text_of

if TYPE_CHECKING:
    from transport.exchange import Answer
    from transport.http import HttpClient

#: Address for ``HttpClient``; ``/api`` is added, with the language before it (§1).
PRODUCTION = "https://sa.smartaccounts.eu"
#: Calls of one company, shared with all its other software (§6); one a second and
#: half of the day are our own choice (§9).
PER_SECOND, PER_MINUTE, PER_DAY = 1, 60, 1000
DAY_SHARE = 50
#: "1000 a 24 hours" may mean any 24 hours (§6): see ``transport.budget.day_window()``.
DAY_PARTS = 4
#: For ``HttpClient(patience=…)``: seconds that calls wait for one another.
PATIENCE = 2.0


class Written(NamedTuple):
    """What came of adding or editing.

    :param id: of the record, for articles its code
    :param data: the vendor's answer; not the whole record (§7)
    """

    id: str
    data: Record


def calls_a_day(share: int = DAY_SHARE) -> int:
    """Return the calls a day that we allow ourselves.

    :param share: percent of the vendor's limit, 1 to 100
    :raises ValueError: *share* is something else
    """
    if not 1 <= share <= 100:
        raise ValueError(f"a share of {share} percent is not between 1 and 100")
    return max(1, PER_DAY * share // 100)


class SmartAccountsClient:
    """Calls SmartAccounts with the keys of one company.

    Methods raise the errors of ``transport.errors``; their ``code`` is told in
    ``errors.read_error()`` and, where it is about time, ``Caller._explain_time()``.
    Records come and go as plain dicts. What is named *service* is a key of
    :data:`SERVICES`.

    :param http: transport, opened with :meth:`read_error` and :data:`PATIENCE`
    :param public_key: in the vendor's screens under "Liidetud teenused" (§1)
    :param secret_key: beside it
    :param language: of the vendor's sentences: ``en``, ``et``, or "" for its default
    :param clock: gives the time, aware
    :param max_pages: of one list; more are taken for an error
    """

    def __init__(
        self,
        http: HttpClient,
        *,
        public_key: str,
        secret_key: str,
        language: str = "en",
        clock: Callable[[], datetime] = utc_now,
        max_pages: int = 1000,
    ) -> None:
        self._http = http
        self._caller = Caller(
            http,
            # They are copied from a screen, often with a blank or a line's end.
            public_key=public_key.strip(),
            secret_key=secret_key.strip(),
            language=language,
            clock=clock,
        )
        self._lists = ListReader(self._caller, max_pages)

    #: Reads error bodies, for ``HttpClient(read_error=…)``.
    read_error = staticmethod(read_error)

    # === READING === #

    def check_keys(self) -> list[Record]:
        """Return the VAT codes: the cheapest call that proves the keys (§6).

        Whose books they open no method tells; see ``settings("bankaccounts")``.
        """
        return self.settings("vatpcs")

    def settings(self, name: str) -> list[Record]:
        """Return a full list of settings (§7.8).

        :param name: one of :data:`SETTINGS`
        :raises ValueError: there is no such list
        """
        answer = self._caller.ask(f"/settings/{one_of(SETTINGS, name)}:get", {})
        return records_in(self._http, answer, SETTING_KEYS.get(name, (name,)))

    def pages(
        self,
        service: str,
        filters: Mapping[str, Any] | None = None,
        cursor: Cursor | None = None,
    ) -> Iterator[ListPage]:
        """Yield the pages of a list until the vendor says that there are no more (§4).

        Between two pages the books may change, and records move from one to the other:
        a record can come twice, told by its id.

        :param filters: by the vendor's names; dates are Estonian days, moments aware,
            ``dateTo`` is taken to include its day (§7.1)
        :param cursor: of an earlier page, to go on after it with the same filters
        :raises ValueError: a filter is unknown or missing, or *cursor* is of other
            filters; nothing was sent
        """
        found = _service(service)
        found.check(filters or {})
        return self._lists.pages(found, filters or {}, cursor)

    def one(
        self, service: str, record_id: str, options: Mapping[str, Any] | None = None
    ) -> Record | None:
        """Return the record with this id, for articles this code; None if it is gone.

        :param options: such as ``{"fetchRows": True}``
        """
        found = _service(service)
        params = {**(options or {}), found.id_field: record_id}
        found.check(params)
        answer = self._caller.find(f"{found.path}:get", params)
        if answer is None:
            return None
        records = records_in(self._http, answer, found.keys, found.id_field)
        # Filters may be loose, as that of names is (§7.5).
        same = (r for r in records if text_of(r.get(found.id_field)) == record_id)
        return next(same, None)

    # === WRITING === #

    def add(self, service: str, body: Record) -> Written:
        """Add a record; an invoice is booked at once, there are no drafts (§7.1).

        :param body: with the vendor's names; numbers are best Decimal
        :raises ValueError: the service is not written by us, or *body* cannot be sent
        :raises transport.errors.BadAnswer: no id came back; it may be there
        """
        found = _written(service)
        answer = self._caller.tell(f"{found.path}:add", body)
        return self._result(found, answer, "")

    def edit(self, service: str, body: Record) -> Written:
        """Replace a record as a whole: what is left out is lost (§7.1).

        :param body: complete, with its id
        :raises ValueError: it has no id, or as for :meth:`add`
        """
        found = _written(service)
        record_id = text_of(body.get(found.id_field))
        if not record_id:
            raise ValueError(f"what is edited needs its {found.id_field}")
        answer = self._caller.tell(f"{found.path}:edit", body)
        return self._result(found, answer, record_id)

    def delete(self, service: str, record_id: str) -> None:
        """Delete the record with this id, for articles this code (§7.1).

        :raises ValueError: there is no id, or as for :meth:`add`
        """
        found = _written(service)
        if not record_id:
            raise ValueError(f"what is deleted needs its {found.id_field}")
        self._caller.tell(f"{found.path}:delete", **{found.id_field: record_id})

    def _result(self, service: Service, answer: Answer, record_id: str) -> Written:
        data = answer.data if isinstance(answer.data, dict) else {}
        ids = (text_of(data.get(name)) for name in service.answered)
        found = next(filter(None, ids), record_id)
        if not found:
            raise self._http.bad_answer(answer, "the answer names no id")
        return Written(found, data)


def _service(name: str) -> Service:
    return SERVICES[one_of(SERVICES, name)]


def _written(name: str) -> Service:
    return SERVICES[one_of(WRITTEN, name)]
