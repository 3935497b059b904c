# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import ormcache

#: What decides which partners are clients.
DECIDING = {"state", "category_id", "company_id", "system"}


class LedgerStatisticsPlan(models.Model):
    """Which tags make a partner a client."""

    _name = "ledger.statistics.plan"
    _inherit = "ledger.statistics.plan"

    @api.model
    @ormcache(cache="stable")
    def _tag_rows(self):
        """Return the active set-ups that name a tag, of all companies.

        :rtype: tuple[tuple[int, str, int, tuple[int, ...]], ...]
        :return: id, system, id of the company, ids of the tag and those below it
        """
        # Whoever tags a partner need not know about connectors.
        plans = self.sudo().search(
            [("state", "=", "on"), ("category_id", "!=", False)], order="id"
        )
        tags = plans.category_id
        below = {tag: tag.search([("id", "child_of", tag.id)])._ids for tag in tags}
        return tuple(
            (plan.id, plan.system, plan.company_id.id, below[plan.category_id])
            for plan in plans
        )

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        self.env["ledger.flow"]._forget_kept()
        return plans

    def write(self, vals):
        asked = DECIDING & set(vals) and self._asked_clients()
        result = super().write(vals)
        if DECIDING & set(vals):
            self.env["ledger.flow"]._forget_kept()
            self._follow_clients(asked)
        return result

    def unlink(self):
        self.env["ledger.flow"]._forget_kept()
        return super().unlink()

    def _asked_clients(self):
        """Return the clients whose keys somebody is asked for."""
        if not self._tag_rows():
            return self.env["res.partner"]
        activities = self.env["mail.activity"].sudo().search(self._asking())
        return self.env["res.partner"].browse(activities.mapped("res_id"))

    def _lacking_clients(self):
        """Return the clients without keys of these set-ups."""
        # Whoever sets this up may not see all clients.
        partners = self.env["res.partner"].sudo()
        rows = [row for row in self._tag_rows() if row[0] in self._ids]
        domain = Domain.OR(partners._ledger_lacking_domain(row) for row in rows)
        return partners.search(domain).sudo(False)

    def _asking(self):
        kind = self.env.ref("ledger_connector_statistics.mail_activity_type_keys")
        return [("activity_type_id", "=", kind.id), ("res_model", "=", "res.partner")]

    def _follow_clients(self, asked):
        """Ask for the keys of who is a client now, and no more of who is none.

        :param asked: the clients whose keys somebody was asked for before
        """
        if self._tag_rows():
            clients = asked | self._lacking_clients()
            # Hundreds of clients may have the tag: their list tells, not a mail each.
            clients.with_context(mail_activity_quick_update=True)._ledger_follow_keys()
        elif asked:
            # Whose activities they are does not matter: their reason is gone.
            self.env["mail.activity"].sudo().search(self._asking()).unlink()
