# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Servers that serve many tests, and the sandbox they talk to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from house import databases, environment
from house.postgres import Postgres
from sandbox.control import Sandbox
from tests.conftest import OdooProcess

from .logs import assert_quiet


def the_sandbox() -> Sandbox:
    """Return the control door of this run's sandbox."""
    return Sandbox(os.environ["LEDGER_SANDBOX_URL"], os.environ["LEDGER_SANDBOX_KEY"])


@contextmanager
def serving(postgres: Postgres, home: Path, *expected: str) -> Iterator[OdooProcess]:
    """Run a server on a database of its own; in the end its log has to be quiet.

    :param postgres: where the database is made and dropped
    :param home: folder for its log
    :param expected: parts of lines that its log may hold
    """
    name = environment.scratch_name()
    databases.copy(postgres, os.environ["LEDGER_TEMPLATE_DB"], name)
    try:
        server = OdooProcess(name, home, ())
        try:
            yield server.wait_until_ready()
        finally:
            server.stop()
        assert_quiet(server.log, *expected)
    finally:
        databases.drop(postgres, name)
