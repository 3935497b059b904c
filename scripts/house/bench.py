# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`scripts/bench`: sets up, with the OCA peers beside, and runs the benchmarks."""

from __future__ import annotations

import os
import shlex
import subprocess

from . import environment, sandbox, templates, venv
from .cache import REPOSITORY
from .errors import SetupError


def main(arguments: list[str]) -> int:
    """Run `python -m benchmarks`.

    :param arguments: for the benchmarks
    :return: their exit code
    :raise SetupError: when there are none
    """
    if not (REPOSITORY / "benchmarks" / "__main__.py").exists():
        raise SetupError(f"There are no benchmarks in {REPOSITORY}.")
    peers = venv.ensure_bench(venv.ensure())
    with environment.opened((peers,)) as odoo, sandbox.running(odoo) as stand_ins:
        variables = {
            **odoo.environment(),
            "LEDGER_EMPTY_DB": templates.with_modules(odoo, templates.wanted()),
            "LEDGER_ODOO_BIN": shlex.join(odoo.command()),
            "LEDGER_ODOO_CONF": str(odoo.configuration),
            "LEDGER_SANDBOX_KEY": stand_ins.key,
            "LEDGER_SANDBOX_URL": stand_ins.url,
            "LEDGER_TEMPLATE_DB": templates.with_addons(odoo),
        }
        scripts = str(REPOSITORY / "scripts")
        variables["PYTHONPATH"] += os.pathsep + scripts
        command = [odoo.python, "-m", "benchmarks", *arguments]
        return subprocess.run(command, env=variables, cwd=REPOSITORY).returncode
