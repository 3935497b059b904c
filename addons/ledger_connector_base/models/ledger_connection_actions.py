# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..sync.problems import Problem
from ..transport.errors import LedgerError

DEBUG_DURATION = timedelta(days=1)


class LedgerConnection(models.Model):
    """What people press on a connection."""

    _name = "ledger.connection"
    _inherit = "ledger.connection"

    # === ACTIONS: SET-UP === #

    def action_test_connection(self):
        """Ask the vendor who we are and show the answer, or what is wrong in words.

        :return: a notification action
        """
        self.ensure_one()
        sentence, kind = self._test_now()
        return self._notification(sentence, kind)

    def action_test_connections(self):
        """Test each of these connections.

        :return: a notification action that says how many work, and what is wrong with
            the others
        """
        wrong = []
        for connection in self:
            sentence, kind = connection._test_now()
            if kind == "danger":
                wrong.append(f"{connection.name}: {sentence}")
        summary = self.env._(
            "%(good)s of %(count)s connections work.",
            good=len(self) - len(wrong),
            count=len(self),
        )
        return self._notification(
            " ".join([summary, *wrong]), "danger" if wrong else "success"
        )

    def _test_now(self):
        """Ask the vendor who we are; return a sentence and its kind of notification."""
        self.check_access("write")
        try:
            connector = self._connector()
        except UserError as missing:
            return str(missing), "danger"
        try:
            self._check_copy()
            result = connector._identify(connector._client(self), self)
        except (LedgerError, Problem) as error:
            problem = connector._explain(error, self.name, self)
            self._note_problem(problem)
            return problem.sentence, "danger"
        self._note_test(result)
        return self._test_sentence(result), "success"

    def _note_test(self, result):
        values = {
            "remote_company_name": result.company_name,
            "remote_organisation_number": result.organisation_number,
            "remote_user_name": result.user_name,
            "missing_rights": "\n".join(result.missing_rights),
            "tested_at": fields.Datetime.now(),
            "error": False,
            "error_owner": False,
            "failures": 0,
            "set_aside_until": False,
        }
        if self.state in ("draft", "reconnect", "copy"):
            was_live = bool(self.live_database_uuid) and self.state == "reconnect"
            values["state"] = "live" if was_live else "ready"
        self.write(values)
        self.cause_ids.filtered(lambda c: c.owner == "reconnect")._resolve()

    def _test_sentence(self, result):
        if result.sentence:
            return self._with_missing_rights(result)
        if result.missing_rights:
            return self.env._(
                "Connected to %(company)s, but the key lacks these rights: %(rights)s.",
                company=result.company_name,
                rights=", ".join(result.missing_rights),
            )
        return self.env._(
            "Connected to %(company)s (%(number)s) as %(user)s.",
            company=result.company_name,
            number=result.organisation_number or result.company_id,
            user=result.user_name or self.env._("the key's owner"),
        )

    def _with_missing_rights(self, result):
        """Return the vendor's own sentence, and what the key lacks."""
        if not result.missing_rights:
            return result.sentence
        return self.env._(
            "%(sentence)s The key lacks these rights: %(rights)s.",
            sentence=result.sentence,
            rights=", ".join(result.missing_rights),
        )

    def action_go_live(self):
        """Start the schedule; from here on this database is the one that syncs."""
        for connection in self:
            if connection.state == "draft":
                raise UserError(
                    self.env._(
                        "Test connection %(name)s before it goes live.",
                        name=connection.name,
                    )
                )
            connection._refuse_copy()
            connection.write(
                {
                    "state": "live",
                    "live_database_uuid": self._database_uuid(),
                    "live_url": self.env["ir.config_parameter"]
                    # The address of the server is not a secret, but not everyone's to
                    # read: only the comparison in _check_copy() uses it.
                    .sudo()
                    .get_param("web.base.url"),
                }
            )
            connection.flow_ids._schedule()

    def action_pause(self):
        """Stop scheduled runs; running ones end after their page."""
        self.write({"state": "paused"})

    def action_resume(self):
        """Go on after a pause."""
        self.write({"failures": 0, "set_aside_until": False})
        self.flow_ids.write({"failures": 0})
        self.action_go_live()

    def action_sync_now(self):
        """Put all active flows into the queue and wake a lane.

        :return: a notification action
        """
        self.check_access("read")
        jobs = self.env["ledger.sync.job"]
        for connection in self:
            connection._refuse_copy()
            if connection.state == "draft":
                raise UserError(
                    self.env._("Test connection %(name)s first.", name=connection.name)
                )
            # Users run what managers set up; asking for a run ends a pause.
            connection.sudo().write({"set_aside_until": False, "failures": 0})
            jobs += connection.flow_ids._enqueue("manual")
        return self._notification(
            self.env._("%(count)s jobs wait for their turn.", count=len(jobs)), "info"
        )

    def action_compare(self):
        """Compare both sides and report where they differ; nothing is written.

        :return: a notification action
        """
        self.check_access("read")
        for connection in self:
            connection._refuse_copy()
        flows = self.flow_ids.filtered(lambda f: f.direction == "pull")
        flows._enqueue("compare")
        return self._notification(
            self.env._(
                "Both sides are compared. What differs will stand under Differences."
            ),
            "info",
        )

    def action_open_drift(self):
        """Open the report on where both sides differ."""
        return self._open("ledger_drift_action")

    def action_refresh_values(self):
        """Read the vendor's values for value mapping and suggest counterparts."""
        for connection in self:
            connector = connection._connector()
            try:
                connection._check_copy()
                client = connector._client(connection)
                for kind in connector._describe().value_kinds:
                    options = connector._value_options(client, connection, kind.kind)
                    connection._store_values(connector, kind, options)
            except (LedgerError, Problem) as error:
                problem = connector._explain(error, connection.name, connection)
                raise UserError(problem.sentence) from error
        return self.action_open_value_mappings()

    def _store_values(self, connector, kind, options):
        mapping = self.env["ledger.value.mapping"]
        existing = {
            line.remote_code: line
            for line in self.value_mapping_ids.sorted("id", reverse=True)
            if line.kind == kind.kind
        }
        for code, label, hint in options:
            line = existing.get(code)
            if not line:
                line = mapping.create(
                    {"connection_id": self.id, "kind": kind.kind, "remote_code": code}
                )
            line.remote_label = label
            if not line.is_mapped:
                found = connector._suggest_value(self, kind.kind, code, hint)
                if found:
                    line.write({"res_id": found[0].id, "is_suggested": True})
                for other in found[1:]:
                    # Several here are one there.
                    line.copy({"res_id": other.id, "is_suggested": True})

    def action_debug(self):
        """Keep the bodies of calls for a day, to look into a problem."""
        self.debug_until = fields.Datetime.now() + DEBUG_DURATION

    def _debugging(self):
        return bool(self.debug_until and self.debug_until > fields.Datetime.now())

    # === ACTIONS: WINDOWS === #

    def _open(self, xmlid, domain=(), context=None):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"ledger_connector_base.{xmlid}"
        )
        return {
            **action,
            "domain": [("connection_id", "in", self.ids), *domain],
            "context": {"default_connection_id": self[:1].id, **(context or {})},
        }

    def action_open_bindings(self):
        """Open the linked records of the connection."""
        return self._open("ledger_binding_action")

    def action_open_failed(self):
        """Open the records that wait, failed or need a decision."""
        return self._open(
            "ledger_binding_action",
            [("state", "in", ("failed", "waiting", "candidate", "conflict"))],
        )

    def action_open_jobs(self):
        """Open the jobs of the connection."""
        return self._open("ledger_sync_job_action")

    def action_open_exchanges(self):
        """Open the calls of the connection."""
        return self._open("ledger_exchange_action")

    def action_open_value_mappings(self):
        """Open the value mappings of the connection, unmapped ones first."""
        return self._open("ledger_value_mapping_action")

    def action_open_flows(self):
        """Open the flows of the connection."""
        return self._open("ledger_flow_action", context={"active_test": False})
