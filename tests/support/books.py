# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Books in the sandbox and their connection in Odoo, set up as a script would."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sandbox.control import World

from .client import OdooClient
from .database import Database
from .waiting import until

ENDED = ("done", "partial", "failed", "cancelled")
#: Of the sandbox's invoices.
CURRENCIES = ("DKK", "EUR", "GBP", "NOK", "SEK", "USD")
#: No document of the sandbox is older.
FIRST_DATE = "2000-01-01"


class Books:
    """A connection and the world behind it.

    :param odoo: a manager's session
    :param world: where the vendor is played
    """

    def __init__(
        self, odoo: OdooClient, world: World, connection: int, credential: int
    ) -> None:
        self.odoo = odoo
        self.world = world
        self.connection = connection
        self.credential = credential

    # === SET-UP === #

    def test(self) -> dict[str, Any]:
        """Press *Test connection*; return type and message of the notification."""
        answer = self.press("action_test_connection")
        return answer["params"]

    def press(self, button: str) -> Any:
        """Press a button of the connection."""
        return self.odoo.call("ledger.connection", button, [self.connection])

    def map_values(self) -> None:
        """Read the vendor's values; what stays open is left empty on purpose."""
        self.press("action_refresh_values")
        domain = [*self._own, ("is_mapped", "=", False)]
        left = self.odoo.find("ledger.value.mapping", domain)
        self.odoo.write("ledger.value.mapping", left, is_nothing=True)

    def go_live(self) -> None:
        """Start the schedule, all flows at once."""
        before = len(self.jobs())
        # A flow that sends has no job before there is something to send.
        reading = [*self._own, ("direction", "=", "pull")]
        flows = self.odoo.count("ledger.flow", reading)
        self.press("action_go_live")
        # Going live spreads the first runs over some seconds.
        until(
            "the schedule begins",
            lambda: self._wake() or len(self.jobs()) >= before + flows,
        )

    def _wake(self) -> None:
        Database(self.odoo.database).wake_lanes()

    def only(self, *entities: str) -> None:
        """Archive the flows of all other entities."""
        found = self.odoo.read("ledger.flow", self._own, "entity")
        others = [flow["id"] for flow in found if flow["entity"] not in entities]
        self.odoo.write("ledger.flow", others, active=False)

    # === STATE === #

    @property
    def _own(self) -> list[Any]:
        return [("connection_id", "=", self.connection)]

    def state(self) -> dict[str, Any]:
        """Return what the connection says about itself."""
        names = ("state", "error", "error_owner", "failures", "set_aside_until")
        domain = [("id", "=", self.connection)]
        return self.odoo.read("ledger.connection", domain, *names)[0]

    def flow(self, entity: str) -> dict[str, Any]:
        """Return the flow that reads an entity."""
        domain = [*self._own, ("entity", "=", entity), ("direction", "=", "pull")]
        names = ("cursor", "last_full", "last_run", "next_run", "note")
        return self.odoo.read("ledger.flow", domain, *names)[0]

    def jobs(self, entity: str | None = None) -> list[dict[str, Any]]:
        """Return the jobs, oldest first."""
        domain = [*self._own]
        if entity:
            domain.append(("flow_id.entity", "=", entity))
        names = ("state", "owner", "error", "trigger", "received", "created", "failed")
        return self.odoo.read("ledger.sync.job", domain, *names, order="id")

    def links(self, *resources: str, **values: Any) -> list[dict[str, Any]]:
        """Return the links of these kinds of remote records."""
        domain = [*self._own, ("resource", "in", resources)]
        domain += [(name, "=", value) for name, value in values.items()]
        names = ("resource", "external_id", "res_model", "res_id", "state", "error")
        return self.odoo.read("ledger.binding", domain, *names)

    def troubles(self) -> list[str]:
        """Return the sentences of all links that need attention, each once."""
        domain = [*self._own, ("error", "!=", False)]
        found = self.odoo.read("ledger.binding", domain, "error")
        return sorted({link["error"] for link in found})

    # === RUNS === #

    def run(self, entity: str) -> dict[str, Any]:
        """Run a flow in this very request and return its job."""
        flow = self.flow(entity)["id"]
        self.odoo.call("ledger.flow", "run", [flow])
        return self.jobs(entity)[-1]

    def all_ended(self) -> bool:
        """Tell whether no job waits or runs, and there were some."""
        jobs = self.jobs()
        return bool(jobs) and all(job["state"] in ENDED for job in jobs)

    def wait_until_ended(self) -> list[dict[str, Any]]:
        """Wait until all jobs are over and return them.

        The lanes are woken meanwhile, as if minutes passed.
        """
        until("all jobs are over", lambda: self._wake() or self.all_ended())
        return self.jobs()


def connect(
    odoo: OdooClient,
    world: World,
    entities: Iterable[str] = ("partner", "product", "invoice"),
    page_size: int = 0,
) -> Books:
    """Connect to a world's first company: tested, values mapped, not live.

    :param odoo: a manager's session
    :param world: where the vendor is played
    :param entities: whose flows are active
    :param page_size: records asked for at a time, 0 for the connector's own
    """
    count_as_the_vendor(odoo)
    credential = make_credential(odoo, world, world.credentials["employee_token"])
    connection = odoo.create(
        "ledger.connection",
        name=f"Books of {world.name}",
        credential_id=credential,
        page_size=page_size,
    )
    books = Books(odoo, world, connection, credential)
    prepare(books, entities)
    return books


def count_as_the_vendor(odoo: OdooClient) -> None:
    """Let Odoo know the currencies of the sandbox and round tax by the line."""
    domain = [("name", "in", CURRENCIES), ("active", "=", False)]
    odoo.write("res.currency", odoo.find("res.currency", domain), active=True)
    rounding = {"tax_calculation_rounding_method": "round_per_line"}
    odoo.write("res.company", odoo.find("res.company", []), **rounding)


def prepare(books: Books, entities: Iterable[str]) -> None:
    """Test a new connection, map its values and choose its flows."""
    said = books.test()
    assert said["type"] == "success", said["message"]
    books.map_values()
    books.only(*entities)
    flows = books.odoo.find("ledger.flow", [("connection_id", "=", books.connection)])
    # Several books of the sandbox know companies of the same name.
    settings = {"start_date": FIRST_DATE, "matching_policy": "none"}
    books.odoo.write("ledger.flow", flows, **settings)


def make_office_credential(odoo: OdooClient, world: World) -> int:
    """Make the credential of the office's key and return its id."""
    token = world.credentials["office_token"]
    return make_credential(odoo, world, token, tripletex_office_key=True)


def make_credential(
    odoo: OdooClient, world: World, employee_token: str, **values: Any
) -> int:
    """Make the credential of a key and return its id.

    :param values: more fields of the credential
    """
    credential = odoo.create(
        "ledger.credential",
        name=f"Key of {world.name}",
        system="tripletex",
        environment="custom",
        custom_url=world.base_url,
        **values,
    )
    tokens = {"consumer_token": world.credentials["consumer_token"]}
    tokens["employee_token"] = employee_token
    odoo.call("ledger.credential", "set_secrets", [credential], tokens)
    return credential
