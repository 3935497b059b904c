# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64
import hashlib
import hmac
import json

from odoo.tests import BaseCase, tagged

from .. import webhooks
from .writing_case import WritingCase

BODY = b'{"subscriptionId": 7, "event": "customer.update", "id": 93000001}'
KEY = "6a1c"
SECRET = "a secret between the two"


def signed(secret=SECRET, key=KEY, body=BODY):
    """Headers as the dossier (section 11) says that they are made."""
    digest = hmac.new(secret.encode(), key.encode() + b"&" + body, hashlib.sha512)
    signature = base64.b64encode(digest.digest()).decode()
    return {"X-Request-Signature": signature, "Idempotency-Key": key}


@tagged("post_install", "-at_install")
class TestDeliveries(BaseCase):
    def notice(self, event="customer.update", number=93000001, **values):
        body = json.dumps({"event": event, "id": number, **values}).encode()
        return webhooks.notices({"idempotency-key": KEY}, body)

    def test_a_signature_is_made_of_key_and_body(self):
        self.assertTrue(webhooks.is_genuine(SECRET, signed(), BODY))
        # Made with: printf '<key>&<body>' | openssl dgst -sha512 -hmac '<secret>'
        known = (
            "bVw9zKAauJPff/lap4EFf/jaEYk2u2eL02QatHDyQ/fcRrgJ2hC6J9W/w+g/A29ysB80SD8/"
            "2y68yBPwuO/oBw=="
        )
        headers = {"x-request-signature": known, "idempotency-key": KEY}
        self.assertTrue(webhooks.is_genuine(SECRET, headers, BODY))

    def test_anything_else_is_refused(self):
        for secret, headers, body in (
            ("another", signed(), BODY),
            (SECRET, signed(key="other") | {"Idempotency-Key": KEY}, BODY),
            (SECRET, signed(), BODY + b" "),
            (SECRET, {"Idempotency-Key": KEY}, BODY),
            (SECRET, {**signed(), "X-Request-Signature": ""}, BODY),
            (SECRET, {**signed(), "X-Request-Signature": "blåbær"}, BODY),
            (SECRET, {}, b""),
        ):
            self.assertFalse(webhooks.is_genuine(secret, headers, body))

    def test_without_a_secret_nothing_is_genuine(self):
        self.assertFalse(webhooks.is_genuine("", signed(""), BODY))

    def test_names_of_headers_come_in_any_case(self):
        lower = {name.lower(): value for name, value in signed().items()}
        self.assertTrue(webhooks.is_genuine(SECRET, lower, BODY))

    def test_a_delivery_says_where_to_look(self):
        (notice,) = self.notice(value={"name": "Never believed"})
        self.assertEqual(
            (notice.resource, notice.external_id, notice.key, notice.deleted),
            ("customer", "93000001", KEY, False),
        )
        self.assertEqual(notice.topic, "customer.update")

    def test_a_deletion_is_one(self):
        (notice,) = self.notice("supplier.delete", value=None)
        self.assertEqual((notice.resource, notice.deleted), ("supplier", True))

    def test_a_charged_invoice_is_an_invoice(self):
        (notice,) = self.notice("invoice.charged")
        self.assertEqual((notice.resource, notice.deleted), ("invoice", False))

    def test_what_concerns_nobody_says_nothing(self):
        for event in ("closeGroup.create", "voucher.create", "customer", "x.y.z", "."):
            self.assertEqual(self.notice(event), [], event)

    def test_what_cannot_be_read_is_no_delivery(self):
        for body in (b"", b"[]", b"{}", b'"x"', b"{", b"\xff", b'{"event": 3}'):
            with self.assertRaises(ValueError):
                webhooks.notices({}, body)
        for number in (None, "", "../1", [1], -4):
            with self.assertRaises(ValueError):
                self.notice(number=number)


@tagged("post_install", "-at_install")
class TestSubscriptions(WritingCase):
    ADDRESS = "https://odoo.example.org/ledger/hook/abc"

    def setUp(self):
        super().setUp()
        self.world.settings(webhook_http="allowed")

    def subscribe(self, address=ADDRESS):
        return self.connector._subscribe(self.client, self.connection, address, SECRET)

    def subscriptions(self, address=ADDRESS):
        found = self.world.webhooks()["subscriptions"]
        return {x["event"]: x for x in found if x["targetUrl"] == address}

    def test_every_event_of_the_flows_is_subscribed_to_once(self):
        count = self.subscribe()
        events = set(self.subscriptions())
        self.assertEqual(count, len(events))
        self.assertLessEqual(
            {"customer.create", "contact.delete", "product.update", "invoice.charged"},
            events,
        )
        self.assertEqual(self.subscribe(), count)
        self.assertEqual(len(self.world.webhooks()["subscriptions"]), count)

    def test_deliveries_are_small(self):
        self.subscribe()
        fields = {one["fields"] for one in self.subscriptions().values()}
        self.assertEqual(fields, {"id,version"})

    def test_what_was_switched_off_there_is_switched_on(self):
        self.subscribe()
        self.world.disable_subscriptions()
        self.subscribe()
        states = {one["status"] for one in self.subscriptions().values()}
        self.assertEqual(states, {"ACTIVE"})

    def test_what_no_flow_wants_any_more_is_removed(self):
        self.subscribe()
        self.flow("product").active = False
        self.subscribe()
        self.assertNotIn("product.update", self.subscriptions())
        self.assertIn("customer.update", self.subscriptions())

    def test_subscriptions_of_others_are_left_alone(self):
        other = "https://elsewhere.example.org/hook"
        self.client.post(
            "/event/subscription", {"event": "customer.create", "targetUrl": other}
        )
        self.subscribe()
        self.connector._unsubscribe(self.client, self.connection, self.ADDRESS)
        self.assertEqual(self.subscriptions(), {})
        self.assertEqual(set(self.subscriptions(other)), {"customer.create"})

    def test_a_key_that_may_not_use_lists_subscribes_one_after_the_other(self):
        body = {"status": 403, "code": 9000, "message": "No."}
        self.world.fault("^/event/subscription/list$", status=403, body=body)
        count = self.subscribe()
        self.assertEqual(len(self.subscriptions()), count)
        self.connector._unsubscribe(self.client, self.connection, self.ADDRESS)
        self.assertEqual(self.subscriptions(), {})
