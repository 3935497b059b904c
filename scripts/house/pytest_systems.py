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
_folder = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
Passed = defaultdict[str, set[str]]
_passed = pytest.StashKey[Passed]()


def pytest_configure(config: pytest.Config) -> None:
    """Say where the conformance classes leave their notes."""
    config.stash[_folder] = folder = tempfile.TemporaryDirectory()
    config.stash[_passed] = defaultdict(set)
    os.environ["LEDGER_CONFORMANCE_DIR"] = folder.name


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Count the cases that passed, by class."""
    owner = getattr(item, "cls", None)
    if call.when == "call" and call.excinfo is None and owner is not None:
        item.config.stash[_passed][owner.__name__].add(item.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Compare the README with what was seen, or write it."""
    config = session.config
    found = _whole_runs(Path(config.stash[_folder].name), config.stash[_passed])
    config.stash[_folder].cleanup()
    if not found or session.exitstatus:
        return
    text = README.read_text("utf-8")
    wanted = _SECTION.sub(lambda m: m[1] + table(found) + m[2], text)
    if os.environ.get("LEDGER_WRITE_README"):
        README.write_text(wanted, "utf-8")
    elif text != wanted:
        print("\n\nThe README's table of systems should be:\n\n" + table(found))
        print("Write it with: LEDGER_WRITE_README=1 scripts/test addons")
        session.exitstatus = 1


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


def _whole_runs(folder: Path, passed: Passed) -> list[dict[str, Any]]:
    notes = [json.loads(path.read_text("utf-8")) for path in sorted(folder.iterdir())]
    return [note for note in notes if len(passed[note["class"]]) == note["cases"]]
