# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..sync import windows

#: A run that comes after a long pause reads so many periods at the most.
MOST_PERIODS = 12
#: Triggers of jobs that compare records, of which statistics have none.
OF_RECORDS = ("match", "compare")


class LedgerFlow(models.Model):
    """Flows of statistics follow the calendar of their set-up."""

    _name = "ledger.flow"
    _inherit = "ledger.flow"

    counted_until = fields.Date(
        readonly=True,
        copy=False,
        help="The schedule has dealt with all periods up to this day.",
    )

    # === ACTIONS === #

    def preview(self, limit=200):
        """Override of `base`: what is only counted writes no record to be shown.

        :raises odoo.exceptions.UserError: it is a flow of statistics
        """
        self._refuse_counting()
        return super().preview(limit)

    def action_preview(self):
        """Override of `base`, see :meth:`preview`."""
        self._refuse_counting()
        return super().action_preview()

    def action_match(self):
        """Override of `base`: documents that are counted have no counterpart.

        :raises odoo.exceptions.UserError: there are only flows of statistics
        """
        records = self.filtered(lambda flow: flow.entity != "statistics")
        if self and not records:
            self._refuse_counting()
        return super(LedgerFlow, records).action_match()

    def action_full(self):
        """Override of `base`: whole periods are read each time anyway."""
        self._refuse_counting()
        return super().action_full()

    def _refuse_counting(self):
        if "statistics" in self.mapped("entity"):
            raise UserError(
                self.env._(
                    "Statistics count documents and write no records: there is nothing "
                    "to preview, match or read again. Use “Import data” on clients and "
                    "look at Statistics > Figures."
                )
            )

    # === SCHEDULE === #

    def _next_time(self, now):
        """Override of `base`: by the set-up; False while it is not active."""
        if self.entity != "statistics":
            return super()._next_time(now)
        plan = self.connection_id._statistics_plan()
        return plan._next_fetch(now) if plan.state == "on" else False

    def _schedule(self):
        """Override of `base`: figures have their day, not the moment one is ready."""
        counting = self.filtered(lambda flow: flow.entity == "statistics")
        now = fields.Datetime.now()
        for flow in counting:
            flow.next_run = flow._next_time(now)
            flow._begin_counting()
        others = self - counting
        return super(LedgerFlow, others)._schedule() if others else None

    def _begin_counting(self):
        """The first period of the schedule is the one that the next run is for."""
        plan = self.connection_id._statistics_plan()
        if plan and self.next_run and not self.counted_until:
            first = windows.closed(plan.recurrence, plan._day_of(self.next_run))
            self.counted_until = windows.before(plan.recurrence, first)[1]

    def write(self, vals):
        """Override of `base`: a schedule that starts knows where it starts."""
        result = super().write(vals)
        if vals.get("next_run"):
            for flow in self.filtered(lambda flow: flow.entity == "statistics"):
                flow._begin_counting()
        return result

    def _due_spans(self, plan):
        """Return the periods that a run without orders reads, oldest first."""
        return windows.due(
            plan.recurrence, plan._today(), self.counted_until, MOST_PERIODS
        )

    def _spans_again(self, plan, due):
        """Return the open periods that a run reads again, see the set-up.

        :param due: the periods that it reads anyway
        """
        periods = self.env["ledger.statistics.period"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("state", "=", "open"),
                *Domain.OR([[("again", "=", True)], plan._again_domain(due)]),
            ]
        )
        return [(period.date_from, period.date_to) for period in periods]

    def _beside_staying(self, spans):
        """Return the periods to be read for the days of *spans*, in their order.

        After a change from months to quarters, a month that was billed is no part of
        its quarter: it is read by itself, and the days after it.
        """
        periods = self.env["ledger.statistics.period"]._staying(
            self.connection_id.id, spans[0][0], spans[-1][1]
        )
        fixed = [(period.date_from, period.date_to) for period in periods]
        return sorted({one for span in spans for one in windows.around(span, fixed)})

    # === JOBS === #

    def _enqueue(self, trigger, wake=True):
        """Override of `base`: records are not compared where there are none."""
        flows = self
        if trigger in OF_RECORDS:
            flows = self.filtered(lambda flow: flow.entity != "statistics")
        return super(LedgerFlow, flows)._enqueue(trigger, wake)

    def _prepare_counting(self, spans, **place):
        """Return the values of a job that reads these periods.

        :param list spans: (first, last day) of each
        :param place: see ``sync.counting.Counting``
        """
        windows_left = [[str(day) for day in span] for span in spans]
        return {
            **self._prepare_job("manual"),
            "cursor": {"windows": windows_left, **place},
        }
