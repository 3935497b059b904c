# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A document to print, as small as a PDF can be (dossier §7.1)."""

from __future__ import annotations

import base64
from typing import Any

from ..wire import Response
from .books import Record
from .fields import Resource


def answer(resource: Resource, record: Record, settings: dict[str, Any]) -> Response:
    """Return the PDF of an object, raw or in JSON."""
    number = record.get("invoiceNumber") or record["number"]
    content = _document(f"{resource.what} {number}")
    if settings["pdf"] == "raw":
        return Response(200, {"Content-Type": "application/pdf"}, content)
    text = base64.b64encode(content).decode()
    return Response.json({"fileName": f"{number}.pdf", "fileContent": text})


def _document(text: str) -> bytes:
    """Return one page with a line of text."""
    plain = text.encode("ascii", "replace").replace(b"(", b"").replace(b")", b"")
    stream = b"BT /F1 18 Tf 60 760 Td (" + plain + b") Tj ET"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    found, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(found))
        found += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % count
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n" % (count, len(found))
    return found + head + table + tail + b"%%EOF\n"
