# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`scripts/lifecycle`: each addon installs alone, updates, and leaves nothing."""

from __future__ import annotations

from . import addons, databases, environment, templates
from .errors import SetupError
from .odoo_runtime import OdooRuntime, findings
from .postgres import Postgres
from .progress import say, step

# Everything that PostgreSQL and Odoo keep for a module, one line for each thing.
_TRACES = r"""
SELECT 'relation ' || relname FROM pg_class
 WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT 'column ' || table_name || '.' || column_name
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'function ' || proname FROM pg_proc
 WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'scheduled action ' || id || ' ' || cron_name FROM ir_cron
UNION ALL SELECT 'model ' || model FROM ir_model
UNION ALL SELECT 'group ' || id FROM res_groups
UNION ALL SELECT 'menu ' || id FROM ir_ui_menu
UNION ALL SELECT 'setting ' || key FROM ir_config_parameter
UNION ALL SELECT 'external id ' || module || '.' || name FROM ir_model_data
 WHERE module <> 'base' OR name NOT LIKE 'module\_%'
"""
_COMMON = ("--stop-after-init", "--no-http", "--max-cron-threads", "0")


def main(arguments: list[str]) -> int:
    """Take addons through their life.

    :param arguments: names of addons; without any, all of them
    :return: 0, or 1 when one of them did something wrong
    """
    chosen = arguments or addons.names()
    with environment.opened() as odoo:
        faults = [fault for name in chosen for fault in _live(odoo, name)]
    for fault in faults:
        say(fault)
    say(f"Life cycle of {len(chosen)} addons: {len(faults)} faults.")
    return 1 if faults else 0


def _live(odoo: OdooRuntime, name: str) -> list[str]:
    # With exactly what the manifests ask for there beforehand, what the addon
    # leaves can be told from what its dependencies bring.
    below = templates.with_modules(odoo, addons.third_party([name]))
    database = environment.scratch_name()
    databases.copy(odoo.postgres, below, database)
    try:
        with step(f"Life cycle of {name}"):
            return _stages(odoo, name, database)
    except SetupError as error:
        return [f"{name}: {error}"]
    finally:
        databases.drop(odoo.postgres, database)


def _stages(odoo: OdooRuntime, name: str, database: str) -> list[str]:
    before = traces(odoo.postgres, database)
    own = addons.with_own_dependencies(name)
    run = ("--database", database)
    logs = {
        "install": odoo.run("Installing", *run, "--init", name, *_COMMON).log,
        "update": odoo.run("Updating", *run, "--update", ",".join(own), *_COMMON).log,
        "uninstall": odoo.run("Uninstalling", "module", "uninstall", *run, *own).log,
    }
    logged = [
        f"{name}, {stage}: {found.text}"
        for stage, log in logs.items()
        for found in findings(log)
    ]
    left = _of_ours(sorted(traces(odoo.postgres, database) - before), own)
    return logged + [f"{name} leaves behind: {trace}" for trace in left]


def _of_ours(left: list[str], own: list[str]) -> list[str]:
    # Odoo never removes the names that its own modules give to the fields a model
    # gets from them (mail.selection__…); they lead nowhere and are not our doing.
    ours = tuple(f"external id {name}." for name in own)
    return [
        trace
        for trace in left
        if trace.startswith(ours) or not trace.startswith("external id ")
    ]


def traces(server: Postgres, database: str) -> set[str]:
    """Return everything a module could leave in a database, one line each.

    :param server: where the database is
    :param database: its name
    """
    return {line for (line,) in server.query(_TRACES, database)}
