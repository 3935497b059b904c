# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..sync import decisions
from ..sync.bindings import jsonable
from ..sync.conflict import Conflict
from ..sync.entities import ENTITIES
from ..sync.problems import Problem

CAUSE = "conflict"
#: Records whose values are written out in the activity.
LISTED = 20


class LedgerConflict(models.Model):
    """A field that was changed on both sides, with both values.

    Decided ones stay: the value that lost is not thrown away.
    """

    _name = "ledger.conflict"
    _description = "Ledger Conflict"
    _order = "state, id desc"
    _rec_name = "label"

    binding_id = fields.Many2one(
        "ledger.binding", required=True, index=True, ondelete="cascade"
    )
    connection_id = fields.Many2one(related="binding_id.connection_id", store=True)
    company_id = fields.Many2one(related="binding_id.company_id", store=True)
    record_ref = fields.Reference(related="binding_id.record_ref", string="Record")
    label = fields.Char(related="binding_id.label", string="Name there")
    field_name = fields.Char(required=True, readonly=True)
    field_label = fields.Char(string="Field", compute="_compute_field_label")
    odoo_value = fields.Json(readonly=True)
    system_value = fields.Json(readonly=True)
    base_value = fields.Json(readonly=True)
    odoo_text = fields.Text(string="In Odoo", readonly=True)
    system_text = fields.Text(string="In the system", readonly=True)
    base_text = fields.Text(string="Before", readonly=True)
    state = fields.Selection(
        selection=[
            ("open", "To decide"),
            ("odoo", "Odoo's value"),
            ("system", "The system's value"),
            ("settled", "Became the same"),
        ],
        required=True,
        default="open",
        readonly=True,
    )
    decided_by = fields.Selection(
        selection=[("policy", "The flow's policy"), ("person", "A person")],
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Person", readonly=True)
    decided_at = fields.Datetime(readonly=True)

    _open_uniq = models.UniqueIndex(
        "(binding_id, field_name) WHERE state = 'open'",
        "This field waits for a decision already.",
    )

    @api.depends("field_name", "binding_id.res_model")
    def _compute_field_label(self):
        for conflict in self:
            model = self.env.get(conflict.binding_id.res_model)
            field = model is not None and model._fields.get(conflict.field_name)
            conflict.field_label = (
                field._description_string(self.env) if field else conflict.field_name
            )

    # === ACTIONS === #

    def action_take_odoo(self):
        """Keep Odoo's value; it is sent to the system."""
        return self._decide("odoo")

    def action_take_system(self):
        """Take the system's value over into Odoo."""
        return self._decide("system")

    def action_always_odoo(self):
        """Keep Odoo's value, in this field from now on."""
        self._remember("odoo")
        return self._decide("odoo")

    def action_always_system(self):
        """Take the system's value, in this field from now on."""
        self._remember("system")
        return self._decide("system")

    def action_open_record(self):
        """Open the Odoo record."""
        return self.binding_id.action_open_record()

    def _decide(self, winner):
        """Carry out the decision *winner* with the rights of the user."""
        self.check_access("write")
        open_ones = self.filtered(lambda c: c.state == "open")
        open_ones._note_present_values()
        for binding, conflicts in open_ones.grouped("binding_id").items():
            try:
                decisions.carry_out(binding, conflicts, winner)
            except Problem as problem:
                raise UserError(problem.sentence) from problem
        open_ones.write(
            {
                "state": winner,
                "decided_by": "person",
                "user_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        self.binding_id._after_decision()
        for connection in self.connection_id:
            self._close(connection)
        return True

    def _note_present_values(self):
        """What a person edited since the question is what may lose now."""
        for conflict in self:
            binding = conflict.binding_id
            record = self.env[binding.res_model].browse(binding.res_id).exists()
            if not record:
                continue
            entity = ENTITIES[binding.entity]
            name = conflict.field_name
            value = jsonable(entity.current(record, name))
            if value != conflict.odoo_value:
                text = entity.text(self.env, name, value)
                conflict.write({"odoo_value": value, "odoo_text": text})

    def _remember(self, winner):
        """Let *winner* win in these fields from now on."""
        flows = self.connection_id.with_context(active_test=False).flow_ids
        for conflict in self:
            binding = conflict.binding_id
            lines = flows.filtered(lambda f, b=binding: f.entity == b.entity)
            lines = lines.mapping_ids
            # The mapping is a manager's; who may decide may decide for later too.
            lines.sudo().filtered(
                lambda line, c=conflict, b=binding: (
                    line.resource == b.resource
                    and line.field_path.partition("/")[0] == c.field_name
                )
            ).conflict_policy = winner

    # === FOR THE ENGINE === #

    @api.model
    def _note(self, connection, item, settled):
        """Keep the conflicts of a pulled *item*; what became the same is closed.

        :param item: ``sync.run.Item``, its link is stored
        :param set settled: fields on which both sides agree by now
        """
        binding = self.env["ledger.binding"].search(
            [
                ("connection_id", "=", connection.id),
                ("resource", "=", item.resource),
                ("external_id", "=", item.external_id),
            ]
        )
        known = {
            conflict.field_name: conflict
            for conflict in self.search(
                [("binding_id", "=", binding.id), ("state", "=", "open")]
            )
        }
        for name in settled & set(known):
            known.pop(name).state = "settled"
        for conflict in item.conflicts:
            values = self._prepare(binding, item.plan.entity, conflict)
            if conflict.field in known:
                # Changed there once more: both agreed before the first change.
                agreed = {"base_value", "base_text"}
                known[conflict.field].write(
                    {name: x for name, x in values.items() if name not in agreed}
                )
            else:
                self.create(values)
        if not settled and all(c.decision != "open" for c in item.conflicts):
            return
        self._tell(connection)

    @api.model
    def _open(self, binding, name, ours, theirs):
        """Return the open conflict of a field, made if there is none."""
        known = self.search(
            [
                ("binding_id", "=", binding.id),
                ("field_name", "=", name),
                ("state", "=", "open"),
            ]
        )
        conflict = Conflict(name, ours, theirs, None, "open")
        values = self._prepare(binding, ENTITIES[binding.entity], conflict)
        if known:
            known.write(values)
            return known
        return self.create(values)

    def _prepare(self, binding, entity, conflict):
        decided = conflict.decision != "open"
        return {
            "binding_id": binding.id,
            "field_name": conflict.field,
            "odoo_value": conflict.ours,
            "system_value": conflict.theirs,
            "base_value": conflict.base,
            "odoo_text": entity.text(self.env, conflict.field, conflict.ours),
            "system_text": entity.text(self.env, conflict.field, conflict.theirs),
            "base_text": entity.text(self.env, conflict.field, conflict.base),
            "state": conflict.decision,
            "decided_by": "policy" if decided else False,
            "decided_at": fields.Datetime.now() if decided else False,
        }

    @api.model
    def _tell(self, connection):
        """One activity for all conflicts of *connection*, with both values in it."""
        conflicts = self.search(
            [("connection_id", "=", connection.id), ("state", "=", "open")]
        )
        if not conflicts:
            self._close(connection)
            return
        cause = self.env["ledger.cause"]._note(
            connection,
            Problem(
                "record",
                self.env._(
                    "%(count)s values were changed in Odoo and in %(system)s at the "
                    "same time. Choose which ones to keep under Conflicts.",
                    count=len(conflicts),
                    system=connection._connector()._describe().label,
                ),
                cause=CAUSE,
            ),
        )
        cause.activity_id.note = self._as_table(conflicts[:LISTED])

    def _as_table(self, conflicts):
        cell = Markup("<td>%s</td>")
        head = [
            self.env._("Record"),
            self.env._("Field"),
            self.env._("In Odoo"),
            self.env._("In the system"),
        ]
        rows = [
            Markup("<tr>%s</tr>")
            % Markup("").join(
                cell % (text or "")
                for text in (c.label, c.field_label, c.odoo_text, c.system_text)
            )
            for c in conflicts
        ]
        titles = Markup("").join(Markup("<th>%s</th>") % title for title in head)
        return Markup("<table class='table'><tr>%s</tr>%s</table>") % (
            titles,
            Markup("").join(rows),
        )

    @api.model
    def _close(self, connection):
        # Closing the activity is the engine's, whoever took the last decision.
        conflicts = self.sudo()
        domain = [("connection_id", "=", connection.id), ("state", "=", "open")]
        if not conflicts.search_count(domain, limit=1):
            causes = connection.sudo().cause_ids
            causes.filtered(lambda c: c.key == CAUSE)._resolve()
        else:
            conflicts._tell(connection.sudo())
