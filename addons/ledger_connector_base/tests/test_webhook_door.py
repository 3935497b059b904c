# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is let in by the door for webhooks, and what becomes of a delivery."""

import json
import logging

from odoo.tests import HttpCase, tagged

from ..controllers import alarm
from ..controllers.body import LIMIT
from .webhook_case import SIGNATURE, WebhookCase, signature


@tagged("post_install", "-at_install")
class TestWebhookDoor(HttpCase, WebhookCase):
    def setUp(self):
        super().setUp()
        self.rung = []
        self.patch(alarm, "ring_after", lambda *words: self.rung.append(words))
        self.token, self.secret = self.keys_of(self.connection)

    # === HELPERS === #

    def said(self, *changed, key="delivery-1"):
        """The body of a delivery."""
        return json.dumps({"key": key, "changed": changed}).encode()

    def post(self, body, token=None, secret=None, **headers):
        """Deliver *body*, signed; the answer."""
        signed = signature(secret or self.secret, body)
        return self.url_open(
            f"/ledger/webhook/{token or self.token}",
            data=body,
            headers={SIGNATURE: signed, **headers},
        )

    def status(self, *changed, **options):
        """Deliver changes of records; the answer's status."""
        return self.post(self.said(*changed), **options).status_code

    def assert_nothing_came(self, answer, status):
        self.assertEqual((answer.status_code, answer.content), (status, b""))
        self.assertFalse(self.env["ledger.event"].search([]))
        self.assertFalse(self.rung)

    # === WHAT IS TAKEN === #

    def test_a_delivery_is_stored_before_it_is_answered(self):
        answer = self.post(self.said(("customer", "7"), ("contact", "8")))
        self.assertEqual((answer.status_code, answer.content), (200, b""))
        self.assertRecordValues(
            self.events(),
            [
                {
                    "resource": "customer",
                    "external_id": "7",
                    "topic": "customer.update",
                    "delivery_key": "delivery-1",
                    "state": "new",
                    "company_id": self.company.id,
                    "deleted": False,
                },
                {
                    "resource": "contact",
                    "external_id": "8",
                    "topic": "contact.update",
                    "delivery_key": "delivery-1",
                    "state": "new",
                    "company_id": self.company.id,
                    "deleted": False,
                },
            ],
        )
        self.assertLess(self.events()[0].received_at, self.now())

    def test_a_delivery_that_comes_twice_is_stored_once(self):
        self.assertEqual(self.status(("customer", "7")), 200)
        self.assertEqual(self.status(("customer", "7")), 200)
        self.assertEqual(len(self.events()), 1)
        self.assertEqual(len(self.rung), 1, "nothing new, nobody to wake")

    def test_two_deliveries_about_one_record_are_both_kept(self):
        self.post(self.said(("customer", "7"), key="a"))
        self.post(self.said(("customer", "7"), key="b"))
        self.assertEqual(len(self.events()), 2)

    def test_without_a_key_of_the_vendors_nothing_is_taken_for_a_double(self):
        for _time in range(2):
            self.post(self.said(("customer", "7"), key=""))
        self.assertEqual(len(self.events()), 2)
        self.assertFalse(self.events()[0].delivery_key)

    def test_the_same_key_from_two_vendors_is_not_a_double(self):
        other = self.add_connection()
        self.open_door(other)
        token, secret = self.keys_of(other)
        self.assertEqual(self.status(("customer", "7")), 200)
        self.assertEqual(
            self.status(("customer", "7"), token=token, secret=secret), 200
        )
        self.assertEqual((len(self.events()), len(self.events(other))), (1, 1))

    def test_an_event_belongs_to_the_company_of_the_address(self):
        company = self.env["res.company"].create({"name": "Other books"})
        other = self.add_connection(company)
        self.open_door(other)
        token, secret = self.keys_of(other)
        self.status(("customer", "7"), token=token, secret=secret)
        self.assertEqual(self.events(other).company_id, company)
        self.assertFalse(self.events())
        seen = self.env["ledger.event"].with_user(self.responsible).search([])
        self.assertFalse(seen, "people of one company do not see another's")

    def test_the_lanes_are_told_when_the_coalescing_window_ends(self):
        self.flow.webhook_delay = 12
        self.status(("customer", "7"))
        self.assertEqual(self.rung, [(self.env.cr.dbname, 12)])

    def test_what_no_active_flow_reads_is_kept_and_wakes_nobody(self):
        self.assertEqual(self.status(("product", "7")), 200)
        self.flow.active = False
        self.flow.flush_recordset()
        self.post(self.said(("customer", "7"), key="b"))
        self.assertEqual(self.events().mapped("state"), ["ignored", "ignored"])
        self.assertFalse(self.rung)

    def test_a_delivery_that_says_nothing_is_fine(self):
        self.assertEqual(self.status(), 200)
        self.assertFalse(self.events())

    def test_a_body_is_signed_as_it_is_whatever_it_calls_itself(self):
        body = self.said(("customer", "7"))
        kind = "application/x-www-form-urlencoded"
        self.assertEqual(self.post(body, **{"Content-Type": kind}).status_code, 200)

    # === WHAT IS NOT === #

    def test_a_forged_delivery_is_refused(self):
        body = self.said(("customer", "7"))
        self.assert_nothing_came(self.post(body, secret="guessed"), 401)

    def test_an_unsigned_delivery_is_refused(self):
        answer = self.url_open(
            f"/ledger/webhook/{self.token}", data=self.said(("customer", "7"))
        )
        self.assert_nothing_came(answer, 401)

    def test_a_signature_of_another_body_is_refused(self):
        signed = signature(self.secret, self.said(("customer", "8")))
        answer = self.url_open(
            f"/ledger/webhook/{self.token}",
            data=self.said(("customer", "7")),
            headers={SIGNATURE: signed},
        )
        self.assert_nothing_came(answer, 401)

    def test_a_delivery_signed_for_other_books_is_refused(self):
        other = self.add_connection()
        self.open_door(other)
        _token, secret = self.keys_of(other)
        body = self.said(("customer", "7"))
        self.assert_nothing_came(self.post(body, secret=secret), 401)

    def test_a_signed_delivery_that_cannot_be_read_is_refused(self):
        self.assert_nothing_came(self.post(b'{"key": '), 400)

    def test_a_delivery_that_is_too_large_is_refused(self):
        self.assert_nothing_came(self.post(b"x" * (LIMIT + 1)), 413)

    def test_nobody_is_told_why_an_address_does_not_answer(self):
        body = self.said(("customer", "7"))
        unknown = self.post(body, token="x" * 43)
        self.assert_nothing_came(unknown, 404)
        never = ("Date", "Set-Cookie")
        known = {k: v for k, v in unknown.headers.items() if k not in never}
        for values in (
            {"state": "paused"},
            {"state": "reconnect"},
            {"state": "copy"},
            {"active": False},
            {"webhook_active": False},
            {"webhook_data": False},
        ):
            with self.subTest(**values):
                kept = self.connection.sudo().read([*values])[0]
                kept.pop("id")
                self.connection.sudo().write(values)
                answer = self.post(body)
                self.assert_nothing_came(answer, 404)
                said = {k: v for k, v in answer.headers.items() if k not in never}
                self.assertEqual(said, known)
                self.connection.sudo().write(kept)
        self.assertEqual(self.status(("customer", "7")), 200, "open again")

    def test_a_system_without_webhooks_has_no_door(self):
        self.vendor.has_webhooks = False
        self.assert_nothing_came(self.post(self.said(("customer", "7"))), 404)

    def test_a_secret_that_cannot_be_decrypted_shuts_the_door(self):
        self.connection.sudo().webhook_data = "gAAAA-of-another-key"
        with self.assertLogs(
            "odoo.addons.ledger_connector_base.models.ledger_connection_door"
        ) as said:
            self.assert_nothing_came(self.post(self.said(("customer", "7"))), 404)
        self.assertIn("New address", said.output[0])
        self.assertNotIn(self.token, str(said.output))

    def test_only_post_is_taken(self):
        for method in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS"):
            with self.subTest(method=method):
                answer = self.url_open(
                    f"/ledger/webhook/{self.token}", method=method, data=b"{}"
                )
                self.assertEqual(answer.status_code, 405)
        self.assertFalse(self.events())

    def test_the_old_address_is_shut_as_soon_as_there_is_a_new_one(self):
        self.assertEqual(self.status(("customer", "7")), 200)
        self.connection._make_address()
        self.assertEqual(self.status(("customer", "8")), 404)
        token, secret = self.keys_of(self.connection)
        self.assertNotEqual((token, secret), (self.token, self.secret))
        body = self.said(("customer", "8"), key="b")
        answer = self.post(body, token=token, secret=secret)
        self.assertEqual(answer.status_code, 200)

    # === SECRETS === #

    def test_neither_address_nor_secret_is_logged_or_kept_in_clear(self):
        server = logging.getLogger("werkzeug")
        self.addCleanup(server.setLevel, server.level)
        server.setLevel(logging.INFO)
        with self.keeping_logs() as lines:
            self.status(("customer", "7"))
            self.status(("customer", "7"), secret="guessed")
            self.connection.action_webhooks_new_address()
            self.connection.action_webhooks_off()
        self.env.flush_all()
        self.env.cr.execute("SELECT t::text FROM ledger_connection t")
        # The caller's own library tells whom it calls; that is not the server's log.
        lines = [line for line in lines if not line.startswith("http://")]
        texts = [*lines, *(row[0] for row in self.env.cr.fetchall())]
        texts += self.connection.message_ids.mapped("body")
        for secret in (self.token, self.secret):
            self.assertFalse([text for text in texts if secret in text])
        self.assertTrue([line for line in lines if "/ledger/webhook/…" in line])

    def test_address_and_secret_are_read_and_exported_by_nobody(self):
        connection = self.connection.with_user(self.manager)
        names = [
            name
            for name in connection._fields
            if name not in ("webhook_data", "webhook_digest")
        ]
        texts = [str(connection.read()), str(connection.export_data(names))]
        texts.append(str(connection.copy({"remote_company_id": "3"}).read()))
        for secret in (self.token, self.secret):
            self.assertNotIn(secret, "\n".join(texts))

    def test_a_copy_of_a_connection_has_no_address(self):
        copied = self.connection.copy({"remote_company_id": "3"})
        self.assertFalse(copied._webhook_secrets())
        self.assertFalse(copied.webhook_active)
