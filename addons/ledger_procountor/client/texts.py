# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts that the vendor can store: the characters of Windows-1252 (§1).

What is not among them is spelled in Latin letters where that is possible, and left out
or shown as a question mark where it is not. Every such change is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .letters import SPELLINGS

#: For letters of scripts that are not spelled here, such as Chinese.
UNKNOWN = "?"
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\u0085]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: Pictures, and what only shapes the characters beside it, say nothing when spelled.
_DROPPED = frozenset({"So", "Sk", "Mn", "Me", "Cf", "Cc", "Co", "Cn", "Cs"})


class Replaced(NamedTuple):
    """A text that had to be changed.

    :param path: where in the body, as the vendor writes it: ``invoiceRows[0].product``
    :param before: as it was given
    :param after: as it is sent
    """

    path: str
    before: str
    after: str


@dataclass(frozen=True)
class Fitted:
    """A body whose texts can be stored, and what was changed for that."""

    body: Any = field(repr=False)
    replaced: tuple[Replaced, ...] = field(repr=False)


def fits(text: str) -> bool:
    """Tell whether *text* can be stored as it is."""
    return fit_text(text) == text


def fit_text(text: str) -> str:
    """Return *text* in characters of Windows-1252.

    Lines end in ``\\n``. A text that had something in it is never empty afterwards: if
    nothing is left, a question mark stands for it.
    """
    plain = _CONTROLS.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))
    if _is_stored(plain):
        return plain
    spelled = "".join(_spell(word) for word in re.split(r"(\W+)", plain))
    if spelled.strip() or not text.strip():
        return _without_gaps(plain, spelled)
    return UNKNOWN


def fit(body: Any) -> Fitted:
    """Return *body* with texts that can be stored, and what was changed.

    :param body: objects, lists, texts and anything else; it stays as it was
    """
    replaced: list[Replaced] = []
    fitted = _fit(body, "", replaced)
    return Fitted(fitted, tuple(replaced))


def _fit(value: Any, path: str, replaced: list[Replaced]) -> Any:
    if isinstance(value, Mapping):
        return {
            name: _fit(part, f"{path}.{name}" if path else str(name), replaced)
            for name, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_fit(x, f"{path}[{i}]", replaced) for i, x in enumerate(value)]
    if not isinstance(value, str):
        return value
    after = fit_text(value)
    # Another way to write the same characters or line ends is no change to be told.
    if unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", value)) != after:
        replaced.append(Replaced(path, value, after))
    return after


def _spell(word: str) -> str:
    """Spell *word*, in capitals if it is written so: ЩУКА becomes SHCHUKA."""
    spelled = "".join(map(_letter, word))
    shouted = len(word) > 1 and word.isupper()
    return spelled.upper() if shouted and spelled != word else spelled


def _letter(letter: str) -> str:
    if _is_stored(letter):
        return letter
    if letter in SPELLINGS:
        return SPELLINGS[letter]
    parts = unicodedata.normalize("NFKD", letter)
    if parts != letter:
        return "".join(map(_letter, parts))
    return "" if unicodedata.category(letter) in _DROPPED else UNKNOWN


def _is_stored(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _without_gaps(before: str, after: str) -> str:
    """Take out the blanks that stood around what was dropped."""
    if "  " not in before:
        after = re.sub(r"(?<=\S)  +(?=\S)", " ", after)
    lines = zip(before.split("\n"), after.split("\n"), strict=True)
    return "\n".join(_trimmed(old, new) for old, new in lines)


def _trimmed(before: str, after: str) -> str:
    if before[:1] != " ":
        after = after.lstrip(" ")
    return after if before[-1:] == " " else after.rstrip(" ")
