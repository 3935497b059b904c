# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much is measured."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Sizes:
    """Numbers of records and rounds.

    :param memory: the small and the large number of partners
    :param changed: partners that change between two pulls
    :param by_hand: partners that are created and written one by one
    :param by_hand_products: products likewise
    :param push: new customers that are sent at once
    :param bulk: partners that are written by one call
    :param singles: partners that are written one by one, or created, in a transaction
    :param importer: partners for the comparison with the OCA importer
    :param webhooks: deliveries to one process
    :param clients: of an accounting office, whose month is counted
    :param entries: of each of them in the month
    :param paced: clients that are counted with the pauses between calls
    :param orders: confirmed orders that are sent at once
    :param order_customers: who they are from
    :param order_products: what they are for
    :param rounds: how often what is short is repeated; medians are reported
    """

    partners: int = 5000
    products: int = 2000
    invoices: int = 300
    memory: tuple[int, int] = (10_000, 100_000)
    changed: int = 10
    by_hand: int = 1000
    by_hand_products: int = 200
    push: int = 1000
    bulk: int = 10_000
    singles: int = 1000
    importer: int = 2000
    webhooks: int = 4000
    clients: int = 500
    entries: int = 300
    paced: int = 10
    orders: int = 1000
    order_customers: int = 300
    order_products: int = 200
    rounds: int = 3

    def as_dict(self) -> dict[str, Any]:
        """Return what stands in the JSON file."""
        return asdict(self)


FULL = Sizes()
#: Shows that everything runs; its ratios say nothing.
QUICK = Sizes(
    partners=120,
    products=60,
    invoices=12,
    memory=(100, 300),
    changed=5,
    by_hand=20,
    by_hand_products=20,
    push=120,
    bulk=200,
    singles=20,
    importer=50,
    webhooks=100,
    clients=6,
    entries=201,
    paced=2,
    orders=60,
    order_customers=24,
    order_products=16,
    rounds=1,
)
