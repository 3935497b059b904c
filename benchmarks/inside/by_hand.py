# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records created and written one by one, with and without the addons."""

from __future__ import annotations

from cProfile import Profile
from pstats import Stats
from typing import Any

from odoo import api
from odoo.modules.registry import Registry

from .meters import stopwatch


def run(env: Any, other: str, model: str, count: int, turns: int) -> dict[str, Any]:
    """Write in this database and in *other* in turns, by the same person.

    Turns are short, so that what else the machine does meets both alike.

    :param other: database without the addons; *env* is the one that has them
    :param model: what is written: ``res.partner`` or ``product.product``
    :param count: records in each turn
    :return: for ``create`` and ``write``, ``with`` and ``without``: the ``seconds`` of
        each turn, the ``queries`` of one record, the function ``calls`` of a turn
    """
    env.cr.commit()
    with Registry(other).cursor() as cr:
        person = env.ref("base.user_admin").id
        desks = {
            "without": _Desk(api.Environment(cr, person, {}), model),
            "with": _Desk(env(user=person), model),
        }
        for desk in desks.values():
            desk.create(count)
            desk.write(0)
        for number in range(1, turns + 1):
            # What comes second finds warmer processor caches.
            for name in sorted(desks, reverse=bool(number % 2)):
                desks[name].turn(count, number)
        for desk in desks.values():
            desk.count_calls(count)
        return {
            kind: {name: desk.results[kind] for name, desk in desks.items()}
            for kind in ("create", "write")
        }


class _Desk:
    """A person at work in one database."""

    def __init__(self, env: Any, model: str) -> None:
        self.env = env
        self.model = model
        self.ids: list[int] = []
        self.results: dict[str, dict[str, Any]] = {
            kind: {"seconds": [], "queries": 0.0, "calls": 0}
            for kind in ("create", "write")
        }

    def turn(self, count: int, number: int) -> None:
        """Create *count* records and write each once."""
        self.ids.clear()
        self._measure("create", count, lambda: self.create(count))
        self._measure("write", count, lambda: self.write(number))

    def _measure(self, kind: str, count: int, work: Any) -> None:
        before = self.env.cr.sql_log_count
        result = self.results[kind]
        with stopwatch(result["seconds"]):
            work()
        result["queries"] = (self.env.cr.sql_log_count - before) / count

    def count_calls(self, count: int) -> None:
        """Count Python's function calls in one more turn of *count* records."""
        works = {
            "create": lambda: self.create(count),
            "write": lambda: self.write(0),
        }
        for kind, work in works.items():
            profile = Profile()
            profile.runcall(work)
            self.results[kind]["calls"] = Stats(profile).total_calls

    def create(self, count: int) -> None:
        """Create records, each in a transaction of its own, as the form does."""
        for number in range(count):
            record = self.env[self.model].create(NEW[self.model](number))
            self.ids.append(record.id)
            self.env.cr.commit()

    def write(self, number: int) -> None:
        """Write the records, each in a transaction of its own."""
        for record_id in self.ids:
            record = self.env[self.model].browse(record_id)
            record.write(CHANGED[self.model](number))
            self.env.cr.commit()


def _partner(number: int) -> dict[str, Any]:
    return {
        "name": f"Kunde {number}",
        "email": f"kunde{number}@example.org",
        "phone": f"+47 22 00 {number:04}",
        "street": f"Storgata {number}",
        "zip": "0155",
        "city": "Oslo",
        "is_company": True,
    }


def _product(number: int) -> dict[str, Any]:
    return {
        "name": f"Vare {number}",
        "default_code": f"V-{number}",
        "list_price": 100.0 + number,
        "description_sale": f"Vare nr. {number}",
    }


#: Values of new records, and of changed ones, by model.
NEW = {"res.partner": _partner, "product.product": _product}
CHANGED = {
    "res.partner": lambda number: {"street": f"Kirkegata {number}", "city": "Bergen"},
    "product.product": lambda number: {"name": f"Ny {number}", "list_price": 9.0},
}
