# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import date, datetime

from odoo.tests import TransactionCase, tagged

from ..sync.extract import Extractor, getter
from ..sync.lookups import Lookups
from ..sync.mapping import Mapping
from ..sync.problems import Problem


def line(remote, field, converter="text", **values):
    """A mapping line as ``ledger.field.mapping`` gives it."""
    return {
        "remote": remote,
        "field": field,
        "converter": converter,
        "argument": "",
        "apply": "always",
        "default": "",
        "required": False,
        **values,
    }


@tagged("post_install", "-at_install")
class TestExtract(TransactionCase):
    def test_a_path_through_something_missing_reads_as_none(self):
        read = getter("address.country.code")
        for record in ({}, {"address": None}, {"address": {"country": []}}):
            self.assertIsNone(read(record))
        self.assertEqual(read({"address": {"country": {"code": "NO"}}}), "NO")

    def test_a_list_reads_one_value_for_each_element(self):
        record = {"orders": [{"lines": [{"n": 1}, {"n": 2}]}, {"lines": [{"n": 3}]}]}
        self.assertEqual(getter("orders[].lines[].n")(record), [1, 2, 3])
        self.assertEqual(getter("orders[].lines[].n")({"orders": "no list"}), [])

    def test_the_digest_covers_values_and_the_version_of_the_mapping(self):
        one, other = Extractor(["name"], "1"), Extractor(["name"], "2")
        self.assertEqual(one.digest(("a",)), one.digest(("a",)))
        self.assertNotEqual(one.digest(("a",)), one.digest(("b",)))
        self.assertNotEqual(one.digest(("a",)), other.digest(("a",)))
        self.assertNotEqual(one.digest((1,)), one.digest(("1",)))

    def test_unmapped_fields_do_not_change_the_digest(self):
        extractor = Extractor(["name"], "1")
        first = extractor.digest(extractor.values({"name": "a", "version": 1}))
        second = extractor.digest(extractor.values({"name": "a", "version": 2}))
        self.assertEqual(first, second)


@tagged("post_install", "-at_install")
class TestMapping(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lookups = Lookups(cls.env, 0, "Europe/Oslo")
        cls.lookups.record_name = "Customer 7"

    def convert(self, record, *lines, creating=True):
        mapping = Mapping("customer", list(lines))
        return mapping.convert(self.lookups, mapping.extractor.values(record), creating)

    def test_the_first_line_that_gives_something_wins(self):
        lines = (line("a", "email"), line("b", "email"))
        self.assertEqual(self.convert({"a": "", "b": "x"}, *lines), {"email": "x"})
        self.assertEqual(self.convert({"a": "y", "b": "x"}, *lines), {"email": "y"})

    def test_an_empty_value_empties_the_field(self):
        self.assertEqual(self.convert({"a": ""}, line("a", "email")), {"email": False})

    def test_a_default_stands_in_for_an_empty_value(self):
        found = self.convert({}, line("a", "ref", default="none"))
        self.assertEqual(found, {"ref": "none"})

    def test_a_line_for_creation_is_left_out_of_updates(self):
        lines = (line("a", "name"), line("b", "comment", apply="create"))
        record = {"a": "x", "b": "y"}
        self.assertEqual(self.convert(record, *lines, creating=False), {"name": "x"})

    def test_a_required_value_that_is_missing_names_record_and_field(self):
        with self.assertRaises(Problem) as caught:
            self.convert({}, line("name", "name", required=True))
        self.assertEqual(caught.exception.owner, "record")
        self.assertIn("Customer 7", caught.exception.sentence)
        self.assertIn("name", caught.exception.sentence)

    def test_a_value_of_the_wrong_shape_names_record_field_and_value(self):
        with self.assertRaises(Problem) as caught:
            self.convert({"due": "soon"}, line("due", "date", "date"))
        self.assertEqual(caught.exception.owner, "mapping")
        for word in ("Customer 7", "due", "soon"):
            self.assertIn(word, caught.exception.sentence)

    def test_dates_and_times_are_read_in_the_vendors_zone(self):
        summer = self.convert({"t": "2026-07-01T00:30:00"}, line("t", "d", "datetime"))
        self.assertEqual(summer["d"], datetime(2026, 6, 30, 22, 30))
        winter = self.convert({"t": "2026-01-01T00:30:00"}, line("t", "d", "datetime"))
        self.assertEqual(winter["d"], datetime(2025, 12, 31, 23, 30))
        zoned = self.convert({"t": "2026-01-01T00:30:00Z"}, line("t", "d", "datetime"))
        self.assertEqual(zoned["d"], datetime(2026, 1, 1, 0, 30))
        plain = self.convert({"t": "2026-01-31"}, line("t", "d", "date"))
        self.assertEqual(plain["d"], date(2026, 1, 31))

    def test_rows_of_a_list_keep_their_order_and_gaps(self):
        lines = (
            line("rows[].text", "lines/name"),
            line("rows[].count", "lines/quantity", "number"),
        )
        record = {"rows": [{"text": "a", "count": 1}, {"text": "", "count": 2.5}]}
        expected = [{"name": "a", "quantity": 1.0}, {"name": False, "quantity": 2.5}]
        self.assertEqual(self.convert(record, *lines), {"lines": expected})

    def test_codes_of_countries_and_currencies_are_looked_up(self):
        found = self.convert({"c": "no"}, line("c", "country_id", "country"))
        self.assertEqual(found["country_id"], self.env.ref("base.no").id)
        with self.assertRaises(Problem) as caught:
            self.convert({"c": "XXZ"}, line("c", "currency_id", "currency"))
        self.assertIn("XXZ", caught.exception.sentence)

    def test_a_fixed_list_knows_its_others(self):
        by_kind = line("k", "type", "choice", argument="true=out_refund,*=out_invoice")
        self.assertEqual(self.convert({"k": False}, by_kind), {"type": "out_invoice"})

    def test_nothing_is_written_as_a_reference_to_nought(self):
        reference = line("p", "product_id", "reference", argument="product")
        self.assertEqual(self.convert({"p": 0}, reference), {"product_id": False})
        mapping = Mapping("customer", [reference])
        self.assertEqual(mapping.references((0,)), set())
        self.assertEqual(mapping.references((7,)), {("product", "7")})

    def test_control_characters_do_not_reach_the_database(self):
        self.assertEqual(self.convert({"a": "x\x00y"}, line("a", "n")), {"n": "xy"})
