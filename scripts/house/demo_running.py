# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What showing and checking the demonstration have in common: what runs, and set-up."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from . import demo_world, sandbox
from .cache import folder
from .odoo_runtime import OdooRuntime, Outcome
from .processes import Service, free_port
from .progress import step
from .sandbox import RunningSandbox

SHOP = "Kaislan Kahvi Oy"
ODOO_PORT = 8069
_HERE = Path(__file__).parent
_SANDBOX_PORT = 8170
_SECONDS = 120


def stand_ins(
    odoo: OdooRuntime, port: int | None
) -> AbstractContextManager[RunningSandbox]:
    """Start the sandbox with the demonstration's world.

    :param odoo: whose environment it runs in
    :param port: of the last time, None if there was none
    """
    # The same port as before if it can be had, so that the connection stays right.
    chosen = free_port(None, port or _SANDBOX_PORT)
    return sandbox.running(odoo, "--port", str(chosen), "--demo")


@contextmanager
def server(odoo: OdooRuntime, name: str, port: int) -> Iterator[Service]:
    """Start Odoo, and end it with the context.

    :param odoo: the Odoo
    :param name: of the database, the only one it serves
    :param port: of 127.0.0.1
    :return: the process; its login page answers
    """
    log = folder("logs") / "demo-odoo.log"
    command = odoo.command("-d", name, "--db-filter", f"^{name}$", "-p", str(port))
    service = Service("Odoo", command, odoo.environment(), log)
    try:
        with step("Starting Odoo"):
            service.wait_until(lambda: _answers(port), _SECONDS)
        yield service
    finally:
        service.stop()


def _answers(port: int) -> bool:
    try:
        address = f"http://127.0.0.1:{port}/web/login"
        with urllib.request.urlopen(address, timeout=_SECONDS) as page:
            return page.status == 200
    except OSError:
        return False


# === SETTING UP === #


def connect_traders(odoo: OdooRuntime, name: str, sandbox_url: str) -> None:
    """Connect the Norwegian company of a database to the sandbox's Tripletex.

    :param odoo: the Odoo
    :param name: of the database
    :param sandbox_url: where the sandbox listens
    """
    url = f"{sandbox_url}/{demo_world.TRADERS}/tripletex/v2"
    with step("Connecting to the sandbox"):
        shell(odoo, name, "demo_setup.py", LEDGER_DEMO_URL=url)


def open_shop(odoo: OdooRuntime, name: str) -> None:
    """Add the Finnish shop to a database, with its orders.

    :param odoo: the Odoo
    :param name: of the database; the shop must not be there yet
    """
    with step("Opening the Finnish shop"):
        shell(odoo, name, "demo_shop.py")


def connect_shop(odoo: OdooRuntime, name: str, books: demo_world.ShopBooks) -> None:
    """Connect the shop to its books, which are empty; its orders wait to be sent.

    :param odoo: the Odoo
    :param name: of the database
    :param books: in the sandbox's Procountor
    """
    given = json.dumps({"url": books.url, "secrets": books.secrets})
    with step("Connecting the shop to its books"):
        shell(odoo, name, "demo_shop_connect.py", LEDGER_DEMO_SHOP=given)


def shell(odoo: OdooRuntime, name: str, script: str, **variables: str) -> Outcome:
    """Feed a script of this folder to `odoo shell`.

    :param odoo: the Odoo
    :param name: of the database
    :param script: the file's name
    :param variables: more variables of the environment
    :return: what it printed and logged
    :raise SetupError: when it fails
    """
    what = f"Running {script}"
    arguments = ("shell", "-d", name, "--no-http")
    return odoo.run(what, *arguments, script=_HERE / script, variables=variables)
