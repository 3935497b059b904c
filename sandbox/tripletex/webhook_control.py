# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What tests may do to webhooks, behind the control door."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from ..delivery import Delivery
from ..wire import dump_json
from .fields import Record, projection

if TYPE_CHECKING:
    from .system import Tripletex

WRONG_SECRET = "not the secret"
TAMPERED = "changed on the way"
SIGNATURES = ("right", "wrong", "none", "tampered")


class WebhookActions:
    """Actions on subscriptions and deliveries."""

    _system: Tripletex

    def do_webhooks(self) -> dict[str, Any]:
        """Return all subscriptions of the world and every delivery."""
        wanted = projection("Subscription", "")
        found = [
            {
                **wanted.build(record, lambda *_args: None),
                "company": record["_company"],
                "signed": bool(record["_secret"]),
                "errors": record["_errors"],
            }
            for record in self._records.values()
        ]
        return {
            "subscriptions": found,
            "deliveries": self._system.postman.summary(),
        }

    @property
    def _records(self) -> dict[int, Record]:
        return self._system.shared["Subscription"].records

    def do_resend_webhook(
        self, number: int, new_key: bool = False, delay: float = 0
    ) -> dict[str, Any]:
        """Deliver the same content once more, signed anew if the key is another."""
        postman = self._system.postman
        copy = postman.find(number).again(kind="resent")
        if new_key:
            subscription = self._records[copy.owner]
            self._sign(copy, subscription, "right", str(uuid.uuid4()))
        return postman.post(copy, delay).as_dict()

    def do_send_webhook(
        self,
        event: str,
        id: int,
        values: Record | None = None,
        signature: str = "right",
        subscription: int | None = None,
        key: str | None = None,
        delay: float = 0,
        company: int | None = None,
    ) -> list[dict[str, Any]]:
        """Deliver a webhook that nothing caused.

        :raise KeyError: nobody has subscribed to the event
        """
        if signature not in SIGNATURES:
            raise ValueError(f"signature is one of {SIGNATURES}, not {signature!r}")
        books = self._system.books(company)
        events = self._system.events
        found = events.listeners(event, books.id)
        if subscription is not None:
            found = [self._records[subscription]]
        if not found:
            raise KeyError(f"nobody has subscribed to {event!r}")
        sent = []
        for record in found:
            delivery = events.delivery(record, event, books.id, id, values)
            delivery.kind = "sent"
            used = key or delivery.headers["idempotency-key"]
            self._sign(delivery, record, signature, used)
            sent.append(self._system.postman.post(delivery, delay).as_dict())
        return sent

    def _sign(self, delivery: Delivery, record: Record, how: str, key: str) -> None:
        """Sign a delivery, rightly or not."""
        signer = {**record, "_secret": WRONG_SECRET} if how == "wrong" else record
        headers = self._system.events.headers(signer, key, delivery.body)
        if how == "none":
            headers.pop("x-request-signature", None)
        if how == "tampered":
            content = json.loads(delivery.body)
            content["value"] = {**(content["value"] or {}), "name": TAMPERED}
            delivery.body = dump_json(content)
        delivery.headers = headers

    def do_disable_subscriptions(
        self, status: str = "DISABLED_TOO_MANY_ERRORS", id: int | None = None
    ) -> int:
        """Give one subscription, or all, a status."""
        found = [r for r in self._records.values() if id in (None, r["id"])]
        for record in found:
            self._system.events.disable(record, status)
        return len(found)
