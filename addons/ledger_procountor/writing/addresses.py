# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who buys, where the invoice goes, and where the goods do (§3).

Nothing here imports Odoo.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..client import country_name
from .checkdigits import business_id
from .choices import Choices

Record = dict[str, Any]

PLACE = ("specifier", "street", "zip", "city", "country")
BUYER = "counterPartyAddress"
#: Beside the buyer's own.
ADDRESSES = ("billingAddress", "deliveryAddress")


def addresses_of(values: Record, choices: Choices) -> Record:
    """Return ``counterParty``, and the other addresses where they are others.

    Left out, they are the buyer's (§3).
    """
    ours = values.get("^") or {}
    party = {k: v for k, v in (values.get("counterParty") or {}).items() if v}
    home = _address(party.get(BUYER) or {}, ours.get("country"), choices)
    billing = _address(
        values.get("billingAddress") or {}, ours.get("billingCountry"), choices
    )
    delivery = _address(
        values.get("deliveryAddress") or {}, ours.get("deliveryCountry"), choices
    )
    if not _has_place(home):
        # The company itself has none: only where its invoices go is known.
        home = {**billing, "name": home.get("name") or billing.get("name")}
    made: Record = {"counterParty": _party(party, home)}
    for name, address, tells_name in (
        ("billingAddress", billing, False),
        ("deliveryAddress", delivery, True),
    ):
        address = {**address, "name": address.get("name") or home.get("name")}
        if _is_another(address, home, tells_name):
            if not address.get("country") and home.get("country"):
                address["country"] = home["country"]
            made[name] = address
    return made


def given_addresses(there: Mapping[str, Any]) -> Record:
    """Return the addresses of an invoice there that may be sent again.

    One without a country is refused when it is given; left out it is the buyer's (§3).
    """
    found = ((name, there.get(name)) for name in ADDRESSES)
    return {name: place for name, place in found if place and place.get("country")}


def named_country(code: str | None, choices: Choices) -> str:
    """Return the vendor's name of a country, "" for none.

    What was chosen under Value mappings goes before the names that are known here.
    The ISO code itself stands for a country that has no name there: it is held.

    :param code: ISO 3166, two letters
    """
    if not code:
        return ""
    return choices.countries.get(code.upper()) or country_name(code) or code


def _party(party: Record, home: Record) -> Record:
    made = {**party, BUYER: home}
    if party.get("contactPersonName") == home.get("name"):
        del made["contactPersonName"]
    identifier = business_id(party.get("identifier") or "")
    tax_code = "".join(str(party.get("taxCode") or "").split()).strip("/")
    if not identifier and tax_code:
        # A Finnish VAT number is the business id with two letters before it.
        identifier = business_id(tax_code)
    return {**made, "identifier": identifier, "taxCode": tax_code}


def _address(given: Record, country: str | None, choices: Choices) -> Record:
    found = {name: value for name, value in given.items() if value}
    named = found.get("country") or named_country(country, choices)
    return {**found, "country": named} if named else found


def _has_place(address: Record) -> bool:
    return any(address.get(name) for name in ("street", "zip", "city"))


def _place(address: Record) -> list[str]:
    """What is compared: capitals make no other place."""
    return [str(address.get(name) or "").strip().casefold() for name in PLACE]


def _is_another(address: Record, home: Record, tells_name: bool) -> bool:
    if not _has_place(address):
        return False
    same_name = address.get("name") == home.get("name")
    return _place(address) != _place(home) or (tells_name and not same_name)
