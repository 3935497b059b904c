# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the company has to choose from besides VAT, to be paired with Odoo's records."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .client import COUNTRIES, codes, text_of
from .records import UNITS

if TYPE_CHECKING:
    from .client import ProcountorClient

Record = dict[str, Any]
Option = tuple[str, str, dict[str, Any]]


def options(client: ProcountorClient, kind: str) -> list[Option]:
    """Return ``(code, label, hint)`` of the values of *kind*; none of unknown kinds."""
    make = _OPTIONS.get(kind)
    return make(client) if make else []


def _units(_client: ProcountorClient) -> list[Option]:
    """(§1) All of them, for a company may have made units of its own in Odoo."""
    return [(code, _words(code), {"name": UNITS.get(code)}) for code in codes.UNITS]


def _countries(_client: ProcountorClient) -> list[Option]:
    """(§1) Those that the vendor has names for."""
    return [(name, _words(name), {"code": code}) for code, name in COUNTRIES.items()]


def _delivery_terms(client: ProcountorClient) -> list[Option]:
    """(§3) The company's own list; it begins with the code of Incoterms, or may not."""
    names = client.company.delivery_terms()
    return [(name, name, {"code": name[:3].upper()}) for name in names]


def _payment_methods(_client: ProcountorClient) -> list[Option]:
    return [(code, _words(code), {}) for code in codes.SAFE_PAYMENT_METHODS]


def _bank_accounts(client: ProcountorClient) -> list[Option]:
    """(§6) Those in use. The one that invoices name is meant for its currency."""
    accounts = [
        account
        for account in client.company.bank_accounts()
        if account.get("status") == codes.ACTIVE and account.get("iban")
    ]
    return [_bank_account(account, accounts) for account in accounts]


def _bank_account(account: Record, accounts: list[Record]) -> Option:
    currency = text_of(account.get("currency"))
    same = [one for one in accounts if one.get("currency") == currency]
    meant = len(same) == 1 or bool(account.get("defaultForInvoice"))
    parts = (account.get("bankName"), account["iban"], currency)
    label = " – ".join(filter(None, map(text_of, parts)))
    return text_of(account["iban"]), label, {"currency": meant and currency}


def _delivery_methods(_client: ProcountorClient) -> list[Option]:
    return [(code, _words(code), {}) for code in codes.DELIVERY_METHODS]


def _words(code: str) -> str:
    return code.replace("_", " ").capitalize()


_OPTIONS: dict[str, Callable[[ProcountorClient], list[Option]]] = {
    "unit": _units,
    "country": _countries,
    "delivery_term": _delivery_terms,
    "payment_method": _payment_methods,
    "bank_account": _bank_accounts,
    "delivery_method": _delivery_methods,
}


def suggestion(env, kind: str, hint: Record) -> Any:
    """Return the Odoo record that most likely is the value, or an empty recordset."""
    if kind == "unit" and hint.get("name"):
        english = env["uom.uom"].with_context(lang="en_US")
        return english.search([("name", "=", hint["name"])], limit=2)
    if kind == "delivery_term" and hint.get("code"):
        return env["account.incoterms"].search([("code", "=", hint["code"])], limit=2)
    if kind == "bank_account" and hint.get("currency"):
        return env["res.currency"].search([("name", "=", hint["currency"])])
    if kind == "country":
        return env["res.country"].search([("code", "=", hint["code"])])
    return env["res.country"]
