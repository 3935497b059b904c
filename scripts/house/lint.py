# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`scripts/lint`: ruff, its formatter and pylint-odoo, as the continuous run does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from . import addons, odoo_source, venv
from .cache import REPOSITORY
from .progress import say


def main(arguments: list[str]) -> int:
    """Check the style of everything.

    :param arguments: none are known
    :return: 0, or 1 when one of the checks complains
    """
    source = odoo_source.find()
    home = venv.ensure() / "bin"
    path = {"PYTHONPATH": str(source.python_path)}
    failed = [
        name for name, command in _checks(home) if not _passes(name, command, path)
    ]
    say(
        f"Style: {', '.join(failed)} failed." if failed else "Style: all checks passed."
    )
    return 1 if failed else 0


def _checks(home: Path) -> list[tuple[str, list[str]]]:
    ruff = str(home / "ruff")
    checks = [
        ("ruff check", [ruff, "check", "."]),
        ("ruff format", [ruff, "format", "--check", "."]),
    ]
    own = [str(addons.FOLDER / name) for name in addons.names()]
    if own:
        pylint = [str(home / "pylint"), "--rcfile", str(REPOSITORY / ".pylintrc"), *own]
        checks.append(("pylint-odoo", pylint))
    return checks


def _passes(name: str, command: list[str], path: dict[str, str]) -> bool:
    say(f"--- {name}")
    environment = {**os.environ, **path}
    return not subprocess.run(command, cwd=REPOSITORY, env=environment).returncode
