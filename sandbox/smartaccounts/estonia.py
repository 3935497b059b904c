# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names, places and goods of Estonia."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from ..seed import numbers

_OWNERS = (
    "Tamm Kask Mägi Sepp Õun Põld Järv Kõiv Lepik Rebane Ilves Saar Kuusk Männik"
    " Pärn Vaher Öpik Ääsmäe Ülper Šmidt Žukov Laas Org Toome Kallas Luik"
).split()
_STEMS = (
    "Põhja Lõuna Mere Metsa Järve Saare Rannu Võru Kõrve Soo Kase Männi Päikese"
    " Öö Külma Sõbra Vana Uus Hõbe Kuld Raud Tuule Lume"
).split()
_TRADES = (
    "Ehitus Puit Kohvik Transport Köök Talu Trükk Aed Mööbel Lill Kala Leib Vesi"
    " Soojus Elekter Tarkvara Disain Õmblus Auto Koolitus"
).split()
_FORMS = ("OÜ", "OÜ", "OÜ", "OÜ", "AS", "MTÜ", "TÜ", "FIE")
_PLACES = (
    ("Harju maakond", "Tallinn", "10111"),
    ("Harju maakond", "Maardu", "74111"),
    ("Tartu maakond", "Tartu", "50090"),
    ("Pärnu maakond", "Pärnu", "80010"),
    ("Võru maakond", "Võru", "65605"),
    ("Saare maakond", "Kuressaare", "93813"),
    ("Ida-Viru maakond", "Jõhvi", "41531"),
    ("Lääne-Viru maakond", "Rakvere", "44306"),
)
_STREETS = (
    "Pärnu mnt|Narva mnt|Kõrge|Õie|Järve|Põllu|Mäe|Sõpruse pst|Kase|Väike-Ameerika"
).split("|")
_GOODS = (
    "Laud Tool Kruvi Värv Lamp Kaabel Toru Pump Kinnas Kohv Või Juust Leib Mööbliõli"
    " Paber Pliiats Kõlar Ekraan Hiir Uks Aken"
).split()
_SERVICES = (
    "Raamatupidamine|Nõustamine|Paigaldus|Hooldus|Transport|Koolitus|Üüritasu"
).split("|")


def company_name(random: Random) -> str:
    """Return a name such as "Tamm Ehitus OÜ"."""
    first = random.choice(_OWNERS if random.random() < 0.5 else _STEMS)
    return f"{first} {random.choice(_TRADES)} {random.choice(_FORMS)}"


def iban(random: Random) -> str:
    """Return an Estonian account number whose check digits are right."""
    digits = f"77{random.randrange(10**14):014d}"
    # "EE" as 14 14, and the check digits as 00, at the end
    check = 98 - int(f"{digits}141400") % 97
    return f"EE{check:02d}{digits}"


def vat_number(random: Random) -> str:
    """Return a VAT number: nine digits with weights 3, 7, 1, divisible by ten."""
    digits = f"10{random.randrange(10**6):06d}"
    weights = (3, 7, 1) * 3
    total = sum(int(d) * w for d, w in zip(digits, weights, strict=False))
    return f"EE{digits}{-total % 10}"


def party(random: Random, place: int) -> dict[str, Any]:
    """Return a client or vendor as it is sent.

    :param place: running number, which makes the e-mail address unique
    """
    county, city, zip_code = random.choice(_PLACES)
    code = numbers.estonian_registry_code(random)
    taxed = random.random() < 0.8
    return {
        "name": company_name(random),
        "regCode": code,
        "vatNumber": vat_number(random) if taxed else None,
        "invoiceDueDate": random.choice((7, 14, 14, 21)),
        "vatPc": "24" if taxed else None,
        "bankAccount": iban(random) if random.random() < 0.5 else None,
        "address": {
            "country": "EE",
            "county": county,
            "city": city,
            "address1": f"{random.choice(_STREETS)} {random.randrange(1, 120)}",
            "postalCode": zip_code,
        },
        "contacts": [
            {"type": "EMAIL", "value": f"info.{place}@example.org"},
            {"type": "PHONE", "value": f"+372 5{random.randrange(10**6):06d}"},
        ],
    }


def article(random: Random, place: int) -> dict[str, Any]:
    """Return an article as it is sent.

    :param place: running number, which makes the code unique
    """
    is_service = random.random() < 0.4
    name = random.choice(_SERVICES if is_service else _GOODS)
    cents = random.randrange(100, 90_000)
    return {
        "code": f"{'T' if is_service else 'K'}{place:04d}",
        "description": f"{name} {place}",
        "type": "SERVICE" if is_service else random.choice(("PRODUCT", "WH")),
        "unit": "h" if is_service else "tk",
        "vatPc": random.choice(("24", "24", "24", "13", "9")),
        "activeSales": True,
        "activePurchase": True,
        "priceSales": Decimal(cents) / 100,
        "pricePurchase": Decimal(cents // 2) / 100,
    }
