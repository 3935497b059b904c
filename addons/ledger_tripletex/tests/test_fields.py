# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import date, datetime, timedelta, timezone

from odoo.tests import BaseCase, tagged

from ..mapping import DEFAULTS
from ..reading.changes import is_older, since_text
from ..reading.cursor import Cursor
from ..reading.listings import asked_paths, field_list
from ..reading.windows import middle, window_end


@tagged("post_install", "-at_install")
class TestTripletexFields(BaseCase):
    """What the connector asks for, without asking."""

    def test_references_are_asked_for_with_parentheses(self):
        paths = ["id", "customer.id", "orderLines[].product.id", "orderLines[].count"]
        self.assertEqual(
            field_list(paths), "id,customer(id),orderLines(product(id),count)"
        )

    def test_what_is_ours_is_not_asked_for(self):
        self.assertEqual(field_list(["id", "^.address.city"]), "id")

    def test_postings_are_asked_for_only_where_payments_are_mapped(self):
        self.assertNotIn("postings", field_list(asked_paths("invoice", {})))
        mapped = {"payment": ["description", "^.id"]}
        fields = field_list(asked_paths("invoice", mapped))
        self.assertIn("postings(id,version,date,amountCurrency,type,descr", fields)

    def test_every_mapped_path_of_the_defaults_is_asked_for(self):
        mapped = {}
        for line in (line for lines in DEFAULTS.values() for line in lines):
            mapped.setdefault(line.resource, []).append(line.remote)
        for resource in ("customer", "supplier", "contact", "product", "invoice"):
            asked = asked_paths(resource, mapped)
            self.assertLessEqual(set(mapped[resource]), set(asked), resource)

    def test_windows_have_bounds_that_stand_still(self):
        today = date(2026, 11, 21)
        self.assertEqual(window_end(date(2026, 11, 5), today), date(2026, 12, 1))
        self.assertEqual(window_end(date(2026, 12, 1), today), date(2027, 1, 1))
        self.assertEqual(window_end(date(2025, 1, 31), today), date(2025, 2, 1))
        self.assertEqual(window_end(date(2024, 2, 29), today), date(2025, 1, 1))

    def test_a_window_is_halved_down_to_a_day(self):
        begin, end = date(2026, 1, 1), date(2026, 2, 1)
        while middle(begin, end) != end:
            end = middle(begin, end)
        self.assertEqual(end - begin, timedelta(days=1))

    def test_the_filter_for_changes_is_early_in_any_zone_it_may_be_read_in(self):
        moment = datetime(2026, 1, 31, 22, 59, tzinfo=timezone.utc)
        asked = datetime.fromisoformat(since_text(moment))
        for hours in (0, 1, 2):
            read_as = asked.replace(tzinfo=timezone(timedelta(hours=hours)))
            self.assertLess(read_as, moment)

    def test_only_clearly_older_changes_speak_against_the_filter(self):
        since = "2026-06-01T12:00:00"

        def record(*stamps):
            return {"changes": [{"timestamp": stamp} for stamp in stamps]}

        old, new = "2026-05-01T09:00:00+02:00", "2026-06-01T13:30:00+02:00"
        self.assertTrue(is_older(record(old), since))
        self.assertFalse(is_older(record(old, new), since))
        self.assertFalse(is_older(record(), since))
        self.assertFalse(is_older({}, since))
        self.assertFalse(is_older(record("no time"), since))

    def test_another_mapping_forgets_what_was_compared(self):
        cursor = Cursor(mapping="a", since={"customer": "x"}, fresh={"k": "1"})
        cursor.finish()
        kept = Cursor.load(cursor.dump(), "a")
        self.assertEqual((kept.since, kept.sums), ({"customer": "x"}, {"k": "1"}))
        other = Cursor.load(cursor.dump(), "b")
        self.assertEqual((other.since, other.sums), ({}, {}))
