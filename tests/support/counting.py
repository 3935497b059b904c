# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An accounting office that counts what its clients have in SmartAccounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.control import World

from .books import ENDED
from .client import OdooClient
from .database import Database
from .waiting import until

TALLINN = ZoneInfo("Europe/Tallinn")
ENTRIES = "general/entries"
#: What the vendor gives at a time.
PAGE = 100
_FIGURES = """
SELECT k.code, f.count FROM ledger_statistics_figure f
  JOIN ledger_statistics_kind k ON k.id = f.kind_id
  JOIN ledger_statistics_period p ON p.id = f.period_id
 WHERE p.connection_id = %s AND p.date_from = %s AND f.count != 0
"""
_PERIODS = """
SELECT date_from FROM ledger_statistics_period WHERE connection_id = %s
"""
_DOCUMENTS = """
SELECT count(*), count(DISTINCT d.external_id) FROM ledger_statistics_document d
  JOIN ledger_statistics_period p ON p.id = d.period_id
 WHERE p.connection_id = %s
"""
_TASKS = """
SELECT count(*) FROM project_task t
  JOIN ledger_statistics_period p ON p.id = t.ledger_period_id
 WHERE p.connection_id = %s
"""
_STAGED = """
SELECT count(*) FROM ledger_statistics_read r
  JOIN ledger_sync_job j ON j.id = r.job_id WHERE j.connection_id = %s
"""


def last_month() -> date:
    """Return the first day of the last month that is over in Estonia."""
    first = datetime.now(TALLINN).date().replace(day=1)
    return (first - timedelta(days=1)).replace(day=1)


@dataclass(frozen=True)
class Client:
    """A client of the office.

    :param number: of its company in the world
    :param keys: as the world tells them
    """

    name: str
    partner: int
    connection: int
    credential: int
    flow: int
    number: int
    keys: dict[str, Any]


