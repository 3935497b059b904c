# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache
from odoo.tools.safe_eval import safe_eval

from ..sync.entities import ENTITIES
from ..sync.lookups import Lookups
from ..sync.outgoing import Outgoing

#: What, written on a flow, changes which edits are noticed.
WATCHING = frozenset({"active", "direction", "entity", "domain", "send_policy"})


class LedgerFlow(models.Model):
    """What a flow needs to send Odoo's records."""

    _name = "ledger.flow"
    _inherit = "ledger.flow"

    res_model = fields.Char(compute="_compute_res_model", store=True)
    domain = fields.Char(
        string="Only these records",
        default="[]",
        help="Records outside of this filter are not sent by themselves.",
    )
    send_policy = fields.Selection(
        selection=[
            ("auto", "By themselves, at the next run"),
            ("manual", "When a person sends them"),
        ],
        string="Send",
        default="auto",
        required=True,
        help="“When a person sends them”: with Odoo's Send dialogue for invoices, or "
        "with “Send to ledger” on selected records.",
    )
    send_parents = fields.Boolean(
        string="Send what is missing first",
        default=True,
        help="An invoice sends its customer and products first, if those flows are "
        "switched on. Otherwise it waits for them.",
    )
    creates_there = fields.Boolean(
        string="Create there what is missing",
        default=True,
        help="Otherwise only what is linked, or found there, is used.",
    )
    sends_changes = fields.Boolean(
        string="Send later changes",
        default=True,
        help="Otherwise what is there already is left as it is there.",
    )
    webhook_delay = fields.Integer(
        string="Collect notices for (seconds)",
        default=5,
        help="Notices by webhook of the same record within this time cause one "
        "reading.",
    )
    compared_at = fields.Datetime(
        string="Both sides compared",
        readonly=True,
        copy=False,
        help="Before the first record is created there, everything that is there "
        "already is matched, so that nothing is doubled.",
    )
    outbox_count = fields.Integer(string="To be sent", compute="_compute_outbox_count")
    deactivates = fields.Boolean(
        string="Switch off there what is deleted in Odoo",
        compute="_compute_deactivates",
        inverse="_inverse_deactivates",
        help="What a system cannot switch off is deleted there, if nothing uses it. "
        "Otherwise records of the system are left alone.",
    )
    has_webhooks = fields.Boolean(related="connection_id.has_webhooks")

    _delay_range = models.Constraint(
        "CHECK(webhook_delay BETWEEN 0 AND 3600)",
        "Notices can be collected for an hour at the most.",
    )

    # === COMPUTE METHODS === #

    @api.depends("entity")
    def _compute_res_model(self):
        for flow in self:
            entity = ENTITIES.get(flow.entity)
            flow.res_model = entity.model if entity else False

    def _compute_outbox_count(self):
        # How many records wait is no secret to those who see the flow.
        groups = self.env["ledger.outbox"]._read_group(
            [("flow_id", "in", self.ids)], ["flow_id"], ["res_id:count_distinct"]
        )
        counts = {flow.id: count for flow, count in groups}
        for flow in self:
            flow.outbox_count = counts.get(flow.id, 0)

    @api.depends("deletion_policy")
    def _compute_deactivates(self):
        for flow in self:
            flow.deactivates = flow.deletion_policy == "archive"

    def _inverse_deactivates(self):
        for flow in self:
            flow.deletion_policy = "archive" if flow.deactivates else "keep"

    # === CONSTRAINTS === #

    @api.constrains("domain", "entity")
    def _check_domain(self):
        for flow in self.filtered(lambda f: f.direction == "push" and f.res_model):
            try:
                self.env[flow.res_model].search_count(flow._domain(), limit=1)
            except Exception as error:
                # Whatever a person may write into a filter, in one sentence.
                raise ValidationError(
                    self.env._(
                        "The filter of %(flow)s cannot be used: %(reason)s",
                        flow=flow.display_name,
                        reason=str(error),
                    )
                ) from error

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        flows = super().create(vals_list)
        self._forget_kept()
        return flows

    def write(self, vals):
        was_off = self.filtered(lambda flow: not flow.active)
        kept_changes = self.filtered(lambda flow: not flow.sends_changes)
        result = super().write(vals)
        if WATCHING & set(vals):
            self._forget_kept()
        if vals.get("active"):
            was_off._compare_sent()
        if vals.get("sends_changes"):
            kept_changes._compare_sent()
        if vals.get("creates_there"):
            self._retry_not_there()
        for name in ("conflict_policy", "number_policy"):
            if name in vals and not self.env.context.get("ledger_both_directions"):
                self._other_directions().with_context(
                    ledger_both_directions=True
                ).write({name: vals[name]})
        return result

    def unlink(self):
        self._forget_kept()
        return super().unlink()

    def _other_directions(self):
        """The flows of the same records in the other direction.

        Who wins, and whose number, is one decision for both.
        """
        flows = self.connection_id.with_context(active_test=False).flow_ids - self
        keys = {(flow.connection_id, flow.entity) for flow in self}
        return flows.filtered(lambda f: (f.connection_id, f.entity) in keys)

    # === ACTIONS === #

    def action_send_all(self):
        """Send all records that the flow's filter lets through and are not there."""
        self.check_access("read")
        for flow in self:
            # Users run what managers set up: the outbox is the engine's.
            flow.sudo()._note_all()
        return self.action_run()

    def action_open_outbox(self):
        """Open the records that wait to be sent."""
        self.ensure_one()
        rows = self.env["ledger.outbox"].search([("flow_id", "=", self.id)])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("To be sent"),
            "res_model": self.res_model,
            "view_mode": "list,form",
            "domain": [("id", "in", rows.mapped("res_id"))],
            "context": {"active_test": False},
        }

    def _note_all(self):
        records = self.env[self.res_model].search(self._sendable_domain())
        self.env["ledger.outbox"]._note([self.id] * len(records), records.ids)

    # === WHAT IS SENT === #

    @api.model
    def _knows(self, entity):
        """Tell whether this database can keep *entity* in step.

        Entities of addons that are not installed here are known to the server's other
        databases only.
        """
        known = ENTITIES.get(entity)
        return known is not None and known.known(self.env)

    def _domain(self):
        """The flow's own filter."""
        self.ensure_one()
        return Domain(safe_eval(self.domain or "[]"))

    def _sendable_domain(self):
        """Domain of the records that the flow sends by itself."""
        entity = self._entity()
        return (
            self._domain()
            & Domain(entity.outgoing_domain())
            & Domain(
                self.env[self.res_model]._check_company_domain(
                    self.connection_id.company_id
                )
            )
        )

    @api.model
    def _pushing(self, model):
        """Return the live flows that send records of *model*, of our companies."""
        return self.search(
            [
                ("direction", "=", "push"),
                ("res_model", "=", model),
                ("connection_id.state", "=", "live"),
                ("company_id", "in", self.env.companies.ids),
            ]
        )

    def _ask_for(self, res_ids):
        """Note that a person wants these records sent."""
        self.ensure_one()
        self.check_access("read")
        # Users ask; the queue is the engine's.
        outbox = self.env["ledger.outbox"].sudo()
        outbox._note([self.id] * len(res_ids), res_ids, asked=True)

    def _has_outgoing(self):
        """Tell whether there is anything to send, or to make sure of."""
        self.ensure_one()
        self.env.cr.execute(
            """
            SELECT EXISTS (SELECT 1 FROM ledger_outbox WHERE flow_id = %s)
                OR EXISTS (SELECT 1 FROM ledger_binding
                            WHERE connection_id = %s AND entity = %s
                              AND state IN ('sending', 'uncertain'))
            """,
            (self.id, self.connection_id.id, self.entity),
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _outgoing_ids(self, model, res_ids):
        """Return those of the records of *model* that wait in the outbox."""
        self.env.cr.execute(
            "SELECT DISTINCT o.res_id FROM ledger_outbox o"
            " JOIN ledger_flow f ON f.id = o.flow_id"
            " WHERE o.res_id = ANY(%s) AND f.res_model = %s AND f.company_id = ANY(%s)",
            (list(res_ids), model, self.env.companies.ids),
        )
        noted = self.env[model].browse([row[0] for row in self.env.cr.fetchall()])
        ready = next(x for x in ENTITIES.values() if x.model == model)
        # Edits of drafts are noted too, and are nobody's business before they are done.
        return set(noted.filtered_domain(ready.outgoing_domain()).ids)

    # === NOTICING === #

    def _entity(self):
        """Return what the engine knows of the flow's records."""
        self.ensure_one()
        return ENTITIES[self.entity]

    def _compare_sent(self):
        """Look at all records that were sent before, at the end of the transaction.

        Edits were not noticed while the flow was off, or a field is mapped only now.
        """
        flows = self.filtered(lambda f: f.direction == "push" and f.active)
        data = self.env.cr.precommit.data
        if not flows:
            return
        if "ledger.compare" not in data:
            data["ledger.compare"] = set()
            # The engine's queue, whoever sets the flow up.
            self.env.cr.precommit.add(self.sudo().browse()._note_sent)
        data["ledger.compare"].update(flows.ids)

    def _retry_not_there(self):
        """Let records go on that were held because nothing is created there."""
        keys = [f"not_there:{flow.id}" for flow in self]
        self.connection_id.cause_ids.filtered(lambda c: c.key in keys)._resolve()

    @api.model
    def _note_sent(self):
        flow_ids = list(self.env.cr.precommit.data.pop("ledger.compare", ()))
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO ledger_outbox (flow_id, res_id, asked, ready, changed_at)"
            " SELECT f.id, b.res_id, FALSE, FALSE, now() AT TIME ZONE 'UTC'"
            " FROM ledger_flow f JOIN ledger_binding b"
            " ON b.connection_id = f.connection_id AND b.entity = f.entity"
            " WHERE f.id = ANY(%s) AND b.sent IS NOT NULL AND b.res_id > 0"
            " AND b.external_id IS NOT NULL",
            (flow_ids,),
        )

    @api.model
    def _forget_kept(self):
        """Let go of what is kept about flows, now and once more after the commit.

        Until then another thread reads and keeps what it was before: an edit would not
        be noticed for as long as that is kept.
        """
        clear = partial(self.env.registry.clear_cache, "stable")
        clear()
        self.env.cr.postcommit.add(clear)

    @api.model
    @ormcache(cache="stable")
    def _watched(self):
        """Return what edits are noticed, by model.

        Each is ``(flow id, field names, names of those that make a document ready)``.

        Flows of connections that are paused notice as well: nothing is lost meanwhile.
        """
        # Everybody's edits are noticed, whoever may see the flow.
        flows = self.sudo().search(
            [
                ("direction", "=", "push"),
                ("send_policy", "=", "auto"),
                ("connection_id.live_database_uuid", "!=", False),
                ("connection_id.active", "=", True),
                ("connection_id.state", "!=", "copy"),
            ]
        )
        watched = {}
        for flow in flows:
            if flow.res_model in self.env:
                names = frozenset(flow._watched_fields())
                ready = flow._entity().document and flow._entity().ready_fields
                watched.setdefault(flow.res_model, []).append(
                    (flow.id, names, frozenset(ready or ()))
                )
        return watched

    def _watched_fields(self):
        """Names of the fields whose change may change what is sent."""
        model = self.env[self.res_model]
        lines = self.mapping_ids.filtered("active")
        names = {path.partition("/")[0] for path in lines.mapped("field_path")}
        for condition in self._sendable_domain().iter_conditions():
            names.add(condition.field_expr.partition(".")[0])
        names |= {"active"} | set(ENTITIES[self.entity].ready_fields)
        for name in [*names]:
            if name in model._fields:
                depends = self.env.registry.field_depends[model._fields[name]]
                names |= {path.partition(".")[0] for path in depends}
        return names

    # === FOR THE ENGINE === #

    def _outgoing(self, lookups=None):
        """Return the compiled push mappings by resource.

        :rtype: dict[str, sync.outgoing.Outgoing]
        """
        self.ensure_one()
        lookups = lookups or Lookups(self.env, self.connection_id.id)
        system = self._connector()._describe()
        entity = ENTITIES[self.entity]
        result = {}
        for resource, compiled in self._compiled_lines().items():
            result[resource] = Outgoing(
                system.resource(resource), entity, compiled, self.number_policy
            )
        return result

    def _check_can_push(self):
        """Refuse what a flow of this direction cannot do.

        :raises odoo.exceptions.UserError: the flow only reads
        """
        if self.filtered(lambda flow: flow.direction != "push"):
            raise UserError(self.env._("This flow reads; it does not send."))
