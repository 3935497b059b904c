# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the scripts know of the addons."""

from __future__ import annotations

from pathlib import Path

import pytest

from house import addons


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two addons, one needing the other, and one that cannot be installed."""
    monkeypatch.setattr(addons, "FOLDER", tmp_path)
    for name, manifest in {
        "top": {"depends": ["below", "contacts"]},
        "below": {"depends": ["account"]},
        "old": {"installable": False, "depends": ["sale"]},
    }.items():
        (tmp_path / name / "tests").mkdir(parents=True)
        (tmp_path / name / "__manifest__.py").write_text(repr(manifest))
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_addons_come_with_ours_that_they_need_first() -> None:
    """So that the order of installing and removing is known."""
    assert addons.with_own_dependencies("top") == ["below", "top"]


@pytest.mark.usefixtures("folder")
def test_what_is_not_ours_is_gathered_from_everything_below() -> None:
    """But not from an addon that nobody can install."""
    assert addons.names() == ["below", "top"]
    assert addons.third_party(["top"]) == ["account", "contacts"]


def test_a_change_of_an_addon_makes_a_new_template(folder: Path) -> None:
    """Otherwise tests would run on yesterday's views."""
    before = addons.state()
    (folder / "top" / "views.xml").write_text("<odoo/>")
    assert addons.state() != before


def test_a_change_of_a_test_makes_no_new_template(folder: Path) -> None:
    """Whoever writes tests shall not wait for an installation each time."""
    before = addons.state()
    (folder / "top" / "tests" / "test_it.py").write_text("")
    assert addons.state() == before
