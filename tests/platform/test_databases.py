# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases are copied from templates, with real PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Callable

import psycopg2
import pytest

from house import databases, lifecycle
from house.errors import SetupError
from house.postgres import Postgres, parse_url

_UUID = "SELECT value FROM ir_config_parameter WHERE key = 'database.uuid'"


def test_every_copy_is_a_database_of_its_own(
    postgres: Postgres, new_database: Callable[[], str]
) -> None:
    """Connections tell a copy by its uuid, so no two copies may share one."""
    one = postgres.query(_UUID, new_database())
    two = postgres.query(_UUID, new_database())
    assert len(one) == len(two) == 1
    assert one != two


def test_nobody_can_change_the_template(postgres: Postgres) -> None:
    """A test that forgets to copy is refused, and harms no other one."""
    with pytest.raises(SetupError, match="not currently accepting connections"):
        postgres.query("SELECT 1", os.environ["LEDGER_TEMPLATE_DB"])


def test_a_dropped_database_is_gone_though_somebody_is_connected(
    postgres: Postgres, new_database: Callable[[], str]
) -> None:
    """A killed Odoo may leave its connections behind."""
    name = new_database()
    there = postgres.variables
    connection = psycopg2.connect(
        dbname=name, host=there["PGHOST"], port=there["PGPORT"], user=there["PGUSER"]
    )
    try:
        databases.drop(postgres, name)
        assert not databases.exists(postgres, name)
    finally:
        connection.close()


def test_dropping_what_is_not_there_does_no_harm(postgres: Postgres) -> None:
    """A set-up that heals drops first."""
    databases.drop(postgres, "ledger_scratch_never_made")


def test_a_table_left_behind_is_seen(
    postgres: Postgres, new_database: Callable[[], str]
) -> None:
    """What the life cycle of an addon compares notices a table and its columns."""
    name = new_database()
    before = lifecycle.traces(postgres, name)
    postgres.query("CREATE TABLE left_behind (forgotten int)", name)
    assert lifecycle.traces(postgres, name) - before == {
        "relation left_behind",
        "column left_behind.forgotten",
    }


def test_an_address_with_a_socket_folder_is_understood() -> None:
    """As the embedded server has it, and Debian's."""
    found = parse_url("postgresql://me:p%40ss@/x?host=/run/postgresql")
    assert found == {
        "PGHOST": "/run/postgresql",
        "PGPORT": "5432",
        "PGUSER": "me",
        "PGPASSWORD": "p@ss",
    }
