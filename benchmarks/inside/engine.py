# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Instruments on the engine: queries of pages, values for the ORM, times of calls."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from odoo.addons.ledger_connector_base.sync import writing
from odoo.addons.ledger_connector_base.sync.pull import Pull

from .meters import Watch


@dataclass
class PageMeter:
    """Counts what a pull asks the database on its own cursor, page by page.

    ``queries`` has one number for each page: those of the page itself and of asking
    the connector for it.
    """

    queries: list[int] = field(default_factory=list)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Count the pulls that run meanwhile."""
        original = Pull._page
        last: dict[int, int] = {}

        def counted(pull: Any, page: Any) -> None:
            cr = pull.run.env.cr
            before = last.get(id(pull), cr.sql_log_count)
            original(pull, page)
            last[id(pull)] = cr.sql_log_count
            self.queries.append(cr.sql_log_count - before)

        Pull._page = counted
        try:
            yield
        finally:
            Pull._page = original


@contextmanager
def timing(owner: Any, name: str, watch: Watch) -> Iterator[None]:
    """Let *watch* run in each call of *owner*'s function *name*."""
    original = getattr(owner, name)

    def timed(*arguments: Any, **named: Any) -> Any:
        with watch.running():
            return original(*arguments, **named)

    with _in_place_of(owner, name, timed):
        yield


@contextmanager
def keeping_calls(name: str, calls: list[dict[str, Any]]) -> Iterator[None]:
    """Keep what the engine hands to ``sync.writing.<name>`` and what came of it.

    :param name: ``create`` or ``write``
    :param calls: filled with dicts of ``model``, ``context``, ``uid``, ``values``,
        ``results``, in order
    """
    original = getattr(writing, name)

    def keep(model: Any, values: list[Any]) -> list[Any]:
        kept = {
            "model": model._name,
            "context": dict(model.env.context),
            "uid": model.env.uid,
            "values": copy.deepcopy(values),
        }
        calls.append({**kept, "results": original(model, values)})
        return calls[-1]["results"]

    with _in_place_of(writing, name, keep):
        yield


@contextmanager
def _in_place_of(owner: Any, name: str, function: Callable) -> Iterator[None]:
    original = getattr(owner, name)
    setattr(owner, name, function)
    try:
        yield
    finally:
        setattr(owner, name, original)
