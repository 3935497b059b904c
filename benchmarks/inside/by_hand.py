# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Partners created and written one by one, with and without the addons."""

from __future__ import annotations

from cProfile import Profile
from pstats import Stats
from typing import Any

from odoo import api
from odoo.modules.registry import Registry

from .meters import stopwatch


def run(env: Any, other: str, count: int, turns: int) -> dict[str, Any]:
    """Write in this database and in *other* in turns, by the same person.

    Turns are short, so that what else the machine does meets both alike.

    :param other: database without the addons; *env* is the one that has them
    :param count: partners in each turn
    :return: for ``create`` and ``write``, ``with`` and ``without``: the ``seconds`` of
        each turn, the ``queries`` of one partner, the function ``calls`` of a turn
    """
    env.cr.commit()
    with Registry(other).cursor() as cr:
        person = env.ref("base.user_admin").id
        desks = {
            "without": _Desk(api.Environment(cr, person, {})),
            "with": _Desk(env(user=person)),
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

    def __init__(self, env: Any) -> None:
        self.env = env
        self.partner_ids: list[int] = []
        self.results: dict[str, dict[str, Any]] = {
            kind: {"seconds": [], "queries": 0.0, "calls": 0}
            for kind in ("create", "write")
        }

    def turn(self, count: int, number: int) -> None:
        """Create *count* partners and write each once."""
        self.partner_ids.clear()
        self._measure("create", count, lambda: self.create(count))
        self._measure("write", count, lambda: self.write(number))

    def _measure(self, kind: str, count: int, work: Any) -> None:
        before = self.env.cr.sql_log_count
        result = self.results[kind]
        with stopwatch(result["seconds"]):
            work()
        result["queries"] = (self.env.cr.sql_log_count - before) / count

    def count_calls(self, count: int) -> None:
        """Count Python's function calls in one more turn of *count* partners."""
        works = {
            "create": lambda: self.create(count),
            "write": lambda: self.write(0),
        }
        for kind, work in works.items():
            profile = Profile()
            profile.runcall(work)
            self.results[kind]["calls"] = Stats(profile).total_calls

    def create(self, count: int) -> None:
        """Create partners, each in a transaction of its own, as the form does."""
        for number in range(count):
            partner = self.env["res.partner"].create(
                {
                    "name": f"Kunde {number}",
                    "email": f"kunde{number}@example.org",
                    "phone": f"+47 22 00 {number:04}",
                    "street": f"Storgata {number}",
                    "zip": "0155",
                    "city": "Oslo",
                    "is_company": True,
                }
            )
            self.partner_ids.append(partner.id)
            self.env.cr.commit()

    def write(self, number: int) -> None:
        """Write the partners, each in a transaction of its own."""
        for partner_id in self.partner_ids:
            partner = self.env["res.partner"].browse(partner_id)
            partner.write({"street": f"Kirkegata {number}", "city": "Bergen"})
            self.env.cr.commit()
