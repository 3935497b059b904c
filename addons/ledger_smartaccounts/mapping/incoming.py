# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The field mappings that a new flow to Odoo starts with, as data.

Paths are those of ``records.complete()``: days are ISO text, and what begins with ``^``
is ours.
"""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.contract import MapLine


def _party(resource: str, rank: str) -> list[MapLine]:
    """What clients and vendors have in common; they have no number there (§7.5)."""
    return [
        MapLine(resource, "name", "name", required=True),
        MapLine(resource, "regCode", "company_registry"),
        MapLine(resource, "vatNumber", "vat"),
        MapLine(resource, "^.email", "email", "first_mail"),
        MapLine(resource, "^.phone", "phone"),
        MapLine(resource, "^.website", "website"),
        MapLine(resource, "address.address1", "street"),
        MapLine(resource, "address.address2", "street2"),
        MapLine(resource, "address.postalCode", "zip"),
        MapLine(resource, "address.city", "city"),
        MapLine(resource, "address.country", "country_id", "country"),
        MapLine(resource, "comment", "comment", "html", apply="create"),
        MapLine(resource, "^.known", rank, "rank"),
    ]


CLIENT = _party("client", "customer_rank")
VENDOR = _party("vendor", "supplier_rank")
ARTICLE = [
    MapLine("article", "description", "name", required=True),
    MapLine("article", "code", "default_code"),
    MapLine(
        "article",
        "type",
        "type",
        "choice",
        "SERVICE=service,*=consu",
        apply="create",
        default="PRODUCT",
    ),
    MapLine("article", "priceSales", "list_price", "number"),
    MapLine("article", "pricePurchase", "standard_price", "number", apply="create"),
    MapLine("article", "vatPc", "taxes_id", "values", "tax"),
    MapLine("article", "unit", "uom_id", "unit", apply="create"),
    MapLine("article", "^.active", "active", "boolean"),
]


def _invoice(resource: str, party: str, owner: str, tax: str) -> list[MapLine]:
    """What invoices of both sides have in common (§7.1, §7.2).

    :param party: path of the partner's id
    :param owner: resource of the partner
    :param tax: path of a row's VAT code
    """

    def line(path: str, name: str, *how: str) -> MapLine:
        return MapLine(resource, f"rows[].{path}", f"invoice_line_ids/{name}", *how)

    return [
        MapLine(resource, "^.move_type", "move_type", required=True),
        MapLine(resource, party, "partner_id", "reference", owner, required=True),
        MapLine(resource, "date", "invoice_date", "date", required=True),
        MapLine(resource, "dueDate", "invoice_date_due", "date"),
        MapLine(resource, "currency", "currency_id", "currency", default="EUR"),
        MapLine(resource, "invoiceNumber", "ledger_number"),
        MapLine(resource, "invoiceNumber", "ref"),
        # The vendor makes one for invoices that came without: no news to those.
        MapLine(resource, "referenceNumber", "payment_reference", apply="create"),
        MapLine(resource, "totalAmount", "ledger_amount_total", "absolute"),
        MapLine(resource, "amount", "ledger_amount_untaxed", "absolute"),
        MapLine(resource, "outstandingAmount", "ledger_amount_outstanding", "absolute"),
        line("description", "name"),
        line("code", "product_id", "reference", "article"),
        line("quantity", "quantity", "number"),
        line("price", "price_unit", "number"),
        line(tax, "tax_ids", "values", "tax"),
    ]


CLIENT_INVOICE = [
    *_invoice("client_invoice", "clientId", "client", "vatPc"),
    MapLine("client_invoice", "invoiceNote", "narration", "html"),
    MapLine("client_invoice", "rows[].discount", "invoice_line_ids/discount", "number"),
]
VENDOR_INVOICE = [
    *_invoice("vendor_invoice", "vendorId", "vendor", "^.vatPc"),
    MapLine("vendor_invoice", "entryDate", "date", "date"),
]
