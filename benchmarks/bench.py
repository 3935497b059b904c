# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every scenario works with: databases, vendors' books, processes with Odoo."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from house import databases, environment
from house.errors import SetupError
from house.postgres import Postgres
from house.processes import Service, tail
from sandbox.control import Sandbox, World

from .sizes import Sizes

#: One customer in the seeded books in so many is a supplier too.
_ALSO_SUPPLIERS = 50
_DAY = 24 * 3600


class Bench:
    """The environment that ``scripts/bench`` prepared.

    :param sizes: how much to measure
    :param folder: for files that go between processes
    :raises SetupError: it is not that environment
    """

    def __init__(self, sizes: Sizes, folder: Path) -> None:
        self.sizes = sizes
        self.folder = folder
        self._sandbox = Sandbox(
            _variable("LEDGER_SANDBOX_URL"), _variable("LEDGER_SANDBOX_KEY")
        )
        names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD")
        variables = {name: os.environ[name] for name in names if name in os.environ}
        self._postgres = Postgres(variables, Path(shutil.which("psql") or "").parent)

    # === DATABASES === #

    @property
    def with_addons(self) -> str:
        """Template database with all our addons installed."""
        return _variable("LEDGER_TEMPLATE_DB")

    @property
    def without_addons(self) -> str:
        """Template database with the same other modules and none of ours."""
        return _variable("LEDGER_EMPTY_DB")

    @contextmanager
    def database(self, template: str) -> Iterator[str]:
        """Give a fresh copy of *template*; it is dropped with the context."""
        name = environment.scratch_name()
        databases.copy(self._postgres, template, name)
        try:
            yield name
        finally:
            databases.drop(self._postgres, name)

    @contextmanager
    def connected(self, world: World) -> Iterator[str]:
        """Give a fresh database with a tested connection to the books of *world*."""
        with self.database(self.with_addons) as name:
            self.run(
                "connect",
                name,
                url=world.base_url,
                consumer_token=world.credentials["consumer_token"],
                employee_token=world.credentials["employee_token"],
            )
            yield name

    def rows(self, database: str, table: str) -> int:
        """Return how many rows *table* has."""
        ((number,),) = self._postgres.query(f"SELECT count(*) FROM {table}", database)
        return int(number)

    # === BOOKS === #

    def books(self, customers: int = 0, products: int = 0, invoices: int = 0) -> World:
        """Return a world with so many believable records; a context manager.

        They were written a day ago: what is fresh is read again by the next pull.
        """
        world = self._sandbox.world("tripletex")
        world.clock(advance=-_DAY)
        world.seed(
            customers=customers,
            also_suppliers=customers // _ALSO_SUPPLIERS,
            products=products,
            invoices=invoices,
        )
        world.clock(reset=True)
        return world

    def office(self, clients: int, month: str, entries: int) -> World:
        """Return a world of SmartAccounts with the companies of an office's clients.

        There is no limit a minute: pauses are the connector's own.

        :param month: yyyy-MM
        :param entries: of each of them in that month
        """
        world = self._sandbox.world("smartaccounts", limit_minute=0)
        world.add_companies(clients, month=month, entries=entries)
        return world

    def shop(self, customers: int, products: int) -> World:
        """Return a world of Procountor with a web shop's registers; no limit of calls.

        :param customers: in its register
        :param products: likewise
        """
        world = self._sandbox.world("procountor", limit_second=0)
        world.seed(partners=customers, products=products)
        return world

    # === PROCESSES === #

    def run(self, task: str, database: str, **arguments: Any) -> dict[str, Any]:
        """Run a task of ``benchmarks.inside`` in a process with Odoo of its own.

        :param task: name of the module
        :param arguments: of its ``run()``; what JSON can carry
        :return: what it returned
        :raises SetupError: it failed
        """
        with TemporaryDirectory(dir=self.folder) as name:
            request, answer = Path(name, "request.json"), Path(name, "answer.json")
            request.write_text(
                json.dumps({"task": task, "database": database, "arguments": arguments})
            )
            self._call(
                [sys.executable, "-W", "ignore::DeprecationWarning", "-m"]
                + ["benchmarks.worker", str(request), str(answer)],
                f"The task {task} failed",
            )
            return json.loads(answer.read_text())

    def install(self, database: str, module: str) -> None:
        """Install *module* in *database*.

        :raises SetupError: Odoo failed to
        """
        self._call(
            [
                *shlex.split(_variable("LEDGER_ODOO_BIN")),
                *("--database", database, "--init", module, "--stop-after-init"),
                *("--no-http", "--max-cron-threads", "0"),
            ],
            f"{module} cannot be installed",
        )

    def _call(self, command: list[str], failure: str) -> None:
        # A service ends with this process, however that ends.
        log = self.folder / "process.log"
        service = Service("Odoo", command, dict(os.environ), log)
        try:
            if service.process.wait():
                words = tail(log.read_text(errors="replace"), 40)
                raise SetupError(f"{failure}:\n{words}")
        finally:
            service.stop()


def _variable(name: str) -> str:
    try:
        return os.environ[name]
    except KeyError:
        raise SetupError(
            f"{name} is not set; run the benchmarks with scripts/bench."
        ) from None
