# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain

ACTIVITY = "ledger_connector_statistics.mail_activity_type_keys"
#: Connections whose keys have opened the books. One that was live and whose keys are
#: refused since asks for new ones itself.
WITH_KEYS = (
    Domain("state", "!=", "draft") & Domain("live_database_uuid", "!=", False)
) | (Domain("state", "in", ("ready", "paused")) & Domain("tested_at", "!=", False))


class ResPartner(models.Model):
    """Clients, their keys, and those who have none."""

    _name = "res.partner"
    _inherit = "res.partner"

    ledger_without_keys = fields.Boolean(
        string="Client without keys",
        compute="_compute_ledger_without_keys",
        search="_search_ledger_without_keys",
        compute_sudo=False,
        help="Has the tag of clients, and no keys that were tested with success: keys "
        "that were refused, or never tested, count nothing.",
    )

    # === COMPUTE METHODS === #

    @api.depends("category_id")
    @api.depends_context("allowed_company_ids")
    def _compute_ledger_without_keys(self):
        lacking = self._ledger_lacking(self.env.companies.ids)
        for partner in self:
            partner.ledger_without_keys = partner.id in lacking

    @api.model
    def _search_ledger_without_keys(self, operator, value):
        if operator != "in":
            return NotImplemented
        rows = self.env["ledger.statistics.plan"]._tag_rows()
        companies = self.env.companies.ids
        lacking = Domain.OR(
            self._ledger_lacking_domain(row) for row in rows if row[2] in companies
        )
        if set(value) == {True, False}:
            return Domain.TRUE
        return lacking if True in value else ~lacking

    @api.model
    def _ledger_lacking_domain(self, row):
        """Return the domain of the clients without keys of one set-up.

        A client is the company, whoever of it has the tag or the keys: tags are often
        inherited by its contacts.
        """
        _plan_id, system, company_id, category_ids = row
        # Who sees a client may know that a connection is there, not more.
        connected = (
            self.env["ledger.connection"]
            .sudo()
            ._search(
                WITH_KEYS
                & Domain("system", "=", system)
                & Domain("company_id", "=", company_id)
            )
        )
        # What is selected below is not looked for: the ORM does not write it by itself.
        self.env["ledger.connection"].flush_model(["partner_id"])
        self.flush_model(["commercial_partner_id"])
        tagged = self._search([("category_id", "in", category_ids)])
        with_keys = self.with_context(active_test=False)._search(
            [("id", "in", connected.subselect("partner_id"))]
        )
        clients = "commercial_partner_id"
        return (
            Domain("id", "in", tagged.subselect(clients))
            & Domain("company_id", "in", [company_id, False])
            & ~Domain("id", "in", with_keys.subselect(clients))
        )

    def _ledger_lacking(self, company_ids=None):
        """Return ids of set-ups whose keys are missing, by id of the client.

        :param list company_ids: set-ups of these companies only
        """
        lacking = {}
        for row in self.env["ledger.statistics.plan"]._tag_rows():
            if company_ids is None or row[2] in company_ids:
                domain = Domain("id", "in", self.ids)
                domain &= self._ledger_lacking_domain(row)
                for partner_id in self._search(domain):
                    lacking.setdefault(partner_id, []).append(row[0])
        return lacking

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if any(vals.get("category_id") for vals in vals_list):
            partners._ledger_follow_keys()
        return partners

    def write(self, vals):
        if not {"category_id", "parent_id"} & set(vals):
            return super().write(vals)
        before = self._ledger_clients()
        result = super().write(vals)
        (before | self)._ledger_follow_keys()
        return result

    # === CLIENTS WITHOUT KEYS === #

    def _ledger_follow_keys(self):
        """Ask for the keys of clients who have none; ask no more where they are there.

        Without an active set-up that names a tag this costs no query.
        """
        clients = self._ledger_clients()
        if not clients:
            return
        # Whoever tags a client, or gives one keys, may not know who has to act, nor
        # see all of the client.
        lacking = clients.sudo()._ledger_lacking()
        open_ = clients.sudo().activity_search([ACTIVITY])
        asked = set(open_.mapped("res_id"))
        new = clients.filtered(lambda x: x.id in lacking and x.id not in asked)
        for partner in new:
            partner._ledger_ask_for_keys(lacking[partner.id])
        for activity in open_.filtered(lambda x: x.res_id not in lacking):
            self.browse(activity.res_id)._ledger_stop_asking(activity)

    def _ledger_clients(self):
        """Return the clients that these partners belong to; none if nobody asks."""
        if not self or not self.env["ledger.statistics.plan"]._tag_rows():
            return self.browse()
        # A contact's company may be closed to who tags the contact.
        return self.sudo().commercial_partner_id.sudo(False)

    def _ledger_ask_for_keys(self, plan_ids):
        # As in _ledger_follow_keys().
        plans = self.env["ledger.statistics.plan"].sudo().browse(plan_ids)
        user = plans.user_id[:1]
        words = plans.with_context(lang=user.lang or self.env.lang)
        self.sudo().activity_schedule(
            ACTIVITY,
            summary=words.env._("Enter the keys of this client"),
            note=words.env._(
                "%(client)s has the tag of clients, but no keys for %(systems)s that "
                "were tested with success. Without them nothing is counted. Press the "
                "key on the client.",
                client=self.sudo().display_name,
                systems=", ".join(words.mapped("name")),
            ),
            user_id=user.id,
        )

    def _ledger_stop_asking(self, activity):
        # As in _ledger_lacking_domain().
        connections = self.env["ledger.connection"].sudo()
        keys = WITH_KEYS & Domain("partner_id.commercial_partner_id", "=", self.id)
        if not connections.search_count(keys, limit=1):
            # The tag is gone: there never was anything to do.
            activity.unlink()
            return
        activity.action_feedback(feedback=self.env._("The keys are there."))

    # === ACTIONS === #

    def action_ledger_keys(self):
        """Open the window for the keys of this client."""
        self.ensure_one()
        # The office's client is the company, whoever of it was looked at.
        client = self.commercial_partner_id
        return self.env["ledger.client.keys"].create({"partner_id": client.id})._open()
