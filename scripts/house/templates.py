# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Template databases: what takes long to install is installed once and then copied."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from . import addons, databases
from .cache import digest, locked
from .odoo_runtime import OdooRuntime
from .postgres import Postgres
from .progress import step

# What the tests and the demonstration need beside what our addons ask for.
THIRD_PARTY = ("account", "base_vat", "contacts", "l10n_no")
_PREFIX = "ledger_template_"
_KEPT = 6
_IN_USE_SECONDS = 3 * 3600


def with_addons(odoo: OdooRuntime) -> str:
    """Return a template with all our addons installed; make it when there is none.

    It belongs to a Norwegian company with its chart of accounts; the login is
    `admin` with the password `admin`.

    :param odoo: the Odoo to install with
    :return: the database's name; nobody may connect to it
    """
    own = addons.names()
    below = with_modules(odoo, wanted())
    if not own:
        return below
    key = digest(below, addons.state())
    return _template(odoo, key, lambda name: _install(odoo, below, name, own))


def wanted() -> set[str]:
    """Return the modules that are not ours and that a working database needs."""
    return {*THIRD_PARTY, *addons.third_party(addons.names())}


def with_modules(odoo: OdooRuntime, modules: Iterable[str]) -> str:
    """Return a template with modules that are not ours; make it when there is none.

    :param odoo: the Odoo to install with
    :param modules: names of modules
    :return: the database's name
    """
    base = empty(odoo)
    wanted = sorted({*modules} - {"base"})
    if not wanted:
        return base
    key = digest(base, *wanted)
    return _template(odoo, key, lambda name: _install(odoo, base, name, wanted))


def empty(odoo: OdooRuntime) -> str:
    """Return a template with nothing but Odoo's own base; make it when there is none.

    :param odoo: the Odoo to install with
    :return: the database's name
    """
    # File stores of all servers lie side by side, so the server counts too.
    there = odoo.postgres.variables
    key = digest(odoo.source.key, there["PGHOST"], there.get("PGPORT", ""))
    return _template(odoo, key, lambda name: _initialise(odoo, name))


def _initialise(odoo: OdooRuntime, name: str) -> None:
    with step("Making an empty Odoo database"):
        odoo.run("Making a database", "db", "init", name, "--country", "NO")


def _install(odoo: OdooRuntime, below: str, name: str, modules: list[str]) -> None:
    databases.copy(odoo.postgres, below, name)
    listed = ",".join(modules)
    with step(f"Installing {listed}"):
        odoo.run(
            f"Installing {listed}",
            *("--database", name, "--init", listed),
            *("--stop-after-init", "--no-http", "--max-cron-threads", "0"),
        )


def _template(odoo: OdooRuntime, key: str, make: Callable[[str], None]) -> str:
    server = odoo.postgres
    name = _PREFIX + key
    with locked("templates"):
        if not databases.exists(server, name):
            unfinished = f"{_PREFIX}unfinished"
            databases.drop(server, unfinished)
            make(unfinished)
            server.query(f'ALTER DATABASE "{unfinished}" ALLOW_CONNECTIONS false')
            databases.rename(server, unfinished, name)
        server.query(f"COMMENT ON DATABASE \"{name}\" IS '{time.time():.0f}'")
        _drop_old(server)
    return name


def _drop_old(server: Postgres) -> None:
    rows = server.query(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
        rf" WHERE datname LIKE '{_PREFIX}%' AND datname <> '{_PREFIX}unfinished'"
    )
    used = sorted(((float(when or 0), name) for name, when in rows), reverse=True)
    long_ago = time.time() - _IN_USE_SECONDS
    for when, name in used[_KEPT:]:
        if when < long_ago:
            databases.drop(server, name)
