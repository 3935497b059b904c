# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What has to be true of the tables, whatever happened to the processes."""

from __future__ import annotations

from collections import Counter

from sandbox.control import World

from .books import Books
from .database import Database

_TWICE = """
SELECT res_model, res_id, resource FROM ledger_binding
 WHERE connection_id = %s AND res_id IS NOT NULL
 GROUP BY res_model, res_id, resource HAVING count(*) > 1
"""
_UNLINKED = """
SELECT {table}.id FROM {table}
 WHERE {table}.id > %s AND NOT EXISTS (
       SELECT FROM ledger_binding
        WHERE res_model = %s AND res_id = {table}.id)
"""


class Tally:
    """Counts the records of a table that came after the tally was begun.

    :param database: which
    :param model: the Odoo model of the table
    """

    def __init__(self, database: Database, model: str) -> None:
        self._database = database
        self._model = model
        self._table = model.replace(".", "_")
        highest = f"SELECT COALESCE(max(id), 0) FROM {self._table}"
        self._last = database.value(highest)

    def count(self) -> int:
        """Return how many records came."""
        counting = f"SELECT count(*) FROM {self._table} WHERE id > %s"
        return self._database.value(counting, self._last)

    def assert_all_linked(self) -> None:
        """Fail on a record that came and is linked to nothing there."""
        query = _UNLINKED.format(table=self._table)
        found = self._database.rows(query, self._last, self._model)
        assert not found, f"{len(found)} records of {self._model} came without a link"


def assert_each_once(
    books: Books, database: Database, resource: str, expected: set[str]
) -> None:
    """Fail unless each remote record has one link to a record of its own.

    :param resource: the vendor's path
    :param expected: the remote ids
    """
    links = books.links(resource)
    there = Counter(link["external_id"] for link in links)
    assert set(there) == expected, _difference(set(there), expected)
    assert max(there.values(), default=1) == 1
    bad = [x for x in links if x["state"] != "linked" or not x["res_id"]]
    assert not bad, f"{len(bad)} of {len(links)} links are not in step: {bad[:3]}"
    assert not database.rows(_TWICE, books.connection)


def remote_ids(world: World, resource: str, company: int | None = None) -> set[str]:
    """Return the ids that a world has of a resource, as text."""
    found = world.objects(resource, company=company, fields="id")
    return {str(one["id"]) for one in found}


def _difference(found: set[str], expected: set[str]) -> str:
    missing, more = sorted(expected - found), sorted(found - expected)
    return f"missing {len(missing)}: {missing[:5]}, too many {len(more)}: {more[:5]}"
