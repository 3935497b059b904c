# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every screen opens, for those it is meant for and for nobody else."""

from lxml import etree

from odoo import models
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .screen_case import ScreenCase

MODULE = "ledger_connector_base"


@tagged("post_install", "-at_install")
class TestScreens(ScreenCase):
    # === HELPERS === #

    def own_records(self, model):
        """The records of *model* that the addon's data files made."""
        data = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", model)]
        )
        return self.env[model].browse(data.mapped("res_id")).exists()

    def visible_menus(self, user):
        """The addon's menus that *user* sees."""
        menus = self.own_records("ir.ui.menu").with_user(user)
        return menus.browse(menus._visible_menu_ids() & set(menus.ids))

    def stored_models(self):
        """Names of the addon's own models that have a table that lasts."""
        data = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "ir.model")]
        )
        names = self.env["ir.model"].browse(data.mapped("res_id")).mapped("model")
        ours = [name for name in names if name.startswith("ledger.")]
        return {
            name
            for name in ours
            if not self.env[name]._abstract and not self.env[name]._transient
        }

    def open_views(self, action, user):
        """Load the views of *action* as the browser does."""
        kinds = [(False, kind) for kind in action.view_mode.split(",")]
        if action.res_model != "res.config.settings":
            kinds.append((action.search_view_id.id, "search"))
        model = self.env[action.res_model].with_user(user)
        return model.get_views(kinds, {"action_id": action.id})["views"]

    # === SCREENS === #

    def test_every_action_opens_for_managers(self):
        actions = self.own_records("ir.actions.act_window")
        self.assertGreater(len(actions), 10)
        # The settings of a server are its administrators' in all of Odoo.
        self.manager.group_ids += self.env.ref("base.group_system")
        for action in actions:
            with self.subTest(action=action.name):
                views = self.open_views(action, self.manager)
                for kind in action.view_mode.split(","):
                    self.assertTrue(etree.fromstring(views[kind]["arch"]).tag)

    def test_every_screen_that_users_have_a_menu_for_opens_for_them(self):
        menus = self.visible_menus(self.responsible).with_user(self.env.user)
        opened = [menu.action for menu in menus if menu.action]
        self.assertGreater(len(opened), 7)
        for action in opened:
            with self.subTest(action=action.name):
                self.open_views(action, self.responsible)

    def test_every_column_of_every_list_can_be_read_by_users(self):
        binding = self.add_binding("1")
        self.add_cause("value:tax:3")
        self.add_job(received=3)
        self.add_conflict(binding)
        self._insert("ledger.drift", flow_id=self.flow.id, kind="only_there")
        for action in self.own_records("ir.actions.act_window"):
            model = self.env[action.res_model].with_user(self.responsible)
            if "list" not in action.view_mode or not model.has_access("read"):
                continue
            with self.subTest(action=action.name):
                arch = self.open_views(action, self.responsible)["list"]["arch"]
                names = {
                    node.get("name"): {}
                    for node in etree.fromstring(arch).iterchildren("field")
                }
                model.web_search_read([], names)

    def test_no_field_hides_a_method_of_the_orm(self):
        for name in self.stored_models():
            for field in self.env[name]._fields:
                method = getattr(models.BaseModel, field, None)
                self.assertFalse(callable(method), f"{name}.{field}")

    def test_every_model_is_reached_by_a_menu(self):
        actions = [menu.action for menu in self.own_records("ir.ui.menu")]
        reached = {action.res_model for action in actions if action}
        # What the engine notes during a comparison is nothing to look at, and what
        # waits to be sent is shown as the records themselves.
        self.assertEqual(
            self.stored_models() - reached, {"ledger.seen", "ledger.outbox"}
        )

    def test_addresses_of_screens_are_words_and_each_its_own(self):
        actions = self.own_records("ir.actions.act_window")
        paths = [action.path for action in actions if action.path]
        self.assertEqual(len(paths), len(set(paths)))
        for menu in self.own_records("ir.ui.menu"):
            if menu.action:
                self.assertRegex(menu.action.path, "^ledger-[a-z-]+$")

    def test_empty_screens_say_what_to_do(self):
        for menu in self.own_records("ir.ui.menu"):
            action = menu.action
            if action and action.res_model != "res.config.settings":
                self.assertIn("o_view_nocontent_smiling_face", action.help, menu.name)

    def test_the_wizards_have_forms_of_their_own(self):
        for name in (
            "ledger.preview",
            "ledger.match.decision",
            "ledger.link.choice",
            "ledger.connection.create",
        ):
            views = self.env[name].with_user(self.manager).get_views([(False, "form")])
            arch = etree.fromstring(views["views"]["form"]["arch"])
            self.assertTrue(arch.xpath("//footer/button"), name)

    # === WHO SEES WHAT === #

    def test_people_outside_the_groups_see_no_menu(self):
        self.assertFalse(self.visible_menus(self.plain))

    def test_users_see_the_work_but_no_menu_of_the_keys(self):
        seen = self.visible_menus(self.responsible).mapped("name")
        for name in ("Dashboard", "Records", "Needs attention", "Jobs", "Calls"):
            self.assertIn(name, seen)
        for name in ("Conflicts", "Differences"):
            self.assertIn(name, seen)
        for name in ("Credentials", "Sessions", "Call limits", "Settings"):
            self.assertNotIn(name, seen)

    def test_managers_see_every_menu_but_the_settings_of_the_server(self):
        hidden = self.own_records("ir.ui.menu") - self.visible_menus(self.manager)
        self.assertEqual(hidden.mapped("name"), ["Settings"])
        self.manager.group_ids += self.env.ref("base.group_system")
        self.assertEqual(
            self.visible_menus(self.manager), self.own_records("ir.ui.menu")
        )

    def test_people_outside_the_groups_read_no_table_of_the_connectors(self):
        for name in self.stored_models():
            with self.subTest(model=name), self.assertRaises(AccessError):
                self.env[name].with_user(self.plain).search([])

    def test_users_cannot_change_credentials_or_enter_keys(self):
        credential = self.credential.with_user(self.responsible)
        self.assertEqual(credential.name, "Key")
        with self.assertRaises(AccessError):
            credential.name = "Other"
        with self.assertRaises(AccessError):
            credential.set_secrets({"token": "abcd1234"})
        with self.assertRaises(AccessError):
            credential.action_rotate_keys()

    def test_no_form_carries_the_stored_secrets(self):
        views = self.env["ledger.credential"].with_user(self.manager)
        form = views.get_views([(False, "form"), (False, "list")])["views"]
        for view in form.values():
            self.assertNotIn("secret_data", view["arch"])
        with self.assertRaises(AccessError):
            self.credential.with_user(self.manager).read(["secret_data"])

    def test_users_sync_but_do_not_set_up(self):
        connection = self.connection.with_user(self.responsible)
        connection.action_sync_now()
        job = self.env["ledger.sync.job"].search([("flow_id", "=", self.flow.id)])
        self.assertEqual((job.trigger, job.user_id), ("manual", self.responsible))
        for press in (connection.action_pause, connection.action_test_connection):
            with self.assertRaises(AccessError):
                press()

    def test_forms_of_records_show_links_to_connector_users_only(self):
        for name in ("res.partner", "product.template", "account.move"):
            for user, shown in ((self.responsible, True), (self.plain, False)):
                views = self.env[name].with_user(user).get_views([(False, "form")])
                arch = views["views"]["form"]["arch"]
                self.assertEqual("action_ledger_bindings" in arch, shown, name)
