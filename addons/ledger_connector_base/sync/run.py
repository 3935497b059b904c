# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What one job knows while it runs."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .entities import ENTITIES, Entity, entity_of
from .lookups import Lookups
from .mapping import Mapping


@dataclass(frozen=True)
class Plan:
    """A flow's settings as plain values: a commit empties Odoo's cache.

    :param resources: names of the resources the flow reads, parents first
    :param mappings: compiled mapping by resource
    """

    flow_id: int
    entity: Entity
    resources: tuple[str, ...]
    mappings: dict[str, Mapping]
    create_policy: str
    matching_policy: str
    conflict_policy: str
    number_policy: str
    deletion_policy: str
    deletion_share: int
    deletion_agreed: bool
    post_invoices: bool
    register_payments: bool


@dataclass(frozen=True)
class Books:
    """The connection's own settings as plain values."""

    connection_id: int
    name: str
    company_id: int
    partner_id: int
    sale_journal_id: int
    payment_journal_id: int


@dataclass
class Item:
    """A remote record on its way into Odoo."""

    resource: str
    external_id: str
    name: str
    data: dict[str, Any]
    values: tuple[Any, ...]
    digest: str
    plan: Plan
    binding: dict[str, Any] | None = None
    parent: str = ""
    vals: dict[str, Any] = field(default_factory=dict)
    snapshot: dict[str, Any] = field(default_factory=dict)
    record_id: int = 0
    action: str = ""
    problem: Any = None
    reason: str = ""
    sure: bool = False
    twin: Item | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """``(resource, external id)``"""
        return self.resource, self.external_id

    @property
    def mapping(self) -> Mapping:
        """The mapping of the item's resource."""
        return self.plan.mappings[self.resource]


#: Seconds that a call may go on after the run's time is up: a call that is cut off
#: would look like a vendor that does not answer.
CALL_GRACE = 30


class Run:
    """State of a running job.

    :param env: environment of the responsible user in the connection's company
    :param flow: ``ledger.flow`` to run
    :param job_id: database id of the job, 0 for a preview
    :param seconds: time budget; None for no limit
    :param dry: nothing is committed, changes are collected
    :param match_only: only links are proposed
    """

    def __init__(
        self,
        env,
        flow,
        job_id=0,
        seconds=None,
        dry=False,
        match_only=False,
        urgent=False,
    ) -> None:
        self.env = env
        # The engine's own tables are not the responsible user's to write.
        self.own = env(su=True)
        self.job_id = job_id
        self.flow_id = flow.id
        self.dry = dry
        self.match_only = match_only
        self.urgent = urgent
        self.exchanges: list[Any] = []
        self.counts: Counter[str] = Counter()
        self.changes: list[dict[str, Any]] = []
        self._deadline = None if seconds is None else time.monotonic() + seconds
        connection = flow.connection_id
        self.books = self._books(connection)
        self.connector = connection._connector()
        self.system = self.connector._describe()
        self.lookups = Lookups(env, connection.id, self.connector._zone())
        self.plan = self._plan(flow)
        self._plans: dict[str, Plan] = {r: self.plan for r in self.plan.resources}
        for other in connection.flow_ids - flow:
            if other.direction == "pull" and other.entity in ENTITIES:
                plan = self._plan(other)
                for resource in plan.resources:
                    self._plans.setdefault(resource, plan)

    @property
    def flow(self):
        """The flow, in the responsible user's environment."""
        return self.env["ledger.flow"].browse(self.flow_id)

    @property
    def connection(self):
        """The connection, in the responsible user's environment."""
        return self.env["ledger.connection"].browse(self.books.connection_id)

    def plan_for(self, resource: str) -> Plan | None:
        """Return the plan that reads *resource*, None if no active flow does."""
        return self._plans.get(resource)

    def seconds_left(self) -> float | None:
        """Seconds after which no call may go on; None for no limit."""
        if self._deadline is None:
            return None
        return max(0.0, self._deadline + CALL_GRACE - time.monotonic())

    def out_of_time(self) -> bool:
        """Tell whether the run should stop after the page it is at."""
        return self._deadline is not None and time.monotonic() >= self._deadline

    def store_exchanges(self, env) -> None:
        """Keep the calls made so far, in the transaction of *env*."""
        if self.exchanges:
            books = self.books
            env["ledger.exchange"]._store_rows(
                books.connection_id, books.company_id, self.exchanges, self.job_id
            )
            self.exchanges.clear()

    def _plan(self, flow) -> Plan:
        kind = self.system.flow(flow.entity, flow.direction)
        return Plan(
            flow_id=flow.id,
            entity=entity_of(flow.entity),
            resources=kind.resources if kind else (),
            mappings=flow._mappings(self.lookups),
            create_policy=flow.create_policy,
            matching_policy=flow.matching_policy,
            conflict_policy=flow.conflict_policy,
            number_policy=flow.number_policy,
            deletion_policy=flow.deletion_policy,
            deletion_share=flow.deletion_share,
            deletion_agreed=flow.deletion_agreed,
            post_invoices=flow.post_invoices,
            register_payments=flow.register_payments,
        )

    @staticmethod
    def _books(connection) -> Books:
        return Books(
            connection_id=connection.id,
            name=connection.name,
            company_id=connection.company_id.id,
            partner_id=connection.partner_id.id,
            sale_journal_id=connection.sale_journal_id.id,
            payment_journal_id=connection.payment_journal_id.id,
        )
