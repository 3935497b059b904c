# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a system declares of its values decides what they become, and may stay open."""

from lxml import etree

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..sync.contract import ValueKind
from .vendor_case import VendorCase


@tagged("post_install", "-at_install")
class TestValueKinds(VendorCase):
    def setUp(self):
        super().setUp()
        self.vendor.value_kinds = (
            ValueKind("tax", "VAT code", "account.tax"),
            ValueKind("unit", "Unit", "res.country", required=False),
        )

    def connect(self, system):
        """Books of *system*."""
        return self._insert(
            "ledger.connection",
            name=system,
            system=system,
            state="live",
            active=True,
            credential_id=self.credential.id,
            remote_company_id=system,
            company_id=self.company.id,
            user_id=self.responsible.id,
        )

    def add_values(self, *kinds, connection=None, **values):
        """One value of each of these kinds."""
        connection = connection or self.connection
        return self.env["ledger.value.mapping"].create(
            [
                {
                    "connection_id": connection.id,
                    "kind": kind,
                    "remote_code": f"{kind} {number}",
                    **values,
                }
                for number, kind in enumerate(kinds)
            ]
        )

    def facts(self, lines):
        return [(line.kind, line.res_model, line.is_optional) for line in lines]

    # === WHAT THE SYSTEM DECLARES === #

    def test_a_value_becomes_what_its_system_says_and_may_stay_open_if_it_says_so(self):
        self.assertEqual(
            self.facts(self.add_values("tax", "unit")),
            [("tax", "account.tax", False), ("unit", "res.country", True)],
        )

    def test_a_kind_that_the_system_does_not_declare_is_needed_and_is_the_usual(self):
        self.assertEqual(
            self.facts(self.add_values("journal")),
            [("journal", "account.journal", False)],
        )

    def test_each_system_has_its_own_say(self):
        self.other.value_kinds = (
            ValueKind("unit", "Unit", "uom.uom"),
            ValueKind("tax", "VAT code", "account.tax", required=False),
        )
        theirs = self.add_values("unit", "tax", connection=self.connect("other"))
        ours = self.add_values("unit", "tax")
        expected = [
            ("unit", "uom.uom", False),
            ("tax", "account.tax", True),
            ("unit", "res.country", True),
            ("tax", "account.tax", False),
        ]
        lines = theirs + ours
        self.assertEqual(self.facts(lines), expected)
        # The same when they are worked out together.
        for name in ("res_model", "is_optional"):
            self.env.add_to_compute(lines._fields[name], lines)
        self.assertEqual(self.facts(lines), expected)

    def test_values_of_a_system_whose_addon_is_gone_are_the_usual_and_needed(self):
        gone = self.add_values("unit", "tax", connection=self.connect("gone"))
        self.assertEqual(
            self.facts(gone),
            [("unit", "uom.uom", False), ("tax", "account.tax", False)],
        )

    def test_a_system_is_asked_once_however_many_values_there_are(self):
        self.vendor.described = 0
        lines = self.add_values(*["unit"] * 20)
        self.assertEqual(lines.mapped("is_optional"), [True] * 20)
        self.assertEqual(self.vendor.described, 1)

    def test_counterparts_may_be_of_any_model_that_a_system_declares(self):
        self.other.value_kinds = (ValueKind("category", "Where", "res.country.state"),)
        selection = dict(self.env["ledger.value.mapping"]._selection_target_ref())
        for model in ("res.country", "res.country.state", "account.tax", "uom.uom"):
            self.assertIn(model, selection)
        self.assertEqual(selection["res.country"], "Country")
        self.assertNotIn("res.partner", selection)
        line = self.add_values("unit")
        line.target_ref = self.env.ref("base.fi")
        self.assertEqual((line.res_id, line.is_mapped), (self.env.ref("base.fi").id, 1))

    def test_a_model_of_an_app_that_is_not_installed_is_not_offered(self):
        self.vendor.value_kinds = (ValueKind("unit", "Unit", "some.other.app"),)
        models = dict(self.env["ledger.value.mapping"]._selection_target_ref())
        self.assertNotIn("some.other.app", models)
        self.assertFalse(self.add_values("unit").target_ref)

    # === WHAT IS STILL MISSING === #

    def filtered(self, model, name):
        """The domain of a filter of *model*'s search view."""
        arch = self.env[model].get_view(view_type="search")["arch"]
        node = etree.fromstring(arch).find(f".//filter[@name='{name}']")
        return Domain(safe_eval(node.get("domain")))

    def test_what_may_stay_open_is_not_missing(self):
        needed, optional = self.add_values("tax", "unit")
        self.assertEqual(self.connection.unmapped_count, 1)
        action = self.connection.action_open_unmapped()
        values = self.env["ledger.value.mapping"]
        self.assertEqual(values.search(action["domain"]), needed)
        ours = Domain("connection_id", "=", self.connection.id)
        unmapped = self.filtered(values._name, "unmapped")
        self.assertEqual(values.search(ours & unmapped), needed)
        may_stay = self.filtered(values._name, "optional")
        self.assertEqual(values.search(ours & may_stay), optional)

    def test_what_is_needed_comes_before_what_may_stay_open(self):
        """Hundreds of units and countries are not to hide the few codes of VAT."""
        self.vendor.value_kinds = (
            ValueKind("account", "Account", "account.account", required=False),
            ValueKind("tax", "VAT code", "account.tax"),
        )
        self.add_values("account", "tax", "account")
        lines = self.env["ledger.value.mapping"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertEqual(lines.mapped("kind"), ["tax", "account", "account"])

    def test_what_has_a_counterpart_or_is_nothing_on_purpose_is_not_missing(self):
        tax = self.env["account.tax"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        first, second = self.add_values("tax", "tax")
        self.assertEqual(self.connection.unmapped_count, 2)
        first.res_id = tax.id
        self.assertEqual(self.connection.unmapped_count, 1)
        second.is_nothing = True
        self.assertEqual(self.connection.unmapped_count, 0)

    def test_the_count_follows_when_a_value_becomes_one_that_may_stay_open(self):
        value = self.add_values("tax")
        self.assertEqual(self.connection.unmapped_count, 1)
        value.kind = "unit"
        self.assertEqual(self.connection.unmapped_count, 0)

    def test_connections_are_found_by_values_that_are_missing(self):
        connections = self.env["ledger.connection"]
        mine = Domain("id", "in", [self.connection.id, self.connect("other").id])
        missing = self.filtered(connections._name, "unmapped")
        self.add_values("unit")
        self.assertFalse(connections.search(mine & missing))
        # Together they are neither: what is mapped and what may stay open.
        self.add_values("tax", is_nothing=True)
        self.assertFalse(connections.search(mine & missing))
        self.add_values("tax", remote_code="not yet")
        self.assertEqual(connections.search(mine & missing), self.connection)
