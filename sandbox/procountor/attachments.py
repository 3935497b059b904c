# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files that hang on invoices, partners and products (dossier §3.6)."""

from __future__ import annotations

import base64
import email.parser
import email.policy
import json
import mimetypes
from email.message import Message
from typing import Any

from ..wire import Response, dump_json
from . import listing
from .books import Record, plain
from .call import Call
from .errors import Problems, refused
from .model import ATTACHMENT
from .values import REFERENCES

MOST_BYTES = 10_000_000
BOUNDARY = "procountor-attachment"
# once sent, what hangs on it went with it or never will
SENT = ("SENT", "PARTLY_PAID", "PAID", "MARKED_PAID")


def create(call: Call) -> Record:
    """Answer `POST /attachments`: the parts `meta` (JSON) and `file`.

    :raise ApiError: 400; 403
    """
    call.need("salesOrGroupInvoices")
    parts = _parts(call)
    if "meta" not in parts or "file" not in parts:
        raise refused(400, "The parts meta and file are required.")
    meta_type, meta = parts["meta"]
    if meta_type != "application/json":
        raise refused(400, "Part meta has to be application/json.", "meta")
    intake = call.intake()
    found = intake.read(ATTACHMENT, _json(meta))
    _check(call, found, parts["file"][1], intake.problems)
    found.pop("id", None)
    guessed = mimetypes.guess_type(found["name"])[0] or "application/octet-stream"
    found["mimeType"] = guessed
    found["_content"] = base64.b64encode(parts["file"][1]).decode()
    return shown(call.books.add("attachments", found, call.now))


def shown(attachment: Record) -> Record:
    """Return what is told of an attachment."""
    return {key: value for key, value in plain(attachment).items() if key != "version"}


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise refused(400, "Part meta is no JSON.", "meta") from None


def _check(call: Call, meta: Record, content: bytes, problems: Problems) -> None:
    if "." not in meta.get("name", ".").strip("."):
        problems.add("name", "Name has to have a file extension.")
    if not 0 < len(content) <= MOST_BYTES:
        problems.add("file", f"size must be between 1 and {MOST_BYTES}")
    problems.refuse()
    table = REFERENCES.get(meta["referenceType"])
    owner = call.books.find(table, meta["referenceId"]) if table else None
    if owner is None:
        problems.add("referenceId", "Referenced object not found.")
    elif table == "invoices":
        late = owner["status"] in SENT
        if late and call.settings["attach_after_send"] == "refused":
            problems.add("referenceId", "Invoice has been sent.")
    problems.refuse()


def _parts(call: Call) -> dict[str, tuple[str, bytes]]:
    """Return content type and bytes of each part of a form, by name.

    :raise ApiError: 400, it is no form
    """
    kind = call.request.headers.get("content-type", "")
    if not kind.lower().startswith("multipart/form-data"):
        raise refused(400, "Content-Type has to be multipart/form-data.")
    head = f"Content-Type: {kind}\r\nMIME-Version: 1.0\r\n\r\n".encode("latin-1")
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    form = parser.parsebytes(head + call.request.body)
    found = {}
    for part in form.get_payload() if form.is_multipart() else []:
        if isinstance(part, Message):
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            found[str(name)] = (part.get_content_type(), bytes(content or b""))
    return found


def search(call: Call) -> dict[str, Any]:
    """Answer `GET /attachments`."""
    reference, kind = call.whole("referenceId", 0), call.request.arg("type")
    name = call.request.arg("name")
    found = [
        one
        for one in call.books.table("attachments").values()
        if reference in (None, one["referenceId"])
        and kind in (None, one["referenceType"])
        and listing.matches("part", name, one["name"])
    ]
    return listing.page(call, found, _document)


def _document(attachment: Record) -> Record:
    return {
        "attachmentId": attachment["id"],
        "name": attachment["name"],
        "size": len(base64.b64decode(attachment["_content"])),
        "referenceId": attachment["referenceId"],
        "referenceType": attachment["referenceType"],
        "attached": attachment["_created"],
    }


def read(call: Call, id: str) -> Response:
    """Answer `GET /attachments/{id}`: what is told of it and the file, both in one."""
    found = call.one("attachments", id, "Attachment")
    parts = (
        ("application/json", dump_json(shown(found))),
        (found["mimeType"], base64.b64decode(found["_content"])),
    )
    body = b"".join(
        f"--{BOUNDARY}\r\nContent-Type: {kind}\r\n\r\n".encode() + content + b"\r\n"
        for kind, content in parts
    )
    headers = {"Content-Type": f"multipart/mixed; boundary={BOUNDARY}"}
    return Response(200, headers, body + f"--{BOUNDARY}--\r\n".encode())


def remove(call: Call, id: str) -> None:
    """Answer `DELETE /attachments/{id}`."""
    call.need("salesOrGroupInvoices")
    call.books.remove("attachments", call.one("attachments", id, "Attachment")["id"])
