# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The commands end with one clear line and code 1 when they cannot do their work."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

from house.cache import REPOSITORY


def _run(command: str, *arguments: str, **variables: str) -> tuple[int, str]:
    # A fresh person's environment: without what the running test session set.
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LEDGER_"))}
    kept.pop("PYTHONPATH", None)
    done = subprocess.run(
        [str(REPOSITORY / "scripts" / command), *arguments],
        env={**kept, **variables},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_wrong_odoo_home_is_named(tmp_path: Path) -> None:
    """The message says which folder was looked at and what is expected there."""
    code, output = _run("odoo", "--version", ODOO_HOME=str(tmp_path))
    assert code == 1
    assert f"ODOO_HOME names {tmp_path}, but there is no Odoo 19.0" in output
    assert "Traceback" not in output


def test_a_wrong_database_url_is_named() -> None:
    """Only PostgreSQL will do."""
    code, output = _run("odoo", "--version", DATABASE_URL="mysql://localhost/x")
    assert code == 1
    assert "DATABASE_URL has to begin with postgresql://" in output
    assert "Traceback" not in output


def test_a_database_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    """Nothing listens in the folder that PGHOST names."""
    code, output = _run("odoo", "--version", PGHOST=str(tmp_path))
    assert code == 1
    assert "PostgreSQL" in output
    assert str(tmp_path) in output
    assert "Traceback" not in output


def test_the_superuser_that_odoo_refuses_is_refused_at_once() -> None:
    """Odoo itself would say so only after minutes of set-up."""
    url = "postgresql://postgres@localhost/postgres"
    code, output = _run("odoo", "--version", DATABASE_URL=url)
    assert code == 1
    assert "Odoo refuses the role 'postgres'" in output


def test_a_busy_port_that_was_asked_for_is_named() -> None:
    """The demo does not quietly take another port than the person wants."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, output = _run("demo", "--port", port)
    assert code == 1
    assert f"Port {port} is busy" in output
    assert "Traceback" not in output


def test_odoo_runs_its_own_command_line() -> None:
    """What Odoo prints comes through, and so does its exit code."""
    code, output = _run("odoo", "--version")
    assert (code, "Odoo Server 19.0" in output) == (0, True)
    code, _output = _run("odoo", "no-such-command")
    assert code != 0


def test_the_demo_brings_everything_without_a_person() -> None:
    """`scripts/demo --check` syncs and finds in Odoo what the sandbox has."""
    code, output = _run("demo", "--check")
    assert code == 0, output
    for name, count in (("customers", 2001), ("products", 500), ("invoices", 300)):
        (line,) = [x for x in output.splitlines() if x.startswith(f"{name} ")]
        assert line.split() == [name, str(count), str(count)]
    rows = [line.split() for line in output.splitlines() if line.startswith("S0")]
    sent = [["S0000" + n, *(f"100{n}", "unfinished") * 2] for n in "123"]
    assert rows == [*sent, ["S00004", "attention", "–"], ["S00005", "–", "–"]]
    assert "S00004 ([TERMOS-1] Termosmuki) has no tax" in output
