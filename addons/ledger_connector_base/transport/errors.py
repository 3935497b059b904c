# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can go wrong between us and a vendor, one class per kind of failure.

Every text in these exceptions is masked before it gets here: they may be shown, logged
and stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """One validation message of a vendor.

    :param field: the vendor's name of the field, empty if it is about no single one
    :param message: the vendor's sentence, without markup
    :param path: where in the sent body the field is, empty if the vendor does not say
    """

    field: str
    message: str
    path: str = ""


class LedgerError(Exception):
    """A call, a secret or a token failed.

    :param message: English, technical, masked
    :param code: stable word for the kind of failure, or the vendor's own code
    :param status: HTTP status, None when there was no answer
    :param request_id: the vendor's name for the call, for its support
    :param retry_after: seconds to wait before it makes sense to try again
    :param sent: the vendor may have worked on the call although it failed here
    :param problems: validation messages
    :ivar facts: figures for the sentence that people read, by name
    """

    code = "error"

    def __init__(
        self,
        message: str = "",
        *,
        code: str | None = None,
        status: int | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        sent: bool = False,
        problems: Iterable[Problem] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.status = status
        self.request_id = request_id
        self.retry_after = retry_after
        self.sent = sent
        self.problems = tuple(problems)
        self.facts: dict[str, Any] = {}


class ConnectionFailed(LedgerError):
    """The vendor was not reached: nothing was sent."""

    code = "connect"


class InsecureAddress(ConnectionFailed):
    """The address is not https, so nothing was sent to it."""

    code = "address"


class AnswerLost(LedgerError):
    """The call was sent, its answer did not arrive or broke off."""

    code = "lost"


class TimedOut(LedgerError):
    """No complete answer within the allowed time; ``sent`` tells how far it got."""

    code = "timeout"


class NoTimeLeft(TimedOut):
    """The run's time is up: what there is not enough of it for was not begun.

    Nobody is at fault, and the next run goes on there. ``sent`` is only said of a
    reading that the run's end cut off.
    """


class BadAnswer(LedgerError):
    """The answer arrived but is no answer of the vendor's API."""

    code = "bad_answer"


class LimitReached(LedgerError):
    """No further call is allowed for ``retry_after`` seconds.

    The fact ``until`` is the moment at which they are over, UTC.
    """

    code = "limit"
    UNKNOWN_WAIT = 60.0

    def __init__(
        self,
        message: str = "",
        *,
        code: str | None = None,
        status: int | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        if retry_after is None:
            retry_after = self.UNKNOWN_WAIT
        super().__init__(
            message,
            code=code,
            status=status,
            request_id=request_id,
            retry_after=retry_after,
        )
        now = datetime.now(timezone.utc)
        self.facts["until"] = now + timedelta(seconds=retry_after)


class VendorError(LedgerError):
    """The vendor answered with an error of its own; ``code`` is the vendor's."""

    code = "http"


class NotAuthorised(LedgerError):
    """The vendor does not accept the credentials."""

    code = "auth"


class MissingSecret(LedgerError):
    """A secret that is needed has not been entered; the message is its label."""

    code = "missing_secret"


class WrongKey(LedgerError):
    """Secrets cannot be read: the encryption key is missing, broken or another one."""

    code = "wrong_key"


@contextmanager
def only_reading() -> Iterator[None]:
    """Errors in here say nothing of what is to be written: it was not sent yet.

    :raises LedgerError: as it came, but not ``sent``
    """
    try:
        yield
    except LedgerError as error:
        error.sent = False
        raise
