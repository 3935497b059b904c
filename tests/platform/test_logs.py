# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Warnings and errors are found in Odoo's log, and only those that mean something."""

from __future__ import annotations

from pathlib import Path

import pytest

from house.odoo_runtime import findings
from tests.support.logs import assert_quiet

_START = "2026-01-31 10:00:00,123 42"


def test_an_error_is_found_with_its_traceback() -> None:
    """The lines below belong to it, those of the next entry do not."""
    log = (
        f"{_START} INFO db odoo.modules: fine\n"
        f"{_START} ERROR db odoo.sql_db: bad query\nTraceback\n  File x\n"
        f"{_START} INFO db odoo.modules: fine again\n"
    )
    (found,) = findings(log)
    assert found.is_error
    assert found.text.endswith("bad query\nTraceback\n  File x")


def test_a_warning_is_found_and_is_no_error() -> None:
    """An update must not warn, but a template database may be made with one."""
    (found,) = findings(f"{_START} WARNING db odoo.fields: unknown parameter\n")
    assert not found.is_error


def test_the_extensions_that_the_embedded_server_lacks_are_expected() -> None:
    """Odoo works without them and says so each time it makes a database."""
    log = f'{_START} ERROR ? odoo.sql_db: extension "pg_trgm" is not available\n'
    assert findings(log) == []


def test_a_line_of_info_that_speaks_of_errors_is_none() -> None:
    """The level counts, not the words."""
    assert findings(f"{_START} INFO db odoo.tests: 0 failed, 0 error(s)\n") == []


@pytest.mark.parametrize(
    ("table", "is_quiet"), [("discuss_channel_member", True), ("account_move", False)]
)
def test_only_the_race_for_a_read_message_is_odoos_own(
    table: str, is_quiet: bool, tmp_path: Path
) -> None:
    """Where another table was fought for, somebody has to look."""
    log = tmp_path / "odoo.log"
    log.write_text(
        f"{_START} ERROR db odoo.sql_db: bad query: b'\\n  UPDATE {table}\\n'\n"
        "ERROR: could not serialize access due to concurrent update\n"
    )
    if is_quiet:
        assert_quiet(log)
    else:
        with pytest.raises(AssertionError, match=table):
            assert_quiet(log)
