# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from odoo.addons.ledger_connector_statistics.tests.client_case import ClientCase


class TestTasks(ClientCase):
    """Each counted period becomes one task."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.responsible.group_ids += cls.env.ref("project.group_project_user")
        cls.topic = cls.env["project.tags"].create({"name": "Bookkeeping"})
        cls.project = cls.env["project.project"].create(
            {
                "name": "Clients",
                "company_id": cls.company.id,
                "privacy_visibility": "employees",
                "task_properties_definition": [
                    {"name": "bills", "string": "Bills", "type": "integer"},
                    {"name": "mood", "string": "Mood", "type": "char"},
                ],
            }
        )
        cls.plan.write(
            {
                "delivery": "task",
                "project_id": cls.project.id,
                "tag_ids": [Command.set(cls.topic.ids)],
            }
        )

    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    def task(self, **counts):
        """Count January and deliver it; returns the period's task."""
        period = self.count(self.connection, **counts)
        self.deliver(period)
        return period._task()

    def measure(self, code):
        """The line of a figure in the set-up."""
        return self.plan.measure_ids.filtered(lambda line: line.code == code)

    # === SET-UP === #

    def test_a_set_up_that_makes_tasks_needs_a_project(self):
        self.plan.project_id = False
        with self.assertRaises(ValidationError) as caught:
            self.plan.action_activate()
        self.assertIn("Project", str(caught.exception))

    def test_activities_need_no_project(self):
        self.plan.write({"project_id": False, "delivery": "activity"})
        self.plan.action_activate()
        self.assertEqual(self.plan.state, "on")

    # === ONE TASK === #

    def test_a_period_makes_one_task_dated_its_last_day(self):
        task = self.task(sales_invoice=7)
        self.assertEqual(task.name, "Nordvik OÜ: January 2026, 7 invoices")
        self.assertEqual(task.project_id, self.project)
        self.assertEqual(task.partner_id, self.client)
        self.assertEqual(task.tag_ids, self.topic)
        self.assertEqual(task.user_ids, self.responsible)
        self.assertEqual(task.date_deadline.date(), fields.Date.to_date("2026-01-31"))
        self.assertIn("Sales invoices", task.description)
        self.assertFalse(self.client.activity_ids)

    def test_a_second_run_updates_the_open_task_and_makes_no_other(self):
        task = self.task(sales_invoice=7)
        other = self.env["project.project"].create({"name": "Elsewhere"})
        task.write(
            {
                "description": task.description + "<p>Receipts are missing</p>",
                "user_ids": [Command.set(self.manager.ids)],
                "project_id": other.id,
                "date_deadline": "2026-02-10",
            }
        )
        self.assertEqual(self.task(sales_invoice=8), task)
        self.assertIn("8 invoices", task.name)
        self.assertIn("<td>8</td>", task.description)
        self.assertNotIn("<td>7</td>", task.description)
        self.assertIn("Receipts are missing", task.description)
        self.assertEqual(task.user_ids, self.manager)
        self.assertEqual(task.project_id, other)
        self.assertEqual(task.date_deadline.date(), fields.Date.to_date("2026-02-10"))

    def test_a_renamed_task_keeps_its_name_and_gets_the_figures(self):
        task = self.task(sales_invoice=7)
        self.task(sales_invoice=8)
        self.assertIn("8 invoices", task.name)
        task.name = "Nordvik: call first"
        self.task(sales_invoice=9)
        self.assertEqual(task.name, "Nordvik: call first")
        self.assertIn("<td>9</td>", task.description)

    def test_a_finished_task_is_left_alone_and_changes_are_noted(self):
        for state in ("1_done", "1_canceled"):
            task = self.task(sales_invoice=7)
            task.state = state
            before = task.message_ids
            self.task(sales_invoice=7)
            self.assertEqual(task.message_ids, before, "nothing changed")
            self.assertEqual(self.task(sales_invoice=8), task)
            self.assertIn("7 invoices", task.name)
            self.assertIn("8", (task.message_ids - before).body)
            self.assertEqual(task.state, state)
            task.unlink()

    def test_an_archived_task_is_not_made_again(self):
        task = self.task(sales_invoice=7)
        task.active = False
        self.assertEqual(self.task(sales_invoice=8), task)
        self.assertFalse(task.active)

    def test_the_database_allows_one_task_for_a_period(self):
        task = self.task(sales_invoice=7)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env["project.task"].create(
                {"name": "Twin", "ledger_period_id": task.ledger_period_id.id}
            )

    def test_a_copied_task_is_nobodys_period(self):
        self.assertFalse(self.task(sales_invoice=7).copy().ledger_period_id)

    def test_no_mail_goes_out_for_a_nights_tasks(self):
        self.client.user_id = self.manager
        mails = self.env["mail.mail"].search_count([])
        self.task(sales_invoice=7)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_task_and_figures_lead_to_each_other(self):
        task = self.task(sales_invoice=7)
        period = task.ledger_period_id
        self.assertEqual(task.action_open_ledger_period()["res_id"], period.id)
        self.assertEqual(period.action_open_task()["res_id"], task.id)

    # === FIELDS AND PROPERTIES === #

    def test_figures_are_written_to_fields_and_properties_of_the_task(self):
        self.measure("sales_invoice").destination = "task:allocated_hours"
        self.measure("purchase_invoice").destination = "property:bills"
        task = self.task(sales_invoice=7, purchase_invoice=3)
        self.assertEqual(task.allocated_hours, 7)
        self.assertEqual(task.task_properties["bills"], 3)

    def test_other_properties_keep_their_values(self):
        self.measure("purchase_invoice").destination = "property:bills"
        task = self.task(purchase_invoice=3)
        task.task_properties = {"bills": 3, "mood": "fine"}
        self.task(purchase_invoice=4)
        self.assertEqual(task.task_properties["bills"], 4)
        self.assertEqual(task.task_properties["mood"], "fine")
        self.assertEqual(len(self.project.task_properties_definition), 2)

    def test_a_task_in_another_project_gets_no_properties_of_this_one(self):
        self.measure("purchase_invoice").destination = "property:bills"
        task = self.task(purchase_invoice=3)
        task.project_id = self.env["project.project"].create({"name": "Elsewhere"})
        self.task(purchase_invoice=4)
        self.assertFalse(dict(task.task_properties))

    def test_texts_are_not_offered_for_figures(self):
        offered = dict(self.env["ledger.statistics.measure"]._destinations())
        self.assertEqual(offered["property:bills"], "Clients: Bills")
        self.assertNotIn("property:mood", offered)

    def test_a_manager_makes_a_property_and_a_field_for_figures(self):
        first = self.measure("entries").with_user(self.manager)
        first.action_create_task_property()
        second = self.measure("sales_invoice").with_user(self.manager)
        second.action_create_task_field()
        task = self.task(entries=9, sales_invoice=7)
        self.assertEqual(task.x_ledger_testbooks_sales_invoice, 7)
        name = first.destination.partition(":")[2]
        self.assertEqual(task.task_properties[name], 9)
        self.assertEqual(len(self.project.task_properties_definition), 3)

    def test_a_user_makes_no_property(self):
        with self.assertRaises(AccessError):
            self.measure("entries").with_user(
                self.responsible
            ).action_create_task_property()

    # === RIGHTS === #

    def test_a_task_that_is_hidden_from_the_responsible_is_named_and_not_doubled(self):
        task = self.task(sales_invoice=7)
        self.project.privacy_visibility = "followers"
        task.user_ids = self.manager
        for record in (task, self.project):
            record.message_unsubscribe(self.responsible.partner_id.ids)
        with self.assertRaises(UserError) as caught:
            self.task(sales_invoice=8)
        self.assertIn("may not see", str(caught.exception))
        self.assertIn(self.responsible.name, str(caught.exception))
        self.assert_readable(str(caught.exception))

    def test_who_may_not_make_tasks_gets_a_refusal_and_no_task(self):
        self.responsible.group_ids -= self.env.ref("project.group_project_user")
        period = self.count(self.connection, sales_invoice=7)
        with (
            mute_logger("odoo.addons.base.models.ir_model"),
            self.assertRaises(UserError),
        ):
            self.deliver(period)
        self.assertFalse(period._task())
