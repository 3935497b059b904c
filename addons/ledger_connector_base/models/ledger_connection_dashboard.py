# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import time

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

from .ledger_value_mapping import NEEDED

RUNS_SHOWN = 12
#: Height of the smallest bar of the graph, in percent: a run without records is a run.
LEAST_HEIGHT = 8
COLORS = {
    "done": "bg-success",
    "partial": "bg-warning",
    "waiting": "bg-info",
    "failed": "bg-danger",
}
#: Causes that need a person; the others go away by themselves.
FOR_PEOPLE = [("owner", "in", ("record", "mapping", "reconnect", "bug"))]
OPEN_JOBS = ("pending", "running", "waiting")
#: States of links by what they ask of people.
WAITING, UNDECIDED = ("waiting", "due"), ("candidate", "conflict")
FAILED = ("failed", "uncertain")


class LedgerConnection(models.Model):
    """What the dashboard and the guided set-up show of a connection."""

    _name = "ledger.connection"
    _inherit = "ledger.connection"

    dashboard = fields.Json(compute="_compute_dashboard")
    dashboard_graph = fields.Json(compute="_compute_dashboard")
    binding_count = fields.Integer(string="Records", compute="_compute_counts")
    cause_count = fields.Integer(string="Needs attention", compute="_compute_counts")
    outgoing_count = fields.Integer(string="To be sent", compute="_compute_counts")
    conflict_count = fields.Integer(string="Conflicts", compute="_compute_counts")
    drift_count = fields.Integer(string="Differences", compute="_compute_counts")
    has_keys = fields.Boolean(compute="_compute_has_keys")
    has_values = fields.Boolean(compute="_compute_has_values")
    is_matched = fields.Boolean(compute="_compute_is_matched")
    is_debugging = fields.Boolean(compute="_compute_is_debugging")

    # === COMPUTE METHODS === #

    def _compute_dashboard(self):
        """All cards in a handful of queries: an office has hundreds of connections."""
        links = self._dashboard_links()
        causes = self._counted("ledger.cause", FOR_PEOPLE)
        budgets = self._dashboard_budgets()
        runs = self._dashboard_runs()
        open_jobs = self._counted("ledger.sync.job", [("state", "in", OPEN_JOBS)])
        outgoing = self._dashboard_outgoing()
        conflicts = self._counted("ledger.conflict", [("state", "=", "open")])
        for connection in self:
            states = links.get(connection.id, {})
            connection.dashboard = {
                "linked": states.get("linked", 0),
                "waiting": sum(states.get(state, 0) for state in WAITING),
                "failed": sum(states.get(state, 0) for state in FAILED),
                "decide": sum(states.get(state, 0) for state in UNDECIDED),
                "causes": causes.get(connection.id, 0),
                "budget": budgets.get(connection.credential_id.id, ""),
                "unmapped": connection.unmapped_count,
                "open_jobs": open_jobs.get(connection.id, 0),
                "outgoing": outgoing.get(connection.id, 0),
                "conflicts": conflicts.get(connection.id, 0),
                "records": bool(states or connection._record_flows()),
            }
            connection.dashboard_graph = self._dashboard_bars(
                runs.get(connection.id, [])
            )

    @api.depends("binding_ids", "cause_ids")
    def _compute_counts(self):
        links = self._dashboard_links()
        causes = self._counted("ledger.cause", FOR_PEOPLE)
        outgoing = self._dashboard_outgoing()
        conflicts = self._counted("ledger.conflict", [("state", "=", "open")])
        differences = self._counted("ledger.drift")
        for connection in self:
            connection.drift_count = differences.get(connection.id, 0)
            connection.outgoing_count = outgoing.get(connection.id, 0)
            connection.conflict_count = conflicts.get(connection.id, 0)
            connection.binding_count = sum(links.get(connection.id, {}).values())
            connection.cause_count = causes.get(connection.id, 0)

    @api.depends("credential_id.secret_hint")
    def _compute_has_keys(self):
        for connection in self:
            connection.has_keys = bool(connection.credential_id.secret_hint)

    @api.depends("value_mapping_ids")
    def _compute_has_values(self):
        for connection in self:
            connection.has_values = bool(connection.value_mapping_ids)

    def _compute_is_matched(self):
        """Something is linked, or a matching has found nothing to link."""
        jobs = self.env["ledger.sync.job"]._read_group(
            [
                ("connection_id", "in", self.ids),
                ("trigger", "=", "match"),
                ("state", "in", ("done", "partial")),
            ],
            ["connection_id"],
        )
        matched = {connection.id for (connection,) in jobs} | set(
            self._dashboard_links()
        )
        for connection in self:
            connection.is_matched = connection.id in matched

    @api.depends("debug_until")
    def _compute_is_debugging(self):
        for connection in self:
            connection.is_debugging = connection._debugging()

    # === ACTIONS === #

    def action_match(self):
        """Propose links for the records of all flows; nothing else is written."""
        # What sends compares both sides by itself before its first record.
        reading = self.flow_ids.filtered(lambda flow: flow.direction == "pull")
        return reading.action_match()

    def action_open_causes(self):
        """Open what holds up the connection or its records."""
        return self._open("ledger_cause_action", FOR_PEOPLE)

    def action_open_unmapped(self):
        """Open the values that need a counterpart in Odoo and have none yet."""
        return self._open("ledger_value_mapping_action", list(NEEDED))

    def action_open_waiting(self):
        """Open the records that wait for another record or another reading."""
        return self._open("ledger_binding_action", [("state", "in", WAITING)])

    def action_open_candidates(self):
        """Open the records that a person has to decide about."""
        return self._open("ledger_binding_action", [("state", "in", UNDECIDED)])

    def action_open_conflicts(self):
        """Open what was changed on both sides and waits for a decision."""
        return self._open("ledger_conflict_action", context={"search_default_open": 1})

    def action_open_outgoing(self):
        """Open the records that wait to be sent, or the flows that have some."""
        flows = self._all_flows().filtered("outbox_count")
        if len(flows) == 1:
            return flows.action_open_outbox()
        return self._open(
            "ledger_flow_action",
            [("direction", "=", "push")],
            {"active_test": False},
        )

    # === HELPERS === #

    def _record_flows(self):
        """Return the active flows that keep records in step; others only count."""
        return self.flow_ids

    def _dashboard_outgoing(self):
        groups = self.env["ledger.outbox"]._read_group(
            [("flow_id.connection_id", "in", self.ids)],
            ["flow_id"],
            ["res_id:count_distinct"],
        )
        result = {}
        for flow, count in groups:
            key = flow.connection_id.id
            result[key] = result.get(key, 0) + count
        return result

    def _dashboard_links(self):
        groups = self.env["ledger.binding"]._read_group(
            [("connection_id", "in", self.ids)], ["connection_id", "state"], ["__count"]
        )
        result = {}
        for connection, state, count in groups:
            result.setdefault(connection.id, {})[state] = count
        return result

    def _counted(self, model, domain=()):
        """Count the records of *model* by the id of their connection."""
        groups = self.env[model]._read_group(
            [("connection_id", "in", self.ids), *domain],
            ["connection_id"],
            ["__count"],
        )
        return {connection.id: count for connection, count in groups}

    def _dashboard_budgets(self):
        """What is left of the narrowest running window, as text by credential."""
        now = time.time()
        # Numbers of calls; the credential itself stays closed.
        budgets = (
            self.env["ledger.budget"]
            .sudo()
            .search(
                [
                    ("credential_id", "in", self.credential_id.ids),
                    ("kind", "in", ("day", "vendor")),
                    ("allowed", ">", 0),
                ]
            )
        )
        running = budgets.filtered(lambda b: b.started + b.seconds > now)
        narrowest = running.sorted(lambda b: b.used - b.allowed)
        return {
            budget.credential_id.id: self.env._(
                "%(left)s of %(allowed)s calls left",
                left=max(0, budget.allowed - budget.used),
                allowed=budget.allowed,
            )
            for budget in narrowest
        }

    def _dashboard_runs(self):
        """Return the last ended jobs by connection, oldest first.

        :return: ``{connection id: [(job id, state, received, failed, ended at)]}``
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT connection_id, id, state, received, failed, ended_at FROM (
                    SELECT connection_id, id, state, COALESCE(received, 0) AS received,
                           COALESCE(failed, 0) AS failed, ended_at,
                           row_number() OVER
                               (PARTITION BY connection_id ORDER BY id DESC) AS number
                      FROM ledger_sync_job
                     WHERE connection_id = ANY(%s) AND ended_at IS NOT NULL) AS ended
                 WHERE number <= %s ORDER BY id
                """,
                self.ids,
                RUNS_SHOWN,
                to_flush=self.env["ledger.sync.job"]._fields["state"],
            )
        )
        result = {}
        for connection_id, *run in rows:
            result.setdefault(connection_id, []).append(run)
        return result

    def _dashboard_bars(self, runs):
        """Return the bars of the graph: height in percent, color class, title."""
        most = max((run[2] for run in runs), default=0) or 1
        return [
            {
                "job": job_id,
                "height": max(LEAST_HEIGHT, round(100 * received / most)),
                "color": COLORS.get(state, "bg-secondary"),
                "title": self.env._(
                    "%(time)s: %(read)s read, %(failed)s failed",
                    time=format_datetime(self.env, ended_at),
                    read=received,
                    failed=failed,
                ),
            }
            for job_id, state, received, failed, ended_at in runs
        ]
