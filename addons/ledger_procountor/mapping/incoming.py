# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The field mappings that a new flow to Odoo starts with, as data.

Paths that begin with ``^`` are ours, see ``records.py``.
"""

from __future__ import annotations

from odoo.addons.ledger_connector_base.sync.contract import MapLine

#: (§3) What became of an invoice, in Odoo's words.
STAGES = (
    "UNFINISHED=unfinished,NOT_SENT=approved,APPROVED=approved,SENT=sent,"
    "PARTLY_PAID=partial,PAID=paid,MARKED_PAID=paid,INVALIDATED=invalidated,*=other"
)

CUSTOMER = [
    MapLine("customer", "name", "name", required=True),
    MapLine("customer", "^.businessId", "company_registry"),
    MapLine("customer", "invoicingInfo.customerNumber", "ref"),
    MapLine("customer", "invoicingInfo.email", "email", "first_mail"),
    MapLine("customer", "registryInfo.phone", "phone"),
    MapLine("customer", "registryInfo.mobilePhone", "phone"),
    MapLine("customer", "additionalInfo.webAddress", "website"),
    MapLine("customer", "address.street", "street"),
    MapLine("customer", "address.specifier", "street2"),
    MapLine("customer", "address.zip", "zip"),
    MapLine("customer", "address.city", "city"),
    MapLine("customer", "^.country", "country_id", "country"),
    MapLine("customer", "invoicingInfo.einvoiceAddress", "procountor_einvoice_address"),
    MapLine(
        "customer", "invoicingInfo.einvoiceOperator", "procountor_einvoice_operator"
    ),
    MapLine("customer", "additionalInfo.comments1", "comment", "html", apply="create"),
    MapLine("customer", "id", "customer_rank", "rank"),
    # On creation only: a business may be without its number there.
    MapLine("customer", "^.isCompany", "is_company", "boolean", apply="create"),
    MapLine("customer", "^.active", "active", "boolean"),
]
PRODUCT = [
    MapLine("product", "name", "name", required=True),
    MapLine("product", "code", "default_code"),
    MapLine("product", "id", "type", "constant", "consu", apply="create"),
    MapLine("product", "price", "list_price", "number"),
    MapLine("product", "^.vat", "taxes_id", "values", "tax"),
    MapLine("product", "^.unit", "uom_id", "unit", apply="create"),
    MapLine("product", "active", "active", "boolean"),
]


def _line(path: str, name: str, *how: str) -> MapLine:
    return MapLine("invoice", f"invoiceRows[].{path}", f"invoice_line_ids/{name}", *how)


INVOICE = [
    MapLine(
        "invoice",
        "^.isCredit",
        "move_type",
        "choice",
        "True=out_refund,*=out_invoice",
        default="False",
    ),
    MapLine(
        "invoice", "partnerId", "partner_id", "reference", "customer", required=True
    ),
    MapLine("invoice", "date", "invoice_date", "date", required=True),
    MapLine("invoice", "paymentInfo.dueDate", "invoice_date_due", "date"),
    MapLine("invoice", "^.currency", "currency_id", "currency", required=True),
    MapLine("invoice", "invoiceNumber", "ledger_number", "code"),
    MapLine("invoice", "status", "ledger_stage", "choice", STAGES),
    MapLine("invoice", "paymentInfo.bankReferenceCode", "ledger_reference"),
    # The vendor makes one for invoices that came without: no news to those.
    MapLine(
        "invoice",
        "paymentInfo.bankReferenceCode",
        "payment_reference",
        apply="create",
    ),
    MapLine("invoice", "orderReference", "ref"),
    MapLine("invoice", "additionalInformation", "narration", "html"),
    MapLine("invoice", "^.total", "ledger_amount_total", "absolute"),
    MapLine("invoice", "^.untaxed", "ledger_amount_untaxed", "absolute"),
    MapLine("invoice", "^.outstanding", "ledger_amount_outstanding", "absolute"),
    _line("^.name", "name"),
    _line("productId", "product_id", "reference", "product"),
    _line("quantity", "quantity", "number"),
    _line("^.price", "price_unit", "number"),
    _line("^.discount", "discount", "number"),
    _line("^.vat", "tax_ids", "values", "tax"),
]
ORDER = [
    MapLine("order", "invoiceNumber", "ledger_number", "code"),
    MapLine("order", "status", "ledger_stage", "choice", STAGES),
    MapLine("order", "paymentInfo.bankReferenceCode", "ledger_reference"),
    MapLine("order", "^.total", "ledger_amount_total", "absolute"),
]
PAYMENT = [
    MapLine("payment", "paidAmount", "amount", "absolute", required=True),
    MapLine("payment", "paymentDate", "date", "date", required=True),
    MapLine("payment", "description", "memo"),
    MapLine("payment", "^.id", "invoice_ids", "reference", "invoice", required=True),
]
