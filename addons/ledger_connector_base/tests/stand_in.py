# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How the conformance suite talks to a vendor's stand-in, whatever the vendor."""

from __future__ import annotations

from typing import Any


class StandIn:
    """A vendor's books in the sandbox, in the suite's words.

    A vendor's addon implements it over the sandbox's control door, never over the
    client that is being tested. Ids are text, amounts are floats in the books'
    currency, dates are ISO text.
    """

    #: Names of the secrets in ``credentials``, by the connector's declaration.
    system = ""
    #: The resource that a plain customer, product and invoice belong to.
    customer = "customer"
    product = "product"
    invoice = "invoice"
    #: Path (regular expression) of the list that customers are read from.
    customer_list = ""
    #: The same of products, and the body of the vendor's error for an unknown field.
    product_list = ""
    bad_field: dict[str, Any] = {}
    #: Path of the call that opens a session, empty where there is none.
    login = ""
    #: Code of a sales tax of 25 percent.
    tax_code = ""
    #: Paths (regular expressions) of the calls that create and change customers, and
    #: of those that create invoices.
    customer_writes = ""
    invoice_writes = ""
    #: Methods of the calls that create and change.
    writing = ("POST", "PUT")
    #: Status of a vendor that is down.
    down = 503
    #: Answers name the call, for the vendor's support.
    names_calls = True
    #: Operations that a call takes at the most.
    batch = 100

    base_url: str
    credentials: dict[str, str]

    def close(self) -> None:
        """Drop the books."""
        raise NotImplementedError

    # === BOOKS === #

    def seed(self, **counts: int) -> None:
        """Add believable ``customers``, ``products``, ``invoices``, …"""
        raise NotImplementedError

    def add_customer(self, name: str, **values: Any) -> str:
        """Add a customer; ``business_id``, ``email``, ``description``, ``zip``."""
        raise NotImplementedError

    def change_customer(self, external_id: str, **values: Any) -> None:
        """Change a customer; values as in :meth:`add_customer`, and ``name``."""
        raise NotImplementedError

    def delete_customer(self, external_id: str) -> None:
        """Delete a customer."""
        raise NotImplementedError

    def add_product(self, name: str, **values: Any) -> str:
        """Add a product; ``number``, ``price``, ``tax`` (remote code)."""
        raise NotImplementedError

    def add_invoice(self, customer: str, lines: list[tuple], **values: Any) -> str:
        """Add an invoice.

        :param lines: ``(text, quantity, unit price without tax, tax code, product id)``
        :param values: ``date``, ``due``, ``currency`` (ISO code)
        """
        raise NotImplementedError

    def credit(self, invoice: str) -> str:
        """Credit a whole invoice and return the credit note's id."""
        raise NotImplementedError

    def pay(self, invoice: str, amount: float | None = None) -> None:
        """Pay an invoice, in full without *amount*."""
        raise NotImplementedError

    def change_invoice(self, invoice: str) -> None:
        """Change a line of an invoice, so that its total is another."""
        raise NotImplementedError

    def hide_customer(self, customer: str) -> None:
        """Until :meth:`clear_faults` the vendor denies having this customer."""
        raise NotImplementedError

    def totals(self, invoice: str) -> tuple[float, float]:
        """Return ``(untaxed, total)`` of an invoice in its currency, never negative."""
        raise NotImplementedError

    def misstate_totals(self) -> None:
        """From now on the vendor says totals that its lines do not give."""
        raise NotImplementedError

    def count(self, what: str) -> int:
        """Number of ``customers``, ``products`` or ``invoices`` that are active."""
        raise NotImplementedError

    # === WHAT WAS WRITTEN THERE === #

    def find_customer(self, external_id: str) -> dict[str, Any] | None:
        """Return a customer, None if there is none with this id.

        ``name``, ``email``, ``street``, ``business_id``, ``active`` and ``version``, a
        text that changes with every change of the customer
        """
        raise NotImplementedError

    def find_product(self, external_id: str) -> dict[str, Any] | None:
        """Return a product: ``name``, ``number``, ``price``, ``active``."""
        raise NotImplementedError

    def find_invoice(self, external_id: str) -> dict[str, Any] | None:
        """Return an invoice.

        ``customer`` (id), ``date``, ``due``, ``currency`` (ISO code), ``untaxed``,
        ``total`` (never negative), ``is_credit``, ``credits`` (id) and ``lines``: dicts
        of ``text``, ``quantity``, ``price``, ``discount``, ``product`` (id)
        """
        raise NotImplementedError

    def names(self, what: str) -> list[str]:
        """Return the names of all ``customers`` or ``products``, sorted."""
        raise NotImplementedError

    def mails(self) -> list[Any]:
        """Return what the vendor has sent to customers."""
        raise NotImplementedError

    def bill(self, invoice: str) -> str:
        """Return Odoo's number of an invoice, as the vendor keeps it."""
        raise NotImplementedError

    # === FAULTS === #

    def revoke(self) -> None:
        """The key is not valid any more."""
        raise NotImplementedError

    def new_credentials(self) -> dict[str, str]:
        """Make a new key and return all credentials."""
        raise NotImplementedError

    def expire_sessions(self) -> None:
        """End all sessions, as at the end of their day."""
        raise NotImplementedError

    def remove_right(self, restore: bool = False) -> None:
        """Take away (or give back) the right to see customers."""
        raise NotImplementedError

    def fault(self, path: str, **action: Any) -> None:
        """Arm a fault, see the sandbox's README."""
        raise NotImplementedError

    def stumble(self, name: str) -> None:
        """From now on the vendor fails (500) on calls that write a record so named."""
        raise NotImplementedError

    def refuse(self, text: str) -> None:
        """Until :meth:`clear_faults` every call that writes *text* is refused (422)."""
        raise NotImplementedError

    def clear_faults(self) -> None:
        """Disarm all faults."""
        raise NotImplementedError

    def calls(self, path: str = "") -> int:
        """Number of calls that reached the vendor, of addresses matching *path*."""
        raise NotImplementedError

    def writes(self, path: str = "") -> int:
        """Number of calls that wrote something, or tried to, in the books."""
        raise NotImplementedError

    def forget_calls(self) -> None:
        """Count from nought again."""
        raise NotImplementedError

    def secret_values(self) -> list[str]:
        """Every text that must never be seen: keys, and tokens that were given out."""
        raise NotImplementedError
