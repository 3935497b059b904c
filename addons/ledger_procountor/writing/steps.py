# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a draft there to a document that is finished (§12, steps 7 to 10).

Each step looks at what is there and does what is missing. Asked again after a failure,
or after an answer was lost, it goes on where it stopped: nothing is attached, sent or
paid twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from odoo.addons.ledger_connector_base.sync.contract import (
    FollowUp,
)
from odoo.addons.ledger_connector_base.sync.problems import NOT_THEIRS, Problem
from odoo.addons.ledger_connector_base.transport.errors import LedgerError, only_reading

from ..client import codes, fit_text, sales_vat_statuses, sums_of, text_of
from . import totals
from .attachments import file_name, pdf_of
from .numbers import number_of
from .paying import marked, open_amount, received
from .standing import APPROVING, SENDING, Standing
from .told import void

if TYPE_CHECKING:
    from .finisher import Finisher

Record = dict[str, Any]

_lt = LazyTranslate(__name__)
_NOT_ATTACHED = _lt(
    "%(record)s is in Procountor as invoice %(number)s, but its PDF could not be "
    "attached, so it goes no further there: %(reason)s"
)
_NOT_ROUNDED = _lt(
    "%(record)s is in Procountor as invoice %(number)s, but the row that rounds its "
    "total could not be added, so it goes no further there: %(reason)s"
)
_NOT_APPROVED = _lt(
    "%(record)s is in Procountor as invoice %(number)s, but it could not be approved "
    "there: %(reason)s"
)
_NOT_SENT = _lt(
    "%(record)s is in Procountor as invoice %(number)s and approved, but it could not "
    "be sent from there: %(reason)s"
)
_NOT_PAID = _lt(
    "%(record)s is in Procountor as invoice %(number)s, but it could not be marked as "
    "paid there: %(reason)s"
)
#: (§3.6) What is attached later does not reach the customer.
_BEFORE_SENDING = codes.VOIDED
#: (§3.5) Payments are taken by these.
_PAYABLE = frozenset({codes.NOT_SENT, codes.APPROVED, codes.SENT, codes.PARTLY_PAID})
_PAID = codes.SETTLED | {codes.PARTLY_PAID}
#: Words for an old version (§7), by the status that it is refused with.
STALE_CODES = ("stale", "conflict")
#: What the client of a run has learnt: VAT statuses of sales.
_VATS = "steps.vats"


