# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where Odoo itself comes from: a tree at hand, its public repository, or Debian."""

from __future__ import annotations

import os
import re
import socket
import tarfile
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from .cache import building, digest, folder, locked, require_space
from .debian import PackageFetcher
from .errors import SetupError
from .processes import call
from .progress import say, step

SERIES = "19.0"
_HOST = "github.com"
_ARCHIVE = f"https://{_HOST}/odoo/odoo/archive/refs/heads/{SERIES}.tar.gz"
_CONNECT_SECONDS = 4
_READ_SECONDS = 60
# The Debian package links to these for assets; without them the web client
# answers 500. They come from the machine's own suite.
_ASSET_PACKAGES = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
)


@dataclass(frozen=True)
class OdooSource:
    """An Odoo tree that can be run."""

    python_path: Path
    """The folder that holds the package `odoo`."""

    addons: tuple[Path, ...]
    """Folders with addons beside the package's own."""

    origin: str
    """Where it came from, for the person at the terminal."""

    @property
    def key(self) -> str:
        """What template databases made with this tree are filed under."""
        release = self.python_path / "odoo" / "release.py"
        return digest(str(self.python_path), release.read_bytes(), self._commit())

    def _commit(self) -> str:
        # A checkout moves without its release number moving.
        if not (self.python_path / ".git").exists():
            return ""
        command = ["git", "-C", self.python_path, "rev-parse", "HEAD"]
        return call(command, f"{self.python_path} is a damaged git checkout")


def find() -> OdooSource:
    """Return an Odoo 19 tree; fetch it when there is none yet.

    The order is `ODOO_HOME`, what was fetched before, Odoo's own public
    repository, Debian's package.

    :raise SetupError: when `ODOO_HOME` is no Odoo 19, or nothing can be fetched
    """
    home = os.environ.get("ODOO_HOME")
    if home:
        return _at_home(Path(home))
    with locked("odoo"):
        return _cached() or _fetch()


def describe(root: Path, origin: str) -> OdooSource | None:
    """Look for the package `odoo` in a folder.

    :param root: a checkout, an unpacked archive or package, or a folder of
        Python packages
    :param origin: what the person is told about it
    :return: None when there is no Odoo of our series in it
    """
    inside = (root, root / "usr/lib/python3/dist-packages", root.parent)
    for path in inside:
        release = path / "odoo" / "release.py"
        if release.exists() and _series(release.read_text()) == SERIES:
            addons = path / "addons"
            own = (addons,) if (addons / "web").is_dir() else ()
            return OdooSource(path, own, origin)
    return None


def _series(release: str) -> str:
    found = re.search(r"^version_info = \((\d+), (\d+)", release, re.MULTILINE)
    return ".".join(found.groups()) if found else ""


def _at_home(home: Path) -> OdooSource:
    found = describe(home.absolute(), f"ODOO_HOME ({home})")
    if found is None:
        raise SetupError(
            f"ODOO_HOME names {home}, but there is no Odoo {SERIES} in it; point it to "
            "the folder that holds the folder 'odoo', or unset it."
        )
    return found


def _cached() -> OdooSource | None:
    for name, origin in (("archive", "Odoo's repository"), ("debian", "Debian")):
        path = folder("odoo") / f"{SERIES}-{name}"
        found = _look(path, f"{origin}, fetched before")
        if found:
            return found
    return None


def _fetch() -> OdooSource:
    require_space(4)
    try:
        found = _from_repository()
    except (SetupError, OSError, tarfile.TarError) as error:
        say(f"Odoo's public repository: {error}; trying Debian's package instead.")
        found = _from_debian()
    say(f"Odoo {SERIES} comes from {found.origin}.")
    return found


def _from_repository() -> OdooSource:
    if not _is_reachable(_HOST):
        raise SetupError("not reachable from this machine")
    target = folder("odoo") / f"{SERIES}-archive"
    with step(f"Fetching Odoo {SERIES} from its public repository"):
        with building(target) as part:
            _unpack(_ARCHIVE, part)
            _require_odoo(part)
    return _require_odoo(target, "Odoo's public repository")


def _from_debian() -> OdooSource:
    target = folder("odoo") / f"{SERIES}-debian"
    with step(f"Fetching Odoo {SERIES} from Debian"), building(target) as part:
        PackageFetcher("sid").unpack(["odoo-19"], part)
        PackageFetcher().unpack(_ASSET_PACKAGES, part)
        _fill_gaps(part)
        _require_odoo(part)
    return _require_odoo(target, "Debian's package odoo-19")


def _fill_gaps(root: Path) -> None:
    # Debian leaves this one out for its licence (it blurs the background of video
    # calls); without a file the browser reports a broken bundle on every page.
    lib = root / "usr/lib/python3/dist-packages/odoo/addons/mail/static/lib"
    missing = lib / "selfie_segmentation" / "selfie_segmentation.js"
    if not missing.exists():
        missing.parent.mkdir(parents=True, exist_ok=True)
        missing.write_text("/* not part of Debian's package */\n")


def _require_odoo(path: Path, origin: str = "") -> OdooSource:
    found = _look(path, origin)
    if found is None:
        raise SetupError(f"What came holds no Odoo {SERIES}.")
    return found


def _look(path: Path, origin: str) -> OdooSource | None:
    # The repository's archive has one folder on top, Debian's package has not.
    return describe(path, origin) or describe(path / f"odoo-{SERIES}", origin)


def _is_reachable(host: str) -> bool:
    if urllib.request.getproxies().get("https"):
        return True
    answers: list[bool] = []
    # In a thread: looking up a name has no time-out of its own.
    probe = threading.Thread(
        target=lambda: answers.append(_connects(host)), daemon=True
    )
    probe.start()
    probe.join(_CONNECT_SECONDS)
    return any(answers)


def _connects(host: str) -> bool:
    try:
        socket.create_connection((host, 443), _CONNECT_SECONDS).close()
    except OSError:
        return False
    return True


def _unpack(address: str, target: Path) -> None:
    with urllib.request.urlopen(address, timeout=_READ_SECONDS) as answer:
        with tarfile.open(fileobj=answer, mode="r|gz") as archive:
            if hasattr(tarfile, "data_filter"):
                archive.extractall(target, filter="data")
            else:
                archive.extractall(target)
