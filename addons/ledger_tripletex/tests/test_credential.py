# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from lxml import etree

from odoo.exceptions import AccessError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import Form, tagged

from odoo.addons.ledger_connector_base.tests.common import LedgerCase

CONSUMER = "test-consumer-b3d1f0a97c"
EMPLOYEE = "test-employee-77aa01cd2e"
FIELDS = ["tripletex_consumer_token", "tripletex_employee_token"]


@tagged("post_install", "-at_install")
class TestTripletexCredential(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.credentials = cls.env["ledger.credential"].with_user(cls.manager)
        cls.credential = cls.credentials.create(
            {
                "name": "Own key",
                "system": "tripletex",
                "company_id": cls.company.id,
                "tripletex_consumer_token": CONSUMER,
                "tripletex_employee_token": f" {EMPLOYEE}\n",
            }
        )

    def assert_hidden(self, shown):
        for secret in (CONSUMER, EMPLOYEE):
            self.assertNotIn(secret, str(shown))

    def test_what_is_entered_is_stored_without_blanks_around_it(self):
        secrets = self.credential.secrets()
        self.assertEqual(
            secrets, {"consumer_token": CONSUMER, "employee_token": EMPLOYEE}
        )

    def test_what_is_entered_never_comes_back(self):
        self.assert_hidden(self.credential.read())
        self.assert_hidden(self.credential.read(FIELDS))
        self.assertEqual([self.credential[name] for name in FIELDS], [False, False])

    def test_the_answer_to_saving_does_not_carry_it(self):
        names = dict.fromkeys([*FIELDS, "secret_hint"], {})
        saved = self.credential.web_save({FIELDS[0]: CONSUMER + "2"}, names)
        self.assert_hidden(saved)
        self.assertEqual(self.credential.secrets()["consumer_token"], CONSUMER + "2")
        made = self.credentials.web_save(
            {"name": "New", "system": "tripletex", FIELDS[1]: EMPLOYEE}, names
        )
        self.assert_hidden(made)

    def test_neither_export_nor_copy_nor_search_gives_it_away(self):
        names = [name for name in self.credential._fields if name != "secret_data"]
        self.assert_hidden(self.credential.export_data(names))
        copied = self.credential.copy()
        self.assertFalse(copied._read_secrets())
        self.assertFalse(copied.secret_hint)

    def test_the_chatter_does_not_know_it(self):
        self.credential.write({FIELDS[0]: CONSUMER, "name": "Renamed"})
        self.env.flush_all()
        messages = self.credential.sudo().message_ids
        self.assert_hidden(messages.mapped("body"))
        self.assert_hidden(messages.tracking_value_ids.mapped("new_value_char"))
        self.env.cr.execute("SELECT c::text FROM ledger_credential c")
        self.assert_hidden(self.env.cr.fetchall())

    def test_only_managers_enter_keys(self):
        user = self.credential.with_user(self.responsible)
        with self.assertRaises(AccessError):
            user.write({FIELDS[0]: "x"})
        with self.assertRaises(AccessError):
            user.read(FIELDS)

    def test_an_empty_field_keeps_the_stored_key(self):
        self.credential.write({FIELDS[0]: "", FIELDS[1]: "test-other-employee"})
        secrets = self.credential.secrets()
        self.assertEqual(secrets["consumer_token"], CONSUMER)
        self.assertEqual(secrets["employee_token"], "test-other-employee")

    def test_the_form_asks_for_the_keys_of_tripletex(self):
        form = Form(self.credentials)
        form.name, form.system = "By hand", "tripletex"
        form.tripletex_consumer_token = CONSUMER
        form.tripletex_employee_token = EMPLOYEE
        credential = form.save()
        self.assertEqual(credential.secrets()["employee_token"], EMPLOYEE)
        arch = etree.fromstring(self.credentials.get_view(view_type="form")["arch"])
        for name in FIELDS:
            [node] = arch.iterfind(f".//field[@name='{name}']")
            self.assertEqual(node.get("password"), "True")

    def test_a_copy_of_the_database_speaks_to_the_test_host(self):
        self.env.flush_all()
        for query in get_neutralization_queries(
            ["ledger_connector_base", "ledger_tripletex"]
        ):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertEqual(self.credential.environment, "test")
        self.assertFalse(self.credential._read_secrets())
