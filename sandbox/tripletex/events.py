# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From what changes in the books to webhooks (dossier §11)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import uuid
from typing import TYPE_CHECKING, Any

from ..delivery import Delivery
from ..wire import dump_json
from .books import Books
from .fields import Record, projection

if TYPE_CHECKING:
    from .system import Tripletex

# objects that tell of themselves, by the first half of the event's name
SUBJECTS = {
    "supplier": "Supplier",
    "employee": "Employee",
    "order": "Order",
    "product": "Product",
    "account": "Account",
    "project": "Project",
    "customer": "Customer",
    "contact": "Contact",
    "voucher": "Voucher",
    "invoice": "Invoice",
    "closeGroup": "CloseGroup",
}
_VERBS = ("create", "update", "delete")
EVENTS: tuple[str, ...] = (
    *(
        f"{subject}.{verb}"
        for subject in SUBJECTS
        if subject not in ("invoice", "closeGroup")
        for verb in _VERBS
    ),
    *(f"archiverelation.{verb}" for verb in _VERBS),
    *("invoice.charged", "notification.sent", "voucherstatus.ready"),
    *("closeGroup.create", "closeGroup.delete"),
)
_SUBJECT_OF = {model: subject for subject, model in SUBJECTS.items()}
ACTIVE, TOO_MANY_ERRORS = "ACTIVE", "DISABLED_TOO_MANY_ERRORS"


def model_of(event: str) -> str | None:
    """Return the model of an event's object, None where the stand-in has none."""
    return SUBJECTS.get(event.partition(".")[0])


def signature(secret: str, key: str, body: bytes) -> str:
    """Return what stands in `x-request-signature`.

    :param key: the text of the header `idempotency-key`
    """
    signed = key.encode() + b"&" + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha512).digest()
    return base64.b64encode(digest).decode()


class Events:
    """Notes what changes, and makes webhooks of it for those who have subscribed."""

    def __init__(self, system: Tripletex) -> None:
        self._system = system
        # (books, model, id): what happened since the last time, in its order
        self._noted: dict[tuple[int, str, int], str] = {}
        self.muted = False

    def watch(self, books: Books) -> None:
        """Note from now on what changes in some books."""

        def note(kind: str, model: str, record: Record) -> None:
            self._note(books, kind, model, record)

        books.watcher = note

    def _note(self, books: Books, kind: str, model: str, record: Record) -> None:
        if model == "Invoice":
            if kind == "delete" or record.get("_told") or not record.get("isCharged"):
                return
            record["_told"], kind = True, "charged"
        if self.muted or model not in _SUBJECT_OF or not len(self._subscriptions):
            return
        place = (books.id, model, record["id"])
        before = self._noted.pop(place, None)
        if before == "create" and kind == "delete":
            return
        self._noted[place] = before if before in ("create", "charged") else kind

    @property
    def _subscriptions(self) -> Any:
        return self._system.shared["Subscription"]

    def settle(self) -> list[Delivery]:
        """Post what was noted; return what is to go out before the answer.

        All that one call does to one object makes one event.
        """
        noted, self._noted = self._noted, {}
        settings, postman = self._system.settings, self._system.postman
        early: list[Delivery] = []
        for (company, model, key), kind in noted.items():
            event = f"{_SUBJECT_OF[model]}.{kind}"
            for subscription in self.listeners(event, company):
                delivery = self.delivery(subscription, event, company, key)
                if settings["webhook_timing"] == "before":
                    early.append(delivery)
                    continue
                merged = settings["webhook_timing"] == "merged"
                wait = "webhook_merge_seconds" if merged else "webhook_delay"
                postman.post(delivery, settings[wait])
                if merged:
                    postman.replace(delivery)
        return early

    def listeners(self, event: str, company: int) -> list[Record]:
        """Return the subscriptions that are told of an event in a company's books."""
        return [
            record
            for record in self._subscriptions.values()
            if record["event"] == event
            and record["status"] == ACTIVE
            and self._hears(record, company)
        ]

    def _hears(self, record: Record, company: int) -> bool:
        key = self._system.access.keys.get(record["_token"])
        if key is None or not key.alive:
            return False
        if self._system.settings["office_webhooks"] == "client":
            return company == record["_company"]
        return company == key.company_id or company in key.clients

    def delivery(
        self,
        subscription: Record,
        event: str,
        company: int,
        key: int,
        values: Record | None = None,
    ) -> Delivery:
        """Return a webhook of an object as it is now.

        :param key: id of the object
        :param values: what is to differ from the object
        """
        books = self._system.books(company)
        value = self.value(books, event, key, subscription["fields"])
        if values:
            value = {**(value or {"id": key}), **values}
        body = {
            "subscriptionId": subscription["id"],
            "event": event,
            "id": key,
            "value": value,
        }
        return Delivery(
            owner=subscription["id"],
            url=subscription["targetUrl"],
            headers=self.headers(subscription, str(uuid.uuid4()), dump_json(body)),
            body=dump_json(body),
            topic=(subscription["id"], company, key),
        )

    @staticmethod
    def value(books: Books, event: str, key: int, fields: str) -> Record | None:
        """Return an object as `fields` wants it; None if it is gone."""
        model = model_of(event)
        record = books.find(model, key) if model else None
        if model is None or record is None or event.endswith(".delete"):
            return None
        return projection(model, fields).build(record, books.find)

    @staticmethod
    def headers(subscription: Record, key: str, body: bytes) -> dict[str, str]:
        """Return the headers of a delivery, signed where a secret was given."""
        found = {
            "Content-Type": "application/json; charset=utf-8",
            "idempotency-key": key,
        }
        if subscription.get("authHeaderName"):
            found[subscription["authHeaderName"]] = subscription["_auth"]
        if subscription["_secret"]:
            found["x-request-signature"] = signature(subscription["_secret"], key, body)
        return found

    def outcome(self, delivery: Delivery, taken: bool) -> float | None:
        """Count failures; return the seconds until the next attempt, or None.

        The last attempt that fails disables the subscription, unless another delivery
        got through since the first.
        """
        with self._system.lock:
            record = self._subscriptions.get(delivery.owner)
            if record is None or not delivery.retries:
                return None
            record["_errors"] = 0 if taken else record["_errors"] + 1
            pauses = self._system.settings["webhook_retries"]
            attempts = len(delivery.attempts)
            if record["status"] != ACTIVE:
                return None
            if taken or attempts <= len(pauses):
                return None if taken else float(pauses[attempts - 1])
            if record["_errors"] >= attempts:
                self.disable(record, TOO_MANY_ERRORS)
            return None

    def disable(self, record: Record, status: str) -> None:
        """Stop a subscription; what is on its way for it is dropped."""
        record["status"] = status
        record["version"] += 1
        self._subscriptions.changed(record["id"])
        self._system.postman.drop(record["id"])
