# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import textwrap

from odoo import api, fields, models

from ..sync.problems import OWNERS

SUMMARY_LENGTH = 120


class LedgerCause(models.Model):
    """Why records fail: one line and one activity for a cause, not for each record."""

    _name = "ledger.cause"
    _description = "Ledger Cause"
    _order = "create_date desc, id desc"
    _rec_name = "sentence"

    connection_id = fields.Many2one(
        "ledger.connection", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True)
    key = fields.Char(required=True)
    owner = fields.Selection(
        selection=list(OWNERS), required=True, string="Who mends it"
    )
    sentence = fields.Text(string="What is wrong", required=True)
    binding_ids = fields.One2many("ledger.binding", "cause_id")
    binding_count = fields.Integer(string="Records", compute="_compute_binding_count")
    activity_id = fields.Many2one("mail.activity", ondelete="set null")

    _key_uniq = models.Constraint(
        "UNIQUE(connection_id, key)", "A cause stands once for a connection."
    )

    @api.depends("binding_ids")
    def _compute_binding_count(self):
        groups = self.env["ledger.binding"]._read_group(
            [("cause_id", "in", self.ids)], ["cause_id"], ["__count"]
        )
        counts = {cause.id: count for cause, count in groups}
        for cause in self:
            cause.binding_count = counts.get(cause.id, 0)

    # === ACTIONS === #

    def action_open_bindings(self):
        """Open the records that this cause holds up."""
        self.ensure_one()
        return self.connection_id._open(
            "ledger_binding_action", [("cause_id", "=", self.id)]
        )

    def action_open_place(self):
        """Open the place where this cause is mended."""
        self.ensure_one()
        kind, _separator, rest = self.key.partition(":")
        match kind:
            case "value":
                code = rest.partition(":")[2]
                return self.connection_id._open(
                    "ledger_value_mapping_action", [("remote_code", "=", code)]
                )
            case "code":
                return self._open_codes(*rest.split(":"))
            case "conflict":
                return self.connection_id._open(
                    "ledger_conflict_action",
                    context={"search_default_open": 1},
                )
            case "convert" | "required":
                return self.connection_id._open("ledger_field_mapping_action")
            case "deletions" | "link_only":
                return self._open_form(self.env["ledger.flow"].browse(int(rest)))
            case "flow":
                flow = int(rest.partition(":")[0])
                return self._open_form(self.env["ledger.flow"].browse(flow))
            case "copy" | "payment_journal":
                return self._open_form(self.connection_id)
        if self.binding_ids:
            return self.action_open_bindings()
        return self._open_form(self.connection_id)

    def _open_codes(self, kind, res_id):
        """Open the codes of *kind* that could stand for this Odoo record or do."""
        return self.connection_id._open(
            "ledger_value_mapping_action",
            [
                ("kind", "=", kind),
                "|",
                ("is_mapped", "=", False),
                ("res_id", "=", int(res_id)),
            ],
        )

    def _open_form(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def action_retry(self):
        """Try all records of these causes again."""
        self.check_access("write")
        # What people have to decide is not tried again.
        self.filtered(lambda cause: cause.key != "conflict")._resolve()

    # === FOR THE ENGINE === #

    @api.model
    def _note(self, connection, problem):
        """Return the cause of *problem*, with its activity, made if it is new."""
        # The responsible user of a run need not be allowed to set up connectors.
        causes = self.sudo()
        cause = causes.search(
            [("connection_id", "=", connection.id), ("key", "=", problem.cause)]
        )
        if cause:
            if cause.sentence != problem.summary:
                cause.sentence = problem.summary
                cause.activity_id.write(cause._prepare_activity())
        else:
            cause = causes.create(
                {
                    "connection_id": connection.id,
                    "key": problem.cause,
                    "owner": problem.owner,
                    "sentence": problem.summary,
                }
            )
        cause._schedule_activity()
        return cause

    def _schedule_activity(self):
        # A pause is nobody's work.
        if self.activity_id or self.owner in ("wait", "retry"):
            return
        self.activity_id = self.connection_id.activity_schedule(
            "ledger_connector_base.mail_activity_type_mend",
            user_id=self.connection_id.user_id.id,
            **self._prepare_activity(),
        )

    def _prepare_activity(self):
        first_line = self.sentence.split("\n")[0]
        return {
            "summary": textwrap.shorten(first_line, SUMMARY_LENGTH, placeholder="…"),
            "note": self.sentence,
        }

    def _resolve(self):
        """The cause is gone: close its activity, queue the records that waited."""
        causes = self.sudo()  # as in _note()
        bindings = causes.binding_ids
        bindings._queue()
        causes.activity_id.action_feedback(feedback=self.env._("The cause is gone."))
        connections = causes.connection_id
        causes.unlink()
        if bindings:
            connections.filtered(lambda c: c.state == "live").flow_ids.filtered(
                lambda f: f.entity in bindings.mapped("entity")
            )._enqueue("retry")

    @api.model
    def _sweep(self, connection):
        """Resolve the causes that no record of *connection* has any more."""
        keep = ("reconnect", "bug", "wait", "retry")
        causes = self.sudo().search(  # as in _note()
            [
                ("connection_id", "=", connection.id),
                ("owner", "not in", keep),
                ("binding_ids", "=", False),
                ("key", "not like", "deletions:%"),
                # Until its flow goes through.
                ("key", "not like", "flow:%"),
                # Open until the last conflict is decided, see ledger.conflict.
                ("key", "!=", "conflict"),
            ]
        )
        causes._resolve()
