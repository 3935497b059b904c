# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a run would change, in the words of people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

#: Lines of the mapping that are the same for every new record.
TECHNICAL = ("constant", "rank")


class Texts:
    """Labels and values of a flow's changes.

    :param flow: ``ledger.flow`` record
    """

    def __init__(self, flow: Any) -> None:
        self.env = flow.env
        self.flow = flow
        self.lines = flow.mapping_ids.filtered("active")

    def of(self, change: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Yield label, old and new text of each field of *change*.

        :param change: one dict of ``ledger.flow.preview()``
        """
        raise NotImplementedError

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        if isinstance(value, list):
            return self.env._("%(count)s lines", count=len(value))
        return "" if value is None else str(value)


class PullTexts(Texts):
    """Changes of Odoo's records, by their fields."""

    def of(self, change: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """See :class:`Texts`; what a new record has anyway is left out."""
        model = self.env[change["model"]]
        changes = change["changes"]
        if change["action"] == "created":
            changes = self._told(change["resource"], model, changes)
        for name, (old, new) in changes.items():
            field = model._fields.get(name)
            label = field._description_string(self.env) if field else name
            yield label, self._text(field, old), self._text(field, new)

    def _told(self, resource: str, model: Any, changes: dict) -> dict:
        """Return what the system says of a new record, not what Odoo adds."""
        told = {
            line.field_path.partition("/")[0]
            for line in self.lines
            if line.resource == resource and line.converter not in TECHNICAL
        }
        names = told & set(changes)
        defaults = model.default_get(list(names))
        return {
            name: changes[name]
            for name in changes
            if name in names and changes[name][1] != defaults.get(name)
        }

    def _text(self, field: Any, value: Any) -> str:
        """Return a value as a person reads it: names for ids, rows counted."""
        if field is not None and field.type == "boolean":
            return self._plain(value) if value is not None else ""
        if value in (None, False, "", []):
            return ""
        if field is not None and field.relational:
            return self._names(field, value if isinstance(value, list) else [value])
        if field is not None and field.type == "selection":
            value = dict(field._description_selection(self.env)).get(value, value)
        return self._plain(value)

    def _names(self, field: Any, ids: list[Any]) -> str:
        if isinstance(ids[0], dict):
            return self._plain(ids)
        records = self.env[field.comodel_name].browse(ids).exists()
        return ", ".join(records.mapped("display_name")) or self.env._("(new)")


class PushTexts(Texts):
    """Changes of the system's records, by its paths."""

    def of(self, change: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """See :class:`Texts`; what every new record has is left out."""
        told = set()
        for path, (old, new) in change["changes"].items():
            line = self._line(change["resource"], path)
            if change["action"] == "created" and self._is_usual(line, new):
                continue
            label = line._label() if line else path
            text = label, self._text(line, old), self._text(line, new)
            # One field of Odoo may fill several of the system's.
            if text not in told and any(text[1:]):
                told.add(text)
                yield text

    def _is_usual(self, line: Any, value: Any) -> bool:
        """Tell whether a new record of Odoo has it without anybody's doing."""
        if line.converter in TECHNICAL:
            return True
        if line.converter not in ("boolean", "not"):
            return False
        return value is _said(line, line._model().default_get([line.field_path]))

    def _line(self, resource: str, path: str) -> Any:
        return self.lines.filtered(
            lambda line: (
                line.resource == resource
                and (
                    line.remote_path == path
                    or line.remote_path.partition("[]")[0] + "[]" == path
                )
            )
        )[:1]

    def _text(self, line: Any, value: Any) -> str:
        """Return a value as a person reads it: names for the system's ids."""
        if isinstance(value, bool):
            return self._plain(value != (line.converter == "not"))
        if value and line.converter == "reference":
            return self._label_of(line.argument, value)
        if value and line.converter in ("value", "values"):
            return self._label_of_value(line.argument, value)
        return self._plain(value)

    def _label_of(self, resource: str, external_id: Any) -> str:
        linked = self.env["ledger.binding"].search(
            [
                ("connection_id", "=", self.flow.connection_id.id),
                ("resource", "=", resource),
                ("external_id", "=", str(external_id)),
            ],
            limit=1,
        )
        return linked.label or str(external_id)

    def _label_of_value(self, kind: str, code: Any) -> str:
        value = self.env["ledger.value.mapping"].search(
            [
                ("connection_id", "=", self.flow.connection_id.id),
                ("kind", "=", kind),
                ("remote_code", "=", str(code)),
            ],
            limit=1,
        )
        return value.remote_label or str(code)


def _said(line: Any, values: dict[str, Any]) -> bool:
    return bool(values.get(line.field_path)) != (line.converter == "not")
