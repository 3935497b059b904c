# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The client: what Procountor can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from .access import Access, Claims, Keys, claims_of
from .activation import Activation
from .calls import Caller, Record
from .company import Company
from .errors import read_error
from .invoices import Invoices
from .lists import Cursor, ListPage, ListReader
from .registers import Partners, Products
from .resources import MOST, resource

if TYPE_CHECKING:
    from transport.http import HttpClient
    from transport.tokens import TokenStore

#: Addresses for ``HttpClient`` (§1).
PRODUCTION = "https://api.procountor.com/api"
TESTING = "https://pts-api.procountor.com/api"
#: Calls "per client" (§1): probably of one client id, with all of its customers.
PER_SECOND = 60
#: Calls to the public testing server (§1).
TESTING_PER_MINUTE = 90
#: For ``HttpClient(patience=…)``: seconds that calls wait for one another.
PATIENCE = 2.0


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


class ProcountorClient:
    """Calls Procountor with the API key of one company.

    Methods raise the errors of ``transport.errors``; their ``code`` is told in
    ``errors.read_error()``. Records come and go as plain dicts, ids as texts. A write
    is sent once: if the error says ``sent``, it may have been done.

    :param http: transport, opened with :meth:`read_error`; with
        ``parse_float=Decimal`` numbers come exact, else as the nearest float
    :param tokens: where access tokens are kept, for all processes
    :param client_id: the integrator's
    :param client_secret: the integrator's
    :param api_key: the customer's, for one company (§2)
    :param redirect_uri: the integrator's; sent with the token call if there is one
    :param clock: gives the time, aware
    :param page_size: records asked for in one call, at most 200
    """

    def __init__(
        self,
        http: HttpClient,
        tokens: TokenStore,
        *,
        client_id: str,
        client_secret: str,
        api_key: str,
        redirect_uri: str = "",
        clock: Callable[[], datetime] = _utc_now,
        page_size: int = MOST,
    ) -> None:
        # They are copied from a screen or a letter, often with a blank at the end.
        keys = Keys(*map(str.strip, (client_id, client_secret, api_key, redirect_uri)))
        #: What callers learn in a run and need again, e.g. ids of products.
        self.learnt: dict[Any, Any] = {}
        #: What the API key says about itself; None if it says nothing that we know.
        self.claims: Claims | None = claims_of(keys.api_key)
        caller = Caller(http, Access(http, tokens, keys, clock))
        self._lists = ListReader(caller, page_size)
        self.company = Company(caller, self._lists)
        self.invoices = Invoices(caller, self._lists)
        self.partners = Partners(caller, self._lists)
        self.products = Products(caller, self._lists)
        self.activation = Activation(caller)

    #: Reads error bodies, for ``HttpClient(read_error=…)``.
    read_error = staticmethod(read_error)

    def pages(
        self,
        name: str,
        filters: Mapping[str, Any] | None = None,
        cursor: Cursor | None = None,
    ) -> Iterator[ListPage]:
        """Yield the pages of a list by rising id (§7).

        :param name: one of ``resources.RESOURCES``
        :param filters: by the vendor's names; lists are joined with commas, moments are
            aware, days are dates. What is found by text is found by parts of it.
            Partners that are not active come only with ``active`` false
        :param cursor: of an earlier page, to go on after it with the same filters
        :raises ValueError: a filter is unknown or its value unfit, or *cursor* is of
            other filters; nothing was sent
        """
        return self._lists.pages(resource(name), filters or {}, cursor)

    def by_ids(
        self, name: str, ids: Iterable[str], params: Mapping[str, Any] | None = None
    ) -> Iterator[Record]:
        """Yield the full records with these ids, 200 in a call, by rising id (§1).

        Those that the company does not have are left out.

        :param name: ``invoices``, ``partners`` or ``products``
        :param params: such as ``{"includeLocalizations": True}``, of products
        :raises ValueError: one is no id, or the list is not read by ids
        """
        return self._lists.by_ids(resource(name), ids, params or {})

    def one(self, name: str, record_id: str) -> Record | None:
        """Return the full record with this id, None if the company does not have it."""
        return next(self.by_ids(name, [record_id]), None)
