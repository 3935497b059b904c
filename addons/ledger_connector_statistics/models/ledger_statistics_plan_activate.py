# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from .. import titles

#: When figures are fetched.
SCHEDULE = {"recurrence", "fetch_day", "fetch_hour"}
#: Highest day of the period after, by recurrence.
LAST_DAY = {"monthly": 28, "quarterly": 28, "weekly": 7}


class LedgerStatisticsPlan(models.Model):
    """Switching a set-up on and off, and what has to be right before."""

    _name = "ledger.statistics.plan"
    _inherit = "ledger.statistics.plan"

    # === CONSTRAINTS === #

    @api.constrains(
        "state",
        "system",
        "delivery",
        "title",
        "user_id",
        "recurrence",
        "fetch_day",
        "fetch_hour",
        "basis",
        "jump_percent",
        "measure_ids",
        "category_id",
    )
    def _check_active(self):
        for plan in self.filtered(lambda plan: plan.state == "on"):
            plan._refuse_incomplete()

    def _refuse_incomplete(self):
        """
        :raises odoo.exceptions.ValidationError: names all that is missing, and where
        """
        if missing := self._missing():
            raise ValidationError(
                "\n".join(
                    [
                        self.env._(
                            "The set-up of %(system)s cannot be active yet. Please "
                            "correct:",
                            system=self.name,
                        ),
                        *(f"• {sentence}" for sentence in missing),
                    ]
                )
            )

    def _missing(self):
        """Return sentences about what keeps this set-up from being active."""
        self.ensure_one()
        return [
            *self._missing_system(),
            *self._missing_schedule(),
            *self._missing_delivery(),
            *self._missing_user(),
            *self.measure_ids._missing(),
        ]

    def _missing_system(self):
        name = f"ledger.connector.{self.system}"
        bases = self.env[name]._bases() if name in self.env else ()
        if not bases:
            return [
                self.env._(
                    "System: %(system)s cannot count documents. Install its connector "
                    "or choose another system.",
                    system=self.name,
                )
            ]
        if self.basis not in bases:
            labels = dict(self._fields["basis"]._description_selection(self.env))
            return [
                self.env._(
                    "Counted by: %(system)s cannot be asked by this date. Choose one "
                    "of: %(bases)s.",
                    system=self.name,
                    bases=", ".join(labels[basis] for basis in bases),
                )
            ]
        return []

    def _missing_schedule(self):
        missing = []
        last = LAST_DAY[self.recurrence]
        if not 1 <= self.fetch_day <= last:
            missing.append(
                self.env._("Day: enter a day from 1 to %(last)s.", last=last)
            )
        if not 0 <= self.fetch_hour <= 23:
            missing.append(self.env._("Hour: enter an hour from 0 to 23."))
        if self.jump_percent < 0:
            missing.append(
                self.env._("Warn from: enter a percentage, or 0 for no warning.")
            )
        return missing

    def _missing_delivery(self):
        return [] if self.delivery == "none" else self._missing_title()

    def _missing_user(self):
        if self.delivery == "none" and not self.category_id:
            return []
        missing = []
        if not self.user_id:
            missing.append(
                self.env._(
                    "Otherwise for: choose a user, or the figures of some clients, and "
                    "the question for missing keys, would reach nobody."
                )
            )
        elif self.company_id not in self.user_id.sudo().company_ids:
            # The user's companies are theirs to see, whoever sets this up.
            missing.append(
                self.env._(
                    "Otherwise for: %(user)s has no access to %(company)s. Choose "
                    "somebody who has.",
                    user=self.user_id.name,
                    company=self.company_id.name,
                )
            )
        return missing

    def _missing_title(self):
        if not (self.title or "").strip():
            return [self.env._("Title: enter one, e.g. “{client}: {period}”.")]
        codes = self._kinds().mapped("code")
        if wrong := titles.unknown_places(self.title, codes):
            return [
                self.env._(
                    "Title: %(places)s cannot be filled. Use {client}, {month}, "
                    "{period} or the code of a figure in braces.",
                    places=", ".join(wrong),
                )
            ]
        return []

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        plans._add_measures(
            self.env["ledger.statistics.kind"].search([("is_featured", "=", True)])
        )
        return plans

    def write(self, vals):
        """Override of `base`: the schedule of clients follows the set-up."""
        result = super().write(vals)
        if SCHEDULE & set(vals):
            self.filtered(lambda plan: plan.state == "on")._connections()._follow_plan()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_active(self):
        for plan in self:
            if plan.state == "on":
                raise UserError(
                    self.env._(
                        "The set-up of %(system)s is active. Deactivate it before you "
                        "delete it.",
                        system=plan.name,
                    )
                )

    # === ACTIONS === #

    def action_activate(self):
        """Check the set-up and start the schedule of all clients with keys.

        :return: a notification action
        :raises odoo.exceptions.ValidationError: names all that is missing, and where
        """
        self.ensure_one()
        self.state = "on"
        connections = self._connections()
        connections._follow_plan()
        return self.env["ledger.connection"]._notification(
            self.env._(
                "The set-up of %(system)s is active: the documents of %(count)s "
                "clients are counted by the schedule.",
                system=self.name,
                count=len(connections.filtered(lambda x: x.state == "live")),
            ),
            "success",
        )

    def action_deactivate(self):
        """Stop the schedule. What was counted stays; figures can be asked by hand."""
        self.state = "off"
        self._connections()._follow_plan()

    def action_show_more(self):
        """List every kind, also those that a system told of and nobody knew."""
        self._add_measures(self._kinds())

    def action_show_fewer(self):
        """List the usual kinds only, and those that are written somewhere."""
        self.measure_ids.filtered(
            lambda measure: not measure.kind_id.is_featured and not measure.destination
        ).unlink()

    # === HELPERS === #

    @api.model
    def _kinds(self):
        """Return every kind that is known by now."""
        return self.env["ledger.statistics.kind"].search([("code", "!=", False)])

    def _add_measures(self, kinds):
        self.env["ledger.statistics.measure"].create(
            [
                {"plan_id": plan.id, "kind_id": kind.id}
                for plan in self
                for kind in kinds - plan.measure_ids.kind_id
            ]
        )

    def _connections(self):
        """Return the connections of clients that this set-up is for."""
        return self.env["ledger.connection"].search(
            [
                ("system", "in", self.mapped("system")),
                ("company_id", "in", self.company_id.ids),
                ("partner_id", "!=", False),
            ]
        )

    @api.model
    def _counting_systems(self):
        """Return (code, label) of the installed systems that can count."""
        systems = self._fields["system"]._description_selection(self.env)
        return [
            (code, label)
            for code, label in systems
            if f"ledger.connector.{code}" in self.env
            and self.env[f"ledger.connector.{code}"]._bases()
        ]
