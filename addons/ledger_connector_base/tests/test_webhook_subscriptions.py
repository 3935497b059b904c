# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Vendors are asked to call, looked after, and asked to stop."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from ..models.ledger_webhook_address import is_public, unreachable
from .webhook_case import WebhookCase, refusal

HERE = "http://127.0.0.1:8069"
OUTSIDE = "https://vendor.example.com/api"


@tagged("post_install", "-at_install")
class TestWebhookSubscriptions(WebhookCase):
    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param("web.base.url", HERE)
        self.connection._forget_address()
        self.connection = self.connection.with_user(self.manager)

    # === HELPERS === #

    def address(self):
        """The whole address of the connection."""
        return self.connection.sudo()._address()

    def switch_on(self):
        """Switch notices on; the notification."""
        return self.connection.action_webhooks_on()["params"]

    def keep(self):
        """What a lane does at its turn."""
        return self.env["ledger.connection"]._keep_subscriptions()

    def an_hour_passes(self):
        """The last check is longer ago."""
        self.connection.sudo().webhook_checked_at = self.now() - timedelta(minutes=61)

    def calls(self):
        """What the vendor was asked, without addresses."""
        return [call for call, _address in self.vendor.asked]

    # === ON AND OFF === #

    def test_switching_on_gives_the_vendor_an_address_nobody_can_guess(self):
        said = self.switch_on()
        self.assertEqual(said["type"], "success")
        self.assertIn("3", said["message"])
        self.assertEqual(self.vendor.asked, [("subscribe", self.address())])
        token = self.address().rpartition("/")[2]
        self.assertGreaterEqual(len(token), 43)
        self.assertNotIn(token, self.connection.webhook_hint)
        self.assertEqual(self.connection.webhook_count, 3)
        self.assertTrue(self.connection.webhook_active)

    def test_switching_off_asks_the_vendor_to_stop_and_shuts_the_door(self):
        self.switch_on()
        address = self.address()
        self.assertEqual(
            self.connection.action_webhooks_off()["params"]["type"], "success"
        )
        self.assertEqual(self.vendor.asked[-1], ("unsubscribe", address))
        self.assertFalse(self.connection.sudo()._webhook_secrets())
        self.assertFalse(self.connection.webhook_active)

    def test_a_new_address_takes_the_place_of_the_old_one_at_the_vendor(self):
        self.switch_on()
        old = self.address()
        self.connection.action_webhooks_new_address()
        self.assertNotEqual(self.address(), old)
        self.assertEqual(
            self.vendor.asked[1:],
            [("unsubscribe", old), ("subscribe", self.address())],
        )

    def test_a_vendor_that_cannot_be_asked_to_stop_is_shut_out_and_it_is_said(self):
        self.switch_on()
        self.vendor.refuses = refusal()
        said = self.connection.action_webhooks_off()["params"]
        self.assertEqual(said["type"], "warning")
        self.assert_readable(said["message"])
        self.assertFalse(self.connection.sudo()._webhook_secrets())

    def test_a_pause_ends_the_subscriptions_and_going_on_makes_them_again(self):
        self.switch_on()
        address = self.address()
        self.connection.action_pause()
        self.assertEqual(self.vendor.asked[-1], ("unsubscribe", address))
        self.assertFalse(self.keep(), "nobody is asked during a pause")
        self.connection.sudo().live_database_uuid = False
        self.connection.action_resume()
        self.assertTrue(self.keep())
        self.assertEqual(self.vendor.asked[-1], ("subscribe", address))

    def test_a_connection_that_is_archived_or_deleted_asks_the_vendor_to_stop(self):
        self.switch_on()
        self.connection.action_archive()
        self.assertEqual(self.calls(), ["subscribe", "unsubscribe"])
        other = self.add_connection()
        self.open_door(other)
        other.state = "paused"
        other.unlink()
        self.assertEqual(self.calls(), ["subscribe", "unsubscribe", "unsubscribe"])

    def test_pausing_works_whatever_the_vendor_says(self):
        self.switch_on()
        self.vendor.refuses = refusal()
        self.connection.action_pause()
        self.assertEqual(self.connection.state, "paused")

    def test_without_notices_nobody_is_asked_anything(self):
        self.connection.action_pause()
        self.connection.action_archive()
        self.assertFalse(self.vendor.asked)

    def test_users_cannot_switch_notices_or_see_the_address(self):
        connection = self.connection.with_user(self.responsible)
        for button in ("on", "off", "new_address", "show"):
            with self.subTest(button=button), self.assertRaises(AccessError):
                getattr(connection, f"action_webhooks_{button}")()
        self.assertNotIn("webhook_hint", connection.read()[0])

    def test_managers_can_see_the_address_when_they_ask_for_it(self):
        self.switch_on()
        said = self.connection.action_webhooks_show()["params"]["message"]
        self.assertIn(self.address(), said)

    # === WHERE IT CANNOT WORK === #

    def test_what_is_not_live_or_has_no_webhooks_says_so(self):
        self.vendor.has_webhooks = False
        self.connection.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "cannot tell of changes"):
            self.switch_on()
        self.vendor.has_webhooks = True
        self.connection.invalidate_recordset()
        self.connection.sudo().state = "ready"
        with self.assertRaisesRegex(UserError, "not live"):
            self.switch_on()
        self.assertFalse(self.vendor.asked)

    def test_a_copy_of_a_database_asks_nobody(self):
        self.connection.sudo().live_database_uuid = "of another database"
        with self.assertRaisesRegex(UserError, "another database"):
            self.switch_on()
        self.open_door(self.connection.sudo())
        self.assertTrue(self.keep())
        self.assertEqual(self.connection.state, "copy")
        self.connection.action_pause()
        self.assertFalse(self.vendor.asked)

    def test_an_address_that_nobody_outside_can_reach_is_not_given_away(self):
        self.credential.custom_url = OUTSIDE
        with self.assertRaisesRegex(UserError, "web.base.url"):
            self.switch_on()
        self.assertFalse(self.vendor.asked)
        self.assertFalse(self.connection.webhook_active)

    def test_what_is_wrong_with_an_address_is_said(self):
        for address, word in (
            (HERE, "Nobody outside"),
            ("https://localhost", "Nobody outside"),
            ("https://server", "Nobody outside"),
            ("https://192.168.1.4", "Nobody outside"),
            ("", "an empty address"),
            ("http://books.example.com", "https"),
        ):
            with self.subTest(address=address):
                said = unreachable(self.env, address, OUTSIDE)
                self.assert_readable(said)
                self.assertIn(word, said)
        self.assertIsNone(unreachable(self.env, HERE, "http://localhost:1"))
        self.assertIsNone(unreachable(self.env, "https://a.example.com", OUTSIDE))

    def test_a_public_address_is_told_from_one_of_a_house(self):
        for host in ("books.example.com", "8.8.8.8", "2606:4700::1111"):
            self.assertTrue(is_public(host), host)
        for host in ("10.0.0.1", "::1", "odoo", "odoo.lan", "a.local", None, ""):
            self.assertFalse(is_public(host), host)

    # === LOOKED AFTER === #

    def test_subscriptions_are_looked_after_once_an_hour(self):
        self.switch_on()
        self.assertFalse(self.keep())
        self.an_hour_passes()
        self.assertTrue(self.keep())
        self.assertFalse(self.keep())
        self.assertEqual(self.calls(), ["subscribe", "subscribe"])

    def test_a_turn_of_a_lane_asks_one_vendor(self):
        self.switch_on()
        self.open_door(self.add_connection())
        self.an_hour_passes()
        self.assertTrue(self.keep())
        self.assertTrue(self.keep())
        self.assertFalse(self.keep())
        self.assertEqual(len(self.calls()), 3)

    def test_a_vendor_that_refuses_is_named_with_one_activity_and_asked_again(self):
        self.switch_on()
        self.vendor.refuses = refusal()
        for _hour in range(2):
            self.an_hour_passes()
            self.assertTrue(self.keep())
        self.assert_readable(self.connection.webhook_error)
        self.assertEqual(self.connection.state, "live")
        self.assertLessEqual(len(self.activities(self.connection)), 1)
        self.vendor.refuses = None
        self.an_hour_passes()
        self.keep()
        self.assertFalse(self.connection.webhook_error)
        self.assertFalse(self.activities(self.connection))

    def test_a_vendor_that_refuses_at_once_is_asked_again_later(self):
        self.vendor.refuses = refusal()
        said = self.switch_on()
        self.assertEqual(said["type"], "danger")
        self.assert_readable(said["message"])
        self.assertTrue(self.connection.webhook_active)

    # === COPIES AND KEYS === #

    def test_a_new_encryption_key_leaves_the_address_as_it_is(self):
        self.switch_on()
        address, data = self.address(), self.connection.sudo().webhook_data
        self.env["ledger.credential"]._rotate_keys()
        self.assertNotEqual(self.connection.sudo().webhook_data, data)
        self.assertEqual(self.address(), address)

    def test_a_neutralised_database_has_no_address_and_no_new_events(self):
        self.switch_on()
        event = self.add_event("7")
        self.env.flush_all()
        for query in get_neutralization_queries(["ledger_connector_base"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertFalse(self.connection.sudo()._webhook_secrets())
        self.assertFalse(self.connection.webhook_active)
        self.assertFalse(self.connection.sudo().webhook_digest)
        self.assertEqual(event.state, "ignored")
