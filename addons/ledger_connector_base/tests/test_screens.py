# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every screen opens, for those it is meant for and for nobody else."""

from lxml import etree

from odoo import fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import LedgerCase

MODULE = "ledger_connector_base"


@tagged("post_install", "-at_install")
class ScreenCase(LedgerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = new_test_user(
            cls.env,
            "ledger_plain",
            groups="base.group_user,account.group_account_invoice,"
            "product.group_product_manager",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.credential = cls._insert(
            "ledger.credential",
            name="Key",
            system="any",
            environment="custom",
            active=True,
            budget_share=100,
        )
        cls.connection = cls._insert(
            "ledger.connection",
            name="Books",
            system="any",
            state="live",
            active=True,
            credential_id=cls.credential.id,
            company_id=cls.company.id,
            user_id=cls.responsible.id,
            sequence=1,
        )
        cls.flow = cls._insert(
            "ledger.flow",
            connection_id=cls.connection.id,
            system="any",
            active=True,
            company_id=cls.company.id,
            entity="partner",
            direction="pull",
            interval_minutes=60,
            full_every_days=1,
            create_policy="create",
            matching_policy="sure",
            conflict_policy="system",
            number_policy="system",
            deletion_policy="archive",
        )

    @classmethod
    def _insert(cls, model, **values):
        """Insert past the ORM, which would ask a connector; none need be installed."""
        names = ", ".join(values)
        places = ", ".join(["%s"] * len(values))
        cls.env.flush_all()
        cls.env.cr.execute(
            f"INSERT INTO {model.replace('.', '_')} ({names}) VALUES ({places})"
            " RETURNING id",
            list(values.values()),
        )
        return cls.env[model].browse(cls.env.cr.fetchone()[0])

    def add_binding(self, external_id, state="linked", record=None, **values):
        """A link of the test's connection."""
        return self.env["ledger.binding"].create(
            {
                "connection_id": self.connection.id,
                "company_id": self.company.id,
                "entity": "partner",
                "resource": "customer",
                "external_id": external_id,
                "label": f"Customer {external_id}",
                "res_model": record._name if record else "res.partner",
                "res_id": record.id if record else False,
                "state": state,
                **values,
            }
        )

    def add_cause(self, key, owner="mapping", sentence="Something is wrong."):
        """A cause of the test's connection."""
        return self.env["ledger.cause"].create(
            {
                "connection_id": self.connection.id,
                "key": key,
                "owner": owner,
                "sentence": sentence,
            }
        )

    def add_job(self, state="done", **values):
        """A job of the test's connection that has ended."""
        return self.env["ledger.sync.job"].create(
            {
                "connection_id": self.connection.id,
                "flow_id": self.flow.id,
                "state": state,
                "ended_at": fields.Datetime.now(),
                **values,
            }
        )

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


class TestScreens(ScreenCase):
    def test_every_action_opens_for_managers(self):
        actions = self.own_records("ir.actions.act_window")
        self.assertGreater(len(actions), 10)
        for action in actions:
            with self.subTest(action=action.name):
                views = self.open_views(action, self.manager)
                for kind in action.view_mode.split(","):
                    self.assertTrue(etree.fromstring(views[kind]["arch"]).tag)

    def test_every_screen_that_users_have_a_menu_for_opens_for_them(self):
        actions = self.visible_menus(self.responsible).mapped("action")
        opened = [action for action in actions if action]
        self.assertGreater(len(opened), 7)
        for action in opened:
            with self.subTest(action=action.name):
                self.open_views(action, self.responsible)

    def test_every_column_of_every_list_can_be_read_by_users(self):
        self.add_binding("1")
        self.add_cause("value:tax:3")
        self.add_job(received=3)
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
            hidden = [x for x in self.env[name]._fields if hasattr(models.BaseModel, x)]
            self.assertFalse(set(hidden) - set(models.MAGIC_COLUMNS), name)

    def test_every_model_is_reached_by_a_menu(self):
        actions = [menu.action for menu in self.own_records("ir.ui.menu")]
        reached = {action.res_model for action in actions if action}
        self.assertEqual(self.stored_models() - reached, set())

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
            "ledger.connection.create",
        ):
            views = self.env[name].with_user(self.manager).get_views([(False, "form")])
            arch = etree.fromstring(views["views"]["form"]["arch"])
            self.assertTrue(arch.xpath("//footer/button"), name)


class TestWhoSeesWhat(ScreenCase):
    def test_people_outside_the_groups_see_no_menu(self):
        self.assertFalse(self.visible_menus(self.plain))

    def test_users_see_the_work_but_no_menu_of_the_keys(self):
        seen = self.visible_menus(self.responsible).mapped("name")
        for name in ("Dashboard", "Records", "Needs attention", "Jobs", "Calls"):
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


class TestStatus(ScreenCase):
    def test_a_partner_tells_how_its_links_stand(self):
        partner = self.env["res.partner"].create({"name": "Fjordlys"})
        self.assertFalse(partner.ledger_state)
        link = self.add_binding("1", record=partner)
        partner.invalidate_recordset()
        self.assertEqual(
            (partner.ledger_state, partner.ledger_binding_count), ("linked", 1)
        )
        link.state = "failed"
        partner.invalidate_recordset()
        self.assertEqual(partner.ledger_state, "attention")

    def test_a_product_tells_how_its_variants_stand(self):
        product = self.env["product.product"].create({"name": "Lamp"})
        self.add_binding("1", "waiting", record=product)
        template = product.product_tmpl_id
        self.assertEqual(
            (template.ledger_state, template.ledger_binding_count), ("attention", 1)
        )
        self.assertEqual(
            template.action_ledger_bindings()["domain"][1],
            ("res_id", "in", product.ids),
        )

    def test_records_are_found_by_how_their_links_stand(self):
        linked, failed, free = self.env["res.partner"].create(
            [{"name": "Linked"}, {"name": "Failed"}, {"name": "Free"}]
        )
        self.add_binding("1", record=linked)
        self.add_binding("2", "failed", record=failed)
        everyone = linked + failed + free
        for state, expected in (
            ("linked", linked),
            ("attention", failed),
            (False, free),
        ):
            found = self.env["res.partner"].search(
                [("ledger_state", "=", state), ("id", "in", everyone.ids)]
            )
            self.assertEqual(found, expected, state)
        found = self.env["res.partner"].search(
            [("ledger_state", "!=", False), ("id", "in", everyone.ids)]
        )
        self.assertEqual(found, linked + failed)

    def test_people_outside_the_groups_learn_nothing_and_meet_no_error(self):
        partner = self.env["res.partner"].create({"name": "Fjordlys"})
        self.add_binding("1", "failed", record=partner)
        seen = partner.with_user(self.plain)
        self.assertFalse(seen.ledger_state)
        self.assertFalse(seen.search([("ledger_state", "=", "attention")]))


class TestDashboard(ScreenCase):
    def test_links_are_counted_by_what_they_ask_of_people(self):
        states = "linked linked waiting due failed uncertain candidate ignored"
        for number, state in enumerate(states.split()):
            self.add_binding(str(number), state)
        info = self.connection.with_user(self.responsible).dashboard
        self.assertEqual(
            [info[name] for name in ("linked", "waiting", "failed", "decide")],
            [2, 2, 2, 1],
        )
        self.assertEqual(self.connection.binding_count, 8)

    def test_each_number_of_the_card_opens_just_those_records(self):
        for number, state in enumerate(("linked", "waiting", "failed", "candidate")):
            self.add_binding(str(number), state)
        for action, count in (
            (self.connection.action_open_bindings(), 4),
            (self.connection.action_open_waiting(), 1),
            (self.connection.action_open_candidates(), 1),
        ):
            found = self.env["ledger.binding"].search_count(action["domain"])
            self.assertEqual(found, count, action["domain"])

    def test_bars_follow_the_number_of_records_and_wear_the_color_of_the_state(self):
        self.add_job(received=200)
        self.add_job("failed", received=0)
        self.add_job("partial", received=100, failed=7)
        self.add_job("pending", ended_at=False)
        bars = self.connection.dashboard_graph
        self.assertEqual([bar["height"] for bar in bars], [100, 8, 50])
        self.assertEqual(
            [bar["color"] for bar in bars], ["bg-success", "bg-danger", "bg-warning"]
        )
        self.assertIn("100 read, 7 failed", bars[2]["title"])
        self.assertEqual(self.connection.dashboard["open_jobs"], 1)

    def test_a_matching_that_found_nothing_is_a_done_step(self):
        self.assertFalse(self.connection.is_matched)
        self.add_job(trigger="match")
        self.connection.invalidate_recordset()
        self.assertTrue(self.connection.is_matched)

    def test_calls_left_come_from_the_narrowest_window_that_still_runs(self):
        now = fields.Datetime.now().timestamp()
        for kind, started, used, allowed in (
            ("day", now - 100_000, 990, 1000),
            ("vendor", now, 20, 100),
        ):
            self._insert(
                "ledger.budget",
                credential_id=self.credential.id,
                kind=kind,
                seconds=86400,
                started=started,
                used=used,
                allowed=allowed,
            )
        budget = self.connection.with_user(self.responsible).dashboard["budget"]
        self.assertEqual(budget, "80 of 100 calls left")

    def test_a_cause_opens_the_place_where_it_is_mended(self):
        value = self.add_cause("value:tax:3").action_open_place()
        self.assertEqual(value["res_model"], "ledger.value.mapping")
        self.assertIn(("remote_code", "=", "3"), value["domain"])
        field = self.add_cause("convert:email").action_open_place()
        self.assertEqual(field["res_model"], "ledger.field.mapping")
        flow = self.add_cause(f"deletions:{self.flow.id}").action_open_place()
        self.assertEqual(
            (flow["res_model"], flow["res_id"]), ("ledger.flow", self.flow.id)
        )
        keys = self.add_cause("reconnect:auth:401", "reconnect").action_open_place()
        self.assertEqual(keys["res_model"], "ledger.connection")
        held = self.add_cause("odoo:no", "record")
        self.add_binding("1", "failed", cause_id=held.id)
        self.assertEqual(held.action_open_place()["res_model"], "ledger.binding")


class TestChoices(ScreenCase):
    def add_value(self, code, **values):
        return self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": "tax",
                "remote_code": code,
                **values,
            }
        )

    def add_tax(self, company):
        return self.env["account.tax"].search(
            [("company_id", "=", company.id)], limit=1
        )

    def test_a_counterpart_chosen_by_a_person_is_no_suggestion(self):
        tax = self.add_tax(self.company)
        chosen, confirmed = self.add_value("3"), self.add_value("5")
        (chosen + confirmed).write({"res_id": tax.id, "is_suggested": True})
        self.assertEqual((chosen + confirmed).mapped("is_suggested"), [True, True])
        confirmed.with_user(self.responsible).action_confirm()
        chosen.with_user(self.responsible).res_id = tax.id
        self.assertEqual((chosen + confirmed).mapped("is_suggested"), [False, False])

    def test_a_counterpart_of_another_company_is_refused_in_words(self):
        other = self._make_company("Other AS")
        value = self.add_value("3")
        with self.assertRaises(ValidationError) as refusal:
            value.res_id = self.add_tax(other).id
        self.assert_readable(str(refusal.exception).replace("”", ""))
        self.assertIn("Fjordlys Test AS", str(refusal.exception))

    def test_what_is_still_unmapped_stands_first(self):
        mapped = self.add_value("1", is_nothing=True)
        unmapped = self.add_value("2")
        lines = self.env["ledger.value.mapping"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertEqual(lines, unmapped + mapped)
        action = self.connection.action_open_unmapped()
        found = self.env["ledger.value.mapping"].search(action["domain"])
        self.assertEqual(found, unmapped)

    def test_a_decision_needs_a_record_to_link_to(self):
        link = self.add_binding("1", "candidate")
        wizard = self.env["ledger.match.decision"].create({"binding_id": link.id})
        with self.assertRaises(UserError) as refusal:
            wizard.action_apply()
        self.assert_readable(str(refusal.exception))
        self.assertEqual(link.state, "candidate")

    def test_a_decision_links_the_proposed_record(self):
        partner = self.env["res.partner"].create({"name": "Fjordlys"})
        link = self.add_binding("1", "candidate", record=partner)
        wizard = self.env["ledger.match.decision"].create({"binding_id": link.id})
        self.assertEqual((wizard.res_model, wizard.res_id), ("res.partner", partner.id))
        wizard.action_apply()
        self.assertEqual((link.state, link.res_id), ("due", partner.id))

    def test_a_record_left_out_asks_nothing_any_more(self):
        link = self.add_binding("1", "failed", error="No name.")
        self.env["ledger.match.decision"].create(
            {"binding_id": link.id, "choice": "ignore"}
        ).action_apply()
        self.assertEqual((link.state, link.error), ("ignored", False))
