# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import AccessError, UserError

from . import books
from .client_case import KEYS, ClientCase


class TestKeys(ClientCase):
    """The window behind the key in the list of clients."""

    def connection(self, client=None):
        """The client's active connection."""
        return self.env["ledger.connection"].search(
            [("partner_id", "=", (client or self.client).id)]
        )

    def press(self, button, client=None, **keys):
        """Open the window, type keys and press a button; returns window and answer."""
        with self.committing(self.manager) as env:
            wizard = self.type_keys(self.open_keys(env, client), **keys)
            answer = getattr(wizard, button)()
            found = wizard.id
        self.env.invalidate_all()
        return self.env["ledger.client.keys"].browse(found), answer

    def test_good_keys_are_confirmed_in_words_and_nothing_is_connected_yet(self):
        wizard, _answer = self.press("action_test", **KEYS)
        self.assertEqual(wizard.verdict, "good")
        self.assertIn("Books of public-of-nordvik-01", wizard.result)
        self.assertFalse(self.connection())

    def test_wrong_keys_are_refused_with_a_sentence(self):
        keys = {**KEYS, "secret_key": "wrong-secret-of-nobody"}
        wizard, answer = self.press("action_save", **keys)
        self.assertEqual(wizard.verdict, "bad")
        self.assert_readable(wizard.result)
        self.assertEqual(answer["res_id"], wizard.id, "the window stays open")
        self.assertFalse(self.connection())
        self.assertFalse(self.env["mail.activity"].search([("automated", "=", True)]))

    def test_saved_keys_make_a_live_connection_of_the_client(self):
        wizard, answer = self.press("action_save", **KEYS)
        connection = self.connection()
        self.assertEqual(connection.state, "live")
        self.assertEqual(connection.company_id, self.company)
        self.assertEqual(connection.user_id, self.manager)
        self.assertEqual(connection.flow_ids.entity, "statistics")
        self.assertEqual(connection.credential_id._kept_secrets(), KEYS)
        self.assertEqual(answer["params"]["type"], "success")
        self.assertFalse(wizard.credential_id, "nothing is left of the trial")

    def test_keys_that_another_company_uses_are_refused_without_telling_whose(self):
        other = self._make_company("Annet AS")
        stranger = self._make_client("Salajane OÜ")
        connections = self.env["ledger.connection"]
        connection = connections._connect_client(
            stranger,
            {
                "system": books.SYSTEM,
                "environment": "production",
                "custom_url": False,
                "company_id": other.id,
                "user_id": self.env.uid,
            },
            KEYS,
        )
        with self.assertRaises(UserError) as caught:
            self.press("action_test", **KEYS)
        self.assertIn("Another company", str(caught.exception))
        self.assertNotIn("Salajane", str(caught.exception))
        self.assertFalse(self.connection())
        connection._disconnect_client()
        self.press("action_save", **KEYS)
        self.assertEqual(self.connection().state, "live")

    def test_a_missing_key_is_named(self):
        with self.assertRaises(UserError) as caught:
            self.press("action_test", public_key="abc")
        self.assertIn("Secret key", str(caught.exception))

    def test_keys_never_come_back_and_are_stored_encrypted(self):
        with self.keeping_logs() as lines:
            wizard, _answer = self.press("action_test", **KEYS)
        self.assertFalse(any(KEYS["secret_key"] in line for line in lines))
        self.assertEqual(set(wizard.line_ids.mapped("value")), {False})
        self.assertIn("…k-01", wizard.line_ids.mapped("hint"))
        self.env.cr.execute(
            "SELECT secret_data FROM ledger_credential WHERE id = %s",
            [wizard.credential_id.id],
        )
        self.assertNotIn(KEYS["secret_key"], self.env.cr.fetchone()[0])

    def test_a_closed_window_leaves_no_keys_behind(self):
        wizard, _answer = self.press("action_test", **KEYS)
        trial, credential = wizard.trial_id, wizard.credential_id
        self.assertTrue(trial)
        wizard.unlink()
        self.assertFalse(trial.exists())
        self.assertFalse(credential.exists())

    def test_wrong_new_keys_leave_a_working_connection_alone(self):
        self.press("action_save", **KEYS)
        self.press("action_save", secret_key="wrong-new-secret-key")
        self.assertEqual(self.connection().state, "live")
        self.assertEqual(self.connection().credential_id._kept_secrets(), KEYS)

    def test_one_new_key_is_enough_where_the_other_stays(self):
        self.press("action_save", **KEYS)
        self.press("action_save", secret_key="another-secret-key")
        secrets = self.connection().credential_id._kept_secrets()
        self.assertEqual(secrets, {**KEYS, "secret_key": "another-secret-key"})
        self.assertEqual(len(self.connection()), 1)

    def test_the_keys_of_another_client_are_refused_by_name(self):
        self.press("action_save", **KEYS)
        other = self._make_client("Sørvik OÜ")
        with self.assertRaises(UserError) as caught:
            self.press("action_save", client=other, **KEYS)
        self.assertIn("Nordvik OÜ", str(caught.exception))

    def test_keys_that_cannot_be_confirmed_may_be_kept_and_stay_idle(self):
        keys = {**KEYS, "secret_key": "wrong-secret-of-nobody"}
        self.press("action_save_untested", **keys)
        self.assertEqual(self.connection().state, "draft")

    def test_removing_a_connection_deletes_its_keys_and_keeps_its_history(self):
        self.press("action_save", **KEYS)
        connection = self.connection()
        period = self.count(connection, entries=3)
        self.press("action_remove")
        self.assertFalse(connection.active)
        self.assertEqual(connection.credential_id._kept_secrets(), {})
        self.assertFalse(connection.credential_id.active)
        self.assertTrue(period.exists())

    def test_keys_of_an_office_that_open_other_books_survive_a_removal(self):
        self.press("action_save", **KEYS)
        connection = self.connection()
        connection.copy({"partner_id": False, "remote_company_id": "2"})
        self.press("action_remove")
        self.assertEqual(connection.credential_id._kept_secrets(), KEYS)

    def test_a_removed_client_who_comes_back_goes_on_with_the_same_history(self):
        self.press("action_save", **KEYS)
        before = self.connection()
        self.press("action_remove")
        self.press("action_save", **KEYS)
        self.assertEqual(self.connection(), before)
        self.assertEqual(before.state, "live")

    def test_users_who_are_no_managers_open_no_window(self):
        with self.assertRaises(AccessError):
            self.env["ledger.client.keys"].with_user(self.responsible).create(
                {"partner_id": self.client.id}
            )
