# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.conformance import (
    Conformance,
    ConformanceCase,
)

from .stand_in import TripletexBooks


@tagged("post_install", "-at_install")
class TestTripletexConformance(Conformance, ConformanceCase):
    stand_in = TripletexBooks
