# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`scripts/demo`: a working connection in a real Odoo, to click through or to check."""

from __future__ import annotations

import argparse
import fcntl
import json
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from . import addons, databases, demo_sync, environment, sandbox, templates
from .cache import folder
from .errors import SetupError
from .odoo_runtime import OdooRuntime
from .processes import Service, free_port
from .progress import say, step
from .sandbox import RunningSandbox

DATABASE = "ledger_demo"
_HERE = Path(__file__).parent
_ODOO_PORT = 8069
_SANDBOX_PORT = 8170
_SECONDS = 120
_WORLD = "demo"


def main(arguments: list[str]) -> int:
    """Show or check the demonstration.

    :param arguments: of the command line, see `--help`
    :return: 0, or 1 when a check found a difference
    """
    options = _parse(arguments)
    with _alone(options.check), environment.opened() as odoo:
        return _check(odoo) if options.check else _show(odoo, options)


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
    port = free_port(options.port, _ODOO_PORT)
    if options.reset:
        databases.drop(odoo.postgres, DATABASE)
    before = _remembered(odoo)
    with _sandbox(odoo, before.get("sandbox_port")) as stand_ins:
        _prepare(odoo, before, stand_ins)
        with _server(odoo, DATABASE, port) as server:
            _welcome(port)
            server.process.wait()
    raise SetupError("Odoo ended by itself; run scripts/demo again.")


def _prepare(odoo: OdooRuntime, before: dict, stand_ins: RunningSandbox) -> None:
    now = {"addons": addons.state(), "url": stand_ins.url}
    if not before:
        databases.drop(odoo.postgres, DATABASE)
        databases.copy(odoo.postgres, templates.with_addons(odoo), DATABASE)
    elif before["addons"] != now["addons"]:
        with step("Updating the addons of the demo"):
            _update(odoo)
    if before.get("url") != now["url"]:
        _set_up(odoo, DATABASE, stand_ins)
    port = int(stand_ins.url.rpartition(":")[2])
    _remember(odoo, {**now, "sandbox_port": port})


def _update(odoo: OdooRuntime) -> None:
    names = ",".join(addons.names())
    odoo.run(
        "Updating the addons",
        *("--database", DATABASE, "--init", names, "--update", names),
        *("--stop-after-init", "--no-http", "--max-cron-threads", "0"),
    )


def _remembered(odoo: OdooRuntime) -> dict:
    if not databases.exists(odoo.postgres, DATABASE):
        return {}
    rows = odoo.postgres.query(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        f" WHERE datname = '{DATABASE}'"
    )
    # Written last, so that a set-up that was interrupted is begun again.
    return json.loads(rows[0][0]) if rows[0][0] else {}


def _remember(odoo: OdooRuntime, state: dict) -> None:
    odoo.postgres.query(f"COMMENT ON DATABASE {DATABASE} IS '{json.dumps(state)}'")


def _welcome(port: int) -> None:
    print(
        f"""
Odoo is ready:   http://127.0.0.1:{port}/odoo
Log in with:     admin / admin

What to do there
  1. Open the app "Ledger Connectors": the dashboard shows "Fjordlys Handel AS",
     a company in a stand-in of Tripletex, connected and tested.
  2. Press "Sync now": 2,001 customers, 500 products and 300 invoices come in.
  3. Follow the job, then open a customer in Contacts and an invoice in Invoicing.

Ctrl-C stops everything; scripts/demo --reset starts over.
""",
        flush=True,
    )


# === CHECK === #


def _check(odoo: OdooRuntime) -> int:
    name = environment.scratch_name()
    databases.copy(odoo.postgres, templates.with_addons(odoo), name)
    try:
        with _sandbox(odoo, None) as stand_ins:
            _set_up(odoo, name, stand_ins)
            with _server(odoo, name, free_port(None, _ODOO_PORT)):
                say("The login page answers.")
            with step("Syncing"):
                found = _sync(odoo, name)
            return _compare(found, _expected(stand_ins))
    finally:
        databases.drop(odoo.postgres, name)


def _sync(odoo: OdooRuntime, name: str) -> dict:
    script = _HERE / "demo_sync.py"
    outcome = odoo.run("Syncing", "shell", "-d", name, "--no-http", script=script)
    marked = [
        line for line in outcome.output.splitlines() if line.startswith(demo_sync.MARK)
    ]
    return json.loads(marked[-1].removeprefix(demo_sync.MARK))


def _expected(stand_ins: RunningSandbox) -> dict[str, int]:
    request = urllib.request.Request(
        f"{stand_ins.url}/_control/worlds/{_WORLD}/counts",
        headers={"X-Sandbox-Control": stand_ins.key},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        counts = json.load(answer)["result"]
    return {
        "customers": counts["customer_active"],
        "products": counts["product"],
        "invoices": counts["invoice"],
    }


def _compare(found: dict, expected: dict[str, int]) -> int:
    for entity, job in found["jobs"].items():
        words = ", ".join(f"{name} {value}" for name, value in job.items() if value)
        print(f"{entity:10} {words}")
    print(f"\n{'':10} {'in Odoo':>8} {'in the sandbox':>15}")
    for name, there in expected.items():
        print(f"{name:10} {found['counts'][name]:>8} {there:>15}")
    for reason in found["reasons"]:
        print(reason)
    same = found["counts"] == expected
    done = all(job["state"] == "done" for job in found["jobs"].values())
    print("Everything came." if same and done else "Not everything came.")
    return 0 if same and done else 1


# === BOTH === #


def _sandbox(
    odoo: OdooRuntime, port: int | None
) -> AbstractContextManager[RunningSandbox]:
    # The same port as before if it can be had, so that the connection stays right.
    chosen = free_port(None, port or _SANDBOX_PORT)
    return sandbox.running(odoo, "--port", str(chosen), "--demo")


def _set_up(odoo: OdooRuntime, name: str, stand_ins: RunningSandbox) -> None:
    url = f"{stand_ins.url}/{_WORLD}/tripletex/v2"
    with step("Connecting to the sandbox"):
        odoo.run(
            "Setting up the demo",
            *("shell", "-d", name, "--no-http"),
            script=_HERE / "demo_setup.py",
            variables={"LEDGER_DEMO_URL": url},
        )


@contextmanager
def _server(odoo: OdooRuntime, name: str, port: int) -> Iterator[Service]:
    log = folder("logs") / "demo-odoo.log"
    command = odoo.command("-d", name, "--db-filter", f"^{name}$", "-p", str(port))
    server = Service("Odoo", command, odoo.environment(), log)
    try:
        with step("Starting Odoo"):
            server.wait_until(lambda: _answers(port), _SECONDS)
        yield server
    finally:
        server.stop()


def _answers(port: int) -> bool:
    try:
        address = f"http://127.0.0.1:{port}/web/login"
        with urllib.request.urlopen(address, timeout=_SECONDS) as page:
            return page.status == 200
    except OSError:
        return False
