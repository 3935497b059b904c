# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain

from ..sync import windows


class LedgerStatisticsAgreement(models.Model):
    """Which clients should have been counted, and were not."""

    _name = "ledger.statistics.agreement"
    _inherit = "ledger.statistics.agreement"

    @api.model
    def _uncounted(self, first, last, partners):
        """Return what was agreed on for periods of which no figures are there.

        :param date first: of the days in which the periods end
        :param date last: of these days, counted in
        :param partners: only these clients; all of them if empty
        :return: list of (agreement, first day, last day), by client and day
        """
        domain = Domain("company_id", "in", self.env.companies.ids)
        if partners:
            domain &= Domain("partner_id", "in", partners.ids)
        agreements = self.search(domain, order="partner_id, date_from desc")
        counted = agreements._counted_days(first)
        recurrences = agreements._recurrences()
        found = {}
        for agreement in agreements:
            client = agreement._client_key()
            recurrence = recurrences.get(client, "monthly")
            for span in agreement._spans(recurrence, first, last):
                if not _overlaps(counted.get(client, ()), span):
                    # Of two agreements the later one bills the period.
                    found.setdefault((client, span), (agreement, *span))
        return sorted(found.values(), key=lambda x: (x[0].partner_id.name or "", x[1]))

    def _client_key(self):
        return (self.company_id.id, self.partner_id.id)

    def _counted_days(self, since):
        """Return ``{client: [(first, last day), …]}`` of periods that end later."""
        groups = self.env["ledger.statistics.period"]._read_group(
            [
                ("company_id", "in", self.company_id.ids),
                ("partner_id", "in", self.partner_id.ids),
                ("date_to", ">=", since),
            ],
            ["company_id", "partner_id", "date_from:day", "date_to:day"],
        )
        days = {}
        for company, partner, first, last in groups:
            days.setdefault((company.id, partner.id), []).append((first, last))
        return days

    def _recurrences(self):
        """Return ``{client: recurrence}`` by the set-ups of the clients' books."""
        plans = self.env["ledger.statistics.plan"].search(
            [("company_id", "in", self.company_id.ids)]
        )
        known = {(plan.company_id, plan.system): plan.recurrence for plan in plans}
        return {
            (books.company_id.id, books.partner_id.id): recurrence
            for books in self._books()
            if (recurrence := known.get((books.company_id, books.system)))
        }

    def _books(self):
        """Return the connections of the clients."""
        return self.env["ledger.connection"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("partner_id", "in", self.partner_id.ids),
            ]
        )

    def _spans(self, recurrence, first, last):
        """Return the periods that end in these days, are over and were agreed on."""
        today = fields.Date.context_today(self)
        return [
            span
            for span in windows.covering(recurrence, first, last)
            if span[1] <= last
            and span[1] < today
            and self.date_from <= span[1]
            and (not self.date_to or self.date_to >= span[0])
        ]

    def _why_uncounted(self):
        """Return why a client's period was not counted, and what to do."""
        books = self._books()
        client = self.partner_id.display_name
        if not books:
            return self.env._(
                "Not counted: %(client)s has no keys. Enter them with the key in the "
                "list of clients, then import the data.",
                client=client,
            )
        if wrong := books.filtered("error")[:1]:
            return self.env._(
                "Not counted. %(books)s: %(error)s",
                books=wrong.display_name,
                error=wrong.error,
            )
        if idle := books.filtered(lambda x: x.state != "live")[:1]:
            return self.env._(
                "Not counted: the connection %(books)s is not live. Open it, take it "
                "into use and import the data.",
                books=idle.display_name,
            )
        return self.env._(
            "Not counted: nothing was read of %(client)s. Import the data.",
            client=client,
        )


def _overlaps(spans, span):
    return any(first <= span[1] and last >= span[0] for first, last in spans)
