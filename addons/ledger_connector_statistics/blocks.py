# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Our part of a text that people write in as well."""

from __future__ import annotations

from lxml import html
from markupsafe import Markup

#: Marks the part; Odoo's editor and sanitizer leave classes alone.
CLASS = "o_ledger_figures"


def wrapped(content: Markup) -> Markup:
    """Return *content* marked as ours."""
    return Markup('<div class="%s">%s</div>') % (CLASS, content)


def replaced(text: str | None, content: Markup) -> Markup:
    """Return *text* with our part replaced by *content*.

    What people wrote around it stays. Where our part is not found it goes in front.

    :param text: HTML as Odoo stores it
    """
    block = wrapped(content)
    if not text:
        return block
    root = html.fragment_fromstring(str(text), create_parent="div")
    found = root.xpath(
        "//*[contains(concat(' ', normalize-space(@class), ' '), $name)]",
        name=f" {CLASS} ",
    )
    if not found:
        return block + Markup(str(text))
    old = found[0]
    new = html.fragment_fromstring(str(block))
    new.tail = old.tail
    old.getparent().replace(old, new)
    inner = html.tostring(root, encoding="unicode")
    return Markup(inner[len("<div>") : -len("</div>")])
