# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a company tells of itself: session, rights, VAT, accounts (dossier §2, §3.3)."""

from __future__ import annotations

from typing import Any

from . import listing
from .books import Record, plain
from .call import Call
from .countries import COUNTRIES
from .errors import not_found, refused

# percentages of countries, as far as the stand-in knows them
FOREIGN = {
    "FI": [25.5, 13.5, 10.0, 0.0],
    "SE": [25.0, 12.0, 6.0, 0.0],
    "EE": [24.0, 13.0, 9.0, 0.0],
    "NO": [25.0, 15.0, 12.0, 0.0],
    "DK": [25.0, 0.0],
}


def session(call: Call) -> Record:
    """Answer `GET /sessioninfo`."""
    company, user = call.company, call.grant.user
    return {
        "companyId": company.id,
        "name": company.name,
        "country": company.country,
        "productVersion": company.product_version,
        "userId": user.id,
        "userName": user.name,
        "companySettings": {"invoiceDiscussionEnabled": False},
    }


def company(call: Call) -> Record:
    """Answer `GET /company`."""
    call.need("basicCompanyInfo", "VIEWING_RIGHTS")
    own = call.company
    address = {"street": "Katu 1", "zip": "00100", "city": "Helsinki"}
    return {
        "id": own.id,
        "name": own.name,
        "country": own.country,
        "productVersion": own.product_version,
        "operationType": "DEMONSTRATION",
        "accountingOfficeName": own.office,
        "companyAddress": {**address, "country": own.country},
        "mva": False,
        "inTradeRegister": True,
        "businessIdentifier": {"brnType": "FI", "code": own.business_id},
        "companyCurrency": own.currency,
        "currencyRateSearchDensity": "DAILY_EXCHANGE_RATE",
    }


def rights(call: Call) -> Record:
    """Answer `GET /users/rights`."""
    return {"role": call.grant.user.role, "rights": call.grant.user.rights}


def user(call: Call) -> Record:
    """Answer `GET /users`: who the token is of."""
    own = call.grant.user
    first, _, last = own.name.partition(" ")
    return {
        "id": own.id,
        "username": own.name.replace(" ", ".").lower(),
        "companyId": call.company.id,
        "countryCode": call.company.country,
        "firstName": first,
        "lastName": last or first,
        "email": "api@esimerkki.example",
        "mobilePhone": "",
    }


def profile(call: Call, id: str) -> Record:
    """Answer `GET /users/profiles/{userId}`."""
    own = call.grant.user
    if id != str(own.id):
        raise not_found("User")
    first, _, last = own.name.partition(" ")
    return {"firstname": first, "surname": last or first}


def status(call: Call) -> Record:
    """Answer `GET /status`."""
    version = call.settings["version"]
    names = {"name": "Procountor API", "version": version}
    return {**names, "status": "OK", "procountorVersion": f"{version}.1"}


def currency(call: Call) -> Record:
    """Answer `GET /currencies/company`."""
    return {"companyCurrency": call.company.currency}


def vats(call: Call) -> Record:
    """Answer `GET /vats/default`: what is in use, for sales and for purchases."""
    percentages = [
        {"vatPercent": percent, "sales": sales, "purchase": purchase}
        for percent, sales, purchase in call.company.percentages
        if sales or purchase
    ]
    statuses = [
        {"vatStatus": number, "description": text, "sales": sales, "purchase": buys}
        for number, text, sales, buys, _zero in call.company.statuses
    ]
    own = {"country": call.company.country.title(), "percentages": percentages}
    return {"vatInformation": [own], "vatStatuses": statuses}


def vat_settings(call: Call) -> Record:
    """Answer `GET /vats/settings`."""
    gross = call.company.prices_with_vat
    return {"unitPricesIncludeVatSales": gross, "unitPricesIncludeVatPurchase": False}


def country_vats(call: Call) -> Record:
    """Answer `GET /vats/country`, the one place that takes a code of ISO 3166."""
    code = call.request.arg("countryCode") or ""
    if code not in COUNTRIES:
        raise refused(400, f"Invalid value '{code[:60]}'.", "countryCode")
    return {"vatPercentages": FOREIGN.get(code, [0.0])}


def delivery_terms(call: Call) -> Record:
    """Answer `GET /company/deliveryterms`."""
    return {"deliveryTerms": call.company.delivery_terms}


def templates(call: Call) -> list[Record]:
    """Answer `GET /company/invoicetemplates`."""
    found = call.company.templates.items()
    return [{"id": number, "name": name} for number, name in found]


def usage(call: Call) -> Record:
    """Answer `GET /company/usagesettings`."""
    names = ("salesInvoice", "purchaseInvoice", "travelAndExpenseInvoice", "salary")
    return {
        "defaultInvoiceChannel": call.company.default_channel,
        "cashDiscount": {"cashDiscountForSales": True, "cashDiscountForPurchase": True},
        "accountingByRow": {f"{name}Posting": True for name in names},
    }


def bank_accounts(call: Call) -> dict[str, Any]:
    """Answer `GET /bankaccounts`."""
    accounts = call.books.table("bankaccounts").values()
    return listing.page(call, accounts, plain, {"orderByOrderNo": "orderNo"})


def bank_account(call: Call, id: str) -> Record:
    """Answer `GET /bankaccounts/{id}`."""
    return plain(call.one("bankaccounts", id, "Bank account"))
