# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the services are made of: fields and who may give them (dossier §7)."""

from __future__ import annotations

from .fields import Resource, parse

DOC_TYPES = (
    "LEDGER_ENTRY",
    "CLIENT_INVOICE",
    "VENDOR_INVOICE",
    "BANK_PAYMENT",
    "CASH_PAYMENT",
    "VAT_RETURN",
    "WAREHOUSE_MOVEMENT",
    "PERIOD_DEPRECIATION",
    "PERIOD_SALARY",
)
_INVOICE_RETURN = tuple(
    (name, name)
    for name in (
        *("number", "invoiceNumber", "referenceNumber", "amount", "vatAmount"),
        *("totalAmount", "roundAmount", "dueDate", "interest", "warehouseId"),
    )
)
_HISTORY = """
dateCreated M g--
dateUpdated M g--
createdBy S g--
updatedBy S g--
"""
_DOCUMENTS = """
documents A g-- fetchDocuments
documents.fileName S g--
documents.description S g--
"""
_PARTY_STUB = """
{0} O g--
{0}.id S g--
{0}.name S g--
{0}.regCode S g--
{0}.vatNumber S g--
"""
_INVOICE = f"""
id S g-M
{{0}}Id S gMM
{_PARTY_STUB}
date D gMM
dueDate D goo
entryDate D goo
number S g--
referenceNumber S goo
currency S gMM
exchangeRate N goo
interest N goo
roundAmount N goo
totalAmount N goo
amount N g--
outstandingAmount N g--
{_HISTORY}
objectId S goo
warehouseId S goo
comment S goo fetchComments
accountUnpaid S g--
paymentMethod S goo
paymentAmount N goo
{_DOCUMENTS}
rows A gMM fetchRows
rows.code S gMM
rows.description S gMM
rows.price N gMM
rows.quantity N gMM
rows.vatPc S gMM
rows.unit S goo
rows.objectId S goo
rows.accountWarehouse S goo
rows.accountPurchase S goo
rows.order I goo
rows.vat N g--
rows.sum N g--
"""
CLIENT_INVOICES = Resource(
    "purchasesales/clientinvoices",
    "clientInvoices",
    "Invoice",
    parse(
        _INVOICE.format("client")
        + """
type S:CRE goo
invoiceNumber S goo
invoiceNote S goo
vatAmount N g--
pdfTemplate S goo
offerId S goo
orderId S goo
emailLastSentBy S g--
emailLastSentTo S g--
emailLastSentDate D g--
omnivaLastSentDate D g--
periodicInvoiceId S g--
baseForCreditInvoiceId S goo
rows.discount N goo
rows.accountSales S goo
"""
    ),
    (("invoiceId", "id"), ("clientId", "clientId"), *_INVOICE_RETURN),
    methods=("get", "add", "edit", "delete", "getpdf"),
    days={"date": "date", "entrydate": "entryDate", "duedate": "dueDate"},
)
VENDOR_INVOICES = Resource(
    "purchasesales/vendorinvoices",
    "vendorInvoices",
    "Invoice",
    parse(
        _INVOICE.format("vendor")
        + """
invoiceNumber S gMM
isCalculateVat B goo
vatAmount N goo
reverseVatChargeType S g--
rows.additionalExpenses N goo
"""
    ),
    (("invoiceId", "id"), ("vendorId", "vendorId"), *_INVOICE_RETURN),
    methods=("get", "add", "edit", "delete", "getpdf"),
    days={"date": "date", "entrydate": "entryDate", "duedate": "dueDate"},
)
ENTRIES = Resource(
    "general/entries",
    "entries",
    "Entry",
    parse(
        f"""
id S g-M
docType S g-M
date D gMM
document S goo
currency S goo
exchangeRate N -oo
number S g--
amount N g--
comment S goo fetchComments
{_DOCUMENTS}
rows A gMM fetchRows
rows.account S gMM
rows.description S gMM
rows.debitAmount N goo
rows.creditAmount N goo
rows.debitAmountOriginalCurrency N goo
rows.creditAmountOriginalCurrency N goo
rows.objectId S goo
"""
    ),
    tuple((name, name) for name in ("id", "amount", "number", "docType")),
    methods=("get", "add", "edit", "delete", "getpdf"),
    days={"date": "date"},
)
PAYMENTS = Resource(
    "purchasesales/payments",
    "payments",
    "Payment",
    parse(
        f"""
id S g-M
date D gMM
document S goo
number S g--
orderNumber I g--
partnerType S:CLIENT|VENDOR gMM
clientId S goo
vendorId S goo
{_PARTY_STUB.format("client")}
{_PARTY_STUB.format("vendor")}
accountType S:BANK|CASH gMM
accountName S gMM
currency S gMM
exchangeRate N goo
amount N g--
eurAmount N goo
comment S goo fetchComments
rows A goo fetchRows
rows.description S g--
rows.amount N gMM
rows.type S:CLIENT_INVOICE|VENDOR_INVOICE|VAT_RETURN|PREPAYMENT_PAYMENT|SALARY gMM
rows.id S gMM
prepayment O goo fetchRows
prepayment.amount N gMM
prepayment.description S gMM
prepayment.account S g--
extras A goo fetchRows
extras.price N gMM
extras.quantity N gMM
extras.description S gMM
extras.amount N g--
extras.account S gMM
extras.objectId S goo
"""
    ),
    (("paymentId", "id"), ("number", "number"), ("amount", "amount")),
    days={"date": "date"},
)
_CONTACTS = "EMAIL|PHONE|FAX|WWW|SKYPE|OTHER|PERSON|POST_ADDRESS"
_PARTY = f"""
id S g-M
group S goo
name S gMM
regCode S goo
vatNumber S goo
bankAccount S goo
referenceNumber S goo
ignoreOnVatDeclaration B goo
invoiceDueDate I goo
invoiceInterest N goo
vatPc S gMM
accountUnpaid S goo
accountPrepayment S goo
{_HISTORY}
address O goo fetchAddresses
address.country S goo
address.county S goo
address.city S goo
address.address1 S goo
address.address2 S goo
address.postalCode S goo
contacts A goo fetchContacts
contacts.type S:{_CONTACTS} gMM
contacts.value S gMM
contacts.description S goo
comment S goo fetchComments
{_DOCUMENTS}
"""
CLIENTS = Resource(
    "purchasesales/clients",
    "clients",
    "Client",
    parse(
        f"""
{_PARTY}
discount N goo
pdfAdditionaldata S goo
pdfTemplateInvoice S goo
pdfTemplateOffer S goo
pdfTemplateOrder S goo
acceptsEinvoices B g-- fetchAcceptsEinvoices
"""
    ),
    (("clientId", "id"), ("referenceNumber", "referenceNumber")),
)
VENDORS = Resource(
    "purchasesales/vendors",
    "vendors",
    "Vendor",
    parse(_PARTY),
    (("vendorId", "id"), ("referenceNumber", "referenceNumber")),
)
ARTICLES = Resource(
    "purchasesales/articles",
    "articles",
    "Article",
    parse(
        f"""
code S gMM
description S gMM
type S:PRODUCT|SERVICE|WH gMM
unit S goo
vatPc S goo
activeSales B goo
activePurchase B goo
priceSales N goo
pricePurchase N goo
priceOwn N goo
accountSales S goo
accountPurchase S goo
accountWarehouse S goo
{_HISTORY}
{_DOCUMENTS}
"""
    ),
    (("code", "code"),),
    key="code",
    methods=("get", "add", "edit", "delete", "getwarehousequantities"),
)


