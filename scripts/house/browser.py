# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The browser that the tests drive: found, installed or unpacked, never missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from . import debian
from .cache import building, folder, locked, require_space
from .errors import SetupError
from .progress import step

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_LIBRARIES = ("usr/lib/*-linux-gnu", "lib/*-linux-gnu", "usr/lib/chromium")


def ensure() -> Path:
    """Find a Chromium that starts; get one when there is none.

    :return: a folder with an executable named `chromium`, for PATH
    :raise SetupError: when none can be had here
    """
    with locked("browser"):
        return _linked(_installed() or _unpacked() or _get())


def _linked(program: Path) -> Path:
    shim = folder("browser", "bin") / "chromium"
    if not shim.is_symlink() or shim.readlink() != program:
        # In one stroke: another run may be about to start the browser.
        fresh = shim.with_name("chromium.part")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(program)
        fresh.replace(shim)
    return shim.parent


def _installed() -> Path | None:
    # Our own folder of links may be on the PATH already.
    ours = str(folder("browser", "bin"))
    path = [p for p in os.environ.get("PATH", "").split(os.pathsep) if p != ours]
    for name in _NAMES:
        found = shutil.which(name, path=os.pathsep.join(path))
        if found and _starts(Path(found)):
            return Path(found)
    return None


def _unpacked() -> Path | None:
    launcher = folder("browser") / "debian" / "chromium"
    return launcher if launcher.exists() and _starts(launcher) else None


def _get() -> Path:
    try:
        require_space(1.5)
        with step("Installing Chromium for the browser tests"):
            found = _install() if os.geteuid() == 0 else _unpack()
    except SetupError as error:
        raise SetupError(
            "The browser tests need Chromium; install the package 'chromium' or put "
            f"Chrome on the PATH, and run again ({error})."
        ) from error
    return found


def _install() -> Path:
    debian.install("chromium")
    found = _installed()
    if found is None:
        raise SetupError("the package 'chromium' brought no browser that starts")
    return found


def _unpack() -> Path:
    fetcher = debian.PackageFetcher()
    with building(folder("browser") / "debian") as part:
        root = part / "root"
        fetcher.unpack(fetcher.missing("chromium"), root)
        _write_launcher(part)
    found = _unpacked()
    if found is None:
        raise SetupError("the unpacked browser does not start")
    return found


def _write_launcher(part: Path) -> None:
    libraries = {
        str(path.relative_to(part))
        for pattern in _LIBRARIES
        for path in (part / "root").glob(pattern)
    }
    listed = ":".join(f"$here/{path}" for path in sorted(libraries))
    launcher = part / "chromium"
    launcher.write_text(
        "#!/bin/sh\n"
        'here=$(dirname "$(readlink -f "$0")")\n'
        f'export LD_LIBRARY_PATH="{listed}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"\n'
        'exec "$here/root/usr/lib/chromium/chromium" --no-sandbox "$@"\n'
    )
    launcher.chmod(0o755)


def _starts(program: Path) -> bool:
    try:
        command = [program, "--version"]
        return subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
