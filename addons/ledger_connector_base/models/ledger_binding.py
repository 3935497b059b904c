# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..sync.problems import CREATED_ANEW, OWNERS


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
    sent = fields.Json(
        copy=False, help="What the system was told last, by its own paths."
    )
    intent = fields.Json(copy=False, help="What is being sent.")
    sent_at = fields.Datetime(string="Last sending", copy=False)
    note = fields.Text(
        string="Good to know",
        copy=False,
        help="What the system could not take as it is in Odoo.",
    )
    unfinished = fields.Boolean(
        string="To be finished there",
        copy=False,
        help="The document is there, and something that was to follow is not done.",
    )
    generation = fields.Integer(
        copy=False,
        help="1, and one more each time it was made anew there.",
    )
    withdrawn = fields.Boolean(
        string="Taken back there",
        copy=False,
        help="It was cancelled in Odoo, and voided or credited there.",
    )
    tries = fields.Integer(copy=False, help="Sendings without an answer, in a row.")
    conflict_ids = fields.One2many("ledger.conflict", "binding_id")
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
        self.filtered(lambda b: b.state in ("failed", "gone"))._create_there()
        unlinked = self.filtered(
            lambda b: (
                b.external_id and (b.state in ("candidate", "orphan") or not b.res_id)
            )
        )
        unlinked.write({"res_id": False, "alias": False, "match_reason": "create"})
        unlinked._queue()
        unlinked._flows()._enqueue("retry")

    def action_send_again(self):
        """The record did not arrive, a person says: it may be sent once more."""
        self.check_access("write")
        lost = self.filtered(lambda b: b.state == "uncertain" and not b.external_id)
        # The engine's own notes; the person was allowed to decide.
        lost.sudo().write(
            {"state": "to_push", "intent": False, "error": False, "owner": False}
        )
        lost._note_for_sending()

    def action_decide_conflicts(self):
        """Open what was changed on both sides of these records."""
        return self.connection_id._open(
            "ledger_conflict_action",
            [("binding_id", "in", self.ids)],
            {"search_default_open": 1},
        )

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
        self._replace_unsent(res_id)
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

    def _replace_unsent(self, res_id):
        """What was going to be sent turned out to be there already.

        :raises odoo.exceptions.UserError: it is being sent right now
        """
        unsent = self.search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("resource", "=", self.resource),
                ("res_model", "=", self.res_model),
                ("res_id", "=", res_id),
                ("external_id", "=", False),
                ("id", "!=", self.id),
            ]
        )
        if any(link.state == "sending" for link in unsent):
            raise UserError(
                self.env._("%(name)s is being sent. Try again later.", name=self.label)
            )
        # The engine's own notes; the person was allowed to link.
        unsent.sudo().unlink()

    def _queue(self):
        """Mark for another try; whatever held the records up is forgotten.

        What has an id there is read again; what Odoo sends is compared again.
        """
        bindings = self.filtered(
            lambda b: (
                not b.withdrawn
                and b.state not in ("ignored", "sending", "uncertain", "conflict")
            )
        )
        bindings._forget_proposals()
        there = bindings.filtered(lambda b: b.external_id and b._is_read())
        there.write({"state": "due", "cause_id": False, "waiting_for": False})
        values = {"state": "to_push", "cause_id": False, "waiting_for": False}
        (bindings - there).write({**values, "error": False, "owner": False})
        bindings._note_for_sending()

    @api.model
    def _move_to(self, model, res_ids, res_id):
        """Records *res_ids* were merged into *res_id*: it takes over their links.

        Where it has a link of its own, theirs become second ones: references to them
        are followed, nothing is written through them.
        """
        links = self.search([("res_model", "=", model), ("res_id", "in", res_ids)])
        own = self.search(
            [
                ("res_model", "=", model),
                ("res_id", "=", res_id),
                ("state", "not in", ("candidate", "gone", "orphan")),
            ]
        )
        taken = {(link.connection_id, link.resource) for link in own}
        # What was only going to be sent is sent as the one that is left.
        unsent = links.filtered(lambda b: not b.external_id)
        unsent.filtered(lambda b: b.state != "uncertain").unlink()
        for link in (links - unsent).exists():
            key = (link.connection_id, link.resource)
            link.write({"res_id": res_id, "alias": link.alias or key in taken})
            taken.add(key)

    def _is_read(self):
        """Tell whether an active flow reads such records."""
        return any(flow.direction == "pull" for flow in self._flows())

    def _note_for_sending(self):
        """Let the flows that send such records look at these."""
        for (connection, entity), links in self.grouped(
            lambda b: (b.connection_id, b.entity)
        ).items():
            flow = connection.flow_ids.filtered(
                lambda f, e=entity: (f.entity, f.direction) == (e, "push")
            )
            ids = [link.res_id for link in links if link.res_id]
            if flow and ids:
                flow._ask_for(ids)

    def _create_there(self):
        """Records that are gone there become new ones."""
        links = self.filtered("res_id")
        # What was taken back is made anew by itself, as soon as it may be sent again.
        links = links.filtered(
            lambda b: (
                not b.withdrawn
                and (b.state == "gone" or b.cause_id.key in CREATED_ANEW)
            )
        )
        # The link's own fields are the engine's; the person was allowed to decide.
        links.sudo().write(
            {
                "unfinished": False,
                "intent": False,
                "external_id": False,
                "remote_version": False,
                "sent": False,
                "snapshot": False,
                "digest": False,
                "state": "to_push",
                "error": False,
                "owner": False,
                "cause_id": False,
            }
        )
        links._note_for_sending()
        links._flows().filtered(lambda f: f.direction == "push")._enqueue("send")

    def _flow_of(self, direction):
        """Return the flow of these records, even one that is off."""
        flows = self.connection_id.with_context(active_test=False).flow_ids
        return flows.filtered(
            lambda f: (f.entity, f.direction) == (self.entity, direction)
        )

    def _after_decision(self):
        """Links whose last conflict was decided are in step again."""
        decided = self.filtered(
            lambda b: (
                b.state == "conflict" and all(c.state != "open" for c in b.conflict_ids)
            )
        )
        decided.state = "linked"
        for connection in self.connection_id:
            connection.flow_ids.filtered(
                lambda f: f.direction == "push" and f._has_outgoing()
            )._enqueue("send")

    def _forget_proposals(self):
        # What was proposed is no link, and must not become one by another button.
        self.filtered(lambda b: b.state == "candidate").res_id = False

    def _orphan(self, model, res_ids):
        """Their Odoo records are deleted: nothing is recreated without being asked."""
        bindings = self.search([("res_model", "=", model), ("res_id", "in", res_ids)])
        proposed = bindings.filtered(lambda b: b.state == "candidate")
        # Their proposal is gone, they are not: look for another one.
        proposed._queue()
        # What was lost on the way is asked about first.
        untouched = ("ignored", "sending", "uncertain")
        kept = (bindings - proposed).filtered(lambda b: b.state not in untouched)
        kept.write({"state": "orphan", "digest": False})

    def _flows(self):
        entities = set(self.mapped("entity"))
        return self.connection_id.flow_ids.filtered(lambda f: f.entity in entities)
