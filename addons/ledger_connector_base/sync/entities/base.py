# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every entity can do; each kind adds what only it knows."""

from __future__ import annotations

from typing import Any

from odoo.tools import html2plaintext


class Entity:
    """One of our words (partner, product, …) and the Odoo model behind it.

    ``name``         the word
    ``model``        the Odoo model
    ``number_field`` field with the number that ``number_policy`` is about
    ``scope_field``  only records with the same value of it are matched
    ``distinct_field`` two records that both have it, and not the same, are two
    ``series_fields``  match fields whose numbers come from more than one series
    ``match_keys``   ``(field, reason, sure)`` by which local records are found
    ``ready_fields`` fields that decide whether a record may be sent
    ``answer_fields`` fields that the vendor's answer to a sending fills in Odoo
    ``document``     it is booked once; there is no register of it to be matched
    ``runner``       class that runs its reading flows, None for the engine's own
    """

    name = ""
    model = ""
    number_field = ""
    scope_field = ""
    distinct_field = ""
    series_fields: frozenset[str] = frozenset()
    match_keys: tuple[tuple[str, str, bool], ...] = ()
    ready_fields: tuple[str, ...] = ()
    answer_fields: frozenset[str] = frozenset()
    document = False
    runner: Any = None

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

    def text(self, env, field: str, value: Any) -> str:
        """Return a mapped value of *field* as people read it."""
        definition = env[self.model]._fields.get(field)
        if value in (None, False, "", []):
            return (
                env._("no")
                if definition and definition.type == "boolean" and value is False
                else ""
            )
        if definition and definition.type == "boolean":
            return env._("yes")
        if definition and definition.type == "html":
            return html2plaintext(value).strip()
        if definition and definition.relational:
            return self._names(env, definition, value)
        return str(value)

    def _names(self, env, definition, value: Any) -> str:
        """Return the names of linked records, or the rows of a list."""
        if isinstance(value, int):
            value = [value]
        if any(isinstance(one, dict) for one in value):
            return "\n".join(", ".join(map(str, row.values())) for row in value)
        records = env[definition.comodel_name].browse(value).exists()
        return ", ".join(records.mapped("display_name"))

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

    def known(self, env) -> bool:
        """Tell whether the database of *env* has what the entity needs."""
        return self.model in env

    # === SENDING === #

    def outgoing_domain(self) -> list[Any]:
        """Domain of the records that are ready to be sent."""
        return []

    def number(self, record) -> str:
        """Return Odoo's own number of *record*, "" if it has none."""
        return (record[self.number_field] or "") if self.number_field else ""

    def rows(self, record, field: str):
        """Return the rows of the list *field* in the order in which they are sent."""
        return record[field]

    def check_outgoing(self, run, record) -> Any:
        """Refuse to send what would be booked wrongly.

        :return: ``sync.balance.Difference`` that the vendor takes, or None
        :raises Problem: it has to be mended first
        """

    def withdrawn(self, run, record) -> Any:
        """Return the Problem of a record that is there and must not be sent now.

        E.g. an invoice that was booked there and reset to draft in Odoo.
        """
        return None

    def is_cancelled(self, record) -> bool:
        """Tell whether *record* was cancelled for good, not just reopened."""
        return False

    def check_booked(self, run, record) -> Any:
        """Return the Problem of what is booked there and unchanged, or None."""
        return None

    def check_answer(self, run, record, vals: dict[str, Any]) -> Any:
        """Return the Problem of what was booked there, or None.

        :param vals: what the pull's mapping makes of the vendor's answer
        """
        return None


def _same_float(one: float, other: float, digits) -> bool:
    rounding = 10 ** -digits[1] if digits else 1e-9
    return abs(one - other) < rounding / 2
