# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addons of this repository: which there are and what they stand on."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from .cache import REPOSITORY, digest
from .errors import SetupError

FOLDER = REPOSITORY / "addons"
# What cannot change a database that the addon is installed in.
_WITHOUT_EFFECT = {"tests", "readme", "__pycache__"}


def names() -> list[str]:
    """Return the names of all installable addons, in alphabetical order."""
    return sorted(
        path.parent.name
        for path in FOLDER.glob("*/__manifest__.py")
        if manifest(path.parent.name).get("installable", True)
    )


def manifest(name: str) -> dict:
    """Read the manifest of an addon.

    :param name: the addon
    :return: the manifest's dictionary
    :raise SetupError: when the manifest is no Python literal
    """
    path = FOLDER / name / "__manifest__.py"
    try:
        return ast.literal_eval(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError) as error:
        raise SetupError(f"{path} cannot be read: {error}.") from error


def with_own_dependencies(name: str) -> list[str]:
    """Return an addon and those of our addons that it needs, needed ones first.

    :param name: the addon
    """
    found: list[str] = []
    for needed in manifest(name).get("depends", []):
        if (FOLDER / needed / "__manifest__.py").exists():
            found += [own for own in with_own_dependencies(needed) if own not in found]
    return [*found, name]


def third_party(chosen: Iterable[str]) -> list[str]:
    """Return what addons need that is not ours, in alphabetical order.

    :param chosen: names of our addons
    """
    own = set(names())
    closure = {needed for name in chosen for needed in with_own_dependencies(name)}
    needed = {other for name in closure for other in manifest(name).get("depends", [])}
    return sorted(needed - own)


def state() -> str:
    """Return a key that changes with all that a database can see of our addons."""
    parts: list[str | bytes] = []
    for path in sorted(FOLDER.rglob("*")):
        inside = path.relative_to(FOLDER)
        if path.is_file() and not _WITHOUT_EFFECT.intersection(inside.parts):
            parts += [str(inside), path.read_bytes()]
    return digest(*parts)
