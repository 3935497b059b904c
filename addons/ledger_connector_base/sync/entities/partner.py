# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Partners: customers, suppliers, their contacts and addresses."""

from __future__ import annotations

from odoo.tools import LazyTranslate

from .base import Entity

_lt = LazyTranslate(__name__)


class Partner(Entity):
    """``res.partner``."""

    name = "partner"
    model = "res.partner"
    number_field = "ref"
    scope_field = "parent_id"
    distinct_field = "company_registry"
    series_fields = frozenset({"ref"})
    match_keys = (
        ("company_registry", _lt("business id"), True),
        ("vat", _lt("VAT number"), True),
        ("ref", _lt("customer number"), True),
        ("email", _lt("e-mail"), False),
        ("name", _lt("name"), False),
    )
    ready_fields = ("parent_id", "type", "is_company")
    answer_fields = frozenset({"ref"})

    def outgoing_domain(self):
        """Businesses and persons of their own; addresses belong to them."""
        return ["|", ("parent_id", "=", False), ("is_company", "=", True)]

    def prepare(self, run, item, vals, record=None):
        """Keep the books of different companies apart.

        A contact or address belongs to its customer; without one it is a partner of
        its own.
        """
        vals = super().prepare(run, item, vals, record)
        if record is None:
            vals["company_id"] = run.books.company_id
            if not vals.get("is_company") and vals.get("company_registry"):
                vals["is_company"] = True
            if vals.get("parent_id"):
                # The number is its customer's.
                vals.pop("ref", None)
        if not vals.get("parent_id", True):
            # Losing its customer would turn an address into a customer.
            del vals["parent_id"]
        return vals
