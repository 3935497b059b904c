# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many partners are edited at once, with a push flow that watches and without."""

from __future__ import annotations

import gc
from collections.abc import Callable
from cProfile import Profile
from pstats import Stats
from typing import Any

from .meters import processor_time, stopwatch
from .sending import customers, noted, push_flow, switch_on


def run(env: Any, count: int, singles: int, rounds: int) -> dict[str, Any]:
    """Edit with the flow and without it in turns, in one database.

    :param count: partners that are written by one call
    :param singles: partners that are written one by one, and created by one call
    :param rounds: of the writes by one call; the others are done a third as often
    :return: for each kind of edit, ``with`` and ``without`` the flow, lists with an
        element for each transaction: its ``seconds`` with the commit, the ``processor``
        time of this process and of the database's, and its ``queries``; and the number
        of function ``calls``
    :raises RuntimeError: other records were noted than were edited
    """
    switch_on(env, "partner")
    editor = _Editor(env, count, singles)
    few = max(1, rounds // 3)
    return {
        "one_write": editor.compare(editor.write_all, count, rounds),
        "other_field": editor.compare(editor.write_other_field, 0, few),
        "single_writes": editor.compare(editor.write_each, singles, few),
        "create": editor.compare(editor.create, singles, few),
    }


class _Editor:
    """A person who edits the partners."""

    def __init__(self, env: Any, count: int, singles: int) -> None:
        self.env = env(user=env.ref("base.user_admin").id)
        self.flow = push_flow(env, "partner")
        self.singles = singles
        partners = self.env["res.partner"].with_context(tracking_disable=True)
        self.ids = partners.create(customers(env, count)).ids
        self.env.cr.commit()
        self.number = 0

    def compare(self, edit: Callable, count: int, rounds: int) -> dict[str, Any]:
        """Edit in turns.

        :param edit: what is done in a transaction
        :param count: records that a watching flow has to note then
        """
        names = ("seconds", "processor", "queries")
        results = {which: {name: [] for name in names} for which in ("with", "without")}
        for number in range(rounds + 1):
            # What comes second finds warmer caches.
            for which in sorted(results, reverse=bool(number % 2)):
                self._prepare(which == "with")
                found = self._measure(edit)
                self._check(edit, count if which == "with" else 0)
                for name in names if number else ():
                    results[which][name].append(found[name])
        for which, result in results.items():
            self._prepare(which == "with")
            result["calls"] = self._calls(edit)
        return results

    def _measure(self, edit: Callable) -> dict[str, float]:
        cr = self.env.cr
        queries, processor = cr.sql_log_count, processor_time(cr)
        seconds: list[float] = []
        with stopwatch(seconds):
            edit()
            cr.commit()
        return {
            "seconds": seconds[0],
            "processor": processor_time(cr) - processor,
            "queries": cr.sql_log_count - queries,
        }

    def _calls(self, edit: Callable) -> int:
        profile = Profile()
        profile.runcall(lambda: (edit(), self.env.cr.commit()))
        return Stats(profile).total_calls

    def _prepare(self, watched: bool) -> None:
        """Begin as the next transaction of a worker that is up for a while."""
        self.number += 1
        self.flow.active = watched
        self.env.cr.execute("DELETE FROM ledger_outbox")
        self.env.cr.commit()
        # To switch a flow empties Odoo's caches.
        partner = self.env["res.partner"].create({"name": "Warm-up"})
        partner.write({"website": "https://example.org", "function": "Buyer"})
        self.env.flush_all()
        self.env.cr.rollback()
        gc.collect()

    def _check(self, edit: Callable, count: int) -> None:
        found = noted(self.env)
        if found != count:
            raise RuntimeError(f"{edit.__name__}: {found} noted instead of {count}")

    # === EDITS === #

    def write_all(self) -> None:
        """Write a field that is sent, and cheap: others make Odoo look at addresses."""
        self._partners().write({"website": f"https://kunde{self.number}.example.org"})

    def write_other_field(self) -> None:
        """Write a field that is not sent."""
        self._partners().write({"function": f"Buyer {self.number}"})

    def write_each(self) -> None:
        """Write a field that is sent, one record after the other."""
        for partner_id in self.ids[: self.singles]:
            partner = self.env["res.partner"].browse(partner_id)
            partner.write({"website": f"https://alone{self.number}.example.org"})

    def create(self) -> None:
        """Create new ones."""
        first = (self.number + 1) * len(self.ids)
        self.env["res.partner"].create(customers(self.env, self.singles, first))

    def _partners(self) -> Any:
        return self.env["res.partner"].browse(self.ids)
