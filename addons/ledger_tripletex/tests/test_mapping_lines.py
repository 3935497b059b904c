# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the lines of a field mapping cannot say together is refused when saved."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .engine_case import EngineCase


@tagged("post_install", "-at_install")
class TestMappingLines(EngineCase):
    def add(self, flow, path, field="comment", **values):
        return self.env["ledger.field.mapping"].create(
            {
                "flow_id": flow.id,
                "resource": flow.mapping_ids[0].resource,
                "remote_path": path,
                "field_path": field,
                **values,
            }
        )

    def test_a_value_and_something_inside_it_cannot_both_be_sent(self):
        flow = self.push_flow("partner")
        with self.assertRaises(ValidationError) as caught:
            self.add(flow, "postalAddress")
        message = str(caught.exception)
        self.assertIn("postalAddress", message)
        self.assertIn("postalAddress.", message)
        self.assert_readable(message)

    def test_the_refusal_names_both_lines_whichever_came_first(self):
        flow = self.push_flow("partner")
        for one, other in (("a", "a.b"), ("c.d.e", "c.d"), ("f", "f[].g")):
            field = "child_ids/name" if "[]" in other else "comment"
            self.add(flow, one)
            with self.assertRaises(ValidationError) as caught:
                self.add(flow, other, field)
            self.assertIn(f"“{one}”", str(caught.exception))
            self.assertIn(f"“{other}”", str(caught.exception))

    def test_a_line_that_is_switched_on_again_is_looked_at(self):
        flow = self.push_flow("partner")
        line = self.add(flow, "postalAddress", active=False)
        with self.assertRaises(ValidationError):
            line.active = True

    def test_lines_side_by_side_may_begin_alike(self):
        flow = self.push_flow("partner")
        self.add(flow, "postal")
        self.add(flow, "postalAddress.city", "street2")
        self.assertEqual(
            len(flow.mapping_ids.filtered(lambda x: x.remote_path == "postal")), 1
        )

    def test_other_kinds_of_records_have_lines_of_their_own(self):
        flow = self.push_flow("partner")
        self.add(flow, "note", resource="customer")
        self.assertTrue(self.add(flow, "note.text", resource="supplier"))

    def test_a_flow_that_reads_may_take_a_value_and_what_is_in_it(self):
        flow = self.flow("partner")
        self.add(flow, "category1")
        self.assertTrue(self.add(flow, "category1.name", "street2"))
