# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Vendors that answer and offer what a test says, and books of theirs."""

from odoo import api, models
from odoo.orm.model_classes import add_to_registry

from ..sync.contract import FlowKind, Resource, System, TestResult
from .screen_case import ScreenCase


class LedgerConnectorAny(models.AbstractModel):
    """A vendor without a wire."""

    _name = "ledger.connector.any"
    _inherit = "ledger.connector"
    _description = "Ledger Connector: any"
    _module = None

    label = "Anybody"
    #: What it says of the books that open.
    answer = TestResult("1", "Fjordlys Test AS", "912345678")
    many_companies = False
    value_kinds = ()
    #: How often it was asked what it offers, and what was read there.
    described = 0
    read = []

    @api.model
    def _describe(self):
        type(self).described += 1
        return System(
            code=self._name.rpartition(".")[2],
            label=self.label,
            documentation="",
            credential_fields=(),
            environments=(),
            resources=(Resource("customer", "partner", "Customers"),),
            flows=(FlowKind("partner", "pull", "Partners", ("customer",)),),
            value_kinds=self.value_kinds,
            many_companies=self.many_companies,
        )

    @api.model
    def _default_mapping(self, entity, direction):
        return []

    @api.model
    def _client(self, connection, run=None):
        return None

    @api.model
    def _test(self, client, connection):
        return self.answer

    @api.model
    def _read(self, client, flow, cursor):
        type(self).read.append(flow.entity)
        return iter(())


class LedgerConnectorOther(models.AbstractModel):
    """A second vendor."""

    _name = "ledger.connector.other"
    _inherit = "ledger.connector.any"
    _description = "Ledger Connector: other"
    _module = None

    label = "Somebody else"


VENDORS = (LedgerConnectorAny, LedgerConnectorOther)


class VendorCase(ScreenCase):
    """Live books of the first vendor; the second has none yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for definition in VENDORS:
            add_to_registry(cls.registry, definition)
        names = [definition._name for definition in VENDORS]
        cls.registry._setup_models__(cls.env.cr, names)
        cls.addClassCleanup(cls._forget_vendors)
        cls.vendor, cls.other = (cls.registry[name] for name in names)

    @classmethod
    def _forget_vendors(cls):
        for definition in VENDORS:
            del cls.registry.models[definition._name]
            cls.registry["ledger.connector"]._inherit_children.discard(definition._name)

    def setUp(self):
        super().setUp()
        for vendor in (self.vendor, self.other):
            vendor.answer = TestResult("1", "Fjordlys Test AS", "912345678")
            vendor.many_companies = False
            vendor.value_kinds = ()
            vendor.described = 0
            vendor.read = []

    def answer(self, company_id="1", name="Fjordlys Test AS", number="912345678"):
        """The books that the first vendor opens from now on."""
        self.vendor.answer = TestResult(company_id, name, number, "Kari")
