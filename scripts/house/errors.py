# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a command ends when it cannot do its work: one clear line and exit code 1."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable


class SetupError(Exception):
    """One sentence for the person at the terminal: what happened and what to do."""


def run(main: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run the main function of a command and turn its end into an exit code.

    :param main: takes the command's arguments, returns its exit code
    :param arguments: the arguments without the command's own name
    :return: the exit code; 1 after a `SetupError`, 130 after Ctrl-C
    """
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return main(arguments)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _interrupt(*_args: object) -> None:
    # A plain SIGTERM would leave the servers that a command started behind.
    raise KeyboardInterrupt
