# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..sync.problems import CREATED_ANEW


class LedgerBinding(models.Model):
    """What people see and decide of records that Odoo sends."""

    _name = "ledger.binding"
    _inherit = "ledger.binding"

    sent_text = fields.Text(
        string="What the system was told",
        compute="_compute_sent_text",
        groups="ledger_connector_base.group_ledger_manager",
    )
    can_create_there = fields.Boolean(compute="_compute_can_create_there")

    # === COMPUTE METHODS === #

    @api.depends("sent")
    def _compute_sent_text(self):
        for binding in self:
            binding.sent_text = "\n".join(
                f"{path}: {value}" for path, value in (binding.sent or {}).items()
            )

    @api.depends("state", "cause_id.key", "withdrawn")
    def _compute_can_create_there(self):
        for binding in self:
            binding.can_create_there = bool(
                binding.res_id
                and not binding.withdrawn
                and (
                    binding.state == "gone"
                    or binding.state == "failed"
                    and binding.cause_id.key in CREATED_ANEW
                )
                and binding._flow_of("push").active
            )

    # === ACTIONS === #

    def action_choose_there(self):
        """Open the question which of the system's records this one became."""
        self.ensure_one()
        return self.env["ledger.link.choice"].create({"binding_id": self.id})._open()

    def action_link_to(self, external_id):
        """An uncertain record did arrive, a person says, and this is it.

        What was edited since it was sent goes out as a change.

        :param str external_id: the system's id of the record
        :raises odoo.exceptions.UserError: it is not uncertain any more, or that record
            belongs to another one in Odoo
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "uncertain" or self.external_id:
            raise UserError(
                self.env._("%(name)s is not uncertain any more.", name=self.label)
            )
        self._take_over(external_id)
        # The engine's own notes; the person was allowed to decide.
        self.sudo().write(
            {
                "external_id": external_id,
                "state": "due" if self._flow_of("pull").active else "linked",
                "sent": (self.intent or {}).get("whole") or {},
                "intent": False,
                "unfinished": self._follows_up(),
                "digest": False,
                "error": False,
                "owner": False,
                "cause_id": False,
                "tries": 0,
            }
        )
        self._note_for_sending()
        self._flows()._enqueue("retry")

    # === HELPERS === #

    def _follows_up(self):
        """Tell whether something follows there once such a document was made."""
        name = f"ledger.connector.{self.connection_id.system}"
        # An addon of a vendor may be gone while its links are kept.
        system = name in self.env and self.env[name]._describe()
        return bool(system) and system.resource(self.resource).follow_up

    def _take_over(self, external_id):
        """Free the system's record *external_id* from proposals to other records.

        :raises odoo.exceptions.UserError: it is linked to one
        """
        others = self.search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("resource", "=", self.resource),
                ("external_id", "=", external_id),
                ("id", "!=", self.id),
            ]
        )
        linked = others.filtered(
            lambda b: b.res_id and b.state not in ("candidate", "gone", "orphan")
        )
        if linked:
            raise UserError(
                self.env._(
                    "%(id)s there belongs to %(name)s already. Choose another one.",
                    id=external_id,
                    name=linked[0].label,
                )
            )
        # Proposals are the engine's notes; the person has answered them.
        others.sudo().unlink()
