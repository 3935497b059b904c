# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The PDF that Odoo makes of a document, as it is attached there (§3.6)."""

from __future__ import annotations

import logging
from typing import Any

from odoo.addons.base.models.ir_qweb import QWebError
from odoo.addons.ledger_connector_base.sync.problems import Problem

from ..client import LARGEST_FILE, fit_text

_logger = logging.getLogger(__name__)

_ORDER_REPORT = "sale.action_report_saleorder"


def file_name(number: str) -> str:
    """Return the name of a document's PDF there; by it, it is known again.

    >>> file_name("INV/2026/00042")
    'INV_2026_00042.pdf'
    """
    return fit_text(f"{number.replace('/', '_')}.pdf")


def pdf_of(record: Any) -> bytes:
    """Return the PDF of *record*: the legal one of an invoice, or else a new print.

    :param record: ``account.move`` or ``sale.order``
    :raises Problem: it is larger than what is taken there, or could not be printed
    :raises odoo.exceptions.UserError: Odoo cannot print
    """
    legal = record._name == "account.move" and record.invoice_pdf_report_id
    env = record.env
    try:
        content = legal.raw if legal else _printed(record)
    except QWebError as error:
        _logger.warning("%s cannot be printed", record, exc_info=True)
        raise Problem(
            "record",
            env._(
                "Odoo cannot print %(record)s: the layout of the document has a "
                "fault. Print it by hand to see which, mend it, then retry.",
                record=record.display_name,
            ),
            cause="cannot_print",
        ) from error
    if not content or not content.startswith(b"%PDF"):
        raise Problem(
            "record",
            env._(
                "Odoo made no PDF of %(record)s. Print it by hand to see why, then "
                "retry.",
                record=record.display_name,
            ),
            cause="no_pdf",
        )
    if len(content) > LARGEST_FILE:
        raise Problem(
            "record",
            env._(
                "The PDF of %(record)s has %(size)s bytes, Procountor takes "
                "%(most)s. Use smaller pictures in the document's layout, or switch "
                "off the attaching of PDFs on the connection, then retry.",
                record=record.display_name,
                size=f"{len(content):,}",
                most=f"{LARGEST_FILE:,}",
            ),
            cause="pdf_too_large",
        )
    return content


def _report(record: Any) -> Any:
    if record._name == "account.move":
        return record.env["account.move.send"]._get_default_pdf_report_id(record)
    return record.env.ref(_ORDER_REPORT)


def _printed(record: Any) -> bytes:
    """Print *record* as Odoo's sending does, and keep nothing of it."""
    reports = record.env["ir.actions.report"].with_company(record.company_id)
    name = _report(record).report_name
    content, kind = reports._pre_render_qweb_pdf(name, record.ids)
    return reports._get_splitted_report(name, content, kind).get(record.id) or b""
