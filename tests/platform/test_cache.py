# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The cache survives interrupted runs and runs at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from house import cache
from house.errors import SetupError


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache of the test alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    yield tmp_path


def test_a_folder_that_was_not_filled_to_the_end_is_not_there(own_cache: Path) -> None:
    """What an exception interrupts leaves neither the folder nor its torso."""
    target = own_cache / "thing"
    with pytest.raises(RuntimeError), cache.building(target) as part:
        (part / "half").touch()
        raise RuntimeError
    assert list(own_cache.iterdir()) == []


def test_what_a_killed_run_left_does_not_get_into_the_next(own_cache: Path) -> None:
    """A torso from before is thrown away, not filled up."""
    torso = own_cache / "thing.part"
    torso.mkdir()
    (torso / "stale").touch()
    with cache.building(own_cache / "thing") as part:
        (part / "fresh").touch()
    assert [path.name for path in (own_cache / "thing").iterdir()] == ["fresh"]


def test_a_second_run_waits_for_the_first(own_cache: Path) -> None:
    """While one process holds a lock, another one does not get it."""
    code = (
        "from house import cache\n"
        "with cache.locked('x'):\n"
        "    print('in', flush=True)\n"
    )
    with cache.locked("x"):
        other = subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=dict(os.environ),
        )
        waits = other.stderr.readline()
        assert other.poll() is None
    output, _errors = other.communicate()
    assert waits.startswith("Waiting for another run")
    assert output == "in\n"


def test_too_little_space_is_said_in_one_line() -> None:
    """The sentence names what is free, what is needed and what helps."""
    with pytest.raises(SetupError, match=r"\d GB are free .* 1e\+09 GB are needed"):
        cache.require_space(1e9)


def test_a_cache_that_cannot_be_made_is_said_in_one_line(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is in the way of the folder."""
    (own_cache / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(own_cache / "file"))
    with pytest.raises(SetupError, match="set XDG_CACHE_HOME"):
        cache.folder("odoo")


def test_a_missing_program_is_named_with_its_package() -> None:
    """So that the person knows what to install."""
    with pytest.raises(SetupError, match="'no-such-tool'.*package some-package"):
        cache.require_tool("no-such-tool", "some-package")
