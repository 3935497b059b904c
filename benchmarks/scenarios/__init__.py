# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is measured, by name; each is a function of the bench that returns figures."""

from collections.abc import Callable

from ..bench import Bench
from ..figures import Figure
from .by_hand import measure as by_hand
from .changed import measure as changed
from .first_pull import invoices, partners, products
from .importer import measure as importer
from .memory import measure as memory
from .unchanged import measure as unchanged

SCENARIOS: dict[str, Callable[[Bench], list[Figure]]] = {
    "partners": partners,
    "products": products,
    "invoices": invoices,
    "unchanged": unchanged,
    "changed": changed,
    "memory": memory,
    "by_hand": by_hand,
    "importer": importer,
}
