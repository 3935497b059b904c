# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo knows of the things that are synchronised, whoever the vendor is."""

from .base import Entity
from .invoice import Invoice
from .partner import Partner
from .payment import Payment
from .product import Product

ENTITIES = {
    entity.name: entity for entity in (Partner(), Product(), Invoice(), Payment())
}


def entity_of(name: str) -> Entity:
    """Return the entity called *name*.

    :raises KeyError: the engine cannot synchronise it
    """
    return ENTITIES[name]


def model_of(name: str) -> str:
    """Return the Odoo model of the entity called *name*."""
    return ENTITIES[name].model
