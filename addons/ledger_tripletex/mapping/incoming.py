# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The field mappings that a new flow to Odoo starts with, as data.

Strings come empty as ``""`` and numbers as ``0`` (§4). Where two lines fill one field,
the first that gives something wins. Paths that begin with ``^`` are ours, see
``records.py``.
"""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.contract import MapLine


def _address(resource: str) -> list[MapLine]:
    return [
        MapLine(resource, "^.address.addressLine1", "street"),
        MapLine(resource, "^.address.addressLine2", "street2"),
        MapLine(resource, "^.address.postalCode", "zip"),
        MapLine(resource, "^.address.city", "city"),
        MapLine(resource, "^.address.country.isoAlpha2Code", "country_id", "country"),
    ]


def _party(resource: str) -> list[MapLine]:
    """What customers and suppliers have in common.

    A party that is both has one number in Odoo, the customer's, whichever of its two
    records is read last.
    """
    return [
        MapLine(resource, "name", "name", required=True),
        MapLine(resource, "organizationNumber", "company_registry"),
        MapLine(resource, "customerNumber", "ref", "code"),
        MapLine(resource, "supplierNumber", "ref", "code"),
        MapLine(resource, "isPrivateIndividual", "is_company", "not"),
        MapLine(resource, "email", "email", "first_mail"),
        MapLine(resource, "invoiceEmail", "email", "first_mail"),
        MapLine(resource, "phoneNumber", "phone"),
        MapLine(resource, "phoneNumberMobile", "phone"),
        MapLine(resource, "website", "website"),
        *_address(resource),
        MapLine(resource, "description", "comment", "html", apply="create"),
        MapLine(resource, "isInactive", "active", "not"),
    ]


CUSTOMER = [
    *_party("customer"),
    MapLine("customer", "id", "customer_rank", "rank"),
]
SUPPLIER = [
    *_party("supplier"),
    MapLine("supplier", "id", "supplier_rank", "rank"),
]
CONTACT = [
    MapLine("contact", "^.name", "name", required=True),
    MapLine("contact", "^.customer.id", "parent_id", "reference", "customer"),
    MapLine("contact", "^.supplier.id", "parent_id", "reference", "supplier"),
    MapLine("contact", "id", "type", "constant", "contact", apply="create"),
    MapLine("contact", "email", "email", "first_mail"),
    MapLine("contact", "phoneNumberMobile", "phone"),
    MapLine("contact", "phoneNumberWork", "phone"),
    MapLine("contact", "isInactive", "active", "not"),
]
DELIVERY_ADDRESS = [
    MapLine("delivery_address", "name", "name"),
    MapLine("delivery_address", "^.id", "parent_id", "reference", "customer"),
    MapLine("delivery_address", "id", "type", "constant", "delivery", apply="create"),
    MapLine("delivery_address", "addressLine1", "street"),
    MapLine("delivery_address", "addressLine2", "street2"),
    MapLine("delivery_address", "postalCode", "zip"),
    MapLine("delivery_address", "city", "city"),
    MapLine("delivery_address", "country.isoAlpha2Code", "country_id", "country"),
]
PRODUCT = [
    MapLine("product", "name", "name", required=True),
    MapLine("product", "number", "default_code"),
    MapLine("product", "ean", "barcode"),
    MapLine("product", "id", "type", "constant", "consu", apply="create"),
    MapLine("product", "priceExcludingVatCurrency", "list_price", "number"),
    MapLine(
        "product",
        "costExcludingVatCurrency",
        "standard_price",
        "number",
        apply="create",
    ),
    MapLine("product", "vatType.id", "taxes_id", "values", "tax"),
    MapLine("product", "^.unit", "uom_id", "unit", apply="create"),
    MapLine("product", "productUnit.name", "uom_id", "unit", apply="create"),
    MapLine("product", "productUnit.nameShort", "uom_id", "unit", apply="create"),
    MapLine("product", "description", "description", "html", apply="create"),
    MapLine("product", "orderLineDescription", "description_sale", apply="create"),
    MapLine("product", "isInactive", "active", "not"),
]
_LINES = "orderLines[]"
INVOICE = [
    MapLine(
        "invoice",
        "isCreditNote",
        "move_type",
        "choice",
        "True=out_refund,*=out_invoice",
        default="False",
    ),
    MapLine(
        "invoice", "customer.id", "partner_id", "reference", "customer", required=True
    ),
    MapLine("invoice", "invoiceDate", "invoice_date", "date", required=True),
    MapLine("invoice", "invoiceDueDate", "invoice_date_due", "date"),
    MapLine("invoice", "currency.code", "currency_id", "currency", required=True),
    MapLine("invoice", "invoiceNumber", "ledger_number", "code"),
    MapLine("invoice", "invoiceNumber", "ref", "code"),
    MapLine("invoice", "kid", "payment_reference"),
    MapLine("invoice", "comment", "narration", "html"),
    MapLine("invoice", "invoiceComment", "narration", "html"),
    MapLine("invoice", "amountCurrency", "ledger_amount_total", "absolute"),
    MapLine(
        "invoice", "amountExcludingVatCurrency", "ledger_amount_untaxed", "absolute"
    ),
    MapLine(
        "invoice", "amountCurrencyOutstanding", "ledger_amount_outstanding", "absolute"
    ),
    MapLine("invoice", f"{_LINES}.description", "invoice_line_ids/name"),
    MapLine("invoice", f"{_LINES}.displayName", "invoice_line_ids/name"),
    MapLine(
        "invoice",
        f"{_LINES}.product.id",
        "invoice_line_ids/product_id",
        "reference",
        "product",
    ),
    MapLine("invoice", f"{_LINES}.count", "invoice_line_ids/quantity", "number"),
    MapLine(
        "invoice",
        f"{_LINES}.unitPriceExcludingVatCurrency",
        "invoice_line_ids/price_unit",
        "number",
    ),
    MapLine("invoice", f"{_LINES}.discount", "invoice_line_ids/discount", "number"),
    MapLine(
        "invoice", f"{_LINES}.vatType.id", "invoice_line_ids/tax_ids", "values", "tax"
    ),
]
PAYMENT = [
    MapLine("payment", "amountCurrency", "amount", "absolute", required=True),
    MapLine("payment", "date", "date", "date", required=True),
    MapLine("payment", "description", "memo"),
    MapLine("payment", "^.id", "invoice_ids", "reference", "invoice", required=True),
]
