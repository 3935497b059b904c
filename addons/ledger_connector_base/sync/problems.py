# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Problems with an owner: who can put it right, and how the cause is recognised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

OWNERS = (
    ("wait", "Wait"),
    ("retry", "Retried by itself"),
    ("record", "Fix the record"),
    ("mapping", "Fix the mapping"),
    ("reconnect", "Reconnect"),
    ("bug", "Report to support"),
)
#: Owners of problems that are not the records': what they hold up simply waits.
NOT_THEIRS = frozenset({"wait", "retry", "reconnect"})
#: Causes of records that are not there any more: they may be created there again.
CREATED_ANEW = frozenset({"deleted_there", "voided_there"})


@dataclass(frozen=True)
class ErrorRule:
    """One line of a vendor's error table.

    :param owner: key of :data:`OWNERS`
    :param sentence: translatable, may use ``%(message)s``, ``%(record)s``,
        ``%(wait)s`` and, where *code* promises them, the error's facts
    :param code: the vendor's (or transport's) code as text, "" for any
    :param status: HTTP status, None for any
    :param contains: text that the vendor's message must contain
    :param outcome: what the error says of a write, see ``sync.contract``: ``stale``,
        ``exists``, ``gone``; "" for ``refused``
    """

    owner: str
    sentence: Any
    code: str = ""
    status: int | None = None
    contains: str = ""
    outcome: str = ""

    def matches(self, code: str, status: int | None, text: str) -> bool:
        """Tell whether an error with *code*, *status* and *text* is meant."""
        return (
            (not self.code or self.code == code)
            and (self.status is None or self.status == status)
            and (not self.contains or self.contains.lower() in text.lower())
        )


class Problem(Exception):
    """A problem that a person can read and someone owns.

    :param owner: key of :data:`OWNERS`
    :param sentence: translated, names record, value and what to do
    :param cause: stable key; records failing for the same cause share it
    :param retry_after: seconds to wait, for owners *wait* and *retry*
    :param value: ``(kind, remote code, remote label)`` of a value without counterpart
    :param waiting_for: ``(resource, external id)`` of a parent that is not there yet
    :param summary: the cause in words that name no single record
    :param question: what a person may agree to, so that it is done, e.g. ``credit``
    """

    def __init__(
        self,
        owner: str,
        sentence: str,
        cause: str = "",
        retry_after: float | None = None,
        value: tuple[str, str, str] | None = None,
        waiting_for: tuple[str, str] | None = None,
        summary: str = "",
        question: str = "",
    ) -> None:
        super().__init__(sentence)
        self.owner = owner
        self.sentence = sentence
        self.cause = cause or f"{owner}:{sentence}"[:200]
        self.retry_after = retry_after
        self.value = value
        self.waiting_for = waiting_for
        self.summary = summary or sentence
        self.question = question

    @property
    def state(self) -> str:
        """State of the binding that ran into the problem."""
        return "waiting" if self.waiting_for else "failed"
