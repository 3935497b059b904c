# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Seeded data: believable, with valid numbers, the same for the same seed."""

from __future__ import annotations

import stdnum.dk.cvr
import stdnum.ean
import stdnum.ee.registrikood
import stdnum.fi.ytunnus
import stdnum.luhn
import stdnum.no.orgnr
import stdnum.se.orgnr

VALID = {
    "NO": stdnum.no.orgnr.is_valid,
    "SE": stdnum.se.orgnr.is_valid,
    "DK": stdnum.dk.cvr.is_valid,
    "FI": stdnum.fi.ytunnus.is_valid,
    "EE": stdnum.ee.registrikood.is_valid,
}
SIZE = {"customers": 300, "suppliers": 30, "products": 100, "invoices": 20}


def test_organisation_numbers_are_valid_in_their_country(make_world) -> None:
    world = make_world(size=SIZE)
    fields = "organizationNumber,isPrivateIndividual,postalAddress(country(*))"
    seen = set()
    for resource in ("customer", "supplier"):
        for party in world.objects(resource, fields=fields):
            land = party["postalAddress"]["country"]["isoAlpha2Code"]
            number = party["organizationNumber"]
            assert VALID[land](number) or party["isPrivateIndividual"], number
            seen.add(land)
    assert seen == set(VALID)


def test_barcodes_and_payment_references_are_valid(make_world) -> None:
    world = make_world(size=SIZE)
    codes = [p["ean"] for p in world.objects("product") if p["ean"]]
    assert len(codes) == len(set(codes)) > 50
    assert all(stdnum.ean.is_valid(code) for code in codes)
    kids = [i["kid"] for i in world.objects("invoice") if not i["isCreditNote"]]
    assert all(stdnum.luhn.is_valid(kid) for kid in kids)


def test_names_have_the_letters_of_the_north(make_world) -> None:
    world = make_world(size=SIZE)
    text = "".join(customer["name"] for customer in world.objects("customer"))
    assert set("æøåö") <= set(text.lower())


def test_same_seed_gives_the_same_data_and_another_does_not(make_world) -> None:
    def names(seed: int) -> list[str]:
        world = make_world(size={**SIZE, "seed": seed})
        return [customer["name"] for customer in world.objects("customer")]

    first, again, other = names(7), names(7), names(8)
    assert first == again
    assert first != other


def test_seeding_twice_adds(world) -> None:
    world.seed(customers=5)
    counts = world.seed(customers=5, seed=2)
    assert counts["customer"] == 10
    numbers = [c["customerNumber"] for c in world.objects("customer")]
    assert len(set(numbers)) == 10
