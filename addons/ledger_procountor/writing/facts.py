# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the company's own books say, asked once in a run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.transport.errors import only_reading

from ..client import HELSINKI, MOST, id_of, invoice_account
from .choices import Choices
from .settings import choices_of

if TYPE_CHECKING:
    from ..client import ProcountorClient

Record = dict[str, Any]

_SETTINGS = "writing.choices"
_HOME = "writing.home"
_ACCOUNTS = "writing.accounts"
_PARTNERS = "writing.partners"
_LINKED = "writing.linked"


def today() -> date:
    """Return the day that it is in Finland."""
    return datetime.now(HELSINKI).date()


class Facts:
    """Facts of one company, kept with the client of a run.

    :param connection: ``ledger.connection`` record
    """

    def __init__(self, env: Any, client: ProcountorClient, connection: Any) -> None:
        self.env = env
        self.client = client
        self.connection = connection

    @property
    def choices(self) -> Choices:
        """The settings of the connection."""
        return self._once(_SETTINGS, lambda: choices_of(self.connection))

    @property
    def home(self) -> str:
        """The currency of the books, ISO 4217."""
        return self._once(_HOME, self.client.company.currency)

    def iban(self, currency: str) -> str:
        """Return our account for invoices in *currency* (§6), "" if there is none."""
        if chosen := self.choices.accounts.get(currency):
            return chosen
        accounts = self._once(_ACCOUNTS, self.client.company.bank_accounts)
        found = invoice_account(accounts, currency) or {}
        return str(found.get("iban") or "")

    def rate(self, name: str, currency: str, day: date) -> float:
        """Return Odoo's rate of the day, foreign per home unit (§3).

        :param name: of the record, for people
        :raises Problem: Odoo has no rate
        """
        if currency == self.home:
            return 1
        currencies = self.env["res.currency"].with_context(active_test=False)
        found = currencies.search([("name", "in", (self.home, currency))])
        by_name = {one.name: one for one in found}
        if len(by_name) < 2 or not self._has_rates(found):
            raise self._no_rate(name, currency)
        company = self.connection.company_id
        convert = by_name[self.home]._get_conversion_rate
        return round(convert(by_name[self.home], by_name[currency], company, day), 6)

    def _has_rates(self, currencies: Any) -> bool:
        """Tell whether Odoo knows what they are worth: else it would say 1."""
        company = self.connection.company_id
        whose = (company.root_id.id, False)
        return all(
            any(rate.company_id.id in whose for rate in one.rate_ids)
            for one in currencies - company.currency_id
        )

    def _no_rate(self, name: str, currency: str) -> Problem:
        return Problem(
            "record",
            self.env._(
                "%(record)s is in %(currency)s, the books in Procountor are in "
                "%(home)s, and Odoo has no exchange rate between them. Enter one under "
                "Accounting > Configuration > Currencies, then retry.",
                record=name,
                currency=currency,
                home=self.home,
            ),
            cause=f"rate:{currency}",
            summary=self.env._(
                "Odoo has no exchange rate between %(currency)s and %(home)s, the "
                "currency of the books in Procountor. Enter one under Accounting > "
                "Configuration > Currencies, then retry.",
                currency=currency,
                home=self.home,
            ),
        )

    # === THE REGISTER === #

    def partner(self, external_id: str) -> Record | None:
        """Return a customer of the register, whole.

        Those that the connection knows are read together, the vendor's 200 a call, so
        that many orders cost few calls.
        """
        known = self.client.learnt.setdefault(_PARTNERS, {})
        if external_id not in known:
            ids = self._beside(external_id)
            known.update(dict.fromkeys(ids))
            with only_reading():
                for record in self.client.by_ids("partners", ids):
                    known[id_of(record["id"])] = record
        return known[external_id]

    def _beside(self, external_id: str) -> list[str]:
        """Return the ids that are read in one call with this one."""
        linked = self._once(_LINKED, self._linked)
        if external_id not in linked:
            return [external_id]
        begin = linked.index(external_id) // MOST * MOST
        return linked[begin : begin + MOST]

    def _linked(self) -> list[str]:
        links = self.env["ledger.binding"].search_fetch(
            [
                ("connection_id", "=", self.connection.id),
                ("resource", "=", "customer"),
                ("external_id", "!=", False),
                ("res_id", "!=", 0),
            ],
            ["external_id"],
        )
        return sorted({one for one in links.mapped("external_id") if one.isdecimal()})

    def _once(self, name: str, ask: Callable[[], Any]) -> Any:
        learnt = self.client.learnt
        if name not in learnt:
            with only_reading():
                learnt[name] = ask()
        return learnt[name]
