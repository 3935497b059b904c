# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`scripts/test`: sets up, then one pytest run over the addons and the whole system."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from . import addons, browser, databases, environment, sandbox, templates
from .cache import REPOSITORY
from .odoo_runtime import OdooRuntime

_SCRIPTS = Path(__file__).resolve().parents[1]
# Options of pytest whose value is an argument of its own.
_WITH_VALUE = {"-k", "-m", "-p", "-o", "-W", "-c", "-r", "-n", "--maxfail", "--tb"}
#: One has enough to do with the tests of the whole system, one with the addons'.
_WORKERS = 2


def main(arguments: list[str]) -> int:
    """Run the tests.

    :param arguments: for pytest; without a path among them everything runs
    :return: pytest's exit code
    """
    chromium = browser.ensure()
    with environment.opened() as odoo:
        template = templates.with_addons(odoo)
        name = environment.scratch_name()
        databases.copy(odoo.postgres, template, name)
        try:
            with sandbox.running(odoo) as stand_ins:
                variables = _variables(odoo, template, chromium, stand_ins)
                return _pytest(odoo, name, arguments, variables)
        finally:
            databases.drop(odoo.postgres, name)


def shared_folder() -> Path | None:
    """Return the folder with the vendors' documents beside the repository, if any."""
    found = REPOSITORY.parent / "shared"
    return found if (found / "apis").is_dir() else None


def _variables(
    odoo: OdooRuntime,
    template: str,
    chromium: Path,
    stand_ins: sandbox.RunningSandbox,
) -> dict[str, str]:
    ours = odoo.environment()
    return {
        **ours,
        "PATH": f"{chromium}{os.pathsep}{ours['PATH']}",
        "PYTHONPATH": f"{ours['PYTHONPATH']}{os.pathsep}{_SCRIPTS}",
        "LEDGER_CHROMIUM": str(chromium / "chromium"),
        "LEDGER_ODOO_BIN": shlex.join(odoo.command()),
        "LEDGER_ODOO_CONF": str(odoo.configuration),
        "LEDGER_SANDBOX_KEY": stand_ins.key,
        "LEDGER_SANDBOX_URL": stand_ins.url,
        "LEDGER_SHARED": str(shared_folder() or ""),
        "LEDGER_TEMPLATE_DB": template,
    }


def _pytest(
    odoo: OdooRuntime, database: str, arguments: list[str], variables: dict[str, str]
) -> int:
    chosen = _names_path(arguments)
    paths = [] if chosen else _everything()
    # Each worker loads Odoo first, which a few tests do not make up for.
    workers = [] if chosen else ["-p", "house.pytest_lanes", "-n", _WORKERS]
    command = [
        *(odoo.python, "-W", "ignore::DeprecationWarning", "-m", "pytest"),
        *("-p", "house.pytest_rules", "-p", "house.pytest_systems"),
        *("-c", REPOSITORY / "pyproject.toml"),
        *("--rootdir", REPOSITORY, "--odoo-http", "--odoo-database", database),
        *("--odoo-config", odoo.configuration, *workers, *arguments, *paths),
    ]
    sys.stdout.flush()
    return subprocess.run([str(part) for part in command], env=variables).returncode


def _everything() -> list[Path]:
    own = [addons.FOLDER / name for name in addons.names()]
    tests = [path / "tests" for path in own if (path / "tests").is_dir()]
    return [*tests, REPOSITORY / "tests"]


def _names_path(arguments: Iterable[str]) -> bool:
    before = ""
    for argument in arguments:
        is_value = before in _WITH_VALUE
        if not is_value and Path(argument.partition("::")[0]).exists():
            return True
        before = argument
    return False
