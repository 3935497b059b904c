# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from . import books
from .client_case import ClientCase


class TestPlan(ClientCase):
    """Setting up what is counted, and switching it on and off."""

    def measure(self, code):
        """The line of a figure in the set-up."""
        return self.plan.measure_ids.filtered(lambda line: line.code == code)

    # === ACTIVATING === #

    def test_all_that_is_missing_is_named_at_once(self):
        self.plan.write(
            {
                "title": "{clint}",
                "user_id": False,
                "fetch_day": 29,
                "fetch_hour": 24,
                "basis": "entered",
                "jump_percent": -1,
            }
        )
        with self.assertRaises(ValidationError) as caught:
            self.plan.action_activate()
        sentence = str(caught.exception)
        for word in ("Title", "{clint}", "Otherwise for", "Day", "28", "Hour", "Warn"):
            self.assertIn(word, sentence)
        self.assertIn("Counted by", sentence)
        self.assert_readable(sentence)
        self.assertEqual(self.plan.state, "off")

    def test_an_active_set_up_cannot_be_made_incomplete(self):
        self.plan.action_activate()
        with self.assertRaises(ValidationError):
            self.plan.user_id = False

    def test_the_last_owner_has_to_work_in_the_company(self):
        stranger = self._make_user("stranger", "group_ledger_user", self.env.company)
        self.plan.user_id = stranger
        with self.assertRaises(ValidationError):
            self.plan.action_activate()

    def test_activating_schedules_connected_clients_at_the_chosen_time(self):
        connection = self.connect()
        flow = connection.flow_ids
        self.assertFalse(flow.next_run)
        self.plan.action_activate()
        self.assertEqual(flow.next_run, self.plan._next_fetch(fields.Datetime.now()))

    def test_a_client_connected_later_joins_the_schedule(self):
        self.plan.action_activate()
        connection = self.connect()
        self.assertEqual(
            connection.flow_ids.next_run, self.plan._next_fetch(fields.Datetime.now())
        )

    def test_another_day_moves_the_schedule(self):
        self.plan.action_activate()
        connection = self.connect()
        before = connection.flow_ids.next_run
        self.plan.fetch_day = 17
        self.assertNotEqual(connection.flow_ids.next_run, before)
        self.assertEqual(connection.flow_ids.next_run.day, 17)

    def test_the_next_time_is_shown_with_its_time_zone(self):
        self.company.partner_id.tz = "Asia/Tokyo"
        self.assertRegex(
            self.plan.next_fetch, r"^\w+ 5, \d{4}, 3:00\sAM \(Asia/Tokyo\)$"
        )
        at = self.plan._next_fetch(fields.Datetime.now())
        self.assertEqual((at.day, at.hour), (4, 18))

    def test_a_company_that_does_not_say_where_it_is_has_the_time_of_its_system(self):
        self.company.partner_id.tz = False
        connector = type(self.env[f"ledger.connector.{books.SYSTEM}"])
        self.startPatcher(
            patch.object(connector, "_zone", lambda self: "Europe/Tallinn")
        )
        self.assertEqual(self.plan._zone().key, "Europe/Tallinn")
        self.assertIn("(Europe/Tallinn)", self.plan.next_fetch)

    def test_deactivating_stops_the_schedule_and_keeps_the_flow(self):
        self.plan.action_activate()
        connection = self.connect()
        self.plan.action_deactivate()
        self.assertFalse(connection.flow_ids.next_run)
        self.assertTrue(connection.flow_ids.active)

    def test_books_without_a_client_are_not_counted(self):
        connection = self.connect()
        connection.partner_id = False
        self.plan.action_activate()
        self.assertFalse(connection.flow_ids.next_run)

    def test_an_active_set_up_cannot_be_deleted(self):
        self.plan.action_activate()
        with self.assertRaises(UserError):
            self.plan.unlink()

    def test_users_see_the_set_up_and_cannot_change_it(self):
        plan = self.plan.with_user(self.responsible)
        self.assertTrue(plan.title_preview)
        with self.assertRaises(AccessError):
            plan.write({"title": "x"})

    def test_another_company_does_not_see_the_set_up(self):
        other = self._make_company("Annet AS")
        stranger = self._make_user("stranger2", "group_ledger_manager", other)
        plans = self.env["ledger.statistics.plan"].with_user(stranger)
        self.assertFalse(plans.search([("id", "=", self.plan.id)]))
        self.assertFalse(self.measure("entries").with_user(stranger).has_access("read"))

    # === TITLE === #

    def test_the_preview_shows_a_title_as_it_will_be(self):
        self.connect()
        self.plan.title = "{client} / {sales_invoice}"
        self.assertEqual(self.plan.title_preview, "Nordvik OÜ / 12")

    # === FIGURES === #

    def test_usual_figures_are_listed_at_once_and_all_others_on_demand(self):
        self.assertFalse(self.measure("payroll"))
        self.assertTrue(self.plan.has_more_kinds)
        new = self.env["ledger.statistics.kind"].create(
            {"code": "other:Kassa", "name": "Kassa"}
        )
        self.plan.action_show_more()
        self.assertTrue(self.measure("payroll"))
        self.assertIn(new, self.plan.measure_ids.kind_id)
        self.assertFalse(self.plan.has_more_kinds)

    def test_showing_fewer_keeps_what_is_written_somewhere(self):
        self.plan.action_show_more()
        self.measure("payroll").destination = "client:partner_latitude"
        self.plan.action_show_fewer()
        self.assertTrue(self.measure("payroll"))
        self.assertFalse(self.measure("depreciation"))

    def test_only_numbers_that_people_may_change_are_offered(self):
        offered = dict(self.env["ledger.statistics.measure"]._destinations())
        self.assertIn("client:partner_latitude", offered)
        for name in ("name", "id", "color", "create_uid", "statistics_count"):
            self.assertNotIn(f"client:{name}", offered)
        with self.assertRaises(ValidationError):
            self.measure("entries").destination = "client:name"

    def test_two_figures_are_not_written_to_one_field(self):
        self.measure("entries").destination = "client:partner_latitude"
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.measure("bank_payment").destination = "client:partner_latitude"
            self.env.flush_all()

    def test_a_manager_who_is_no_administrator_makes_a_field_for_a_figure(self):
        measure = self.measure("sales_invoice").with_user(self.manager)
        measure.action_create_client_field()
        name = "x_ledger_testbooks_sales_invoice"
        self.assertEqual(measure.destination, f"client:{name}")
        self.assertEqual(self.env["res.partner"]._fields[name].type, "integer")

    def test_a_field_of_a_shared_client_holds_the_figures_of_each_company(self):
        other = self._make_company("Annet AS")
        plans = self.plan | self.plan.create(
            {"system": self.plan.system, "company_id": other.id}
        )
        for plan in plans:
            line = plan.measure_ids.filtered(lambda x: x.code == "sales_invoice")
            line.action_create_client_field()
        name = "x_ledger_testbooks_sales_invoice"
        self.assertEqual(
            set(plans.measure_ids.mapped("destination")), {False, f"client:{name}"}
        )
        self.deliver(self.count(self.connect(), sales_invoice=7))
        self.assertEqual(self.client.with_company(self.company)[name], 7)
        self.assertEqual(self.client.with_company(other)[name], 0)

    def test_a_user_makes_no_field(self):
        measure = self.measure("sales_invoice").with_user(self.responsible)
        with self.assertRaises(AccessError):
            measure.action_create_client_field()

    def test_a_field_that_is_gone_keeps_a_set_up_from_being_activated(self):
        measure = self.measure("sales_invoice")
        measure.action_create_client_field()
        name = measure.destination.partition(":")[2]
        self.env["ir.model.fields"]._get("res.partner", name).unlink()
        with self.assertRaises(ValidationError) as caught:
            self.plan.action_activate()
        self.assertIn(name, str(caught.exception))
