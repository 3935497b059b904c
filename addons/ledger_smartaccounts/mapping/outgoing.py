# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The field mappings that a new flow to SmartAccounts starts with, as data.

Paths are those by which a record is read; ``writing/bodies.py`` makes bodies of them.
"""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.contract import MapLine


def _party(resource: str) -> list[MapLine]:
    """What clients and vendors have in common."""
    return [
        MapLine(resource, "name", "name", required=True),
        MapLine(resource, "regCode", "company_registry"),
        MapLine(resource, "vatNumber", "vat"),
        # (§7.5) Said to be mandatory, and yet left out by others: empty at first.
        MapLine(resource, "vatPc", "name", "constant", "", apply="create"),
        MapLine(resource, "^.email", "email", "first_mail"),
        MapLine(resource, "^.phone", "phone"),
        MapLine(resource, "^.website", "website"),
        MapLine(resource, "address.address1", "street"),
        MapLine(resource, "address.address2", "street2"),
        MapLine(resource, "address.postalCode", "zip"),
        MapLine(resource, "address.city", "city"),
        MapLine(resource, "address.country", "country_id", "country"),
        MapLine(resource, "comment", "comment", "html", apply="create"),
    ]


CLIENT = _party("client")
VENDOR = _party("vendor")
ARTICLE = [
    # (§7.6) The code is what an article is known by: it cannot be changed.
    MapLine("article", "code", "default_code", apply="create"),
    MapLine("article", "description", "name", required=True),
    MapLine(
        "article", "type", "type", "choice", "service=SERVICE,*=PRODUCT", apply="create"
    ),
    MapLine("article", "priceSales", "list_price", "number"),
    MapLine("article", "pricePurchase", "standard_price", "number", apply="create"),
    MapLine("article", "vatPc", "taxes_id", "values", "tax"),
    MapLine("article", "unit", "uom_id", "unit", apply="create"),
    MapLine("article", "^.active", "active", "boolean"),
]
CLIENT_INVOICE = [
    MapLine("client_invoice", "type", "move_type", "choice", "out_refund=CRE,*="),
    MapLine(
        "client_invoice",
        "baseForCreditInvoiceId",
        "reversed_entry_id",
        "reference",
        "client_invoice",
    ),
    MapLine(
        "client_invoice",
        "clientId",
        "commercial_partner_id",
        "reference",
        "client",
        required=True,
    ),
    MapLine("client_invoice", "date", "invoice_date", "date", required=True),
    MapLine("client_invoice", "dueDate", "invoice_date_due", "date", required=True),
    MapLine("client_invoice", "entryDate", "date", "date"),
    MapLine("client_invoice", "currency", "currency_id", "currency", required=True),
    MapLine("client_invoice", "referenceNumber", "payment_reference"),
    MapLine("client_invoice", "invoiceNote", "narration", "html"),
    MapLine("client_invoice", "totalAmount", "amount_total", "number"),
    *(
        MapLine("client_invoice", f"rows[].{path}", f"invoice_line_ids/{name}", *how)
        for path, name, *how in (
            ("code", "product_id", "reference", "article"),
            ("description", "name"),
            ("quantity", "quantity", "number"),
            ("unit", "product_uom_id", "unit"),
            ("price", "price_unit", "number"),
            ("discount", "discount", "number"),
            ("vatPc", "tax_ids", "values", "tax"),
            # Ours only: whether a price has the VAT in it.
            ("^.net", "price_subtotal", "number"),
            ("^.gross", "price_total", "number"),
        )
    ),
]
