# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs Odoo: its configuration file, its variables, its command lines."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import addons
from .cache import REPOSITORY, folder
from .errors import SetupError
from .odoo_source import OdooSource
from .postgres import Postgres
from .processes import tail

# The embedded PostgreSQL carries neither extension; Odoo says so when it makes a
# database and goes on without. PyPDF2 is Odoo's own choice.
_EXPECTED = re.compile(r"pg_trgm|unaccent|PyPDF2 is deprecated")
_FINDINGS = {"WARNING", "ERROR", "CRITICAL"}
_LOG_LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) ", re.MULTILINE
)


@dataclass(frozen=True)
class OdooRuntime:
    """An Odoo tree, the Python that runs it and the server its data are on."""

    source: OdooSource
    venv: Path
    postgres: Postgres
    home: Path
    """A folder of this run alone, for configuration and logs."""

    python_path: tuple[Path, ...] = ()
    """More folders with Python packages, with addons in their `odoo/addons`."""

    @property
    def python(self) -> Path:
        """The interpreter that has everything Odoo needs."""
        return self.venv / "bin" / "python"

    @property
    def configuration(self) -> Path:
        """The configuration file."""
        return self.home / "odoo.conf"

    def command(self, *arguments: str | Path) -> list[str]:
        """Return the command line that starts Odoo.

        :param arguments: as for Odoo's own command
        """
        quiet = "ignore::DeprecationWarning"
        command = (self.python, "-W", quiet, "-m", "odoo", *arguments)
        return [str(part) for part in command]

    def environment(self) -> dict[str, str]:
        """Return all variables that Odoo's process needs."""
        path = (self.source.python_path, REPOSITORY, *self.python_path)
        return {
            **self.postgres.environment(),
            "ODOO_RC": str(self.configuration),
            "PYTHONPATH": os.pathsep.join(map(str, path)),
            "PYTHONUNBUFFERED": "1",
        }

    def write_configuration(self) -> None:
        """Write the configuration file; only its owner may read it."""
        there = self.postgres.variables
        options = {
            "addons_path": ",".join(map(str, self._addons_path())),
            "data_dir": folder("data"),
            "db_host": there["PGHOST"],
            "db_port": there.get("PGPORT", "5432"),
            "db_user": there["PGUSER"],
            "db_maxconn": 32,
            "http_interface": "127.0.0.1",
            # A limit of the address space would be handed down to the browser that a
            # test starts, which reserves more than it uses.
            "limit_memory_hard": 0,
            "limit_memory_soft": 0,
            "workers": 0,
        }
        if there.get("PGPASSWORD"):
            options["db_password"] = there["PGPASSWORD"]
        lines = [f"{name} = {value}" for name, value in options.items()]
        self.configuration.touch(mode=0o600)
        self.configuration.write_text("\n".join(["[options]", *lines, ""]))

    def _addons_path(self) -> list[Path]:
        beside = [path / "odoo" / "addons" for path in self.python_path]
        own = [addons.FOLDER] if addons.names() else []
        return [
            *own,
            *self.source.addons,
            *beside,
            self.source.python_path / "odoo/addons",
        ]

    def run(
        self,
        what: str,
        *arguments: str,
        script: Path | None = None,
        variables: dict[str, str] | None = None,
    ) -> Outcome:
        """Run Odoo to its end.

        :param what: what it does, for the message of a failure
        :param arguments: as for Odoo's own command
        :param script: a file for `odoo shell` to execute
        :param variables: more variables for its process
        :return: what it printed and what it logged
        :raise SetupError: when it exits with another code than 0, or logs an error
        """
        with script.open() if script else open(os.devnull) as entry:
            done = subprocess.run(
                self.command(*arguments),
                env={**self.environment(), **(variables or {})},
                stdin=entry,
                capture_output=True,
                text=True,
            )
        errors = [found for found in findings(done.stderr) if found.is_error]
        if done.returncode or errors:
            # The first error is the cause, the last one carries the traceback.
            texts = [tail(found.text) for found in errors[:1] + errors[1:][-1:]]
            words = "\n".join(texts) or tail(done.stderr)
            raise SetupError(f"{what} failed:\n{words}")
        return Outcome(done.stdout, done.stderr)


@dataclass(frozen=True)
class Outcome:
    """What an Odoo that ran to its end left."""

    output: str
    log: str


@dataclass(frozen=True)
class Finding:
    """A warning or an error in Odoo's log, with the lines that belong to it."""

    level: str
    text: str

    @property
    def is_error(self) -> bool:
        """Whether it is more than a warning."""
        return self.level != "WARNING"


def findings(log: str) -> list[Finding]:
    """Return the warnings and errors of a log, without those that are expected.

    :param log: the log's text
    """
    starts = [*_LOG_LINE.finditer(log)]
    ends = [start.start() for start in starts[1:]] + [len(log)]
    entries = [
        Finding(start["level"], log[start.start() : end].rstrip())
        for start, end in zip(starts, ends, strict=True)
    ]
    return [
        entry
        for entry in entries
        if entry.level in _FINDINGS and not _EXPECTED.search(entry.text)
    ]
