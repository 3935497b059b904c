# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was measured: figures with their goals, as a table and as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

AT_LEAST, AT_MOST = ">=", "<="


@dataclass(frozen=True)
class Figure:
    """One measured number.

    :param name: dotted, the scenario first, e.g. ``partners.ratio``
    :param value: in *unit*; None when it could not be measured, *note* says why
    :param goal: the number to compare with; None where there is no goal
    :param sense: ``>=`` or ``<=``
    :param samples: the single rounds that *value* is the median of
    """

    name: str
    value: float | None
    unit: str
    goal: float | None = None
    sense: str = AT_LEAST
    note: str = ""
    samples: tuple[float, ...] = ()

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is nothing to compare."""
        if self.goal is None or self.value is None:
            return None
        if self.sense == AT_LEAST:
            return self.value >= self.goal
        return self.value <= self.goal

    def as_dict(self) -> dict[str, Any]:
        """Return what stands in the JSON file."""
        return {**asdict(self), "met": self.met}


def report(figures: list[Figure], sizes: dict[str, Any]) -> dict[str, Any]:
    """Return the whole report, ready for JSON.

    :param figures: in the order of measuring
    :param sizes: how much was measured, by scenario
    """
    return {
        "measured_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "machine": {
            "processors": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.platform(),
        },
        "sizes": sizes,
        "figures": [figure.as_dict() for figure in figures],
    }


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write the report to *path*."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def table(figures: list[Figure]) -> str:
    """Return the figures as a table for people."""
    rows = [("figure", "value", "unit", "goal", ""), *map(_row, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = []
    for name, value, unit, goal, rest in rows:
        line = (
            f"{name:<{widths[0]}}  {value:>{widths[1]}}  {unit:<{widths[2]}}"
            f"  {goal:<{widths[3]}}  {rest}"
        )
        lines.append(line.rstrip())
    lines.insert(1, "-" * max(map(len, lines)))
    return "\n".join(lines)


def _row(figure: Figure) -> tuple[str, str, str, str, str]:
    goal = "" if figure.goal is None else f"{figure.sense} {_number(figure.goal)}"
    verdict = {None: "", True: "met", False: "MISSED"}[figure.met]
    rest = "  ".join(filter(None, (verdict, figure.note)))
    return figure.name, _number(figure.value), figure.unit, goal, rest


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    if value == int(value) and abs(value) >= 10:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
