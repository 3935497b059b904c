# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every entity can do; each kind adds what only it knows."""

from __future__ import annotations

from typing import Any


class Entity:
    """One of our words (partner, product, …) and the Odoo model behind it.

    ``name``         the word
    ``model``        the Odoo model
    ``number_field`` field with the number that ``number_policy`` is about
    ``scope_field``  only records with the same value of it are matched
    ``distinct_field`` two records that both have it, and not the same, are two
    ``series_fields``  match fields whose numbers come from more than one series
    ``match_keys``   ``(field, reason, sure)`` by which local records are found
    """

    name = ""
    model = ""
    number_field = ""
    scope_field = ""
    distinct_field = ""
    series_fields: frozenset[str] = frozenset()
    match_keys: tuple[tuple[str, str, bool], ...] = ()

    def prepare(self, run, item, vals: dict[str, Any], record=None) -> dict[str, Any]:
        """Return the values to create (*record* is None) or to write.

        :param run: the ``sync.run.Run``
        :param item: the ``sync.run.Item``; its mapping's values are in *vals*
        :raises Problem: the record cannot become an Odoo record
        """
        vals = dict(vals)
        if self.number_field in vals:
            policy = item.plan.number_policy
            if policy == "odoo" or (policy == "both" and record is not None):
                del vals[self.number_field]
        return vals

    def command(self, run, field: str, value: Any) -> Any:
        """Return *value* as ORM commands where *field* is a list."""
        return value

    def current(self, record, field: str) -> Any:
        """Return the value of *field* in the shape that the mapping gives."""
        value = record[field]
        kind = record._fields[field].type
        if kind == "many2one":
            return value.id
        if kind in ("many2many", "one2many"):
            return sorted(value.ids)
        return value

    def same(self, run, record, field: str, value: Any) -> bool:
        """Tell whether *field* of *record* already is *value*, as Odoo keeps it."""
        definition = record._fields[field]
        now = self.current(record, field)
        if definition.type == "monetary":
            currency = record[definition.get_currency_field(record)]
            return bool(currency) and currency.compare_amounts(now, value or 0) == 0
        if definition.type == "float":
            digits = definition.get_digits(run.env)
            return _same_float(now, value or 0.0, digits)
        if definition.type == "html":
            return str(now or "") == str(value or "")
        if isinstance(value, list):
            return now == sorted(value)
        return (now or False) == (value or False)

    def same_values(self, run, field: str, one: Any, other: Any) -> bool:
        """Tell whether two mapped values of *field* are the same."""
        return one == other or (not one and not other and one != 0 and other != 0)

    def check_open(self, run, item, record, changed) -> None:
        """Refuse to write the fields *changed* where *record* is closed for that.

        :raises Problem: a person has to decide
        """

    def written(self, run, items) -> None:
        """Check or finish records after they were created or written.

        Sets ``item.problem`` where something is not as it should be.
        """

    def search_domain(self, run):
        """Domain of the local records that may be matched."""
        return run.env[self.model]._check_company_domain(run.books.company_id)


def _same_float(one: float, other: float, digits) -> bool:
    rounding = 10 ** -digits[1] if digits else 1e-9
    return abs(one - other) < rounding / 2