def _setting(name: str, list_key: str, key: str, fields: str) -> Resource:
    lines = "\n".join(f"{part.replace(':', ' ')} g--" for part in fields.split())
    methods = ("get",)
    return Resource(
        f"settings/{name}", list_key, name, parse(lines), key=key, methods=methods
    )


SETTINGS_LISTS = (
    _setting(
        "accounts",
        "accounts",
        "code",
        "id:S code:S type:S descriptionEt:S descriptionEn:S balanceSheetRow:S"
        " incomeStatementRow:S cashflowRow:S",
    ),
    _setting(
        "bankaccounts",
        "bankAccounts",
        "name",
        "name:S account:S order:S currency:S iban:S swift:S forNetting:B"
        " showOnInvoice:B otherInvoiceInfo:S defaultEInvoiceAccount:B",
    ),
    _setting(
        "cashaccounts",
        "cashAccounts",
        "name",
        "name:S account:S order:S currency:S incomingOrderNumber:S"
        " outgoingOrderNumber:S",
    ),
    _setting(
        "vatpcs",
        "vatPcs",
        "vatPc",
        "vatPc:S pc:N descriptionEt:S descriptionEn:S descriptionRu:S"
        " activePurchase:B activeSales:B accountPurchase:S accountSales:S order:S"
        " custom:B inUse:B",
    ),
    _setting("objects", "objects", "id", "id:S code:S name:S active:B"),
    _setting(
        "paymentmethods",
        "paymentMethods",
        "name",
        "name:S account:S order:I isCash:B",
    ),
    _setting("groups", "groups", "name", "name:S clients:B vendors:B"),
    _setting(
        "countries",
        "countries",
        "code",
        "code:S name:S nameEn:S euMember:B systemCountry:B",
    ),
)
RESOURCES = {
    resource.path: resource
    for resource in (
        *(ENTRIES, CLIENT_INVOICES, VENDOR_INVOICES, PAYMENTS),
        *(CLIENTS, VENDORS, ARTICLES, *SETTINGS_LISTS),
    )
}


def resource_named(name: str) -> Resource:
    """Return the service of a path such as general/entries, or of its last part.

    :raise KeyError: there is none
    """
    for resource in RESOURCES.values():
        if name in (resource.path, resource.name):
            return resource
    raise KeyError(f"no service {name!r}, known: {sorted(RESOURCES)}")
