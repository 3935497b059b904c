# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The field mappings that a new flow to Tripletex starts with, as data.

Paths are those by which a record is read; ``writing/bodies.py`` makes bodies of them.
Amounts of lines and documents are said for comparing: the vendor works out its own.
"""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.contract import MapLine


def _party(resource: str) -> list[MapLine]:
    """What customers and suppliers have in common."""
    return [
        MapLine(resource, "name", "name", required=True),
        MapLine(resource, "organizationNumber", "company_registry"),
        MapLine(resource, "isPrivateIndividual", "is_company", "not"),
        MapLine(resource, "email", "email", "first_mail"),
        # Where invoices go is the vendor's own field from then on.
        MapLine(resource, "invoiceEmail", "email", "first_mail", apply="create"),
        MapLine(resource, "phoneNumber", "phone"),
        MapLine(resource, "website", "website"),
        MapLine(resource, "postalAddress.addressLine1", "street"),
        MapLine(resource, "postalAddress.addressLine2", "street2"),
        MapLine(resource, "postalAddress.postalCode", "zip"),
        MapLine(resource, "postalAddress.city", "city"),
        MapLine(
            resource, "postalAddress.country.isoAlpha2Code", "country_id", "country"
        ),
        MapLine(resource, "description", "comment", "html", apply="create"),
        MapLine(resource, "isInactive", "active", "not"),
    ]


CUSTOMER = [
    *_party("customer"),
    MapLine("customer", "isSupplier", "supplier_rank", "rank"),
]
SUPPLIER = _party("supplier")
PRODUCT = [
    MapLine("product", "name", "name", required=True),
    MapLine("product", "number", "default_code", apply="create"),
    MapLine("product", "ean", "barcode"),
    MapLine("product", "priceExcludingVatCurrency", "list_price", "number"),
    MapLine(
        "product",
        "costExcludingVatCurrency",
        "standard_price",
        "number",
        apply="create",
    ),
    MapLine("product", "vatType.id", "taxes_id", "values", "tax"),
    MapLine("product", "productUnit.name", "uom_id", "unit", apply="create"),
    MapLine("product", "description", "description", "html", apply="create"),
    MapLine("product", "orderLineDescription", "description_sale", apply="create"),
    MapLine("product", "isInactive", "active", "not"),
]


def _lines(resource: str, field: str, quantity: str) -> list[MapLine]:
    """The lines of a document.

    :param field: Odoo's list of them
    :param quantity: name of the quantity in it
    """

    def line(path: str, name: str, *how: str) -> MapLine:
        return MapLine(resource, f"orderLines[].{path}", f"{field}/{name}", *how)

    return [
        line("description", "name"),
        line("product.id", "product_id", "reference", "product"),
        line("count", quantity, "number"),
        line("unitPriceExcludingVatCurrency", "price_unit", "number"),
        line("discount", "discount", "number"),
        line("vatType.id", "tax_ids", "values", "tax"),
        line("amountExcludingVatCurrency", "price_subtotal", "number"),
        line("amountIncludingVatCurrency", "price_total", "number"),
    ]


ORDER = [
    MapLine("order", "number", "name", required=True),
    MapLine(
        "order",
        "customer.id",
        "partner_id/commercial_partner_id",
        "reference",
        "customer",
        required=True,
    ),
    MapLine("order", "orderDate", "date_order", "date", required=True),
    MapLine("order", "deliveryDate", "commitment_date", "date"),
    # (§9) A delivery date is demanded; without a promised one it is the order's.
    MapLine("order", "deliveryDate", "date_order", "date"),
    MapLine("order", "currency.code", "currency_id", "currency"),
    MapLine("order", "reference", "client_order_ref"),
    MapLine("order", "invoiceComment", "note", "html"),
    *_lines("order", "order_line", "product_uom_qty"),
]
INVOICE = [
    MapLine(
        "invoice", "isCreditNote", "move_type", "choice", "out_refund=True,*=False"
    ),
    MapLine("invoice", "creditedInvoice", "reversed_entry_id", "reference", "invoice"),
    MapLine(
        "invoice",
        "customer.id",
        "commercial_partner_id",
        "reference",
        "customer",
        required=True,
    ),
    MapLine("invoice", "invoiceDate", "invoice_date", "date", required=True),
    MapLine("invoice", "invoiceDueDate", "invoice_date_due", "date", required=True),
    MapLine("invoice", "deliveryDate", "delivery_date", "date"),
    MapLine("invoice", "currency.code", "currency_id", "currency", required=True),
    MapLine("invoice", "kid", "payment_reference"),
    MapLine("invoice", "^.reference", "ref"),
    MapLine("invoice", "invoiceComment", "narration", "html"),
    MapLine("invoice", "amountCurrency", "amount_total_in_currency_signed", "number"),
    *_lines("invoice", "invoice_line_ids", "quantity"),
]
