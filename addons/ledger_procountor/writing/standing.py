# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One invoice as it stands there, and its ways from one status to the next (§3).

Statuses are looked at before they are changed, so that every way may be gone again
after an answer was lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from odoo.addons.ledger_connector_base.transport.errors import LedgerError, only_reading

from ..client import codes, id_of, text_of

if TYPE_CHECKING:
    from ..client import ProcountorClient

Record = dict[str, Any]

#: Settings that approve, and the one that sends as well.
APPROVING = ("approve", "send")
SENDING = "send"


class Standing:
    """An invoice that is there.

    :param there: the vendor's record, whole
    :ivar touched: it was changed since *there* was read
    """

    def __init__(self, client: ProcountorClient, there: Record) -> None:
        self.client = client
        self.there = there
        self.touched = False
        #: We have seen to it ourselves that the status is the one in ``there``.
        self._sure = False

    @property
    def id(self) -> str:
        """The vendor's id."""
        return id_of(self.there.get("id"))

    @property
    def number(self) -> str:
        """The number that the vendor gave it."""
        return text_of(self.there.get("invoiceNumber")) or self.id

    @property
    def status(self) -> str:
        """The status when it was looked at last."""
        return text_of(self.there.get("status"))

    @property
    def silent(self) -> bool:
        """It is not sent to anybody by Procountor."""
        return self.there.get("invoiceChannel") == codes.NO_SENDING

    def look(self) -> None:
        """Read it anew; one that is gone stays as it was.

        :raises LedgerError: it could not be asked; nothing was sent
        """
        with only_reading():
            found = self.client.one("invoices", self.id)
        self.there = found or self.there

    # === ONWARDS === #

    def approve(self) -> None:
        """Approve it, unless that was done."""
        if self.status == codes.UNFINISHED:
            after = codes.APPROVED if self.silent else codes.NOT_SENT
            self._move(self.client.invoices.approve, after)
            self._sure = True

    def send(self) -> None:
        """Send it, unless that was done or nobody gets it from Procountor.

        (§3) A second ``send`` goes out a second time. What was read some time ago is
        therefore read again.
        """
        if self.silent or self.status != codes.NOT_SENT:
            return
        if not self._sure:
            self.look()
        if self.status == codes.NOT_SENT:
            self._move(self.client.invoices.send, codes.SENT)

    def finish(self, wanted: str) -> None:
        """Approve and send it as far as is *wanted*.

        :param wanted: ``unfinished``, ``approve`` or ``send``
        """
        if wanted in APPROVING:
            self.approve()
        if wanted == SENDING:
            self.send()

    # === BACK === #

    def unfinish(self) -> None:
        """Open it for changes, unless it is open."""
        if self.status in codes.REOPENED:
            self._move(self.client.invoices.unfinish, codes.UNFINISHED)

    def invalidate(self) -> None:
        """Void it, from any status in which that can be done."""
        self.unfinish()
        if self.status == codes.UNFINISHED:
            self._move(self.client.invoices.invalidate, codes.INVALIDATED)

    def _move(self, step: Callable[[str], None], after: str) -> None:
        """Take one step; where somebody else took one meanwhile, go on from there.

        :raises LedgerError: it was refused, or nobody knows (``sent``)
        """
        before = self.status
        try:
            step(self.id)
        except LedgerError as error:
            if error.sent or error.status != 403:
                raise
            self.look()
            if self.status == before:
                raise
        else:
            self.there = {**self.there, "status": after}
        self.touched = True
