# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import fields, models

from ..sync import windows


class LedgerStatisticsPlan(models.Model):
    """The set-up's calendar, in the company's time zone."""

    _name = "ledger.statistics.plan"
    _inherit = "ledger.statistics.plan"

    def _zone(self):
        # Where a company is, is known to all who count in it. Only the zone is read:
        # this is asked for each period of each client.
        company = self.company_id.sudo().with_context(prefetch_fields=False)
        return ZoneInfo(company.partner_id.tz or "UTC")

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

    def _spans(self, first, last):
        """Return the periods, begun by now, that have a day from *first* to *last*."""
        spans = windows.covering(self.recurrence, first, last)
        today = self._today()
        return [span for span in spans if span[0] <= today]
