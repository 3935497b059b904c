# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Debian packages without root: fetched with the machine's own apt, unpacked aside."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from .cache import folder, require_tool
from .errors import SetupError
from .processes import call

_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_MIRROR = ("--format", "$(REPO_URI)", "Created-By: Packages", "Origin: Debian")


class PackageFetcher:
    """Fetches packages of one Debian suite into a folder of ours.

    The system's own lists and settings are read, never written.
    """

    def __init__(self, suite: str | None = None) -> None:
        """Prepare a folder for apt's lists.

        :param suite: a Debian suite such as ``sid``; None for the machine's own
        :raise SetupError: when apt is missing or knows no Debian mirror
        """
        require_tool("dpkg-deb", "dpkg")
        self._apt = require_tool("apt-get", "apt")
        self._home = folder("apt", suite or "own")
        for name in ("lists/partial", "archives/partial", "packages"):
            (self._home / name).mkdir(parents=True, exist_ok=True)
        self._options = [
            f"-oDir::State::lists={self._home / 'lists'}",
            f"-oDir::Cache={self._home}",
            # As root, apt would hand the download to a user who cannot enter
            # the home folder that the cache lies in.
            "-oAPT::Sandbox::User=root",
        ]
        if suite is not None:
            self._options += _sources_of(suite, self._home)
        self._call("update", "-qq")

    def unpack(self, packages: Sequence[str], target: Path) -> None:
        """Fetch packages and unpack them over one another.

        :param packages: their names; what they depend on is not fetched
        :param target: the folder that becomes their root
        :raise SetupError: when one of them cannot be had
        """
        for package in packages:
            self._call("download", package)
            for archive in (self._home / "packages").glob(f"{package}_*.deb"):
                call(["dpkg-deb", "-x", archive, target], f"{archive} is damaged")
                archive.unlink()

    def missing(self, package: str) -> list[str]:
        """Name a package and everything it needs that is not installed yet.

        :param package: its name
        :return: names of packages
        """
        planned = self._call(
            "install", "--simulate", "--no-install-recommends", "--yes", package
        )
        return [
            line.split()[1] for line in planned.splitlines() if line.startswith("Inst ")
        ]

    def mirror(self) -> str:
        """Return the address of the Debian mirror that this machine uses.

        :raise SetupError: when apt knows none
        """
        command = ["apt-get", *self._options, "indextargets", *_MIRROR]
        found = call(command, "apt does not name its package sources").split()
        addresses = sorted({uri for uri in found if "security" not in uri})
        if not addresses:
            raise SetupError("apt knows no Debian mirror on this machine.")
        return addresses[0]

    def _call(self, *arguments: str) -> str:
        return call(
            [self._apt, *self._options, *arguments],
            f"apt-get {arguments[0]} failed; is this machine connected?",
            environment={**os.environ, "LC_ALL": "C"},
            cwd=self._home / "packages",
        )


def install(package: str) -> None:
    """Install a package into the system; needs root.

    :param package: its name
    :raise SetupError: when that fails
    """
    require_tool("apt-get", "apt")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call(["apt-get", "update", "-qq"], "apt-get update failed", environment)
    call(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
        f"apt-get install {package} failed",
        environment,
    )


def _sources_of(suite: str, home: Path) -> list[str]:
    if not _KEYRING.exists():
        raise SetupError(
            f"{_KEYRING} is missing; install the package debian-archive-keyring."
        )
    sources = home / "sources.list"
    mirror = PackageFetcher().mirror()
    sources.write_text(f"deb [signed-by={_KEYRING}] {mirror} {suite} main\n")
    return [f"-oDir::Etc::sourcelist={sources}", "-oDir::Etc::sourceparts=-"]
