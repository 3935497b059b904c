# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The bodies that are written, by the vendor's names (dossier §3, §4, §5)."""

from __future__ import annotations

from . import values
from .countries import NAMES
from .fields import (
    Model,
    choice,
    day,
    flag,
    moment,
    number,
    part,
    parts,
    text,
    texts,
    whole,
)

ADDRESS: Model = {
    "name": text(80),
    "specifier": text(80),
    "street": text(80),
    "zip": text(20),
    "city": text(40),
    "country": choice(NAMES),
    "subdivision": text(35),
}
COUNTERPARTY_ADDRESS: Model = {**ADDRESS, "name": text(80, required=True)}
BANK_ACCOUNT: Model = {"accountNumber": text(), "bic": text()}
COUNTERPARTY: Model = {
    "contactPersonName": text(70),
    "identifier": text(),
    "taxCode": text(),
    "customerNumber": text(),
    "email": text(),
    "bccAddresses": texts(4),
    "counterPartyAddress": part(COUNTERPARTY_ADDRESS, required=True),
    "bankAccount": part(BANK_ACCOUNT),
    "einvoiceAddress": part({"operator": text(), "address": text(), "ediId": text()}),
}
CASH_DISCOUNT: Model = {
    "optionList": parts(
        {"numberOfDays": whole(0, 999), "discountPercentage": number(0, 99.99)}
    ),
    "cashDiscountsTermType": choice(("FROM_END_OF_MONTH", "FROM_INV_DATE")),
}
PAYMENT_INFO: Model = {
    "paymentMethod": choice(values.PAYMENT_METHODS, required=True),
    "currency": choice(values.CURRENCIES, required=True),
    "bankAccount": part(BANK_ACCOUNT),
    "dueDate": day(required=True),
    "newDueDate": day(),
    "currencyRate": number(0, 1_000_000, required=True),
    "paymentTermPercentage": number(0, 100),
    "cashDiscount": part(CASH_DISCOUNT),
    "bankReferenceCode": text(),
    "bankReferenceCodeType": choice(values.REFERENCE_TYPES),
    "clearingCode": text(50),
}
ROW: Model = {
    "id": whole(1),
    "productId": whole(),
    "product": text(low=1, required=True),
    "productCode": text(),
    "quantity": number(required=True),
    "unit": choice(values.UNITS, required=True),
    "unitPrice": number(required=True),
    "discountPercent": number(0, 100, required=True),
    "vatPercent": number(0, 100, required=True),
    "vatStatus": whole(),
    "comment": text(512),
    "startDate": day(),
    "endDate": day(),
    "headerText": text(512),
    "explanationText": text(512),
}
INVOICE: Model = {
    "id": whole(),
    "partnerId": whole(),
    "type": choice(values.INVOICE_TYPES, required=True),
    "status": choice(values.STATUSES),
    "date": day(required=True),
    "counterParty": part(COUNTERPARTY, required=True),
    "billingAddress": part(ADDRESS),
    "deliveryAddress": part(ADDRESS),
    "paymentInfo": part(PAYMENT_INFO, required=True),
    "deliveryTermsInfo": part({"name": text(), "municipality": text()}),
    "extraInfo": part(
        {
            "accountingByRow": flag(required=True),
            "unitPricesIncludeVat": flag(required=True),
        },
        required=True,
    ),
    "discountPercent": number(0, 100, 4, required=True),
    "orderReference": text(70),
    "invoiceRows": parts(ROW, required=True),
    "invoiceNumber": whole(),
    "vatStatus": whole(),
    "originalInvoiceNumber": text(40),
    "deliveryStartDate": day(),
    "deliveryEndDate": day(),
    "deliveryMethod": choice(values.DELIVERY_METHODS),
    "deliveryInstructions": text(255),
    "invoiceChannel": choice(values.CHANNELS, required=True),
    "penaltyPercent": number(0, 100, 2),
    "language": choice(values.LANGUAGES),
    "invoiceTemplateId": whole(),
    "additionalInformation": text(10_000),
    "vatCountry": choice(NAMES),
    "notes": text(10_000),
    "factoringContractId": whole(),
    "factoringText": text(),
    **{
        name: text()
        for name in (
            *("orderNumber", "agreementNumber", "accountingCode", "deliverySite"),
            "tenderReference",
        )
    },
    "buyerReferenceIdentifier": text(70),
    "sellerReferenceIdentifier": text(70),
    "version": moment(),
    "isOffer": flag(),
}
# what the vendor fills in and nobody can send
READ_ONLY = frozenset(
    {
        *("ledgerReceiptId", "paymentDate", "creatorId", "invoiceSumInfo"),
        *("attachments", "invoiceApprovalInformation", "invoiceOperatorInfo"),
        *("travelInformationItems", "sum"),
    }
)
MARK_PAID: Model = {
    "paymentDate": day(required=True),
    "amount": number(required=True),
    "currency": choice(values.CURRENCIES, required=True),
    "description": text(140),
    "paymentMethodType": choice(tuple(values.PAID_BY)),
}
PARTNER_GROUP: Model = {
    "id": whole(),
    "name": text(80, 1, required=True),
    "type": choice(values.PARTNER_TYPES, required=True),
    "active": flag(),
}
INVOICING_INFO: Model = {
    **{
        name: text()
        for name in (
            *("customerNumber", "identifier", "identifierType", "ovt"),
            *("contactPerson", "email", "orderReference", "orderNumber"),
            *("sellerReferenceIdentifier", "buyerReferenceIdentifier"),
            *("agreementNumber", "accountingCode", "deliverySite", "tenderReference"),
            *("einvoiceAddress", "einvoiceOperator"),
        )
    },
    "invoiceChannel": choice(values.CHANNELS),
    "language": choice(values.LANGUAGES),
    "bccAddresses": texts(4),
    "denyEinvoiceReminders": flag(),
}
PARTNER_PAYMENT: Model = {
    "factoringContractId": whole(),
    "paymentMethod": choice(values.PARTNER_PAYMENT_METHODS, required=True),
    "bankAccount": text(),
    # a text, although it holds a number
    "paymentTermDays": text(),
    "paymentTermPercentage": number(),
    "penalInterestRate": number(),
    "discountPercentage": number(0, 100),
    "cashDiscount": part(CASH_DISCOUNT),
    "currency": choice(values.CURRENCIES),
    "deliveryMethod": text(),
    "clearingCode": text(),
    "bic": text(),
    "customerAccountNumber": text(),
}
ADDITIONAL_INFO: Model = {
    "defaultAdditionalInformation": text(500),
    "defaultReference": text(),
    "group": text(80),
    "parentCompanyIdType": text(),
    "parentCompanyId": text(20),
    "auxiliaryCompanyName": text(80),
    "formerCompanyName": text(80),
    "sector": text(80),
    "webAddress": text(100),
    "comments1": text(100),
    "comments2": text(100),
    "invoicePeriod": text(40),
    "withholdingRegisterMarking": text(20),
    "invoiceLedger": choice(("CLEARING", "INVOICE_LEDGER")),
}
PARTNER: Model = {
    "id": whole(),
    "name": text(80, 1, required=True),
    "type": choice(values.PARTNER_TYPES, required=True),
    "address": part(ADDRESS),
    "billingAddress": part(ADDRESS),
    "deliveryAddress": part(ADDRESS),
    "invoicingInfo": part(INVOICING_INFO),
    "contactPersons": parts(
        {"id": whole(), "name": text(80), "email": text(80), "phone": text(40)}
    ),
    "additionalInfo": part(ADDITIONAL_INFO),
    "paymentInfo": part(PARTNER_PAYMENT, required=True),
    "registryInfo": part(
        {
            "active": flag(),
            "phone": text(40),
            "mobilePhone": text(40),
            "fax": text(40),
            "section": text(80),
            "homeMunicipality": text(40),
            "reportGroup": text(),
            "reportGroupId": whole(),
            "partnerGroups": parts(PARTNER_GROUP),
        }
    ),
    "version": moment(),
}
PATCHED = ("id", "name", "type", "address", "invoicingInfo", "paymentInfo", "version")
PRODUCT: Model = {
    "id": whole(),
    "type": choice(values.PRODUCT_TYPES, required=True),
    "name": text(100, required=True),
    "code": text(40),
    "unit": choice(values.UNITS),
    "discount": number(0, 100, required=True),
    "price": number(required=True),
    "vat": number(0, 100),
    "active": flag(required=True),
    "defaultAccount": text(),
    "vatStatus": whole(),
    "currency": choice(values.CURRENCIES, required=True),
    "productLocalizations": parts(
        {"language": choice(values.LANGUAGES), "productName": text(100)}
    ),
    "productGroupId": whole(),
    "startDate": day(),
    "endDate": day(),
    "bookkeepingAccount": text(),
    "version": moment(),
}
PRODUCT_GROUP: Model = {
    "id": whole(),
    "name": text(80, required=True),
    "type": choice(values.PRODUCT_TYPES),
}
ATTACHMENT: Model = {
    "id": whole(),
    "name": text(low=1, required=True),
    "referenceType": choice(values.ATTACHMENT_REFERENCES, required=True),
    "referenceId": whole(required=True),
    "mimeType": text(),
    "sendWithInvoice": flag(required=True),
}
NOTES: Model = {"notes": text(10_000, required=True)}
CHECKING: Model = {"comment": text(100)}
REJECTION: Model = {"companyId": whole(), "reason": text(255)}
