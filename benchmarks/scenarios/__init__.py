# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is measured, by name; each is a function of the bench that returns figures."""

from collections.abc import Callable

from ..bench import Bench
from ..figures import Figure
from .both_ways import measure as both_ways
from .bulk_edit import measure as bulk_edit
from .by_hand import measure as by_hand
from .changed import measure as changed
from .first_pull import invoices, partners, products
from .importer import measure as importer
from .memory import measure as memory
from .orders import measure as orders
from .push import measure as push
from .statistics import measure as statistics
from .unchanged import measure as unchanged
from .webhooks import measure as webhooks

SCENARIOS: dict[str, Callable[[Bench], list[Figure]]] = {
    "partners": partners,
    "products": products,
    "invoices": invoices,
    "unchanged": unchanged,
    "changed": changed,
    "memory": memory,
    "by_hand": by_hand,
    "importer": importer,
    "push": push,
    "orders": orders,
    "bulk_edit": bulk_edit,
    "both_ways": both_ways,
    "webhooks": webhooks,
    "statistics": statistics,
}
