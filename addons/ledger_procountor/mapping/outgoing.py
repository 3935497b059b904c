# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The field mappings that a new flow to Procountor starts with, as data.

Paths are those by which a record is read; what the vendor has no field for, or writes
otherwise, stands under ``^``. ``writing/`` makes bodies of them. Lines whose Odoo
field belongs to an app that is not installed are left out.
"""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.contract import MapLine

#: (§3) Languages of an invoice, by Odoo's.
LANGUAGES = (
    "fi_FI=FINNISH,sv_SE=SWEDISH,da_DK=DANISH,nb_NO=NORWEGIAN,nn_NO=NORWEGIAN,"
    "et_EE=ESTONIAN,False=FINNISH,*=ENGLISH"
)

# === REGISTERS === #

CUSTOMER = [
    MapLine("customer", "name", "name", required=True),
    MapLine("customer", "invoicingInfo.customerNumber", "ref", apply="create"),
    MapLine("customer", "invoicingInfo.identifier", "company_registry"),
    MapLine("customer", "invoicingInfo.identifier", "vat"),
    MapLine("customer", "invoicingInfo.email", "email", "first_mail"),
    MapLine("customer", "invoicingInfo.einvoiceAddress", "procountor_einvoice_address"),
    MapLine(
        "customer", "invoicingInfo.einvoiceOperator", "procountor_einvoice_operator"
    ),
    MapLine("customer", "invoicingInfo.invoiceChannel", "procountor_channel"),
    MapLine(
        "customer", "invoicingInfo.language", "lang", "choice", LANGUAGES, "create"
    ),
    MapLine("customer", "registryInfo.phone", "phone"),
    MapLine("customer", "registryInfo.active", "active", "boolean"),
    MapLine("customer", "additionalInfo.webAddress", "website"),
    MapLine("customer", "address.street", "street"),
    MapLine("customer", "address.specifier", "street2"),
    MapLine("customer", "address.zip", "zip"),
    MapLine("customer", "address.city", "city"),
    MapLine("customer", "^.country", "country_id", "country"),
]
PRODUCT = [
    MapLine("product", "name", "name", required=True),
    MapLine("product", "code", "default_code", apply="create"),
    MapLine("product", "price", "list_price", "number"),
    MapLine("product", "currency", "currency_id", "currency", apply="create"),
    MapLine("product", "^.vat", "taxes_id", "values", "tax"),
    MapLine("product", "^.unit", "uom_id", "unit", apply="create"),
    MapLine("product", "active", "active", "boolean"),
]

# === DOCUMENTS === #


def _address(resource: str, path: str, country: str, partner: str) -> list[MapLine]:
    return [
        MapLine(resource, f"{path}.name", f"{partner}/name"),
        MapLine(resource, f"{path}.specifier", f"{partner}/street2"),
        MapLine(resource, f"{path}.street", f"{partner}/street"),
        MapLine(resource, f"{path}.zip", f"{partner}/zip"),
        MapLine(resource, f"{path}.city", f"{partner}/city"),
        MapLine(resource, f"{path}.subdivision", f"{partner}/state_id/name"),
        MapLine(resource, country, f"{partner}/country_id", "country"),
    ]


def _buyer(resource: str, buyer: str, contact: str) -> list[MapLine]:
    """Who the invoice is for.

    :param buyer: path of the company, or the person, that buys
    :param contact: path of where its invoices go, mostly the same
    """
    party = "counterParty"
    einvoice = f"{party}.einvoiceAddress"

    def both(path: str, field: str, *how: str) -> list[MapLine]:
        # The first that gives something wins.
        paths = (contact, buyer)
        return [MapLine(resource, path, f"{one}/{field}", *how) for one in paths]

    return [
        MapLine(resource, "partnerId", buyer, "reference", "customer", required=True),
        MapLine(resource, f"{party}.customerNumber", f"{buyer}/ref"),
        MapLine(resource, f"{party}.identifier", f"{buyer}/company_registry"),
        MapLine(resource, f"{party}.taxCode", f"{buyer}/vat"),
        MapLine(resource, f"{party}.contactPersonName", f"{contact}/name"),
        *both(f"{party}.email", "email", "first_mail"),
        *both(f"{einvoice}.address", "procountor_einvoice_address"),
        *both(f"{einvoice}.operator", "procountor_einvoice_operator"),
        *both("^.channel", "procountor_channel"),
        MapLine(resource, "language", f"{contact}/lang", "choice", LANGUAGES),
        *_address(resource, f"{party}.counterPartyAddress", "^.country", buyer),
        *_address(resource, "billingAddress", "^.billingCountry", contact),
        *_address(
            resource, "deliveryAddress", "^.deliveryCountry", "partner_shipping_id"
        ),
    ]


def _term(resource: str, term: str) -> list[MapLine]:
    return [
        MapLine(resource, "^.term", f"{term}/id", "integer"),
        MapLine(resource, "^.early", f"{term}/early_discount", "boolean"),
        MapLine(resource, "^.earlyDays", f"{term}/discount_days", "integer"),
        MapLine(resource, "^.earlyPercent", f"{term}/discount_percentage", "number"),
    ]


def _rows(resource: str, field: str, quantity: str) -> list[MapLine]:
    """The rows of a document.

    :param field: Odoo's list of them
    :param quantity: name of the quantity in it
    """

    def line(path: str, name: str, *how: str) -> MapLine:
        return MapLine(resource, f"invoiceRows[].{path}", f"{field}/{name}", *how)

    return [
        line("product", "name"),
        # Without a link the row is free text.
        line("productId", "product_id", "reference", "product?"),
        line("productCode", "product_id/default_code"),
        line("quantity", quantity, "number"),
        line("unitPrice", "price_unit", "number"),
        line("discountPercent", "discount", "number"),
        line("^.unit", "product_uom_id", "unit"),
        line("^.vat", "tax_ids", "values", "tax"),
        # Ours only: what kind of row it is, and whether a price has the VAT in it.
        line("^.kind", "display_type"),
        line("^.net", "price_subtotal", "number"),
        line("^.gross", "price_total", "number"),
    ]


INVOICE = [
    MapLine("invoice", "^.isCredit", "move_type", "choice", "out_refund=true,*=false"),
    # What is credited goes first; the vendor has no field that links the two (§3).
    MapLine("invoice", "^.creditedId", "reversed_entry_id", "reference", "invoice?"),
    MapLine("invoice", "^.creditedNumber", "reversed_entry_id/ledger_number"),
    MapLine("invoice", "^.creditedNumber", "reversed_entry_id/name"),
    MapLine("invoice", "date", "invoice_date", "date", required=True),
    MapLine(
        "invoice", "paymentInfo.dueDate", "invoice_date_due", "date", required=True
    ),
    MapLine(
        "invoice", "paymentInfo.currency", "currency_id", "currency", required=True
    ),
    MapLine("invoice", "paymentInfo.bankReferenceCode", "payment_reference"),
    *_term("invoice", "invoice_payment_term_id"),
    *_buyer("invoice", "commercial_partner_id", "partner_id"),
    MapLine("invoice", "orderReference", "ref"),
    MapLine("invoice", "orderReference", "invoice_origin"),
    MapLine("invoice", "additionalInformation", "narration", "html"),
    MapLine("invoice", "deliveryStartDate", "delivery_date", "date"),
    MapLine("invoice", "^.deliveryTerm", "invoice_incoterm_id/id", "integer"),
    MapLine("invoice", "deliveryTermsInfo.municipality", "incoterm_location"),
    *_rows("invoice", "invoice_line_ids", "quantity"),
]
ORDER = [
    MapLine("order", "date", "ledger_date_invoice", "date", required=True),
    MapLine("order", "paymentInfo.dueDate", "ledger_date_due", "date", required=True),
    MapLine("order", "paymentInfo.currency", "currency_id", "currency", required=True),
    MapLine("order", "paymentInfo.bankReferenceCode", "reference"),
    *_term("order", "payment_term_id"),
    *_buyer("order", "partner_id/commercial_partner_id", "partner_invoice_id"),
    MapLine("order", "orderReference", "client_order_ref"),
    MapLine("order", "orderReference", "name"),
    MapLine("order", "additionalInformation", "note", "html"),
    MapLine("order", "deliveryStartDate", "commitment_date", "date"),
    MapLine("order", "^.deliveryTerm", "incoterm/id", "integer"),
    MapLine("order", "deliveryTermsInfo.municipality", "incoterm_location"),
    MapLine("order", "^.carrier", "carrier_id/id", "integer"),
    *_rows("order", "order_line", "product_uom_qty"),
    # A combo bears no price and no tax: those are on the lines of what is in it.
    MapLine("order", "invoiceRows[].^.type", "order_line/product_type"),
]

OUTGOING = {
    ("partner", "push"): CUSTOMER,
    ("product", "push"): PRODUCT,
    ("invoice", "push"): INVOICE,
    ("order", "push"): ORDER,
}
