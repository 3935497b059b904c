# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies: compact JSON whose numbers are exact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .values import written

#: What ``delete`` sends: without a body it fails (§5).
EMPTY = b"{}"


def encode(body: Any) -> bytes:
    """Return *body* as the bytes that are signed and sent (§2, §3).

    :param body: objects, lists, texts, numbers, dates; numbers are best Decimal
    :raises TypeError: something in it has no place in JSON
    :raises ValueError: a number that is none, or a moment without time zone
    """
    return _text(body).encode()


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
