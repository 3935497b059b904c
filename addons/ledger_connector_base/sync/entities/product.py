# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Products, as variants: vendors know nothing of templates."""

from __future__ import annotations

from odoo import Command
from odoo.tools import LazyTranslate

from .base import Entity

_lt = LazyTranslate(__name__)


class Product(Entity):
    """``product.product``."""

    name = "product"
    model = "product.product"
    number_field = "default_code"
    distinct_field = "barcode"
    match_keys = (
        ("barcode", _lt("barcode"), True),
        ("default_code", _lt("product code"), True),
        ("name", _lt("name"), False),
    )
    answer_fields = frozenset({"default_code"})

    def prepare(self, run, item, vals, record=None):
        """Keep the products of different companies apart."""
        vals = super().prepare(run, item, vals, record)
        if record is None:
            vals["company_id"] = run.books.company_id
        if not vals.get("uom_id", True):
            # A unit that Odoo does not know: Odoo's own default, or what is there.
            del vals["uom_id"]
        return vals

    def command(self, run, field, value):
        """Taxes are set as a whole."""
        if field in ("taxes_id", "supplier_taxes_id"):
            return [Command.set(value or [])]
        return value
