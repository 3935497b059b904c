# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``scripts/bench``: measures, prints a table, writes JSON.

Nothing is asserted: a figure that misses its goal is shown as such and the exit code
is 0. It is 1 when the run itself broke.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from house.errors import run
from house.progress import step

from .bench import Bench
from .figures import Figure, report, table, write_json
from .scenarios import SCENARIOS
from .sizes import FULL, QUICK


def main(arguments: list[str]) -> int:
    """Measure.

    :param arguments: of the command line
    :return: 0
    :raises SetupError: something could not be run
    """
    chosen = _parser().parse_args(arguments)
    sizes = QUICK if chosen.quick else FULL
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="ledger-bench-") as folder:
        bench = Bench(sizes, Path(folder))
        for name in chosen.only or SCENARIOS:
            with step(f"Measuring {name}"):
                figures += SCENARIOS[name](bench)
            _keep(chosen.json, figures, sizes.as_dict())
    sys.stdout.write(f"\n{table(figures)}\n")
    if chosen.quick:
        sys.stdout.write("A quick run: with so few records the goals mean nothing.\n")
    return 0


def _keep(path: Path | None, figures: list[Figure], sizes: dict) -> None:
    # After each scenario: an interrupted run keeps what it has.
    if path:
        write_json(path, report(figures, sizes))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description="Measure the connectors against bare Odoo."
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=[*SCENARIOS],
        metavar="NAME",
        help=f"measure this only; may be repeated: {', '.join(SCENARIOS)}",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="few records and one round, to see that everything runs",
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the figures there too"
    )
    return parser


if __name__ == "__main__":
    sys.exit(run(main, sys.argv[1:]))
