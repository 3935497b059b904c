# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Processor time, which other work on the machine changes less than wall time."""

from __future__ import annotations

import os
from pathlib import Path


def spent(pid: int, name: str = "") -> float:
    """Return the processor seconds of a process so far, in steps of a tick.

    :param name: part of what the process has to be called
    :return: 0 where that cannot be told: another system, another machine
    """
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    # The name stands in brackets and may hold blanks. After it, as the 14th and 15th
    # field of the line, come user and system time.
    head, _bracket, rest = stat.read_text().rpartition(")")
    if name not in head:
        return 0.0
    return sum(map(int, rest.split()[11:13])) / os.sysconf("SC_CLK_TCK")


def spent_by_all(pid: int) -> float:
    """Return the processor seconds of a process and of those it started, so far."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(one) for path in lists for one in path.read_text().split()]
    return spent(pid) + sum(map(spent_by_all, children))
