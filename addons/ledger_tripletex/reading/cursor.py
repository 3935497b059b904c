# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From where the next run goes on: the connector's own part of a flow's cursor."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Cursor:
    """What is known of the last runs; an empty one means: read everything.

    :param mapping: version of the mapping that the records were read with
    :param at: place in an unfinished run, None between runs
    :param asked: vendor's clock when this run began with a list, by resource
    :param since: the same of the last finished run, for ``changedSince``
    :param ignored: resources whose list did not heed ``changedSince``
    :param sums: checksums of the pages of the last finished run, by their question
    :param fresh: those of this run
    """

    mapping: str = ""
    at: dict[str, Any] | None = None
    asked: dict[str, str] = field(default_factory=dict)
    since: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    sums: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, stored: dict[str, Any] | None, mapping: str) -> Cursor:
        """Return the cursor that :meth:`dump` gave.

        With another mapping everything is read again: the vendor would answer "not
        changed", and the new mapping would never be applied.
        """
        if not stored or stored.get("mapping") != mapping:
            return cls(mapping=mapping)
        return cls(**stored)

    def dump(self) -> dict[str, Any]:
        """Return the cursor as JSON keeps it, independent of later changes."""
        return asdict(self)

    def finish(self) -> None:
        """The run has no further page: what it learnt counts from now on."""
        self.since.update(self.asked)
        self.asked, self.at = {}, None
        self.sums, self.fresh = self.fresh, {}
