# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Instruments: wall time, processor time, rows written, memory."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from odoo.tools import SQL

from ..processor import spent

BUSINESS_TABLES = (
    "res_partner",
    "product_template",
    "product_product",
    "account_move",
    "account_move_line",
)


class Rows:
    """The rows of the business tables as they are now."""

    def __init__(self, cr: Any) -> None:
        cr.commit()  # pylint: disable=invalid-commit
        self._versions = {table: self._read(cr, table) for table in BUSINESS_TABLES}
        cr.rollback()

    def written_since(self, before: Rows) -> int:
        """Number of rows that were added, changed or removed after *before*."""
        return sum(
            len(rows.items() ^ before._versions[table].items())
            for table, rows in self._versions.items()
        )

    @staticmethod
    def _read(cr: Any, table: str) -> dict[int, str]:
        # Every write of a row, even with the same values, gives it another xmin.
        cr.execute(SQL("SELECT id, xmin::text FROM %s", SQL.identifier(table)))
        return dict(cr.fetchall())


@contextmanager
def stopwatch(seconds: list[float]) -> Iterator[None]:
    """Append the wall time of the block to *seconds*."""
    started = time.perf_counter()
    try:
        yield
    finally:
        seconds.append(time.perf_counter() - started)


@dataclass
class Watch:
    """Adds up seconds: ``wall`` time, and ``processor`` time of this process."""

    wall: float = 0.0
    processor: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Add the time of the block."""
        wall, processor = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self.wall += time.perf_counter() - wall
            self.processor += time.process_time() - processor


class Rest(Watch):
    """Leaves out what another watch adds up meanwhile.

    :param part: the other watch
    """

    def __init__(self, part: Watch) -> None:
        super().__init__()
        self._part = part

    @contextmanager
    def running(self) -> Iterator[None]:
        """Add the time of the block, without that of the part."""
        wall, processor = self._part.wall, self._part.processor
        try:
            with super().running():
                yield
        finally:
            self.wall -= self._part.wall - wall
            self.processor -= self._part.processor - processor


def processor_time(cr: Any) -> float:
    """Return the processor seconds of this process and of its database process so far.

    Other work on the machine changes them less than wall time. Of a database that is
    not on this machine they are left out.
    """
    database = spent(cr.connection.info.backend_pid, "postgres")
    return time.process_time() + database


def peak_memory() -> int:
    """Return the largest resident size of this process so far, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # Unlike getrusage this does not count the process that started this one.
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
