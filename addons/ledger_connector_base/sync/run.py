# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What one job knows while it runs."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .entities import ENTITIES, Entity, entity_of
from .lookups import Lookups
from .mapping import Mapping
from .outgoing import Flat, Outgoing

#: What a transaction loses to another one and may simply do again.
RACES = PG_CONCURRENCY_EXCEPTIONS_TO_RETRY


@dataclass(frozen=True)
class Plan:
    """A pull flow's settings as plain values: a commit empties Odoo's cache.

    :param resources: names of the resources the flow reads, parents first
    :param mappings: compiled mapping by resource
    :param match_keys: see ``ledger.connector._match_keys()``
    :param active: otherwise it is there for comparing only
    :param known_only: what is not linked is none of the flow's business
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
    match_keys: tuple[tuple[str, Any, bool | str], ...] = ()
    active: bool = True
    known_only: bool = False


@dataclass(frozen=True)
class PushPlan:
    """A push flow's settings as plain values.

    :param resources: names of the resources the flow writes, parents first
    :param mappings: compiled push mapping by resource
    """

    flow_id: int
    entity: Entity
    resources: tuple[str, ...]
    mappings: dict[str, Outgoing]
    matching_policy: str
    number_policy: str
    deletion_policy: str
    send_parents: bool
    creates_there: bool = True
    sends_changes: bool = True


@dataclass(frozen=True)
class Books:
    """The connection's own settings as plain values."""

    connection_id: int
    name: str
    company_id: int
    partner_id: int
    sale_journal_id: int
    payment_journal_id: int
    lang: str


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
    told: Flat | None = None
    conflicts: list[Any] = field(default_factory=list)
    agreed: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)

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
    :param urgent: a person waits for it
    :param notices_only: only what webhooks told of is read
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
        notices_only=False,
    ) -> None:
        self.env = env
        # The engine's own tables are not the responsible user's to write.
        self.own = env(su=True)
        self.job_id = job_id
        self.flow_id = flow.id
        self.dry = dry
        self.match_only = match_only
        self.urgent = urgent
        self.notices_only = notices_only
        self.exchanges: list[Any] = []
        #: What was found out in this run and is needed again.
        self.learnt: dict[Any, Any] = {}
        self.counts: Counter[str] = Counter()
        self.changes: list[dict[str, Any]] = []
        self._deadline = None if seconds is None else time.monotonic() + seconds
        connection = flow.connection_id
        self.books = self._books(connection)
        self.connector = connection._connector()
        self.system = self.connector._describe()
        self.lookups = Lookups(env, connection.id, self.connector._zone())
        self._plans: dict[str, Plan] = {}
        self._push_plans: dict[str, PushPlan] = {}
        self._silent_plans: dict[str, Plan] = {}
        self._silent_push_plans: dict[str, PushPlan] = {}
        pushes = flow.direction == "push"
        self.plan = self._push_plan(flow) if pushes else self._plan(flow)
        mine = self._push_plans if pushes else self._plans
        mine.update(dict.fromkeys(self.plan.resources, self.plan))
        flows = connection.with_context(active_test=False).flow_ids
        for other in (flows - flow).filtered(lambda x: x.entity in ENTITIES):
            self._add_plan(other)
        self.lookups.sent = frozenset(self._push_plans)

    def _add_plan(self, flow) -> None:
        """Add the plan of another flow; one that is off is for comparing only."""
        if flow.direction == "push":
            plan = self._push_plan(flow)
            known = self._push_plans if flow.active else self._silent_push_plans
        else:
            plan = self._plan(flow)
            known = self._plans if flow.active else self._silent_plans
        for resource in plan.resources:
            known.setdefault(resource, plan)

    def matching(self, flow) -> Run:
        """Return a run of another flow of this job that proposes links only."""
        other = Run(self.env, flow, self.job_id, match_only=True, urgent=self.urgent)
        other.exchanges = self.exchanges
        other._deadline = self._deadline
        return other

    @property
    def flow(self):
        """The flow, in the responsible user's environment."""
        return self.env["ledger.flow"].browse(self.flow_id)

    @property
    def connection(self):
        """The connection, in the responsible user's environment."""
        return self.env["ledger.connection"].browse(self.books.connection_id)

    def model(self, entity: Entity) -> Any:
        """The model of *entity*, whose texts are those of the company's language.

        Sentences are in the responsible user's; what stands in the books does not
        change with whoever is responsible.
        """
        return self.env[entity.model].with_context(lang=self.books.lang)

    def plan_for(self, resource: str) -> Plan | None:
        """Return the plan that reads *resource*, None if no active flow does."""
        return self._plans.get(resource)

    def reading_plan(self, resource: str) -> Plan | None:
        """Return the plan by which *resource* is compared, even if its flow is off."""
        return self._plans.get(resource) or self._silent_plans.get(resource)

    def push_plan(self, resource: str) -> PushPlan | None:
        """Return the plan that sends *resource*, None if no active flow does."""
        return self._push_plans.get(resource)

    def sends(self, resource: str) -> bool:
        """Tell whether there is a flow that sends *resource*, on or off."""
        return resource in self._push_plans or resource in self._silent_push_plans

    def push_plan_of(self, resource: str) -> PushPlan:
        """Return the plan by which *resource* was sent, even if it is off by now.

        :raises KeyError: the connector does not send it
        """
        return self._push_plans.get(resource) or self._silent_push_plans[resource]

    def outgoing(self, resource: str) -> Outgoing | None:
        """Return the push mapping of *resource*, None if no active flow sends it."""
        plan = self._push_plans.get(resource)
        return plan.mappings.get(resource) if plan else None

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
            match_keys=tuple(
                self.connector._match_keys(flow.connection_id, entity_of(flow.entity))
            ),
            active=flow.active,
            known_only=bool(kind and kind.known_only) or flow.create_policy == "known",
        )

    def _push_plan(self, flow) -> PushPlan:
        kind = self.system.flow(flow.entity, flow.direction)
        return PushPlan(
            flow_id=flow.id,
            entity=entity_of(flow.entity),
            resources=kind.resources if kind else (),
            mappings=flow._outgoing(self.lookups),
            matching_policy=flow.matching_policy,
            number_policy=flow.number_policy,
            deletion_policy=flow.deletion_policy,
            send_parents=flow.send_parents,
            creates_there=flow.creates_there,
            sends_changes=flow.sends_changes,
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
            # How a company writes is no secret, whoever may read its partner.
            lang=connection.company_id.sudo().partner_id.lang or connection.env.lang,
        )
