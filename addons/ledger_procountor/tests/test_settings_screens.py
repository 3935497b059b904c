# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a bookkeeper sees: settings, customers, and values that are still open."""

from lxml import etree

from odoo.tests import tagged

from .opening_case import OpeningCase


@tagged("post_install", "-at_install")
class TestSettingsScreens(OpeningCase):
    def setUp(self):
        super().setUp()
        self.credential.set_secrets({"api_key": self.found["api_key"]})

    def form_of(self, model, xmlid=None):
        """The form of *model* as managers get it."""
        view = self.env.ref(xmlid).id if xmlid else None
        found = self.env[model].with_user(self.manager).get_view(view, "form")
        return etree.fromstring(found["arch"])

    def test_the_settings_stand_on_a_page_of_their_own(self):
        page = self.form_of("ledger.connection").find(".//page[@name='procountor']")
        self.assertEqual(page.get("invisible"), "system != 'procountor'")
        shown = {field.get("name") for field in page.iter("field")}
        fields = self.env["ledger.connection"]._fields
        settings = {name for name in fields if name.startswith("procountor_")}
        self.assertEqual(shown, settings)

    def test_each_setting_explains_itself_by_words(self):
        fields = self.env["ledger.connection"].fields_get()
        for name, field in fields.items():
            if name.startswith("procountor_"):
                self.assertTrue(field["string"], name)
                self.assertNotIn("procountor_", field["string"].lower())

    def test_credentials_have_the_button_and_the_keys(self):
        form = self.form_of("ledger.credential")
        button = form.find(".//button[@name='action_open_procountor']")
        self.assertIn("system != 'procountor'", button.get("invisible"))
        clients = self.env.ref("ledger_connector_base.ledger_connection_create_action")
        button = form.find(f".//button[@name='{clients.id}']")
        self.assertIn("system == 'procountor'", button.get("invisible"))
        shown = {field.get("name") for field in form.iter("field")}
        inputs = {"client_id", "client_secret", "api_key", "redirect_uri"}
        self.assertLessEqual({f"procountor_{name}" for name in inputs}, shown)

    # === CUSTOMERS === #

    def partner(self, user):
        """A customer, as *user* sees it, nothing in memory."""
        self.env.invalidate_all()
        partner = self.env["res.partner"].create({"name": "Saimaan Kahvi Oy"})
        return partner.with_user(user).with_company(self.company)

    def test_e_invoice_fields_show_where_there_is_a_connection(self):
        self.assertFalse(self.partner(self.responsible).procountor_in_use)
        self.connect()
        self.assertTrue(self.partner(self.responsible).procountor_in_use)
        form = self.form_of("res.partner", "base.view_partner_form")
        group = form.find(".//page[@name='accounting']//group[@name='procountor']")
        self.assertEqual(group.get("invisible"), "not procountor_in_use")
        shown = {field.get("name") for field in group.iter("field")}
        self.assertEqual(
            shown,
            {
                "procountor_channel",
                "procountor_einvoice_address",
                "procountor_einvoice_operator",
            },
        )

    def test_a_connection_of_another_company_shows_nothing(self):
        self.connect()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        partner = self.env["res.partner"].create({"name": "Saimaan Kahvi Oy"})
        elsewhere = partner.with_context(allowed_company_ids=other.ids)
        self.assertFalse(elsewhere.procountor_in_use)

    def test_salespeople_who_see_no_connection_see_the_fields(self):
        self.connect()
        seller = self.env["res.users"].create(
            {
                "name": "Seller",
                "login": "procountor_seller",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [(6, 0, self.env.ref("base.group_user").ids)],
            }
        )
        self.assertTrue(self.partner(seller).procountor_in_use)

    def test_a_list_of_customers_asks_once(self):
        self.connect()
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(20)]
        )
        partners = partners.with_company(self.company)
        self.env.invalidate_all()
        self.assertEqual(partners.env.companies, self.company)
        partners.mapped("name")
        with self.assertQueryCount(1):
            partners.mapped("procountor_in_use")

    # === VALUES === #

    def test_only_vat_has_to_have_a_counterpart(self):
        connection = self.connect()
        connection.with_user(self.manager).action_test_connection()
        connection.with_user(self.manager).action_refresh_values()
        lines = connection.value_mapping_ids
        listed = set(lines.mapped("kind"))
        self.assertLessEqual({"tax", "unit", "payment_method", "bank_account"}, listed)
        needed = lines.filtered(lambda line: not line.is_optional)
        self.assertEqual(set(needed.mapped("kind")), {"tax"})
        for line in lines:
            self.assertTrue(line.remote_label, line.remote_code)
            self.assertTrue(line.res_model, line.kind)
