# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every new company has: accounts, VAT codes, countries, bank (dossier §7.8)."""

from __future__ import annotations

from decimal import Decimal

from .books import Books, Record
from .model import RESOURCES

CASH = "10110"
# the two accounts of the dossier's sample
BANK = "10121"
RECEIVABLE = "10210"
NETTING = "10190"
VENDOR_PREPAYMENT = "10310"
STOCK = "10410"
INPUT_VAT = "10520"
FIXED_ASSETS = "15110"
PAYABLE = "20110"
CLIENT_PREPAYMENT = "20210"
WAGES_DEBT = "20310"
OUTPUT_VAT = "20510"
TAX_DEBT = "20520"
SALES = "30110"
GOODS = "40110"
SERVICES = "40510"
WAGES = "41110"
DEPRECIATION = "43110"
ROUNDING = "50910"

_ACCOUNTS = (
    (CASH, "ASSET", "Kassa", "Cash"),
    (BANK, "ASSET", "Arvelduskonto", "Bank account"),
    (NETTING, "ASSET", "Tasaarveldused", "Netting"),
    (RECEIVABLE, "ASSET", "Ostjate tasumata arved", "Trade receivables"),
    (VENDOR_PREPAYMENT, "ASSET", "Ettemaksed hankijatele", "Prepaid to vendors"),
    (STOCK, "ASSET", "Kaubad laos", "Goods in stock"),
    (INPUT_VAT, "ASSET", "Sisendkäibemaks", "Input VAT"),
    (FIXED_ASSETS, "ASSET", "Masinad ja seadmed", "Machinery"),
    (PAYABLE, "LIABILITY", "Võlad tarnijatele", "Trade payables"),
    (CLIENT_PREPAYMENT, "LIABILITY", "Ostjate ettemaksed", "Prepaid by clients"),
    (WAGES_DEBT, "LIABILITY", "Võlad töövõtjatele", "Payables to employees"),
    (OUTPUT_VAT, "LIABILITY", "Müügi käibemaks", "Output VAT"),
    (TAX_DEBT, "LIABILITY", "Maksuvõlad", "Taxes payable"),
    (SALES, "INCOME", "Müügitulu", "Sales"),
    (GOODS, "EXPENSE", "Müüdud kaubad", "Cost of goods sold"),
    (SERVICES, "EXPENSE", "Ostetud teenused", "Purchased services"),
    (WAGES, "EXPENSE", "Palgakulu", "Wages"),
    (DEPRECIATION, "EXPENSE", "Kulum", "Depreciation"),
    (ROUNDING, "EXPENSE", "Ümardused", "Rounding"),
)
# code, percent, Estonian, English, in use
_VAT = (
    ("24", 24, "Käibemaks 24%", "VAT 24%", True),
    ("22", 22, "Käibemaks 22%", "VAT 22%", True),
    ("20", 20, "Käibemaks 20%", "VAT 20%", False),
    ("13", 13, "Käibemaks 13%", "VAT 13%", True),
    ("9", 9, "Käibemaks 9%", "VAT 9%", True),
    ("0", 0, "Käibemaks 0%", "VAT 0%", True),
    ("0EU", 0, "Ühendusesisene käive", "Intra-Community supply", True),
    ("MV", 0, "Maksuvaba", "Exempt", True),
)
_COUNTRIES = (
    ("EE", "Eesti", "Estonia", True),
    ("LV", "Läti", "Latvia", True),
    ("LT", "Leedu", "Lithuania", True),
    ("FI", "Soome", "Finland", True),
    ("SE", "Rootsi", "Sweden", True),
    ("DK", "Taani", "Denmark", True),
    ("NO", "Norra", "Norway", False),
    ("DE", "Saksamaa", "Germany", True),
    ("PL", "Poola", "Poland", True),
    ("NL", "Holland", "Netherlands", True),
    ("GB", "Suurbritannia", "United Kingdom", False),
    ("US", "Ameerika Ühendriigid", "United States", False),
)
BANK_NAME = "LHV"
CASH_NAME = "Kassa"
NETTING_NAME = "Tasaarveldus"


def fill_new_company(books: Books, iban: str) -> None:
    """Give a company its settings.

    :param iban: of its bank account
    """
    for name, records in _tables(books, iban).items():
        resource = RESOURCES[f"settings/{name}"]
        for record in records:
            books.table(resource)[record[resource.key]] = record
    books.changed()


def _tables(books: Books, iban: str) -> dict[str, list[Record]]:
    return {
        "accounts": [_account(books, *found) for found in _ACCOUNTS],
        "vatpcs": [_vat_pc(order, *found) for order, found in enumerate(_VAT, 1)],
        "countries": [_country(*found) for found in _COUNTRIES],
        "bankaccounts": [
            _bank(BANK_NAME, BANK, 1, iban),
            _bank(NETTING_NAME, NETTING, 2, ""),
        ],
        "cashaccounts": [
            {"name": CASH_NAME, "account": CASH, "order": "1", "currency": "EUR"}
        ],
        "paymentmethods": [
            {"name": "Sularaha", "account": CASH, "order": 1, "isCash": True},
            {"name": "Kaardimakse", "account": BANK, "order": 2, "isCash": False},
        ],
        "groups": [
            {"name": "Eesti kliendid", "clients": True, "vendors": False},
            {"name": "Tarnijad", "clients": False, "vendors": True},
        ],
        "objects": [
            _object(books, "TLN", "Tallinna kontor", True),
            _object(books, "TRT", "Tartu kontor", True),
            _object(books, "VANA", "Vana ladu", False),
        ],
    }


def _account(books: Books, code: str, kind: str, et: str, en: str) -> Record:
    texts = {"descriptionEt": et, "descriptionEn": en}
    return {"id": books.new_id(), "code": code, "type": kind, **texts}


def _vat_pc(order: int, code: str, pc: int, et: str, en: str, in_use: bool) -> Record:
    return {
        "vatPc": code,
        "pc": Decimal(pc),
        "descriptionEt": et,
        "descriptionEn": en,
        "activePurchase": in_use,
        "activeSales": in_use,
        "accountPurchase": INPUT_VAT,
        "accountSales": OUTPUT_VAT,
        "order": str(order),
        "custom": False,
    }


def _country(code: str, et: str, en: str, member: bool) -> Record:
    system = code == "EE"
    names = {"code": code, "name": et, "nameEn": en}
    return {**names, "euMember": member, "systemCountry": system}


def _bank(name: str, account: str, order: int, iban: str) -> Record:
    return {
        "name": name,
        "account": account,
        "order": str(order),
        "currency": "EUR",
        "iban": iban or None,
        "swift": "LHVBEE22" if iban else None,
        "forNetting": not iban,
        "showOnInvoice": bool(iban),
        "defaultEInvoiceAccount": bool(iban),
    }


def _object(books: Books, code: str, name: str, active: bool) -> Record:
    return {"id": books.new_id(), "code": code, "name": name, "active": active}
