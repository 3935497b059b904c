# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

LEDGER_STATES = [
    ("linked", "In step"),
    ("outgoing", "To be sent"),
    ("awaited", "Answer awaited"),
    ("attention", "Needs attention"),
]
#: States of a link that ask nothing of anybody.
SETTLED = ("linked", "ignored", "to_push", "sending")
#: Sent, and nobody knows yet whether it arrived: the engine asks by itself.
_AWAITED = Domain("state", "=", "uncertain") & Domain("owner", "!=", "record")


class LedgerSyncedMixin(models.AbstractModel):
    """For business records that connectors keep in step.

    Gives them a button, a status and *Send to ledger*, and notes their changes for the
    flows that send them. Where no flow sends them, that costs no query.
    """

    _name = "ledger.synced.mixin"
    _description = "Record Kept in Step with a Ledger"

    ledger_binding_count = fields.Integer(
        string="Links", compute="_compute_ledger_state", compute_sudo=False
    )
    ledger_state = fields.Selection(
        selection=LEDGER_STATES,
        string="Ledger status",
        compute="_compute_ledger_state",
        search="_search_ledger_state",
        compute_sudo=False,
    )

    # === NOTICING CHANGES === #

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._ledger_note_changes()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._ledger_note_changes(vals)
        return result

    def _ledger_note_changes(self, names=None):
        """Note for the outbox that fields of these records changed.

        :param names: names of the fields, None for new records
        """
        watched = self.env["ledger.flow"]._watched().get(self._name)
        if not watched:
            return
        flows = [
            (flow_id, names is None or not ready or not ready.isdisjoint(names))
            for flow_id, fields_, ready in watched
            if names is None or not fields_.isdisjoint(names)
        ]
        ids = [record_id for record_id in self._ids if record_id]
        if flows and ids:
            self.env["ledger.outbox"]._collect(flows, ids)

    # === STATUS === #

    def _compute_ledger_state(self):
        bindings = self.env["ledger.binding"]
        groups, outgoing = {}, set()
        # Users outside the connectors' groups see no links, and no error either.
        if bindings.has_access("read"):
            rows = bindings._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id", "state", "owner", "withdrawn"],
                ["__count"],
            )
            for res_id, state, owner, withdrawn, count in rows:
                if withdrawn:
                    # What was taken back there is where it should be.
                    state = "linked"
                if state == "uncertain" and owner != "record":
                    state = "awaited"
                groups.setdefault(res_id, []).append((state, count))
            outgoing = self.env["ledger.flow"]._outgoing_ids(self._name, self.ids)
        for record in self:
            states = groups.get(record.id, [])
            record.ledger_binding_count = sum(count for _state, count in states)
            state = self._ledger_state({state for state, _count in states})
            if state in (False, "linked") and record.id in outgoing:
                state = "outgoing"
            record.ledger_state = state

    @staticmethod
    def _ledger_state(states):
        if not states:
            return False
        open_states = states - {*SETTLED}
        if open_states <= {"awaited"}:
            return "awaited" if open_states else "linked"
        return "attention"

    @api.model
    def _search_ledger_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        if not self.env["ledger.binding"].has_access("read"):
            return Domain.FALSE
        linked = self._ledger_linked_domain([])
        unsettled = Domain("state", "not in", SETTLED) & Domain("withdrawn", "=", False)
        attention = self._ledger_linked_domain(unsettled & ~_AWAITED)
        awaited = self._ledger_linked_domain(_AWAITED) & ~attention
        outgoing = self._ledger_outgoing_domain() & ~attention & ~awaited
        domains = {
            "linked": linked & ~attention & ~awaited & ~outgoing,
            "outgoing": outgoing,
            "awaited": awaited,
            "attention": attention,
            False: ~linked & ~outgoing,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _ledger_linked_domain(self, domain):
        """Return the domain of the records that have a link fulfilling *domain*."""
        links = self.env["ledger.binding"]._search(
            Domain([("res_model", "=", self._name), ("res_id", "!=", False)])
            & Domain(domain)
        )
        return Domain("id", "in", links.subselect("res_id"))

    @api.model
    def _ledger_outgoing_domain(self):
        """Return the domain of the records that wait in the outbox."""
        flows = self.env["ledger.flow"].search(
            [("direction", "=", "push"), ("res_model", "=", self._name)]
        )
        # Which records wait is the flow's to say, and its user may read that.
        rows = self.env["ledger.outbox"].sudo()._search([("flow_id", "in", flows.ids)])
        noted = Domain("id", "in", rows.subselect("res_id"))
        # Edits of drafts are noted too, and are nobody's business before they are done.
        return noted & Domain(flows[0]._entity().outgoing_domain() if flows else [])

    # === ACTIONS === #

    def action_ledger_push(self):
        """Send these records to the connected ledgers, in the background.

        Every flow that sends such records of the present companies takes them,
        whatever its filter says: a person has chosen them.

        :return: a notification action
        :raises odoo.exceptions.UserError: no flow sends such records
        """
        self.check_access("read")
        flows = self.env["ledger.flow"]._pushing(self._name)
        if not flows:
            raise UserError(
                self.env._(
                    "No connection sends %(kind)s. Switch on such a flow on a "
                    "connection first.",
                    kind=self._description,
                )
            )
        ready = self._ledger_ready(flows)
        if not ready:
            raise UserError(
                self.env._(
                    "Nothing here can be sent: drafts, cancelled documents and "
                    "addresses of other records stay in Odoo."
                )
            )
        for flow in flows:
            flow._ask_for(ready.ids)
        flows._enqueue("send")
        return flows.connection_id._notification(
            self.env._(
                "%(count)s of %(total)s records are going to be sent.",
                count=len(ready),
                total=len(self),
            ),
            "info",
        )

    def _ledger_ready(self, flows):
        """Return those of the records that one of *flows* may send now."""
        return self.filtered_domain(flows[0]._entity().outgoing_domain())

    def action_ledger_payload(self):
        """Show what is sent of these records; nothing is sent or written by it.

        :return: action that opens a ``ledger.payload``
        :raises odoo.exceptions.UserError: no connection sends such records
        """
        self.check_access("read")
        return self.env["ledger.payload"]._show(self)

    def action_ledger_bindings(self):
        """Open the links of these records."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_base.ledger_binding_action"
        )
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        return {**action, "domain": domain, "context": {}}

    @api.ondelete(at_uninstall=False)
    def _unlink_ledger_bindings(self):
        # Whoever may delete the record need not know about connectors.
        self.env["ledger.binding"].sudo()._orphan(self._name, self.ids)
        self._ledger_note_changes()
