# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every new company has: VAT types, currencies, countries, accounts, units.

Ids and percentages of VAT types and currencies, and Norway's id, are recorded
(dossier §9, §10); other country ids are made up.
"""

from __future__ import annotations

from typing import Any

from .books import Books
from .fields import Record
from .store import Table

_ALL = "OUTGOING INCOMING INCOMING_INVOICE PROJECT LEDGER"
_IN = "INCOMING INCOMING_INVOICE LEDGER"
_OUT = "OUTGOING PROJECT LEDGER"
# id, number, percentage, uses, name
VAT_TYPES: tuple[tuple[int, str, float, str, str], ...] = (
    (0, "0", 0, _IN, "Ingen avgiftsbehandling"),
    (1, "1", 25, _IN, "Fradrag inngående avgift, høy sats"),
    (11, "11", 15, _IN, "Fradrag inngående avgift, middels sats"),
    (12, "13", 12, _IN, "Fradrag inngående avgift, lav sats"),
    (111, "12", 11.11, _IN, "Fradrag inngående avgift, råfisk"),
    (13, "21", 0, _IN, "Grunnlag ved innførsel av varer, høy sats"),
    (14, "22", 0, _IN, "Grunnlag ved innførsel av varer, middels sats"),
    (230, "20", 0, _IN, "Grunnlag ved innførsel av varer, ingen sats"),
    (3, "3", 25, _OUT, "Utgående avgift, høy sats"),
    (31, "31", 15, _OUT, "Utgående avgift, middels sats"),
    (32, "33", 12, _OUT, "Utgående avgift, lav sats"),
    (311, "32", 11.11, _OUT, "Utgående avgift, råfisk"),
    (5, "5", 0, _OUT, "Ingen utgående avgift (innenfor mva-loven)"),
    (6, "6", 0, _OUT, "Ingen utgående avgift (utenfor mva-loven)"),
    (7, "7", 0, _OUT, "Ingen avgiftsbehandling (inntekter)"),
    (51, "51", 0, _OUT, "Innenlands omsetning med omvendt avgiftsplikt"),
    (52, "52", 0, _OUT, "Utførsel av varer og tjenester"),
    (34, "86", -25, _IN, "Tjenester kjøpt fra utlandet, med fradrag"),
    (35, "87", -25, _IN, "Tjenester kjøpt fra utlandet, uten fradrag"),
    (81, "81", -25, _IN, "Innførsel av varer, med fradrag, høy sats"),
    (82, "82", -25, _IN, "Innførsel av varer, uten fradrag, høy sats"),
    (83, "83", -15, _IN, "Innførsel av varer, med fradrag, middels sats"),
    (84, "84", -15, _IN, "Innførsel av varer, uten fradrag, middels sats"),
    (85, "85", 0, _IN, "Innførsel av varer som det ikke skal betales mva av"),
    (88, "88", -12, _IN, "Tjenester fra utlandet, lav sats, med fradrag"),
    (89, "89", -12, _IN, "Tjenester fra utlandet, lav sats, uten fradrag"),
    (91, "91", -25, _IN, "Klimakvoter eller gull, med fradrag"),
    (92, "92", -25, _IN, "Klimakvoter eller gull, uten fradrag"),
    (550, "TAP-3", 25, "LEDGER", "Tap på krav, høy sats"),
    (551, "TAP-31", 15, "LEDGER", "Tap på krav, middels sats"),
    (552, "UTTAK-3", 25, "LEDGER", "Uttak, høy sats"),
    (553, "UTTAK-31", 15, "LEDGER", "Uttak, middels sats"),
    (554, "JUST-1", 25, "LEDGER", "Justering inngående avgift"),
    (555, "TILB-1", 25, "LEDGER", "Tilbakeføring inngående avgift"),
    (556, "3-K", 25, "LEDGER", "Utgående avgift, høy sats, kompensasjon"),
    (557, "1-K", 25, "LEDGER", "Kompensasjon inngående avgift, høy sats"),
)
# id, code, country's name, factor, NOK for one factor
CURRENCIES: tuple[tuple[int, str, str, int, float], ...] = (
    (1, "NOK", "Norge", 1, 1.0),
    (2, "SEK", "Sverige", 100, 101.35),
    (3, "DKK", "Danmark", 100, 157.42),
    (4, "USD", "USA", 1, 10.1843),
    (5, "EUR", "EU", 1, 11.7425),
    (6, "GBP", "Storbritannia", 1, 13.4718),
    (7, "CHF", "Sveits", 100, 1254.6),
    (8, "JPY", "Japan", 100, 6.7215),
)
# id, alpha-2, alpha-3, numeric, Norwegian name
COUNTRIES: tuple[tuple[int, str, str, str, str], ...] = (
    (161, "NO", "NOR", "578", "Norge"),
    (207, "SE", "SWE", "752", "Sverige"),
    (58, "DK", "DNK", "208", "Danmark"),
    (72, "FI", "FIN", "246", "Finland"),
    (67, "EE", "EST", "233", "Estland"),
    (125, "LV", "LVA", "428", "Latvia"),
    (131, "LT", "LTU", "440", "Litauen"),
    (99, "IS", "ISL", "352", "Island"),
    (71, "FO", "FRO", "234", "Færøyene"),
    (86, "GL", "GRL", "304", "Grønland"),
    (80, "DE", "DEU", "276", "Tyskland"),
    (152, "NL", "NLD", "528", "Nederland"),
    (21, "BE", "BEL", "056", "Belgia"),
    (73, "FR", "FRA", "250", "Frankrike"),
    (208, "CH", "CHE", "756", "Sveits"),
    (14, "AT", "AUT", "040", "Østerrike"),
    (106, "IT", "ITA", "380", "Italia"),
    (200, "ES", "ESP", "724", "Spania"),
    (173, "PT", "PRT", "620", "Portugal"),
    (172, "PL", "POL", "616", "Polen"),
    (57, "CZ", "CZE", "203", "Tsjekkia"),
    (228, "GB", "GBR", "826", "Storbritannia"),
    (104, "IE", "IRL", "372", "Irland"),
    (230, "US", "USA", "840", "USA"),
    (39, "CA", "CAN", "124", "Canada"),
    (108, "JP", "JPN", "392", "Japan"),
    (45, "CN", "CHN", "156", "Kina"),
    (100, "IN", "IND", "356", "India"),
)
# number, name, ledger type, VAT type id
ACCOUNTS: tuple[tuple[int, str, str, int], ...] = (
    (1200, "Maskiner og anlegg", "GENERAL", 0),
    (1240, "Kontormaskiner", "GENERAL", 0),
    (1280, "Inventar", "GENERAL", 0),
    (1460, "Innkjøpte varer for videresalg", "GENERAL", 0),
    (1500, "Kundefordringer", "CUSTOMER", 0),
    (1570, "Reiseforskudd", "EMPLOYEE", 0),
    (1700, "Forskuddsbetalte leiekostnader", "GENERAL", 0),
    (1900, "Kontanter", "GENERAL", 0),
    (1920, "Bankinnskudd", "GENERAL", 0),
    (1921, "Bankinnskudd valuta", "GENERAL", 0),
    (1950, "Bankinnskudd for skattetrekk", "GENERAL", 0),
    (2000, "Aksjekapital", "GENERAL", 0),
    (2050, "Annen egenkapital", "GENERAL", 0),
    (2400, "Leverandørgjeld", "VENDOR", 0),
    (2600, "Forskuddstrekk", "GENERAL", 0),
    (2700, "Utgående merverdiavgift, høy sats", "GENERAL", 0),
    (2701, "Utgående merverdiavgift, middels sats", "GENERAL", 0),
    (2702, "Utgående merverdiavgift, lav sats", "GENERAL", 0),
    (2710, "Inngående merverdiavgift, høy sats", "GENERAL", 0),
    (2711, "Inngående merverdiavgift, middels sats", "GENERAL", 0),
    (2740, "Oppgjørskonto merverdiavgift", "GENERAL", 0),
    (2910, "Gjeld til ansatte", "EMPLOYEE", 0),
    (3000, "Salgsinntekt, avgiftspliktig", "GENERAL", 3),
    (3020, "Salgsinntekt, middels sats", "GENERAL", 31),
    (3040, "Salgsinntekt, lav sats", "GENERAL", 32),
    (3100, "Salgsinntekt, avgiftsfri", "GENERAL", 5),
    (3120, "Eksport, avgiftsfri", "GENERAL", 52),
    (3200, "Salgsinntekt, utenfor avgiftsområdet", "GENERAL", 6),
    (3900, "Annen driftsrelatert inntekt", "GENERAL", 0),
    (4300, "Innkjøp av varer for videresalg", "GENERAL", 1),
    (5000, "Lønn til ansatte", "GENERAL", 0),
    (5400, "Arbeidsgiveravgift", "GENERAL", 0),
    (6300, "Leie lokale", "GENERAL", 1),
    (6340, "Lys, varme", "GENERAL", 1),
    (6540, "Inventar", "GENERAL", 1),
    (6560, "Rekvisita", "GENERAL", 1),
    (6590, "Annet driftsmateriale", "GENERAL", 1),
    (6700, "Revisjonshonorar", "GENERAL", 1),
    (6705, "Regnskapshonorar", "GENERAL", 1),
    (6800, "Kontorrekvisita", "GENERAL", 1),
    (6900, "Telefon", "GENERAL", 1),
    (7100, "Bilgodtgjørelse, oppgavepliktig", "GENERAL", 0),
    (7140, "Reisekostnad, ikke oppgavepliktig", "GENERAL", 12),
    (7350, "Representasjon, fradragsberettiget", "GENERAL", 0),
    (7700, "Styre- og bedriftsforsamlingsmøter", "GENERAL", 1),
    (7740, "Øreavrunding, mva-fri", "GENERAL", 0),
    (7770, "Bank- og kortgebyr", "GENERAL", 0),
    (7830, "Tap på fordringer", "GENERAL", 0),
    (8050, "Annen renteinntekt", "GENERAL", 0),
    (8060, "Valutagevinst (agio)", "GENERAL", 0),
    (8150, "Annen rentekostnad", "GENERAL", 0),
    (8160, "Valutatap (disagio)", "GENERAL", 0),
    (8300, "Betalbar skatt", "GENERAL", 0),
    (8800, "Årsresultat", "GENERAL", 0),
)
# name, English name, short name, UN/ECE recommendation 20 code
UNITS: tuple[tuple[str, str, str, str], ...] = (
    ("Stykk", "Piece", "stk", "H87"),
    ("Time", "Hour", "t", "HUR"),
    ("Dag", "Day", "dag", "DAY"),
    ("Kilogram", "Kilogram", "kg", "KGM"),
    ("Liter", "Litre", "l", "LTR"),
    ("Meter", "Metre", "m", "MTR"),
    ("Kvadratmeter", "Square metre", "m²", "MTK"),
    ("Pakke", "Package", "pk", "PK"),
)
VOUCHER_TYPES = (
    "Utgående faktura",
    "Leverandørfaktura",
    "Purring",
    "Betaling",
    "Lønnsbilag",
    "Terminoppgave",
    "Mva-melding",
    "Bankavstemming",
    "Reiseregning",
    "Ansattutlegg",
    "Åpningsbalanse",
    "Tolldeklarasjon",
    "Pensjon",
    "Refusjon av sykepenger",
    "Sykepenger",
    "Valutabilag",
    "Årsavslutning",
)
MODULES = ("KOMPLETT", "API_V2", "OCR", "SMART_PROJECT", "LOGISTICS")
_SINCE = [(0.0, "CREATE", 0)]
_GROUPS = {
    1: "ASSETS",
    2: "LIABILITIES",
    3: "OPERATING_REVENUES",
    8: "INVESTMENT_INCOME",
}


def shared_tables() -> dict[str, Table]:
    """Return the tables that all companies of a world see."""
    names = ("VatType", "Currency", "Country", "VoucherType", "Subscription")
    tables = {name: Table(name) for name in names}
    for key, number, percentage, uses, name in VAT_TYPES:
        values = {"number": number, "percentage": percentage, "_uses": uses.split()}
        share = {"deductionPercentage": 100 if "INCOMING" in uses else 0}
        _put(tables["VatType"], key, name=name, **values, **share)
    for key, code, place, factor, _rate in CURRENCIES:
        _put(tables["Currency"], key, code=code, description=place, factor=factor)
    for key, two, three, numeric, name in COUNTRIES:
        codes = {"isoAlpha2Code": two, "isoAlpha3Code": three}
        _put(tables["Country"], key, name=name, isoNumericCode=numeric, **codes)
    for key, name in enumerate(VOUCHER_TYPES, 9_300_100):
        _put(tables["VoucherType"], key, name=name)
    return tables


def _put(table: Table, key: int, **values: Any) -> None:
    table.put({"id": key, "version": 0, "_changes": _SINCE, **values})


def rate(code: str) -> tuple[float, int]:
    """Return NOK for `factor` units of a currency, and the factor."""
    for _id, found, _place, factor, price in CURRENCIES:
        if found == code:
            return price, factor
    raise KeyError(code)


def fill_new_company(books: Books) -> None:
    """Put into books what a company is born with."""
    for number, name, ledger, vat in ACCOUNTS:
        books.add("Account", _account(number, name, ledger, vat))
    for name, english, short, code in UNITS:
        unit = {"name": name, "nameEN": english, "commonCode": code}
        books.add("ProductUnit", {**unit, "nameShort": short, "nameShortEN": short})
    books.add("Department", {"name": "Avdeling", "departmentNumber": ""})
    bank, cash = account(books, 1920)["id"], account(books, 1900)["id"]
    for text, debit in (("Kontant", cash), ("Betalt til bank", bank)):
        values = {"description": text, "debitAccount": debit, "currencyId": 1}
        books.add("PaymentType", {**values, "currencyCode": "NOK"})
    out = {"description": "Manuelt betalt nettbank", "creditAccount": bank}
    flags = {"showIncomingInvoice": True, "currencyId": 1, "currencyCode": "NOK"}
    books.add("PaymentTypeOut", {**out, **flags})
    for place, module in enumerate(MODULES):
        values = {"id": place + 1, "name": module, "costStartDate": "2024-01-01"}
        books.add("SalesModule", values)


def _account(number: int, name: str, ledger: str, vat: int) -> Record:
    values: Record = {"number": number, "name": name, "ledgerType": ledger}
    values["type"] = _GROUPS.get(number // 1000, "OPERATING_EXPENSES")
    values["vatType"] = vat
    values["legalVatTypes"] = [vat]
    values["isCloseable"] = ledger != "GENERAL"
    values["saftCode"] = str(number)[:2]
    if number in (1920, 1921):
        values.update(isBankAccount=True, isInvoiceAccount=number == 1920)
        values.update(bankAccountNumber="86011117947", bankName="Sparebanken Fjord")
    return values


def account(books: Books, number: int) -> Record:
    """Return the account of that number.

    :raise KeyError: the books have none
    """
    for record in books.table("Account").values():
        if record["number"] == number:
            return record
    raise KeyError(f"account {number}")
