# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files on invoices (dossier §3.6)."""

from __future__ import annotations

import base64
import json

import pytest
import requests

PDF = b"%PDF-1.4\r\n%\xe2\xe3\xcf\xd3\r\n\x00\x01 body \n--x--\r\n%%EOF\n"


def attach(
    api, invoice, content=PDF, meta_type="application/json", **values
) -> requests.Response:
    """Attach a file to an invoice."""
    meta = {
        "name": "tilaus.pdf",
        "referenceType": "INVOICE",
        "referenceId": invoice["id"],
        "sendWithInvoice": True,
        **values,
    }
    parts = {
        "meta": (None, json.dumps(meta), meta_type),
        "file": ("tilaus.pdf", content, "application/pdf"),
    }
    return api.call("POST", "/attachments", files=parts)


def test_a_file_is_kept_byte_by_byte(api):
    answer = attach(api, api.invoice())
    assert answer.status_code == 200 and answer.json()["mimeType"] == "application/pdf"
    kept = api.world.objects("attachments")[0]
    assert base64.b64decode(kept["content"]) == PDF


def test_a_file_is_read_with_what_is_told_of_it(api):
    made = attach(api, api.invoice()).json()
    answer = api.call("GET", f"/attachments/{made['id']}")
    assert answer.headers["Content-Type"].startswith("multipart/mixed")
    assert PDF in answer.content and b'"name":"tilaus.pdf"' in answer.content


def test_the_invoice_tells_its_files_and_takes_them_along(api):
    invoice = api.invoice()
    made = attach(api, invoice).json()
    attach(api, invoice, name="sisäinen.pdf", sendWithInvoice=False)
    found = api.step(invoice, "approve", "send")
    assert found["attachments"][0] == made
    assert api.world.outbox()[0]["attachments"] == ["tilaus.pdf"]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": "tilaus"}),
        ("referenceType", {"referenceType": "ORDER"}),
        ("referenceId", {"referenceId": 1}),
        ("referenceId", {"referenceId": None}),
        ("sendWithInvoice", {"sendWithInvoice": None}),
        ("file", {"content": b""}),
        ("file", {"content": b"x" * 10_000_001}),
        ("meta", {"meta_type": "text/plain"}),
    ],
)
def test_what_is_wrong_is_named(api, refused_as, field, values):
    status, fields = refused_as(attach(api, api.invoice(), **values))
    assert (status, list(fields)) == (400, [field])


def test_both_parts_are_needed(api):
    parts = {"file": ("tilaus.pdf", PDF, "application/pdf")}
    assert api.call("POST", "/attachments", files=parts).status_code == 400
    assert api.call("POST", "/attachments", {"name": "a.pdf"}).status_code == 400


def test_a_file_after_sending_is_kept_or_refused_by_setting(api):
    invoice = api.step(api.invoice(), "approve", "send")
    assert attach(api, invoice).status_code == 200
    assert api.world.outbox()[0]["attachments"] == []
    api.world.settings(attach_after_send="refused")
    assert attach(api, invoice).status_code == 400


def test_a_file_is_found_by_its_invoice_and_deleted(api):
    first, second = api.invoice(), api.invoice()
    made = attach(api, first).json()
    attach(api, second)
    found = api.found("/attachments", referenceId=first["id"])
    assert [one["attachmentId"] for one in found] == [made["id"]]
    assert found[0]["size"] == len(PDF)
    assert api.call("DELETE", f"/attachments/{made['id']}").status_code == 204
    assert api.get(f"/invoices/{first['id']}")["attachments"] == []
    assert api.refusal("DELETE", f"/attachments/{made['id']}")[0] == 404
