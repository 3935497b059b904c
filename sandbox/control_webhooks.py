# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The webhooks of a world from Python, a part of :class:`sandbox.control.World`."""

from __future__ import annotations

from typing import Any


class WebhookControls:
    """Watches, holds, repeats and forges webhooks."""

    def do(self, _name: str, **arguments: Any) -> Any:
        """Do any action by name."""
        raise NotImplementedError

    def webhooks(self) -> dict[str, Any]:
        """Return `subscriptions` and `deliveries`, oldest first.

        A delivery has number, kind (event, resent, sent), subscription, url, state,
        body (parsed), headers, retry_at and attempts: a list of at, status (None if
        nothing was answered), error, seconds.
        """
        return self.do("webhooks")

    def deliveries(self, **wanted: Any) -> list[dict[str, Any]]:
        """Return deliveries whose values are these, such as `state="delivered"`.

        :param wanted: values of a delivery, or event and id of its body
        """

        def fits(found: dict[str, Any]) -> bool:
            body = found["body"] if isinstance(found["body"], dict) else {}
            seen = {**body, **found}
            return all(seen.get(name) == value for name, value in wanted.items())

        return [found for found in self.webhooks()["deliveries"] if fits(found)]

    def hold_webhooks(self, on: bool = True) -> int:
        """Collect events instead of delivering them; `False` releases them all.

        :return: how many are held
        """
        return self.do("hold_webhooks", on=on)

    def release(self, order: str = "kept", seed: int = 1) -> int:
        """Deliver what is held, one after the other; return how many go out.

        :param order: kept, reversed, doubled (each twice, with the same
            `idempotency-key`), shuffled, or dropped (they are lost)
        """
        return self.do("release_webhooks", order=order, seed=seed)

    def wait_for_webhooks(self, timeout: float = 30) -> dict[str, int]:
        """Wait until none is on its way; return how many there are in each state.

        Those held, or waiting for a next attempt by the world's clock, do not count.

        :param timeout: real seconds
        :raise SandboxError: some are still on their way
        """
        return self.do("wait_for_webhooks", timeout=timeout)

    def deliver_now(self) -> int:
        """Make every next attempt and every delayed delivery at once."""
        return self.do("deliver_now")

    def resend_webhook(
        self, number: int, new_key: bool = False, delay: float = 0
    ) -> dict[str, Any]:
        """Deliver the same content once more.

        :param number: of the delivery
        :param new_key: under another `idempotency-key`, signed anew
        :param delay: real seconds to wait first
        """
        return self.do("resend_webhook", number=number, new_key=new_key, delay=delay)

    def send_webhook(
        self,
        event: str,
        id: int,
        values: dict[str, Any] | None = None,
        signature: str = "right",
        subscription: int | None = None,
        key: str | None = None,
        delay: float = 0,
    ) -> list[dict[str, Any]]:
        """Deliver a webhook that nothing caused, to who has subscribed to the event.

        :param values: what differs from the object as it is now
        :param signature: right, wrong, none, or tampered (the body was changed after
            it was signed)
        :param subscription: only to this one, whatever events it is for
        :param key: the `idempotency-key`, else a new one
        :param delay: real seconds to wait first
        """
        return self.do(
            "send_webhook",
            event=event,
            id=id,
            values=values,
            signature=signature,
            subscription=subscription,
            key=key,
            delay=delay,
        )

    def forge_webhook(
        self, event: str, id: int, signature: str = "wrong", **options: Any
    ) -> list[dict[str, Any]]:
        """Deliver a webhook that the vendor never sent, see :meth:`send_webhook`."""
        return self.send_webhook(event, id, signature=signature, **options)

    def stale_webhook(
        self,
        event: str,
        id: int,
        version: int,
        values: dict[str, Any] | None = None,
        **options: Any,
    ) -> list[dict[str, Any]]:
        """Deliver a rightly signed webhook that tells an older version of an object.

        :param version: the older one
        :param values: what the object was like then, where that is not as now
        """
        older = {**(values or {}), "version": version}
        return self.send_webhook(event, id, values=older, **options)

    def disable_subscriptions(
        self, status: str = "DISABLED_TOO_MANY_ERRORS", id: int | None = None
    ) -> int:
        """Give one subscription, or all, a status; return how many."""
        return self.do("disable_subscriptions", status=status, id=id)
