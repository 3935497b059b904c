# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Refusals: their keys, their texts and the body they travel in (dossier §5).

Only the two keys of credit invoices were seen at the vendor's; the others are made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..wire import Response, dump_json

LANGUAGES = ("et", "en")
# second stage; Estonian, English
TEXTS = {
    "NOT-FOUND": ("{what} {id} ei leitud", "{what} {id} was not found"),
    "UNKNOWN-REFERENCE": (
        "{field}: väärtust '{value}' ei leitud",
        "{field}: '{value}' was not found",
    ),
    "NOT-IN-USE": ("{field}: '{value}' ei ole kasutusel", "{field}: '{value}' is off"),
    "NUMBER-IN-USE": (
        "Number {value} on juba kasutusel",
        "Number {value} is in use already",
    ),
    "CODE-IN-USE": (
        "Kood {value} on juba kasutusel",
        "Code {value} is in use already",
    ),
    "EXCHANGE-RATE-MISSING": (
        "Valuuta {value} kurssi ei leitud",
        "There is no exchange rate for {value}",
    ),
    "DUE-DATE-EARLIER": (
        "Maksetähtaeg on enne arve kuupäeva",
        "The due date is before the invoice date",
    ),
    "VAT-AMOUNT-MISSING": (
        "Käibemaksu summa puudub",
        "The VAT amount is missing",
    ),
    "PERIOD-LOCKED": (
        "Periood on lukustatud kuni {value}",
        "The period is locked until {value}",
    ),
    "ENTRY-NOT-BALANCED": (
        "Kande deebet {debit} ja kreedit {credit} ei ole võrdsed",
        "Debit {debit} and credit {credit} of the entry differ",
    ),
    "ENTRY-HAS-DOCUMENT": (
        "Kannet saab kustutada ainult koos dokumendiga",
        "The entry can only be deleted with its document",
    ),
    "ENTRY-TYPE-FIXED": (
        "Kande liiki ei saa muuta",
        "The kind of an entry cannot be changed",
    ),
    "CREDIT-INVOICE-EARLIER-THAN-BASE": (
        "Kreeditarve kuupäev on enne algse arve kuupäeva",
        "The credit invoice is dated before the invoice it credits",
    ),
    "CREDIT-INVOICE-ENTRY-EARLIER-THAN-BASE": (
        "Kreeditarve kande kuupäev on enne algse arve kande kuupäeva",
        "The entry of the credit invoice is dated before that of the invoice",
    ),
    "PAYMENT-EXCEEDS-INVOICE": (
        "Makse {value} on suurem kui tasumata summa {open}",
        "The payment {value} exceeds what is open: {open}",
    ),
    "PAYMENT-ROW-NOT-POSITIVE": (
        "Makse rea summa {value} peab olema positiivne",
        "The amount {value} of a payment row has to be positive",
    ),
    "PAYMENT-EMPTY": ("Makse summa on 0", "The payment amounts to 0"),
    "IN-USE": (
        "{what} {id} on kasutusel ja seda ei saa kustutada",
        "{what} {id} is in use and cannot be deleted",
    ),
    "TOO-LONG": (
        "{field} on pikem kui {value} märki",
        "{field} is longer than {value} characters",
    ),
}


@dataclass(frozen=True)
class Fault:
    """One refusal: a key for machines, a text for people."""

    code: str
    text: str


class ApiError(ValueError):
    """An answer other than 200, with the vendor's body."""

    def __init__(self, status: int, *faults: Fault) -> None:
        super().__init__(" ".join(f"{fault.code}: {fault.text}" for fault in faults))
        self.status = status
        self.faults = faults
        self.headers: dict[str, str] = {}

    def answer(self, settings: dict[str, Any]) -> Response:
        """Return the HTTP answer in the shape that the settings ask for."""
        shape = settings["error_shape"]
        text = " ".join(fault.text for fault in self.faults)
        if shape == "text":
            headers = {"Content-Type": "text/plain;charset=UTF-8", **self.headers}
            return Response(self.status, headers, text.encode())
        headers = {"Content-Type": "application/json;charset=UTF-8", **self.headers}
        if shape != "errors":
            return Response(self.status, headers, dump_json({shape: text}))
        key = settings["error_key"]
        entries = [
            {**({key: fault.code} if key else {}), "message": fault.text}
            for fault in self.faults
        ]
        return Response(self.status, headers, dump_json({"errors": entries}))


class Problems:
    """What the second stage finds; all of it is told at once."""

    def __init__(self, language: str, forgiven: tuple[str, ...] = ()) -> None:
        self._place = LANGUAGES.index(language)
        self._forgiven = forgiven
        self._faults: list[Fault] = []

    def add(self, code: str, **values: Any) -> None:
        """Note a broken rule."""
        if code not in self._forgiven:
            text = TEXTS[code][self._place].format(**values)
            self._faults.append(Fault(code, text))

    def refuse(self) -> None:
        """Refuse if a rule is broken.

        :raise ApiError: 400 with every fault
        """
        if self._faults:
            raise ApiError(400, *self._faults)


def refused(status: int, code: str, text: str) -> ApiError:
    """Return a refusal with one fault, such as those of the first stage."""
    return ApiError(status, Fault(code, text))


def bad_request(code: str, text: str) -> ApiError:
    """Return 400: the first stage stops at the first fault, in English."""
    return refused(400, code, text)


def unreadable_body() -> ApiError:
    """Return 400: there is no body, or it is no JSON."""
    return bad_request("UNREADABLE-BODY", "POST body could not be read")
