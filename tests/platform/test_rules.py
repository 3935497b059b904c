# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A run of the tests cannot pass by leaving something out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

_SKIPS = "import pytest\n\ndef test_it():\n    pytest.skip('no browser')\n"
_SKIPS_FILE = "import pytest\npytest.skip('no browser', allow_module_level=True)\n"
_COMPARES = "import pytest\n\n@pytest.mark.needs_specs\ndef test_it():\n    pass\n"
_PASSES = "\n\ndef test_other():\n    pass\n"


Run = Callable[..., tuple[int, str]]


@pytest.fixture(params=[(), ("-n", "2")], ids=["alone", "workers"])
def run_pytest(request: pytest.FixtureRequest) -> Run:
    """Run a file of tests, in one process or in several."""
    return partial(_pytest, arguments=request.param)


def _pytest(
    folder: Path, code: str, shared: str = "", arguments: Iterable[str] = ()
) -> tuple[int, str]:
    (folder / "test_thing.py").write_text(code)
    kept = {k: v for k, v in os.environ.items() if k != "ODOO_RC"}
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "house.pytest_rules"),
            *("-p", "no:odoo", *arguments),
        ],
        cwd=folder,
        env={**kept, "LEDGER_SHARED": shared},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("code", [_SKIPS, _SKIPS_FILE], ids=["test", "file"])
def test_a_skip_fails_the_run_and_names_the_reason(
    code: str, tmp_path: Path, run_pytest: Run
) -> None:
    """Both a test and a whole file that skip themselves."""
    status, output = run_pytest(tmp_path, code + _PASSES)
    assert status != 0
    assert "no browser" in output
    assert "skipped," not in output.splitlines()[-1]


def test_comparisons_run_where_the_documents_are(
    tmp_path: Path, run_pytest: Run
) -> None:
    """And the run says how many there were."""
    (tmp_path / "apis" / "specs").mkdir(parents=True)
    status, output = run_pytest(tmp_path, _COMPARES, shared=str(tmp_path))
    assert status == 0
    assert "Checks against the vendors' documents: 1 run." in output


def test_comparisons_are_left_out_without_documents_and_the_run_says_so(
    tmp_path: Path, run_pytest: Run
) -> None:
    """The other tests run, and a line tells what did not."""
    status, output = run_pytest(tmp_path, _COMPARES + _PASSES)
    assert status == 0
    assert "documents: absent, 1 left out" in output
    assert "1 passed" in output


def test_a_run_in_which_nothing_is_left_fails(tmp_path: Path, run_pytest: Run) -> None:
    """No test is no success."""
    status, _output = run_pytest(tmp_path, _COMPARES)
    assert status != 0
