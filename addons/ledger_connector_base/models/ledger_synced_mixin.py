# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain

LEDGER_STATES = [
    ("linked", "In step"),
    ("attention", "Needs attention"),
]
#: States of a link that ask nothing of anybody.
SETTLED = ("linked", "ignored")


class LedgerSyncedMixin(models.AbstractModel):
    """For business records that connectors keep in step: a button and a status."""

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

    def _compute_ledger_state(self):
        bindings = self.env["ledger.binding"]
        groups = {}
        # Users outside the connectors' groups see no links, and no error either.
        if bindings.has_access("read"):
            rows = bindings._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id", "state"],
                ["__count"],
            )
            for res_id, state, count in rows:
                groups.setdefault(res_id, []).append((state, count))
        for record in self:
            states = groups.get(record.id, [])
            record.ledger_binding_count = sum(count for _state, count in states)
            record.ledger_state = self._ledger_state(states)

    @staticmethod
    def _ledger_state(states):
        if not states:
            return False
        settled = all(state in SETTLED for state, _count in states)
        return "linked" if settled else "attention"

    @api.model
    def _search_ledger_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        if not self.env["ledger.binding"].has_access("read"):
            return Domain.FALSE
        linked = self._ledger_linked_domain([])
        attention = self._ledger_linked_domain([("state", "not in", SETTLED)])
        domains = {
            "linked": linked & ~attention,
            "attention": attention,
            False: ~linked,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _ledger_linked_domain(self, domain):
        """Return the domain of the records that have a link fulfilling *domain*."""
        links = self.env["ledger.binding"]._search(
            [("res_model", "=", self._name), ("res_id", "!=", False), *domain]
        )
        return Domain("id", "in", links.subselect("res_id"))

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
