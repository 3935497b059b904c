# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies: JSON whose numbers are exact, and files with their description."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from urllib3.fields import RequestField
from urllib3.filepost import encode_multipart_formdata

from .values import written

if TYPE_CHECKING:
    from .calls import Record

#: (§3) Blank means "make one", left out means "none": the only blank that is sent.
_KEPT_BLANK = frozenset({"bankReferenceCode"})
#: (§3) ``{}`` means "leave it empty", left out means "as the buyer's address".
_KEPT_EMPTY = frozenset({"billingAddress", "deliveryAddress"})
#: No record has the id 0, and no VAT status is 0 (§3.2).
_NEVER_ZERO = frozenset({"id", "partnerId", "productId", "vatStatus"})
#: (§3.6) Bytes of one file.
LARGEST_FILE = 10_000_000


def encode(body: Any) -> bytes:
    """Return *body* as JSON in UTF-8 (§1).

    :param body: objects, lists, texts, numbers, days, moments; numbers are best Decimal
    :raises TypeError: something in it has no place in JSON
    :raises ValueError: a number that is none, or a moment without time zone
    """
    return _text(body).encode()


def without_blanks(body: Record) -> Record:
    """Return *body* without what is empty, which the vendor refuses in places (§3.2).

    A blank ``bankReferenceCode`` and an empty billing or delivery address say
    something and stay. Truth values and zeros stay, but for ids and VAT statuses.
    """
    return _pruned(body)


def with_file(meta: Record, content: bytes) -> tuple[bytes, str]:
    """Return the body and its content type for an attachment (§3.6).

    :param meta: the vendor's description of the file, with ``name``
    :raises ValueError: the file is empty or larger than :data:`LARGEST_FILE`
    """
    if not 0 < len(content) <= LARGEST_FILE:
        raise ValueError(f"a file has 1 to {LARGEST_FILE} bytes, not {len(content)}")
    about = RequestField("meta", encode(meta))
    about.make_multipart(content_type="application/json")
    file = RequestField("file", content, filename=str(meta["name"]))
    file.make_multipart(content_type=meta.get("mimeType") or "application/octet-stream")
    return encode_multipart_formdata([about, file])


def merged(record: Record, changes: Record) -> Record:
    """Return *record* with *changes*: objects are merged, all else is replaced."""
    result = dict(record)
    for name, value in changes.items():
        before = result.get(name)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            value = merged(dict(before), dict(value))
        result[name] = value
    return result


def _pruned(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_pruned(part) for part in value]
    if not isinstance(value, Mapping):
        return value
    parts = {str(name): _pruned(v) for name, v in value.items()}
    return {n: v for n, v in parts.items() if not _is_blank(n, v, value.get(n))}


def _is_blank(name: str, value: Any, before: Any) -> bool:
    if value is None:
        return True
    if value == "":
        return name not in _KEPT_BLANK
    if value == {}:
        # One that was given with nothing but blanks is a mistake, no wish.
        return name not in _KEPT_EMPTY or before != {}
    if isinstance(value, bool):
        return False
    return value == [] or (name in _NEVER_ZERO and value in (0, "0"))


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        pairs = (f"{_text(str(name))}:{_text(part)}" for name, part in value.items())
        return f"{{{','.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_text, value))}]"
    if isinstance(value, float | Decimal):
        return _number(Decimal(repr(value)) if isinstance(value, float) else value)
    return json.dumps(written(value), ensure_ascii=False)


def _number(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"{value} is no number that can be sent")
    # Without exponent, which no example of the vendor has.
    return format(value, "f")
