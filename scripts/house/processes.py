# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Programs that a command calls or keeps running beside itself."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from .errors import SetupError

_PR_SET_PDEATHSIG = 1


def call(
    command: Sequence[str | Path],
    failure: str,
    environment: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> str:
    """Run a program to its end and return what it printed.

    :param command: the program and its arguments
    :param failure: what the person is told when it fails; the end of the
        program's own words is added
    :param environment: all variables of the program, default: ours
    :param cwd: the folder it runs in
    :return: its standard output
    :raise SetupError: when it is missing or exits with another code than 0
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            env=environment,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError as error:
        raise SetupError(f"{failure}: '{command[0]}' is not installed.") from error
    if done.returncode:
        raise SetupError(f"{failure}:\n{tail(done.stderr or done.stdout)}")
    return done.stdout


def tail(text: str, lines: int = 15) -> str:
    """Return the last lines of a program's output.

    :param text: the output
    :param lines: how many lines at most
    """
    return "\n".join(text.strip().splitlines()[-lines:])


class Service:
    """A server that runs as long as the command does, in a process group of its own."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        environment: dict[str, str],
        log: Path,
        cwd: Path | None = None,
    ) -> None:
        """Start the server.

        :param name: what the person calls it
        :param command: the program and its arguments
        :param environment: all its variables
        :param log: where its output goes; a former log is replaced
        :param cwd: the folder it runs in
        """
        self.name = name
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                env=environment,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Wait until the server does its work.

        :param ready: asked again and again
        :param seconds: for how long at most
        :raise SetupError: when the server ended or did not get ready
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if self.process.poll() is not None:
                raise SetupError(self._failure("ended at once"))
            if time.monotonic() > deadline:
                raise SetupError(self._failure(f"was not ready in {seconds:g} s"))
            time.sleep(0.1)

    def stop(self) -> None:
        """End the server and everything it started; harmless when it has ended."""
        for number, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
            try:
                os.killpg(self.process.pid, number)
                self.process.wait(seconds)
            except ProcessLookupError:
                return
            except subprocess.TimeoutExpired:
                continue

    def _failure(self, what: str) -> str:
        words = tail(self.log.read_text(errors="replace"))
        return f"{self.name} {what}; the end of {self.log}:\n{words}"


def free_port(wanted: int | None, first: int) -> int:
    """Choose a TCP port of 127.0.0.1 to listen at.

    :param wanted: the port somebody asked for by number, if any
    :param first: otherwise the first free one from here on
    :return: the port
    :raise SetupError: when the wanted port is busy, or twenty in a row are
    """
    if wanted is not None:
        if _is_busy(wanted):
            raise SetupError(f"Port {wanted} is busy; choose another one with --port.")
        return wanted
    for port in range(first, first + 20):
        if not _is_busy(port):
            return port
    raise SetupError(f"The ports {first} to {first + 19} are all busy; free one.")


def _is_busy(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _end_with_parent() -> None:
    # Even kill -9 of the command must not leave a server behind that keeps a port.
    # The call exists on Linux only; elsewhere the stop in `finally` has to do.
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
