# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names, places and goods of the north."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from random import Random

from . import numbers

FIRST_NAMES = (
    "Åse Bjørn Øystein Kåre Sølvi Håkon Ingrid Magnus Solveig Torbjørn Ragnhild Sigurd"
    " Liv Eirik Astrid Gunnar Marit Jørgen Synnøve Trygve Turid Arvid Bente Yngve Siv"
    " Pål Hege Leif Mona Stian Anja Göran Väinö Päivi Õie Jüri Märt Søren Kjær Björk"
).split()
LAST_NAMES = (
    "Åsen Bjørnstad Østby Kårstad Sørlie Håland Nordby Lervåg Myhre Haugen Bakken"
    " Fjeldstad Grønli Hjelmeland Tømmerås Skaar Ødegård Brækken Rønning Sætre Vågen"
    " Løken Moen Strand Dahl Lie Næss Aasen Åkerström Lindqvist Mäkelä Kõiv Sørensen"
).split()
STEMS = (
    "Fjord Nord Vest Sør Øst Berg Elv Hav Bre Skog Dal Vik Myr Foss Øy Ås Strand Vidde"
    " Lyng Furu Gran Bjørk Rype Ørn Havørn Storm Sol Måne Stjerne Nordlys Kyst Fjell"
).split()
ENDS = (
    "bygg data foto frakt fisk gård hus kraft lys maskin mat miljø møbler regnskap rør"
    " sag service snekkeri transport trelast utvikling verft vekst verksted økonomi"
).split()
FORMS = ("AS", "AS", "AS", "AS", "ENK", "ANS", "DA", "SA")
NORWEGIAN_PLACES = (
    ("0150", "Oslo"),
    ("0580", "Oslo"),
    ("1337", "Sandvika"),
    ("1400", "Ski"),
    ("1606", "Fredrikstad"),
    ("1771", "Halden"),
    ("2004", "Lillestrøm"),
    ("2317", "Hamar"),
    ("2609", "Lillehammer"),
    ("2815", "Gjøvik"),
    ("3015", "Drammen"),
    ("3111", "Tønsberg"),
    ("3211", "Sandefjord"),
    ("3724", "Skien"),
    ("4006", "Stavanger"),
    ("4513", "Mandal"),
    ("4612", "Kristiansand S"),
    ("4838", "Arendal"),
    ("5003", "Bergen"),
    ("5411", "Stord"),
    ("5527", "Haugesund"),
    ("6003", "Ålesund"),
    ("6413", "Molde"),
    ("6800", "Førde"),
    ("7010", "Trondheim"),
    ("7500", "Stjørdal"),
    ("7713", "Steinkjer"),
    ("8006", "Bodø"),
    ("8514", "Narvik"),
    ("9008", "Tromsø"),
    ("9510", "Alta"),
    ("9800", "Vadsø"),
)
STREETS = (
    "Storgata Kirkegata Strandgata Havnegata Fjellveien Skolegata Industriveien"
    " Åsveien Ørneveien Bjørkelia Sjøgata Torggata Møllerveien Grønlandsleiret"
).split()
GOODS = (
    "Skrue Mutter Bolt Planke Bjelke Maling Lakk Lampe Kabel Bryter Rør Ventil Pumpe"
    " Filter Slange Hanske Hjelm Støvel Jakke Håndkle Såpe Kaffe Te Brød Smør Laks"
    " Torsk Reker Syltetøy Knekkebrød Penn Notatbok Perm Skjerm Tastatur Mus Stol Bord"
).split()
KINDS = (
    "liten stor lang kort rød blå grønn hvit svart grå rustfri galvanisert økologisk"
    " røkt norsk ekstra standard pro lett kraftig"
).split()
SERVICES = ("Rådgivning", "Montering", "Kjøring", "Opplæring", "Vedlikehold", "Frakt")


@dataclass(frozen=True)
class Land:
    """A country that customers live in: ISO code, places, forms of company."""

    code: str
    places: tuple[tuple[str, str], ...]
    forms: tuple[str, ...]
    currency: str
    dial: str


