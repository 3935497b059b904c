# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from collections import Counter

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.ledger_connector_base.sync.problems import Problem


class LedgerStatisticsPeriod(models.Model):
    """What was told to people of a period."""

    _name = "ledger.statistics.period"
    _inherit = "ledger.statistics.period"

    delivered = fields.Json(
        readonly=True, copy=False, help="The figures that people were told of last."
    )
    given_title = fields.Char(
        readonly=True, copy=False, help="What its task or activity was called last."
    )
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null"
    )

    def _tell(self, plan):
        """Let a set-up bring the figures to people; say on the period if it cannot.

        A task that cannot be made does not cost the figures.

        :param plan: with the rights of the connection's responsible user
        :return: False if nobody could be told
        """
        self.ensure_one()
        self.env.flush_all()
        try:
            with plan.env.cr.savepoint():
                plan._deliver(self.with_env(plan.env))
        except (UserError, Problem) as error:
            plan.env.invalidate_all()
            self._note_untold(error)
            return False
        return True

    def _note_untold(self, error):
        sentence = self.env._(
            "Nobody could be told of these figures: %(reason)s", reason=str(error)
        )
        known = self.warning or ""
        if sentence not in known:
            self.warning = f"{known}\n{sentence}".strip()

    def _tell_again(self):
        """Bring what people were told of these periods up to date."""
        for period in self:
            if not (period.complete and period.delivered and period._told_otherwise()):
                continue
            # As in a run: with the rights of whoever is responsible for the books.
            connection = period.connection_id
            there = connection.with_user(connection.user_id).with_company(
                connection.company_id
            )
            if plan := there._statistics_plan():
                period._tell(plan)

    def _totals(self):
        """Return the figures of the period, by code of their kind."""
        self.ensure_one()
        return {figure.kind_id.code: figure.total for figure in self.figure_ids}

    def _client_totals(self):
        """Return the figures by code, added up over all books of the client.

        Only those of the same set-up: another system's figures have fields of their
        own.
        """
        siblings = self._with_siblings().filtered(
            lambda period: (
                period == self or (period.plan_id == self.plan_id and period.complete)
            )
        )
        totals = Counter()
        for period in siblings:
            totals.update(period._totals())
        return totals

    def _retitled(self, there, title):
        """Return the title for a task or activity that is called *there*.

        People may rename it: theirs stays. Ours is brought up to date.
        """
        if there != (self.given_title or there):
            return there
        # The engine's own note, as what it told.
        self.sudo().given_title = title
        return title

    def _shown_figures(self):
        """Return the figures that say something: the usual ones and what is not 0."""
        return self.figure_ids.filtered(
            lambda figure: (
                figure.kind_id.is_featured or figure.count or figure.correction
            )
        ).sorted(lambda figure: (figure.kind_id.sequence, figure.kind_id.id))

    def _told_otherwise(self):
        """Tell whether people know other figures of the period than these."""
        return self.delivered != self._totals()

    def _is_superseded(self):
        """Tell whether a later period of the same client was counted already."""
        return bool(
            self.search_count(
                [
                    ("plan_id", "=", self.plan_id.id),
                    ("partner_id", "=", self.partner_id.id),
                    ("date_to", ">", self.date_to),
                    ("complete", "=", True),
                ],
                limit=1,
            )
        )

    def _address(self):
        """Return where the period is seen."""
        return f"/odoo/action-ledger_connector_statistics.{self._action()}/{self.id}"

    @staticmethod
    def _action():
        return "ledger_statistics_period_action"
