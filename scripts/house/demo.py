# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`scripts/demo`: working connections in a real Odoo, to click through or to check."""

from __future__ import annotations

import argparse
import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import addons, databases, demo_running, demo_world, environment, templates
from .cache import folder
from .demo_check import check
from .errors import SetupError
from .odoo_runtime import OdooRuntime
from .processes import free_port
from .progress import step
from .sandbox import RunningSandbox

DATABASE = "ledger_demo"
#: Of what the demonstration sets up; a database of another one is made anew.
VERSION = 2


def main(arguments: list[str]) -> int:
    """Show or check the demonstration.

    :param arguments: of the command line, see `--help`
    :return: 0, or 1 when a check found a difference
    """
    options = _parse(arguments)
    with _alone(options.check), environment.opened() as odoo:
        return check(odoo) if options.check else _show(odoo, options)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/demo", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="sync without a person and compare"
    )
    parser.add_argument("--reset", action="store_true", help="start over")
    parser.add_argument("--port", type=int, help="Odoo's port; default: 8069 or above")
    return parser.parse_args(arguments)


@contextmanager
def _alone(check: bool) -> Iterator[None]:
    # A check has a database of its own and disturbs nobody.
    if check:
        yield
        return
    with Path(folder("locks"), "demo.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SetupError(
                "The demo runs already in another terminal; stop it there first."
            ) from None
        yield


# === SHOW === #


def _show(odoo: OdooRuntime, options: argparse.Namespace) -> int:
    port = free_port(options.port, demo_running.ODOO_PORT)
    if options.reset:
        databases.drop(odoo.postgres, DATABASE)
    before = remembered(odoo)
    with demo_running.stand_ins(odoo, before.get("sandbox_port")) as stand_ins:
        _prepare(odoo, before, stand_ins)
        with demo_running.server(odoo, DATABASE, port) as server:
            _welcome(port)
            server.process.wait()
    raise SetupError("Odoo ended by itself; run scripts/demo again.")


def _prepare(odoo: OdooRuntime, before: dict, stand_ins: RunningSandbox) -> None:
    now = {"version": VERSION, "addons": addons.state(), "url": stand_ins.url}
    if not before:
        databases.drop(odoo.postgres, DATABASE)
        databases.copy(odoo.postgres, templates.with_addons(odoo), DATABASE)
    elif before["addons"] != now["addons"]:
        with step("Updating the addons of the demo"):
            _update(odoo)
    if before.get("url") != now["url"]:
        demo_running.connect_traders(odoo, DATABASE, stand_ins.url)
    if not before:
        demo_running.open_shop(odoo, DATABASE)
    # The sandbox keeps nothing when it stops: the shop's books are new each time.
    books = demo_world.open_books(stand_ins, demo_running.SHOP)
    demo_running.connect_shop(odoo, DATABASE, books)
    port = int(stand_ins.url.rpartition(":")[2])
    remember(odoo, {**now, "sandbox_port": port})


def _update(odoo: OdooRuntime) -> None:
    names = ",".join(addons.names())
    odoo.run(
        "Updating the addons",
        *("--database", DATABASE, "--init", names, "--update", names),
        *("--stop-after-init", "--no-http", "--max-cron-threads", "0"),
    )


def remembered(odoo: OdooRuntime) -> dict:
    """Return the state of the demonstration's database.

    :param odoo: the Odoo
    :return: as it was given to :func:`remember`; nothing if the database is not there,
        was not finished, or was set up by another version
    """
    if not databases.exists(odoo.postgres, DATABASE):
        return {}
    rows = odoo.postgres.query(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        f" WHERE datname = '{DATABASE}'"
    )
    # Written last, so that a set-up that was interrupted is begun again.
    state = json.loads(rows[0][0]) if rows[0][0] else {}
    return state if state.get("version") == VERSION else {}


def remember(odoo: OdooRuntime, state: dict) -> None:
    """Keep the state of the demonstration's database with the database.

    :param odoo: the Odoo
    :param state: version of the set-up, state of the addons, address and port of the
        sandbox
    """
    odoo.postgres.query(f"COMMENT ON DATABASE {DATABASE} IS '{json.dumps(state)}'")


def _welcome(port: int) -> None:
    print(
        f"""
Odoo is ready:   http://127.0.0.1:{port}/odoo
Log in with:     admin / admin

A company whose books come to Odoo
  1. Open the app "Ledger Connectors": the dashboard shows "Fjordlys Handel AS",
     a company in a stand-in of Tripletex, connected and tested.
  2. Press "Sync now": 2,001 customers, 500 products and 300 invoices come in.
  3. Follow the job, then open a customer in Contacts and an invoice in Invoicing.

A shop whose orders become invoices in Procountor
  4. At the top right tick "{demo_running.SHOP}" as well, and confirm: the dashboard
     shows its connection too. Open the app "Sales": of five orders three wait to be
     sent, one could not be sent, and one is a quotation.
  5. Open S00001. The gear beside its number has "Show what is sent to the ledger" and
     "Send to ledger". Send it and reload: invoice number and status are there. What
     waited beside it has gone along.
  6. Open S00004: the yellow bar says what is wrong. Choose the tax 25.5% on its line,
     save, press "Retry" and reload: it is an invoice as well.
  7. Confirm S00005 and send it in the same way, or by "Sync now" on the dashboard.

Ctrl-C stops everything; scripts/demo --reset starts over. The shop's books are empty
after each start: all its confirmed orders wait once more, mended ones too.
""",
        flush=True,
    )
