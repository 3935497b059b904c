# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads a body: JSON, Windows-1252, kinds and bounds of fields (dossier §1, §3, §8)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from . import checks, moments
from .errors import Problems, broken, refused
from .fields import Field, Model
from .model import READ_ONLY

NULL = "must not be null"
BLANK_COUNTRY = "Value of the '{path}' cannot be blank."
KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "whole": (int,),
    "number": (int, float),
    "flag": (bool,),
    "day": (str,),
    "moment": (str,),
    "choice": (str,),
    "object": (dict,),
    "objects": (list,),
    "texts": (list,),
}


def parse(body: bytes) -> Any:
    """Return what a JSON body holds.

    :raise ApiError: 400, it is none
    """
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except ValueError:
        raise refused(400, "Request body could not be read as JSON.") from None


class Intake:
    """Takes bodies of one world."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        self.problems = Problems()

    def read(self, model: Model, given: Any, partial: bool = False) -> dict[str, Any]:
        """Return the known fields of a body; what is null is left out.

        What is wrong is noted in `problems`, for the rules to go on with.

        :param partial: nothing is required at the top
        :raise ApiError: 400, it is no object; 500 where texts bring the vendor down
        """
        if not isinstance(given, dict):
            raise refused(400, "Request body has to be an object.")
        return self._object(model, given, "", partial)

    def _object(
        self, model: Model, given: dict[str, Any], path: str, partial: bool = False
    ) -> dict[str, Any]:
        found = {}
        for name, field in model.items():
            value = given.get(name)
            if value is not None:
                found[name] = self._value(field, value, path + name)
            elif field.required and not partial:
                self.problems.add(path + name, NULL)
        self._look_for_unknown(model, given, path)
        return {name: value for name, value in found.items() if value is not None}

    def _look_for_unknown(self, model: Model, given: dict[str, Any], path: str) -> None:
        if self._settings["unknown_fields"] == "refused":
            for name in given.keys() - model.keys() - READ_ONLY:
                self.problems.add(path + name, "Unrecognized field.")

    def _value(self, field: Field, value: Any, path: str) -> Any:
        right = isinstance(value, KINDS[field.kind])
        if not right or (isinstance(value, bool) and field.kind != "flag"):
            self.problems.add(path, "Invalid value.")
            return None
        if field.kind == "object":
            return self._object(field.members, value, f"{path}.")
        return getattr(self, f"_{field.kind}")(field, value, path)

    def _flag(self, field: Field, value: bool, path: str) -> bool:
        return value

    def _text(self, field: Field, value: str, path: str) -> str:
        value = self._known_characters(value, path)
        low, high = field.low or 0, field.high
        if high is not None and len(value) > high:
            if self._settings["long_text"] == "fault":
                raise broken()
            self.problems.add(path, f"size must be between {low} and {high}")
        elif len(value) < low or (field.required and not value.strip()):
            self.problems.add(path, "must not be empty")
        return value

    def _known_characters(self, value: str, path: str) -> str:
        odd = checks.odd_character(value)
        if not odd:
            return value
        how = self._settings["odd_characters"]
        if how == "fault":
            raise broken()
        if how == "refused":
            text = f"Character U+{ord(odd):04X} is not part of Windows-1252."
            self.problems.add(path, text)
        return value.encode("cp1252", "replace").decode("cp1252")

    def _whole(self, field: Field, value: int, path: str) -> int:
        self._bounds(field, value, path)
        return value

    def _number(self, field: Field, value: float, path: str) -> float:
        self._bounds(field, value, path)
        if field.scale is None or _scale(value) <= field.scale:
            return value
        if self._settings["scale"] == "refused":
            self.problems.add(path, f"numeric value out of bounds, scale {field.scale}")
        return round(value, field.scale)

    def _bounds(self, field: Field, value: float, path: str) -> None:
        if field.low is not None and value < field.low:
            self.problems.add(path, f"must be greater than or equal to {field.low:g}")
        if field.high is not None and value > field.high:
            self.problems.add(path, f"must be less than or equal to {field.high:.10g}")

    def _day(self, field: Field, value: str, path: str) -> str:
        try:
            moments.read_day(value)
        except ValueError:
            self.problems.add(path, "Invalid date, expected yyyy-MM-dd.")
        return value

    def _moment(self, field: Field, value: str, path: str) -> str:
        if not moments.is_moment(value):
            self.problems.add(path, "Invalid date-time, expected yyyy-MM-ddTHH:mm:ss.")
            return value
        return moments.whole(value)

    def _choice(self, field: Field, value: str, path: str) -> str | None:
        if value in field.choices:
            return value
        if not value.strip() and path.endswith("ountry"):
            self.problems.add(path, BLANK_COUNTRY.format(path=path))
        else:
            self.problems.add(path, f"Invalid value '{value[:60]}'.")
        return None

    def _objects(self, field: Field, value: list[Any], path: str) -> list[Any]:
        if field.required and not value:
            self.problems.add(path, "must not be empty")
        rows = []
        for place, row in enumerate(value):
            if isinstance(row, dict):
                rows.append(self._object(field.members, row, f"{path}[{place}]."))
            else:
                self.problems.add(f"{path}[{place}]", "Invalid value.")
        return rows

    def _texts(self, field: Field, value: list[Any], path: str) -> list[str]:
        if field.high is not None and len(value) > field.high:
            self.problems.add(path, f"size must be between 0 and {field.high:g}")
        for place, one in enumerate(value):
            if not isinstance(one, str):
                self.problems.add(f"{path}[{place}]", "Invalid value.")
        return [one for one in value if isinstance(one, str)]


def _no_number(name: str) -> float:
    """Refuse what Python would read and JSON has not: NaN and the like."""
    raise ValueError(name)


def _scale(value: float) -> int:
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