class Office:
    """The office: its set-up, its clients, and what has to be true of them.

    :param odoo: a manager's session
    :param database: behind it
    :param month: first day of the month that is counted
    """

    def __init__(self, odoo: OdooClient, database: Database, month: date) -> None:
        self.odoo = odoo
        self.database = database
        self.month = month

    @property
    def label(self) -> str:
        """The month as the sandbox names it."""
        return f"{self.month:%Y-%m}"

    # === SET-UP === #

    def set_up(self, **values: Any) -> int:
        """Make and activate the set-up, with a task for each month; return its id.

        :param values: fields of the set-up
        """
        company = self.odoo.read("res.company", [], "partner_id", limit=1)[0]
        self.odoo.write("res.partner", company["partner_id"][0], tz=str(TALLINN))
        project = self.odoo.create("project.project", name="Clients")
        settings = {
            "system": "smartaccounts",
            "company_id": company["id"],
            "delivery": "task",
            "project_id": project,
            "user_id": self.odoo.uid,
            "with_credits": False,
            **values,
        }
        plan = self.odoo.create("ledger.statistics.plan", **settings)
        self.odoo.call("ledger.statistics.plan", "action_activate", [plan])
        return plan

    def take_on(
        self, world: World, companies: Iterable[dict[str, Any]]
    ) -> list[Client]:
        """Make a live client of each company; no call is made for it.

        :param companies: as the world describes them
        """
        given = list(companies)
        names = [f"{one['name']} {one['company_id']}, {world.name}" for one in given]
        partners = self._create("res.partner", [{"name": name} for name in names])
        address = {"environment": "custom", "custom_url": world.base_url}
        credentials = self._create(
            "ledger.credential",
            [{"name": name, "system": "smartaccounts", **address} for name in names],
        )
        for credential, keys in zip(credentials, given, strict=True):
            secrets = {name: keys[name] for name in ("public_key", "secret_key")}
            self.odoo.call("ledger.credential", "set_secrets", [credential], secrets)
        connections = self._create(
            "ledger.connection",
            [
                {"name": name, "partner_id": partner, "credential_id": credential}
                for name, partner, credential in zip(
                    names, partners, credentials, strict=True
                )
            ],
        )
        # As if each had been tested: a test is a call more.
        self.odoo.write("ledger.connection", connections, state="ready")
        self.odoo.call("ledger.connection", "action_go_live", connections)
        flows = self._flows(connections)
        rows = zip(names, partners, connections, credentials, given, strict=True)
        return [
            Client(
                name,
                partner,
                connection,
                credential,
                flow=flows[connection],
                number=keys["company_id"],
                keys=keys,
            )
            for name, partner, connection, credential, keys in rows
        ]

    def _create(self, model: str, values: list[dict[str, Any]]) -> list[int]:
        return self.odoo.call(model, "create", values)

    def _flows(self, connections: list[int]) -> dict[int, int]:
        domain = [("connection_id", "in", connections), ("entity", "=", "statistics")]
        found = self.odoo.read("ledger.flow", domain, "connection_id")
        return {flow["connection_id"][0]: flow["id"] for flow in found}

    # === RUNNING === #

    def fall_due(self, clients: Iterable[Client]) -> None:
        """Let the day and hour of the set-up come for these clients."""
        flows = [client.flow for client in clients]
        self.odoo.write("ledger.flow", flows, next_run="2020-01-01 00:00:00")

    def ask_for_month(
        self, clients: Iterable[Client], person: OdooClient | None = None
    ) -> None:
        """Tick clients and press *Import data* for the month.

        :param person: whose session, the manager's if it is left out
        """
        odoo = person or self.odoo
        partners = [client.partner for client in clients]
        month = self.month.isoformat()
        wizard = odoo.create(
            "ledger.statistics.request",
            partner_ids=[(6, 0, partners)],
            system="smartaccounts",
            month_from=month,
            month_to=month,
        )
        odoo.call("ledger.statistics.request", "action_import", [wizard])

    def wake(self) -> None:
        """Let the lanes run, as they do every minute anyway."""
        self.database.wake_lanes()

    def jobs(self, clients: Iterable[Client]) -> list[dict[str, Any]]:
        """Return the jobs of these clients, oldest first."""
        connections = [client.connection for client in clients]
        domain = [("connection_id", "in", connections)]
        names = ("connection_id", "state", "owner", "error", "trigger", "cursor")
        return self.odoo.read("ledger.sync.job", domain, *names, order="id")

    def job(self, client: Client) -> dict[str, Any]:
        """Return the only job of a client."""
        (job,) = self.jobs([client])
        return job

    def wait_until_ended(self, clients: list[Client], jobs: int = 1) -> None:
        """Wait until the clients have so many jobs each, and all are over."""
        self.wait_for(clients, ENDED, jobs)

    def wait_for(
        self, clients: list[Client], states: Iterable[str], jobs: int = 1
    ) -> None:
        """Wait until the clients have so many jobs each, all in these states."""
        wanted = Counter({client.connection: jobs for client in clients})
        found = "SELECT connection_id FROM ledger_sync_job WHERE state = ANY(%s)"

        def are() -> bool:
            self.wake()
            there = Counter(row[0] for row in self.database.rows(found, list(states)))
            return all(there[one] >= number for one, number in wanted.items())

        until(f"the jobs of {len(clients)} clients are {states}", are)

    # === CLAIMS === #

    def figures(self, client: Client) -> dict[str, int]:
        """Return the figures of the client's month that are not 0, by kind."""
        return dict(self.database.rows(_FIGURES, client.connection, self.month))

    def tasks(self, client: Client) -> int:
        """Return how many tasks the client's months have."""
        return self.database.value(_TASKS, client.connection)

    def assert_counted_once(self, client: Client, seeded: dict[str, Any]) -> None:
        """Fail unless the month has one set of right figures, documents and a task.

        :param seeded: what the world says was booked, by its own kinds
        """
        figures = self.figures(client)
        # Without documents there is no figure that is not 0.
        assert figures.pop("entries", 0) == seeded["total"]
        assert sorted(figures.values()) == sorted(seeded["kinds"].values())
        assert self.database.rows(_PERIODS, client.connection) == [(self.month,)]
        documents = self.database.rows(_DOCUMENTS, client.connection)
        assert documents == [(seeded["total"], seeded["total"])]
        assert self.tasks(client) == 1
        assert self.database.value(_STAGED, client.connection) == 0

    def assert_not_counted(self, client: Client) -> None:
        """Fail if there is anything of the client's month."""
        assert not self.database.rows(_PERIODS, client.connection)
        assert self.tasks(client) == 0


def pages_asked(world: World, client: Client) -> list[int]:
    """Return the numbers of the pages of entries that were asked for, in order."""
    calls = world.calls(path=ENTRIES, user=str(client.number))
    return [int(dict(call["query"])["pageNumber"]) for call in calls]


def calls_by_client(world: World) -> Counter[int]:
    """Return how many calls each company got, whatever became of them."""
    return Counter(int(call["user"]) for call in world.calls() if call["user"])
