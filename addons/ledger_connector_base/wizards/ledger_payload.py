# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..sync.payload import Payload, Showing
from ..sync.problems import Problem
from ..sync.run import Run
from ..transport.errors import LedgerError
from .ledger_preview_texts import PushTexts

#: Records that are shown at once.
LIMIT = 20


class LedgerPayload(models.TransientModel):
    """What exactly is sent of chosen records, to each connection."""

    _name = "ledger.payload"
    _description = "Ledger Payload Preview"

    line_ids = fields.One2many("ledger.payload.line", "payload_id")
    content = fields.Html(compute="_compute_content")

    @api.depends("line_ids")
    def _compute_content(self):
        for payload in self:
            sections = [line._as_html() for line in payload.line_ids]
            payload.content = Markup().join(sections)

    @api.model
    def _show(self, records):
        """Return the action that shows what is sent of *records*.

        :raises odoo.exceptions.UserError: no connection sends such records
        """
        flows = self._flows(records)
        if not flows:
            raise UserError(
                self.env._(
                    "No connection of this company can send %(kind)s.",
                    kind=records._description,
                )
            )
        shown = records[:LIMIT]
        lines = [values for flow in flows for values in self._lines(flow, shown)]
        payload = self.create(
            {"line_ids": [fields.Command.create(values) for values in lines]}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What is sent"),
            "res_model": self._name,
            "res_id": payload.id,
            "view_mode": "form",
            "target": "new",
        }

    def _flows(self, records):
        """Return the flows that send such records, those that are off too."""
        companies = self.env.companies
        if "company_id" in records._fields:
            companies = records.company_id & companies or companies
        flows = self.env["ledger.flow"].with_context(active_test=False)
        found = flows.search(
            [
                ("direction", "=", "push"),
                ("res_model", "=", records._name),
                ("connection_id.active", "=", True),
                ("company_id", "in", companies.ids),
            ]
        )
        # An addon of a vendor may be gone while its connections are kept.
        return found.filtered(
            lambda flow: f"ledger.connector.{flow.system}" in self.env
        )

    def _lines(self, flow, records):
        """Yield the values of a line for each of the records that are *flow*'s."""
        if "company_id" in records._fields:
            records = records.filtered(
                lambda record: (
                    record.company_id in (flow.company_id, flow.env["res.company"])
                )
            )
        if not records:
            return
        try:
            shown = self._payloads(flow, records.ids)
        except (LedgerError, Problem, UserError) as error:
            connection = flow.connection_id
            problem = flow._connector()._explain(error, flow.display_name, connection)
            shown = [Payload(x.id, problem=problem.sentence) for x in records]
        texts = PushTexts(flow)
        for record in records:
            mine = [payload for payload in shown if payload.res_id == record.id]
            for payload in mine or [self._not_ready(record)]:
                yield self._line(flow, record, payload, texts)

    def _payloads(self, flow, res_ids):
        """Return the ``sync.payload.Payload`` of the records, on a session of its own.

        That is rolled back whole; calls that read at the vendor are kept as such.
        """
        with self.env.registry.cursor() as cr:
            job = self.env["ledger.sync.job"].with_env(self.env(cr=cr))
            connection = flow.connection_id.with_env(job.env)
            own_flow = flow.with_env(job._env_of(connection))
            run = Run(own_flow.env, own_flow, dry=True, urgent=True)
            try:
                connection._check_copy()
                client = run.connector._client(run.connection, run)
                return Showing(run, client).payloads(res_ids)
            finally:
                cr.rollback()
                run.store_exchanges(job.env)
                cr.commit()  # pylint: disable=invalid-commit

    def _not_ready(self, record):
        return Payload(
            record.id,
            problem=self.env._(
                "Nothing is sent of %(record)s as it is now: drafts, cancelled "
                "documents and addresses of other records stay in Odoo.",
                record=record.display_name,
            ),
        )

    def _line(self, flow, record, payload, texts):
        told = ""
        # A problem stands in place of what cannot be sent, not beside half of it.
        if payload.change and not payload.body and not payload.problem:
            rows = texts.of(payload.change)
            told = "\n".join(f"{label}: {now}" for label, _was, now in rows)
        return {
            "flow_id": flow.id,
            "name": record.display_name,
            "action": payload.change.get("action") or False,
            "body": payload.body,
            "told": told,
            "problem": payload.problem,
            "note": self._note(flow, payload),
        }

    def _note(self, flow, payload):
        if payload.problem:
            return False
        if not payload.change:
            return self.env._("In step: nothing is sent now.")
        if not flow.active:
            return self.env._("This flow is switched off: nothing is sent by it yet.")
        if payload.held:
            return self.env._(
                "The flow does not send it as it is now: see its filter and stage."
            )
        return False


class LedgerPayloadLine(models.TransientModel):
    _name = "ledger.payload.line"
    _description = "Ledger Payload Preview Line"

    payload_id = fields.Many2one(
        "ledger.payload", required=True, ondelete="cascade", index=True
    )
    flow_id = fields.Many2one("ledger.flow", required=True, ondelete="cascade")
    name = fields.Char()
    action = fields.Selection(
        selection=lambda self: (
            self.env["ledger.preview.line"]._fields["action"].selection
        )
    )
    body = fields.Text(help="The call's body, as JSON.")
    told = fields.Text(help="What is sent, by fields.")
    problem = fields.Text()
    note = fields.Char()

    def _as_html(self):
        """Return the line as HTML for a person."""
        self.ensure_one()
        parts = [
            Markup("<h4>%s <small class='text-muted'>%s</small></h4>")
            % (self.name or "", self.flow_id._books_label())
        ]
        if self.note:
            parts.append(Markup("<p class='text-muted'>%s</p>") % self.note)
        if self.problem:
            alert = Markup("<div class='alert alert-warning' role='alert'>%s</div>")
            parts.append(alert % self.problem)
        text = self.body or self.told
        if text:
            box = Markup("<pre class='border rounded p-2 mb-4 bg-100'>%s</pre>")
            parts.append(box % text)
        return Markup().join(parts)
