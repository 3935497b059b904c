# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`scripts/odoo`: Odoo's own command line in the environment of this project."""

from __future__ import annotations

import subprocess

from . import environment


def main(arguments: list[str]) -> int:
    """Run Odoo's command line.

    :param arguments: as for Odoo's own command
    :return: Odoo's exit code
    """
    with environment.opened() as odoo:
        # Ctrl-C reaches Odoo too, as both sit at the same terminal; Odoo decides
        # what it means (in a shell: not the end).
        process = subprocess.Popen(odoo.command(*arguments), env=odoo.environment())
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