LANDS = {
    "NO": Land("NO", NORWEGIAN_PLACES, FORMS, "NOK", "+47"),
    "SE": Land(
        "SE",
        (("111 29", "Stockholm"), ("411 03", "Göteborg"), ("903 26", "Umeå")),
        ("AB",),
        "SEK",
        "+46",
    ),
    "DK": Land(
        "DK",
        (("1620", "København V"), ("8000", "Aarhus C"), ("9000", "Aalborg")),
        ("ApS", "A/S"),
        "DKK",
        "+45",
    ),
    "FI": Land(
        "FI",
        (("00100", "Helsinki"), ("20100", "Turku"), ("60100", "Seinäjoki")),
        ("Oy", "Oyj"),
        "EUR",
        "+358",
    ),
    "EE": Land(
        "EE", (("10111", "Tallinn"), ("80010", "Pärnu")), ("OÜ",), "EUR", "+372"
    ),
}
_ORG_NUMBERS = {
    "NO": numbers.norwegian_org_number,
    "SE": numbers.swedish_org_number,
    "DK": numbers.danish_cvr_number,
    "FI": numbers.finnish_business_id,
    "EE": numbers.estonian_registry_code,
}
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "å": "a", "ö": "o", "ä": "a", "õ": "o"})


@dataclass(frozen=True)
class Party:
    """A made-up company or person."""

    name: str
    land: Land
    org_number: str
    street: str
    zip: str
    city: str
    email: str
    phone: str
    mobile: str
    private: bool


def company_name(random: Random, land: Land) -> str:
    """Return a name such as "Nordlys Snekkeri AS"."""
    stem, end = random.choice(STEMS), random.choice(ENDS)
    owner = random.random()
    form = random.choice(land.forms)
    if owner < 0.3:
        return f"{random.choice(LAST_NAMES)} {end.capitalize()} {form}"
    if owner < 0.5:
        return f"{stem}{end} {form}"
    return f"{stem} {end.capitalize()} {form}"


def person_name(random: Random) -> tuple[str, str]:
    """Return a first and a last name."""
    return random.choice(FIRST_NAMES), random.choice(LAST_NAMES)


def mail_address(name: str, place: int) -> str:
    """Return an address below example.org; `place` makes it unique."""
    text = unicodedata.normalize("NFKD", name.lower().translate(_PLAIN))
    slug = re.sub(r"[^a-z0-9]+", ".", text.encode("ascii", "ignore").decode())
    return f"{slug.strip('.')}.{place}@example.org"


def make_party(random: Random, place: int, foreign: float = 0.1) -> Party:
    """Return a made-up party.

    :param place: running number, for the e-mail address
    :param foreign: share of parties outside Norway
    """
    code = random.choice(("SE", "SE", "DK", "FI", "EE"))
    land = LANDS[code if random.random() < foreign else "NO"]
    private = land.code == "NO" and random.random() < 0.12
    name = " ".join(person_name(random)) if private else company_name(random, land)
    zip_code, city = random.choice(land.places)
    return Party(
        name=name,
        land=land,
        org_number="" if private else _ORG_NUMBERS[land.code](random),
        street=f"{random.choice(STREETS)} {random.randrange(1, 180)}",
        zip=zip_code,
        city=city,
        email=mail_address(name, place) if random.random() < 0.9 else "",
        phone=phone(random, land) if random.random() < 0.6 else "",
        mobile=phone(random, land) if random.random() < 0.5 else "",
        private=private,
    )


def phone(random: Random, land: Land) -> str:
    """Return a telephone number as people write it, with or without country."""
    digits = f"{random.choice('49')}{random.randrange(10**7):07d}"
    if land.code == "NO" and random.random() < 0.5:
        return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
    return f"{land.dial} {digits[:3]} {digits[3:5]} {digits[5:]}"


def product_name(random: Random, place: int) -> str:
    """Return a name that no other product has."""
    return f"{random.choice(GOODS)} {random.choice(KINDS)} {place}"
