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


@pytest.mark.parametrize("is_repeated", [True, False])
def test_a_lost_race_is_quiet_only_where_odoo_repeats_the_request(
    is_repeated: bool, tmp_path: Path
) -> None:
    """Where nothing says so, something of ours did not look after it."""
    log = tmp_path / "odoo.log"
    log.write_text(
        f"{_START} ERROR db odoo.sql_db: bad query: b'UPDATE account_move'\n"
        "ERROR: could not serialize access due to concurrent update\n\n"
        f"{_START} INFO db odoo.modules: something else\n"
    )
    if is_repeated:
        with log.open("a") as more:
            more.write(
                f"{_START} INFO db odoo.service.model: SERIALIZATION_FAILURE, 4 tries "
                "left, try again in 0.1 sec...\n"
            )
        assert_quiet(log)
    else:
        with pytest.raises(AssertionError, match="account_move"):
            assert_quiet(log)
