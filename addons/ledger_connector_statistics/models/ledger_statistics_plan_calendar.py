# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_time

from ..contract import ENTERED
from ..sync import windows

#: So many periods are read again at the most.
MOST_AGAIN = 12


class LedgerStatisticsPlan(models.Model):
    """The set-up's calendar, in the company's time zone or the system's."""

    _name = "ledger.statistics.plan"
    _inherit = "ledger.statistics.plan"

    next_fetch = fields.Char(string="Next time", compute="_compute_next_fetch")

    @api.depends("company_id", "system", "recurrence", "fetch_day", "fetch_hour")
    def _compute_next_fetch(self):
        now = fields.Datetime.now()
        for plan in self:
            plan.next_fetch = plan._moment_there(plan._next_fetch(now))

    def _moment_there(self, moment):
        """Return *moment* (naive UTC) in words: day, hour and minute, and the zone."""
        zone = self._zone()
        there = moment.replace(tzinfo=timezone.utc).astimezone(zone)
        day = format_date(self.env, there.date(), date_format="long")
        hour = format_time(self.env, there.time(), time_format="short")
        return f"{day}, {hour} ({zone})"

    def _zone(self):
        # Where a company is, is known to all who count in it. Only the zone is read:
        # this is asked for each period of each client.
        company = self.company_id.sudo().with_context(prefetch_fields=False)
        return ZoneInfo(company.partner_id.tz or self._zone_of_system())

    def _zone_of_system(self):
        """Return where the system is: few companies say where they are."""
        name = f"ledger.connector.{self.system}"
        return self.env[name]._zone() if name in self.env else "UTC"

    def _day_of(self, moment):
        """Return the day of *moment* (naive UTC) where the company is."""
        there = moment.replace(tzinfo=timezone.utc).astimezone(self._zone())
        return there.date()

    def _today(self):
        """Return today's date where the company is."""
        return self._day_of(fields.Datetime.now())

    def _next_fetch(self, now):
        """Return when figures are fetched next after *now*, both naive UTC."""
        return windows.next_fetch(
            self.recurrence, self.fetch_day, self.fetch_hour, self._zone(), now
        )

    def _again_domain(self, due):
        """Return the domain of periods that papers may have come to since then.

        Each is read once for each time that figures are fetched.

        :param due: the periods that are read anyway, oldest first
        """
        if self.basis == ENTERED:
            # Nothing is entered late, and what was edited since would be missing.
            return Domain.FALSE
        first = due[-1]
        for _number in range(min(self.again_count, MOST_AGAIN)):
            first = windows.before(self.recurrence, first)
        return Domain(
            [
                ("date_from", ">=", first[0]),
                ("date_to", "<", due[-1][0]),
                ("fetched_at", "<", self._last_fetch(fields.Datetime.now())),
            ]
        )

    def _last_fetch(self, now):
        """Return when figures were to be fetched last at *now*, both naive UTC."""
        return windows.last_fetch(
            self.recurrence, self.fetch_day, self.fetch_hour, self._zone(), now
        )

    def _spans(self, first, last):
        """Return the periods, begun by now, that have a day from *first* to *last*."""
        spans = windows.covering(self.recurrence, first, last)
        today = self._today()
        return [span for span in spans if span[0] <= today]
