# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Virtual environments in the cache, one for each state of a requirements file."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from . import debian
from .cache import building, digest, folder, locked, require_space
from .errors import SetupError
from .processes import call
from .progress import step

_SCRIPTS = Path(__file__).resolve().parents[1]
_READY = "ready"


def ensure() -> Path:
    """Make the environment of `scripts/requirements.txt` unless it is there.

    :return: its folder
    :raise SetupError: when Python has no venv, or a package cannot be installed
    """
    requirements = _SCRIPTS / "requirements.txt"
    home = folder("venv") / _key(requirements)
    with locked("venv"):
        if not (home / _READY).exists():
            require_space(1.5)
            with step("Installing the Python packages"):
                _make(home, requirements)
    return home


def ensure_bench(venv: Path) -> Path:
    """Install the peers that `scripts/bench` measures against, beside Odoo.

    :param venv: the environment whose pip is used
    :return: a folder for PYTHONPATH; its `odoo/addons` is for the addons path
    :raise SetupError: when a package cannot be installed
    """
    requirements = _SCRIPTS / "requirements-bench.txt"
    home = folder("bench") / _key(requirements)
    with locked("bench"):
        if not home.exists():
            with step("Installing the OCA modules to measure against"):
                with building(home) as part:
                    _install(venv, requirements, "--no-deps", "--target", str(part))
    return home


def _key(requirements: Path) -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    # The interpreter's path counts too: a venv links to it.
    return digest(requirements.read_bytes(), version, os.path.realpath(sys.executable))


def _make(home: Path, requirements: Path) -> None:
    # A venv cannot be renamed, so a marker tells a finished one from a torso.
    shutil.rmtree(home, ignore_errors=True)
    try:
        _create(home)
    except SetupError:
        # Debian splits venv off Python; root can have it in a moment.
        if os.geteuid() or not shutil.which("apt-get"):
            raise
        debian.install("python3-venv")
        _create(home)
    _install(home, requirements)
    (home / _READY).touch()


def _create(home: Path) -> None:
    call(
        [sys.executable, "-m", "venv", "--clear", home],
        "No virtual environment can be made; install the package python3-venv",
    )


def _install(venv: Path, requirements: Path, *options: str) -> None:
    call(
        [
            *(venv / "bin" / "python", "-m", "pip", "install", "--quiet"),
            *("--disable-pip-version-check", "--no-input", "--no-compile"),
            *(*options, "--requirement", requirements),
        ],
        f"The packages of {requirements.name} cannot be installed",
    )
