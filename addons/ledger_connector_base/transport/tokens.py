# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Session and access tokens that several workers share."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol


class StoredToken(Protocol):
    """What a store keeps and gives back; :class:`Token` is one."""

    @property
    def values(self) -> dict[str, str]:
        """The secret parts by name, e.g. ``access`` and ``refresh``."""

    @property
    def expires_at(self) -> datetime | None:
        """When it ends, aware; None for a token without end."""


@dataclass(frozen=True)
class Token:
    """A token with its end.

    :param values: the secret parts by name
    :param expires_at: aware; None for a token without end
    """

    values: dict[str, str] = field(repr=False)
    expires_at: datetime | None = None

    def fresh(self, now: datetime, margin: timedelta = timedelta()) -> bool:
        """Tell whether the token still lives *margin* after *now* (aware)."""
        return self.expires_at is None or now + margin < self.expires_at


class TokenStore(Protocol):
    """Keeps tokens by name, so that all workers use the same one."""

    def get(self, name: str) -> StoredToken | None:
        """Return the token called *name*, fresh or not."""

    def renew(
        self,
        name: str,
        stale: StoredToken | None,
        make: Callable[[StoredToken | None], StoredToken],
    ) -> StoredToken:
        """Return a token other than *stale*, kept before it is returned.

        Only one caller at a time makes one; who had to wait gets that one.

        :param stale: the token that does not serve any more; None if there was none
        :param make: called with the stored token, returns the new one
        """

    def forget(self, name: str) -> None:
        """Remove the token called *name*."""


class MemoryTokenStore:
    """A :class:`TokenStore` of one process, for prompts, scripts and tests."""

    def __init__(self) -> None:
        self._tokens: dict[str, StoredToken] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def get(self, name: str) -> StoredToken | None:
        """Return the token called *name*, fresh or not."""
        return self._tokens.get(name)

    def renew(
        self,
        name: str,
        stale: StoredToken | None,
        make: Callable[[StoredToken | None], StoredToken],
    ) -> StoredToken:
        """Return a token other than *stale*, see :class:`TokenStore`."""
        with self._lock:
            lock = self._locks[name]
        with lock:
            stored = self._tokens.get(name)
            if stored and (stale is None or stored.values != stale.values):
                return stored
            token = self._tokens[name] = make(stored)
            return token

    def forget(self, name: str) -> None:
        """Remove the token called *name*."""
        self._tokens.pop(name, None)