class Steps:
    """The steps of one document.

    :param house: what is common to all
    :param one: what is to be finished
    :param standing: it, as it stands there
    """

    def __init__(self, house: Finisher, one: FollowUp, standing: Standing) -> None:
        self.house = house
        self.env = house.env
        self.client = house.client
        self.settings = house.connection
        self.op = one.operation
        self.record = one.record
        self.standing = standing

    def take(self) -> None:
        """Do what is missing, in the order that the vendor asks for (§3.6, §12).

        :raises Problem: a step was refused, the sentence says which
        :raises LedgerError: it concerns all documents, or (``sent``) nobody knows
        """
        self._check_void()
        self._attach()
        self._round()
        wanted = self.settings.procountor_finish
        if wanted in APPROVING:
            with self._telling(_NOT_APPROVED):
                self.standing.approve()
        if wanted == SENDING:
            with self._telling(_NOT_SENT):
                self.standing.send()
        self._mark_paid()

    @contextmanager
    def _telling(self, sentence: Any) -> Iterator[None]:
        """Say which step was refused, and that the document is there all the same."""
        try:
            yield
        except (LedgerError, UserError, Problem) as error:
            if getattr(error, "sent", False):
                raise
            problem = self.house.explain(error, self.op.name)
            if problem.owner in NOT_THEIRS and not _is_forbidden(error):
                raise
            raise self._stopped(sentence, problem) from error

    def _stopped(self, sentence: Any, problem: Problem) -> Problem:
        facts = {
            "record": self.op.name,
            "number": self.standing.number,
            "reason": problem.sentence,
        }
        text = str(sentence) % facts
        owner = "record" if problem.owner in NOT_THEIRS else problem.owner
        return Problem(owner, text, cause=problem.cause, summary=problem.summary)

    def _check_void(self) -> None:
        """Say that nothing stands there, whoever voided it.

        :raises Problem: it is void
        """
        if self.standing.status == codes.INVALIDATED:
            raise void(self.env, self.op.name, self.standing.number)

    # === THE PDF === #

    def _attach(self) -> None:
        if not self.settings.procountor_attach_pdf:
            return
        if self.standing.status not in _BEFORE_SENDING:
            return
        if "attachments" not in self.standing.there:
            self.standing.look()
        name = file_name(self.op.number or self.op.name)
        attached = self.standing.there.get("attachments") or ()
        if any(text_of(one.get("name")) == name for one in attached):
            return
        with self._telling(_NOT_ATTACHED):
            self.client.invoices.attach(self.standing.id, name, pdf_of(self.record))
            self.standing.touched = True

    # === THE TOTAL === #

    def _round(self) -> None:
        """Add a row where only rounding is missing to Odoo's total (§11).

        :raises Problem: more is missing
        """
        if self.standing.status != codes.UNFINISHED:
            return
        missing = self._missing()
        if missing and totals.is_rounding(self.standing.there, missing):
            with self._telling(_NOT_ROUNDED):
                self._add_row(missing)
            missing = self._missing()
        if missing:
            raise self._other_total()

    def _missing(self) -> Decimal:
        currency = self.record.currency_id.name
        return totals.difference(self.standing.there, currency, total_of(self.record))

    def _add_row(self, missing: Decimal) -> None:
        """Send the whole with a row more; what somebody changed meanwhile is read."""
        for again in (True, False):
            body = totals.rounded_body(self.standing.there, missing, self._vat_status())
            try:
                made = self.client.invoices.update(self.standing.id, body)
            except LedgerError as error:
                if not again or error.sent or error.code not in STALE_CODES:
                    raise
                self.standing.look()
                if self._missing() != missing:
                    return
            else:
                self.standing.there = made.data or self.standing.there
                self.standing.touched = True
                return

    def _vat_status(self) -> int | None:
        """Return the status of what is no turnover, None if the company has none."""
        learnt = self.client.learnt
        if _VATS not in learnt:
            with only_reading():
                learnt[_VATS] = sales_vat_statuses(self.client.company.vats())
        statuses = {one.number for one in learnt[_VATS]}
        return totals.WITHOUT_VAT if totals.WITHOUT_VAT in statuses else None

    def _other_total(self) -> Problem:
        currency = self.record.currency_id
        sums = sums_of(self.standing.there, currency.name)
        return Problem(
            "record",
            self.env._(
                "%(record)s is in Procountor as invoice %(number)s with a total of "
                "%(theirs)s; in Odoo it is %(ours)s. It goes no further there. Correct "
                "it there, or invalidate it there and let it be created again.",
                record=self.op.name,
                number=self.standing.number,
                theirs=currency.format(float(sums.gross)),
                ours=currency.format(float(total_of(self.record))),
            ),
            cause="booked_otherwise",
            summary=self.env._(
                "Invoices have other totals in Procountor than in Odoo, and go no "
                "further there. Correct them there, or invalidate them there and let "
                "them be created again."
            ),
        )

    # === THE PAYMENT === #

    def _mark_paid(self) -> None:
        """Note what was paid in Odoo, as far as it is open there (§3.5)."""
        paid_by = self.settings.procountor_mark_paid
        if not paid_by or self.standing.status not in _PAYABLE:
            return
        money = received(self.record)
        if not money:
            return
        with self._telling(_NOT_PAID):
            left = not self._was_paid_before() and self._open(self._note())
            if not left:
                return
            self.client.invoices.mark_paid(
                self.standing.id,
                day=money.day,
                amount=marked(left, money.amount),
                currency=self.record.currency_id.name,
                paid_by=paid_by,
                description=self._note(),
            )
            self.standing.touched = True

    def _note(self) -> str:
        """Return what our payment says there: by it, it is known again."""
        return fit_text(f"Odoo {self._number()}")[:140]

    def _number(self) -> str:
        return number_of(self.op.number or self.op.name, self.op.generation)

    def _open(self, note: str) -> Decimal:
        """Return what may be marked as paid; nothing if that was done before."""
        with only_reading():
            events = list(self.client.invoices.payment_events(self.standing.id))
        if any(text_of(event.get("description")) == note for event in events):
            return Decimal(0)
        sums = sums_of(self.standing.there, self.record.currency_id.name)
        return open_amount(sums.gross, events) if sums else Decimal(0)

    def _was_paid_before(self) -> bool:
        """Tell whether the money stands on a document that this one replaced.

        There a bookkeeper sets it off: marked here, it would be booked twice.
        """
        number = self.op.number or self.op.name
        with only_reading():
            return any(
                one.get("status") in _PAID
                for generation in range(1, self.op.generation)
                for one in self.client.invoices.find(number_of(number, generation))
            )


def _is_forbidden(error: Exception) -> bool:
    """(§8) Rights to one step, or its status: all other calls may be allowed."""
    return isinstance(error, LedgerError) and error.status == 403


def total_of(record: Any) -> Decimal:
    """Return Odoo's total of what is sent, negative for a credit note.

    Down payments of an order are invoiced by themselves, and not sent with it.

    :param record: ``account.move`` or ``sale.order``
    """
    total = _exact(record.amount_total)
    if record._name == "account.move":
        return -total if record.move_type == "out_refund" else total
    before = record.order_line.filtered("is_downpayment")
    return total - sum(map(_exact, before.mapped("price_total")), Decimal(0))


def _exact(amount: float) -> Decimal:
    return Decimal(str(amount))
