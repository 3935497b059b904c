# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every addon can be installed with pip."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from house import addons


@pytest.mark.parametrize("name", addons.names())
def test_pip_builds_a_wheel_with_the_addon_in_it(name: str, tmp_path: Path) -> None:
    """The wheel holds the addon below odoo/addons and says its licence and version."""
    source = tmp_path / name
    shutil.copytree(
        addons.FOLDER / name, source, ignore=shutil.ignore_patterns("__pycache__")
    )
    _build(source, tmp_path / "wheels")
    (wheel,) = (tmp_path / "wheels").glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        files = content.namelist()
        (metadata,) = [file for file in files if file.endswith("METADATA")]
        lines = content.read(metadata).decode().splitlines()
    assert f"odoo/addons/{name}/__manifest__.py" in files
    assert "License: LGPL-3" in lines
    assert f"Version: {addons.manifest(name)['version']}" in lines


def _build(source: Path, target: Path) -> None:
    options = ("--no-build-isolation", "--no-deps", "--quiet", "--wheel-dir")
    command = [sys.executable, "-m", "pip", "wheel", *options, str(target), str(source)]
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
