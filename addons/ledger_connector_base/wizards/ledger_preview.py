# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import UserError

from ..sync.problems import Problem
from ..transport.errors import LedgerError
from .ledger_preview_texts import PullTexts, PushTexts

LIMIT = 200


class LedgerPreview(models.TransientModel):
    """What the next run of a flow would do, record by record."""

    _name = "ledger.preview"
    _description = "Ledger Preview"

    flow_id = fields.Many2one("ledger.flow", required=True, ondelete="cascade")
    direction = fields.Selection(related="flow_id.direction")
    limit = fields.Integer(default=LIMIT, help="Records to look at.")
    line_ids = fields.One2many("ledger.preview.line", "preview_id")
    summary = fields.Char(readonly=True)

    def action_compute(self):
        """Look again; nothing is written but this preview."""
        self.ensure_one()
        flow = self.flow_id
        try:
            changes = flow.preview(self.limit)
        except (LedgerError, Problem) as error:
            problem = flow._connector()._explain(
                error, flow.display_name, flow.connection_id
            )
            raise UserError(problem.sentence) from error
        self.line_ids.unlink()
        sends = flow.direction == "push"
        texts = PushTexts(flow) if sends else PullTexts(flow)
        self.line_ids = [
            fields.Command.create(self._prepare_line(texts, change))
            for change in changes
        ]
        self.summary = self._summarise(changes)
        return self._open()

    def _prepare_line(self, texts, change):
        lines = []
        for label, was, now in texts.of(change):
            if was and not now:
                now = self.env._("(empty)")
            lines.append(f"{label}: {was} → {now}" if was else f"{label}: {now}")
        return {
            "name": change["name"],
            "action": change["action"],
            "changes": "\n".join(lines),
            "error": change["error"],
        }

    def _summarise(self, changes):
        if not changes:
            return self.env._("Nothing would change.")
        labels = dict(
            self.env["ledger.preview.line"]
            ._fields["action"]
            ._description_selection(self.env)
        )
        counts = {}
        for change in changes:
            counts[change["action"]] = counts.get(change["action"], 0) + 1
        return ", ".join(f"{labels[action]}: {n}" for action, n in counts.items())

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class LedgerPreviewLine(models.TransientModel):
    _name = "ledger.preview.line"
    _description = "Ledger Preview Line"

    preview_id = fields.Many2one(
        "ledger.preview", required=True, ondelete="cascade", index=True
    )
    name = fields.Char()
    action = fields.Selection(
        selection=[
            ("created", "Would be created"),
            ("updated", "Would be changed"),
            ("archived", "Would be switched off"),
            ("linked", "Would be linked"),
            ("unchanged", "Unchanged"),
            ("candidate", "Needs a decision"),
            ("waiting", "Waits for another record"),
            ("failed", "Would fail"),
        ]
    )
    changes = fields.Text()
    error = fields.Text(string="What is wrong")
