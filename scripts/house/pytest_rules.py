# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rules of a test run: nothing is skipped, and it says what could not be asked."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

_NEEDS_SPECS = "needs_specs"
_SPECS_LINE = "specs_line"
_specs_line = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers of this project known."""
    config.addinivalue_line(
        "markers", f"{_NEEDS_SPECS}: compares with the documents of the vendors"
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out the comparisons with documents that are not at hand."""
    chosen = [item for item in items if item.get_closest_marker(_NEEDS_SPECS)]
    if _has_specs():
        line = f"Checks against the vendors' documents: {len(chosen)} run."
    else:
        line = f"Checks against the vendors' documents: absent, {len(chosen)} left out."
        config.hook.pytest_deselected(items=chosen)
        items[:] = [item for item in items if item not in chosen]
    config.stash[_specs_line] = line


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a worker hand over what it would have said."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput[_SPECS_LINE] = config.stash.get(_specs_line, "")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker would have said; each of them collects everything."""
    line = getattr(node, "workeroutput", {}).get(_SPECS_LINE)
    if line:
        node.config.stash[_specs_line] = line


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say whether the comparisons were run."""
    if line := config.stash.get(_specs_line, ""):
        terminalreporter.write_line(line)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a skipped test fail: it proves nothing."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let a file fail that skips itself as a whole."""
    report = yield
    if report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else ""
    report.outcome = "failed"
    report.longrepr = f"{reason} – a skipped test counts as a failed one here"


def _has_specs() -> bool:
    shared = os.environ.get("LEDGER_SHARED")
    return bool(shared) and (Path(shared) / "apis" / "specs").is_dir()
