# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The folder outside the repository where everything that was set up is kept."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import SetupError
from .progress import say

REPOSITORY = Path(__file__).resolve().parents[2]
_NAME = "ledger-connectors-odoo"


def folder(*parts: str) -> Path:
    """Return a folder of the cache and make it if it is missing.

    :param parts: names below the cache's root
    :return: `${XDG_CACHE_HOME:-~/.cache}/ledger-connectors-odoo/…`
    :raise SetupError: when the folder cannot be made
    """
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    path = Path(home, _NAME, *parts).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"The cache folder {path} cannot be made ({error.strerror}); "
            "set XDG_CACHE_HOME to a folder that you may write to."
        ) from error
    return path


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Let one process at a time do a part of the set-up; others wait.

    The lock is the kernel's, so it ends with the process, however that ends.

    :param name: which part, a plain word
    """
    with Path(folder("locks"), f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Waiting for another run that works on the same part ({name}).")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """Give a fresh folder to fill, and put it at its place when it is complete.

    What an interrupted run left behind is removed first, so that a half-filled
    folder is never taken for a finished one. To be used under a lock.

    :param target: where the folder shall be in the end
    :return: the temporary folder, on the same file system
    """
    temporary = target.with_name(f"{target.name}.part")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    try:
        yield temporary
        shutil.rmtree(target, ignore_errors=True)
        temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def require_space(gigabytes: float) -> None:
    """Refuse to begin what the disk has no room for.

    :param gigabytes: how much must be free where the cache lies
    :raise SetupError: when there is less
    """
    path = folder()
    free = shutil.disk_usage(path).free / 1e9
    if free < gigabytes:
        raise SetupError(
            f"Only {free:.1f} GB are free at {path}, {gigabytes:g} GB are needed; make "
            "room or set XDG_CACHE_HOME to a folder on another disk."
        )


def require_tool(name: str, package: str) -> str:
    """Find a program of the system.

    :param name: the program
    :param package: the package that brings it on Debian
    :return: its path
    :raise SetupError: when it is not installed
    """
    path = shutil.which(name)
    if path is None:
        raise SetupError(
            f"The program '{name}' is missing; install the package {package}."
        )
    return path


def digest(*parts: str | bytes) -> str:
    """Return twelve hexadecimal characters that stand for the given parts.

    :param parts: text or bytes, the order matters
    """
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part.encode() if isinstance(part, str) else part)
        sha.update(b"\0")
    return sha.hexdigest()[:12]
