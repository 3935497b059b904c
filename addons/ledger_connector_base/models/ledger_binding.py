# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..sync.problems import OWNERS


class LedgerBinding(models.Model):
    """One Odoo record and one remote record of a connection belong together."""

    _name = "ledger.binding"
    _description = "Ledger Record Link"
    _order = "id desc"
    _rec_name = "label"

    connection_id = fields.Many2one(
        "ledger.connection", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    entity = fields.Char(required=True)
    resource = fields.Char(string="Kind there", required=True)
    external_id = fields.Char(string="Id there")
    label = fields.Char(string="Name there")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(string="Odoo record", model_field="res_model")
    record_ref = fields.Reference(
        selection="_selection_record_ref",
        string="In Odoo",
        compute="_compute_record_ref",
    )
    alias = fields.Boolean(
        help="A second remote record of the same Odoo record: only references to it "
        "are followed."
    )
    state = fields.Selection(
        selection=[
            ("linked", "In step"),
            ("due", "To be read again"),
            ("candidate", "Needs a decision"),
            ("waiting", "Waits for another record"),
            ("failed", "Failed"),
            ("to_push", "To be sent"),
            ("sending", "Being sent"),
            ("uncertain", "Uncertain"),
            ("conflict", "Conflict"),
            ("ignored", "Ignored"),
            ("gone", "Deleted there"),
            ("orphan", "Deleted in Odoo"),
        ],
        required=True,
        default="linked",
    )
    digest = fields.Char(copy=False)
    remote_version = fields.Char(copy=False)
    snapshot = fields.Json(copy=False, help="Values of the last sync, by Odoo field.")
    synced_at = fields.Datetime(string="Last sync")
    error = fields.Text(string="What is wrong")
    owner = fields.Selection(selection=list(OWNERS), string="Who mends it")
    cause_id = fields.Many2one("ledger.cause", index="btree_not_null")
    waiting_for = fields.Char(help="The parent that is missing, as kind:id.")
    match_reason = fields.Char()
    parent_key = fields.Char(help="The record that this one lies inside, as kind:id.")

    _remote_uniq = models.UniqueIndex(
        "(connection_id, resource, external_id) WHERE external_id IS NOT NULL",
        "This remote record is linked already.",
    )
    _record_uniq = models.UniqueIndex(
        "(res_model, res_id, connection_id, resource)"
        " WHERE res_id > 0 AND alias IS NOT TRUE"
        " AND state NOT IN ('candidate', 'orphan', 'gone')",
        "This Odoo record is linked to another record of that kind already.",
    )
    _attention_idx = models.Index(
        "(connection_id, state, resource) WHERE state != 'linked'"
    )

    # === COMPUTE METHODS === #

    @api.model
    def _selection_record_ref(self):
        # Names of models are no secret.
        names = self.env["ir.model"].sudo()
        models_used = (
            "res.partner",
            "product.product",
            "account.move",
            "account.payment",
        )
        return [(model, names._get(model).name) for model in models_used]

    @api.depends("res_model", "res_id")
    def _compute_record_ref(self):
        for binding in self:
            binding.record_ref = (
                f"{binding.res_model},{binding.res_id}" if binding.res_id else False
            )

    # === ACTIONS === #

    def action_retry(self):
        """Read these records again at the next run, ignored ones too."""
        self.check_access("write")
        self.filtered(lambda b: b.state == "ignored").state = "failed"
        self._queue()
        self._flows()._enqueue("retry")

    def action_ignore(self):
        """Leave these records out from now on."""
        self.check_access("write")
        self._forget_proposals()
        self.write(
            {
                "state": "ignored",
                "error": False,
                "owner": False,
                "cause_id": False,
                "waiting_for": False,
            }
        )
        for connection in self.connection_id:
            self.env["ledger.cause"]._sweep(connection)

    def action_accept(self):
        """Accept the proposed Odoo records of these links."""
        self.check_access("write")
        for binding in self.filtered(lambda b: b.state == "candidate"):
            if not binding.res_id:
                raise UserError(
                    self.env._(
                        "%(name)s has no proposal. Choose an Odoo record, or let it be "
                        "created.",
                        name=binding.label,
                    )
                )
            binding._link(binding.res_id)
        self._flows()._enqueue("retry")

    def action_create_new(self):
        """Create Odoo records for these, although others look alike."""
        self.check_access("write")
        unlinked = self.filtered(
            lambda b: b.state in ("candidate", "orphan") or not b.res_id
        )
        unlinked.write({"res_id": False, "alias": False, "match_reason": "create"})
        unlinked._queue()
        unlinked._flows()._enqueue("retry")

    def action_decide(self):
        """Open the choice between linking, creating and ignoring."""
        self.ensure_one()
        wizard = self.env["ledger.match.decision"].create({"binding_id": self.id})
        return wizard._open()

    def action_open_record(self):
        """Open the Odoo record."""
        self.ensure_one()
        if not self.res_id or not self.env[self.res_model].browse(self.res_id).exists():
            raise UserError(
                self.env._(
                    "%(name)s is not in Odoo.", name=self.label or self.external_id
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    # === FOR THE ENGINE === #

    def _link(self, res_id):
        """Link to the Odoo record *res_id*; a second link to it becomes an alias."""
        self.ensure_one()
        taken = self.search_count(
            [
                ("connection_id", "=", self.connection_id.id),
                ("resource", "=", self.resource),
                ("res_model", "=", self.res_model),
                ("res_id", "=", res_id),
                ("id", "!=", self.id),
                ("alias", "=", False),
                ("state", "not in", ("candidate", "orphan", "gone")),
            ],
            limit=1,
        )
        self.write(
            {
                "res_id": res_id,
                "alias": bool(taken),
                "state": "linked" if taken else "due",
                "digest": False,
                "error": False,
                "owner": False,
                "cause_id": False,
            }
        )

    def _queue(self):
        """Mark for another reading; whatever held the records up is forgotten."""
        bindings = self.filtered(lambda b: b.state not in ("ignored", "sending"))
        bindings._forget_proposals()
        bindings.write({"state": "due", "cause_id": False, "waiting_for": False})

    def _forget_proposals(self):
        # What was proposed is no link, and must not become one by another button.
        self.filtered(lambda b: b.state == "candidate").res_id = False

    def _orphan(self, model, res_ids):
        """Their Odoo records are deleted: nothing is recreated without being asked."""
        bindings = self.search([("res_model", "=", model), ("res_id", "in", res_ids)])
        proposed = bindings.filtered(lambda b: b.state == "candidate")
        # Their proposal is gone, they are not: look for another one.
        proposed._queue()
        (bindings - proposed).write({"state": "orphan", "digest": False})

    def _flows(self):
        entities = set(self.mapped("entity"))
        return self.connection_id.flow_ids.filtered(
            lambda f: f.entity in entities and f.direction == "pull"
        )
