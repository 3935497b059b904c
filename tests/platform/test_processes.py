# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Servers that a command starts end with it, however it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from house.errors import SetupError
from house.processes import Service, free_port

_PARENT = """
import os, pathlib, sys
from house.processes import Service
Service("child", [sys.executable, "-c", sys.argv[1]], dict(os.environ),
        pathlib.Path(sys.argv[2]))
print("started", flush=True)
sys.stdin.read()
"""
_CHILD = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
_WITH_GRANDCHILD = (
    "import subprocess, sys;"
    f"child = subprocess.Popen([sys.executable, '-c', {_CHILD!r}]); child.wait()"
)


def _service(tmp_path: Path, code: str) -> Service:
    command = [sys.executable, "-c", code]
    return Service("The server", command, dict(os.environ), tmp_path / "log")


def _wait(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.05)


def _is_gone(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    # A zombie has ended; its parent has yet to take notice.
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


def test_stopping_a_server_ends_what_it_started_too(tmp_path: Path) -> None:
    """Odoo starts a browser, the browser starts helpers: all of them have to go."""
    service = _service(tmp_path, _WITH_GRANDCHILD)
    _wait(lambda: service.log.read_text().endswith("\n"))
    grandchild = int(service.log.read_text())
    service.stop()
    _wait(lambda: _is_gone(grandchild))


def test_a_server_ends_when_its_command_is_killed(tmp_path: Path) -> None:
    """kill -9 leaves the command no time to stop anything."""
    log = tmp_path / "log"
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, _CHILD, str(log)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout.readline() == "started\n"
    _wait(lambda: log.read_text().endswith("\n"))
    child = int(log.read_text())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    _wait(lambda: _is_gone(child))


def test_a_server_that_ends_at_once_says_why(tmp_path: Path) -> None:
    """The end of its log is part of the message."""
    service = _service(tmp_path, "raise SystemExit('no room')")
    with pytest.raises(SetupError, match="The server ended at once.*\n?no room"):
        service.wait_until(lambda: False, 60)


def test_a_port_that_nobody_asked_for_may_be_the_next_one() -> None:
    """The first free port is taken when the usual one is busy."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(None, port) > port
