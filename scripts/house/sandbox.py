# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs the stand-ins of the vendors beside a command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .cache import REPOSITORY
from .errors import SetupError
from .odoo_runtime import OdooRuntime
from .processes import Service
from .progress import step

_SECONDS = 30


@dataclass(frozen=True)
class RunningSandbox:
    """Where the stand-ins listen and what opens their control door."""

    url: str
    key: str


@contextmanager
def running(odoo: OdooRuntime, *arguments: str) -> Iterator[RunningSandbox]:
    """Start the sandbox on a port of 127.0.0.1 and end it with the context.

    :param odoo: whose environment it runs in
    :param arguments: more arguments of `python -m sandbox`; `--port` wins over
        the default, any free port
    :return: the sandbox, listening
    :raise SetupError: when it does not start
    """
    if not (REPOSITORY / "sandbox" / "__main__.py").exists():
        raise SetupError(f"There is no sandbox in {REPOSITORY}; is the clone complete?")
    ready = odoo.home / "sandbox.json"
    ready.unlink(missing_ok=True)
    command = [odoo.python, "-m", "sandbox", "--port", "0", "--ready-file", ready]
    service = Service(
        "The sandbox",
        [*command, *arguments],
        odoo.environment(),
        odoo.home / "sandbox.log",
        cwd=REPOSITORY,
    )
    try:
        with step("Starting the sandbox"):
            service.wait_until(ready.exists, _SECONDS)
        found = json.loads(ready.read_text())
        yield RunningSandbox(found["url"], found["key"])
    finally:
        service.stop()
