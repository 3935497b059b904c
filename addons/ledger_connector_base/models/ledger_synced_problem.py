# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain

#: Links that may be tried again.
_TROUBLED = Domain("state", "in", ("failed", "waiting"))
#: Links whose record did arrive, or did not: only a person can tell.
_UNDECIDED = Domain("state", "=", "uncertain") & Domain("owner", "=", "record")


class LedgerSyncedMixin(models.AbstractModel):
    """What is wrong with a record, said on the record itself."""

    _inherit = "ledger.synced.mixin"

    ledger_problem = fields.Text(
        string="What is wrong in the ledger",
        compute="_compute_ledger_problem",
        compute_sudo=False,
    )
    ledger_question = fields.Boolean(
        string="A credit note needs agreement",
        compute="_compute_ledger_problem",
        compute_sudo=False,
    )

    ledger_note = fields.Text(
        string="Good to know of the ledger",
        compute="_compute_ledger_problem",
        compute_sudo=False,
    )

    def _compute_ledger_problem(self):
        wrong = _TROUBLED | _UNDECIDED
        spoken = self._ledger_links(wrong | Domain("note", "!=", False))
        links = spoken.filtered_domain(wrong).grouped("res_id")
        notes = spoken.filtered(lambda x: x.note and x.state != "gone")
        notes = notes.grouped("res_id")
        for record in self:
            mine = links.get(record.id, self.env["ledger.binding"])
            noted = notes.get(record.id, self.env["ledger.binding"])
            record.ledger_note = "\n".join(noted.mapped("note")) or False
            sentences = dict.fromkeys(map(self._ledger_sentence, mine))
            sentences.pop("", None)
            record.ledger_problem = "\n".join(sentences) or False
            # Who has agreed is not asked again while the run is under way.
            record.ledger_question = any(x.question and not x.agreed for x in mine)

    @api.model
    def _ledger_sentence(self, link):
        if link.question and link.agreed:
            return self.env._(
                "The credit note was agreed to. It is made at the next run."
            )
        return link.error or ""

    def action_ledger_retry(self):
        """Try again what failed for these records, in the background.

        :return: a notification action, the links where a person has to choose first,
            None if nothing failed
        """
        links = self._ledger_troubled()
        undecided = self._ledger_links(_UNDECIDED)
        if undecided and not links:
            window = undecided.connection_id[:1]._open("ledger_binding_action")
            return {**window, "domain": [("id", "in", undecided.ids)]}
        links.action_retry()
        return self._ledger_told(
            links, self.env._("It is tried again now. This takes a moment.")
        )

    def action_ledger_agree(self):
        """Let the ledger credit what it cannot change or take back any more.

        :return: a notification action
        :raises odoo.exceptions.UserError: nothing is asked of these records
        """
        links = self._ledger_troubled().filtered("question")
        links.action_agree()
        return self._ledger_told(
            links, self.env._("The credit note is made now. This takes a moment.")
        )

    def _ledger_told(self, links, message):
        if not links:
            return None
        return links.connection_id[:1]._notification(message, "info")

    def _ledger_troubled(self):
        """Return the links of these records that a person has to look at."""
        return self._ledger_links(_TROUBLED)

    def _ledger_links(self, domain):
        bindings = self.env["ledger.binding"]
        if not bindings.has_access("read") or not self.ids:
            return bindings
        mine = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        return bindings.search(mine & domain)
