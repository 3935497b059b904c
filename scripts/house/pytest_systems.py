# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The README's table of systems, printed from the connectors' conformance runs.

Each conformance class notes what its connector declares. When all its cases passed, the
table in the README has to say the same; ``LEDGER_WRITE_README=1`` writes it.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from .cache import REPOSITORY

README = REPOSITORY / "README.md"
ENTITIES = ("partner", "product", "order", "invoice", "payment", "stock", "statistics")
ARROWS = {"pull": "→ Odoo", "push": "Odoo →"}
_SECTION = re.compile(r"(<!-- systems:begin -->\n).*?(<!-- systems:end -->)", re.DOTALL)


def pytest_configure(config: pytest.Config) -> None:
    """Watch the whole run; of several processes only the first one sees it."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Systems())


class Systems:
    """Which conformance classes ran, and which of their cases passed."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._passed: dict[str, set[str]] = defaultdict(set)
        self._should_be = ""
        os.environ["LEDGER_CONFORMANCE_DIR"] = self._folder.name

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count the cases that passed, by class."""
        _path, *owner = report.nodeid.split("::")[:-1]
        if report.when == "call" and report.passed and owner:
            self._passed[owner[0]].add(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Compare the README with what was seen, or write it."""
        found = self._whole_runs()
        self._folder.cleanup()
        if not found or session.exitstatus:
            return
        text = README.read_text("utf-8")
        wanted = _SECTION.sub(lambda m: m[1] + table(found) + m[2], text)
        if os.environ.get("LEDGER_WRITE_README"):
            README.write_text(wanted, "utf-8")
        elif text != wanted:
            self._should_be = table(found)
            session.exitstatus = 1

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """Say what is wrong where a reader looks first: near the closing line."""
        if self._should_be:
            terminalreporter.section("FAILED: the README's table of systems", red=True)
            terminalreporter.line("It should be:\n\n" + self._should_be)
            terminalreporter.line(
                "Write it with: LEDGER_WRITE_README=1 scripts/test addons"
            )

    def _whole_runs(self) -> list[dict[str, Any]]:
        paths = sorted(Path(self._folder.name).iterdir())
        notes = [json.loads(path.read_text("utf-8")) for path in paths]
        return [x for x in notes if len(self._passed[x["class"]]) == x["cases"]]


def table(systems: Iterable[dict[str, Any]]) -> str:
    """Return the table, one line for each system."""
    titles = ["System", *(e.capitalize() for e in ENTITIES), "Office keys", "Webhooks"]
    titles.append("Conformance cases")
    lines = [titles, ["---"] * len(titles), *(_line(x) for x in systems)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _line(system: dict[str, Any]) -> list[str]:
    directions: dict[str, list[str]] = {}
    for entity, direction in system["flows"]:
        directions.setdefault(entity, []).append(ARROWS[direction])
    cells = [", ".join(directions.get(entity, ())) or "–" for entity in ENTITIES]
    yes = {True: "yes", False: "–"}
    ends = [yes[system["many_companies"]], yes[system["webhooks"]]]
    return [system["label"], *cells, *ends, f"{system['cases']} passed"]
