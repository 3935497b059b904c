# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.tools.date_utils import date_range


class LedgerStatisticsBillLine(models.TransientModel):
    """What one client is to pay for one period, or why nothing is billed."""

    _name = "ledger.statistics.bill.line"
    _description = "Period to be billed"
    _rec_name = "partner_id"

    bill_id = fields.Many2one(
        "ledger.statistics.bill",
        string="Create invoices",
        required=True,
        index=True,
        ondelete="cascade",
    )
    include = fields.Boolean(string="Bill")
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    period_ids = fields.Many2many(
        "ledger.statistics.period", string="Chosen periods", readonly=True
    )
    label = fields.Char(string="Period", readonly=True)
    agreement_id = fields.Many2one("ledger.statistics.agreement", readonly=True)
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    details = fields.Text(string="Lines of the invoice", readonly=True)
    amount = fields.Monetary(
        readonly=True, help="As agreed; the taxes of the services come on top."
    )
    reason = fields.Text(string="Why not", readonly=True)

    @api.model
    def _prepare(self, periods):
        """Return the row of the table for periods that are billed as one."""
        first = periods[0]
        values = {
            "company_id": first.company_id.id,
            "partner_id": first.partner_id.id,
            "period_ids": [Command.set(periods.ids)],
            "label": first._label(),
            "reason": periods._why_not_billed(),
        }
        if not values["reason"]:
            values |= self._prepare_amount(periods)
        return {**values, "include": not values["reason"]}

    def _prepare_amount(self, periods):
        agreement = periods._agreement()
        lines = agreement._invoice_lines(periods)
        if not lines:
            return {"reason": self.env._("Nothing was counted that costs anything.")}
        return {
            "agreement_id": agreement.id,
            "details": "\n".join(map(agreement._explain, lines)),
            "amount": sum(map(agreement._amount, lines)),
        }

    @api.model
    def _prepare_uncounted(self, agreement, first, last):
        """Return the row of a client whose period was not counted."""
        period = self.env["ledger.statistics.period"].new(
            {"date_from": first, "date_to": last}
        )
        return {
            "company_id": agreement.company_id.id,
            "partner_id": agreement.partner_id.id,
            "agreement_id": agreement.id,
            "label": period._label(),
            "reason": agreement._why_uncounted(),
        }

    # === CHECKS === #

    def _refuse(self, reason):
        """Leave these rows to a person."""
        self.write({"reason": reason, "include": False})

    def _refuse_for(self, error):
        client = self.partner_id.display_name
        self._refuse(self.env["ledger.connector"]._explain(error, client).sentence)

    def _look_again(self):
        """Refuse what is not as it was when the table was made."""
        for line in self:
            groups = line.period_ids._billing_groups()
            # Periods may have been deleted meanwhile.
            now = line._prepare(groups[0]) if groups else {}
            if now.get("reason"):
                line._refuse(now["reason"])
            elif not now or line._differs(now):
                line._refuse(
                    line.env._(
                        "The figures or prices have changed since this table was made. "
                        "Press “Show” and look at the new amount."
                    )
                )

    def _differs(self, values):
        periods = values["period_ids"][0][2]
        return (
            self.agreement_id.id != values["agreement_id"]
            or self.details != values["details"]
            or set(self.period_ids.ids) != {*periods}
        )

    def _refuse_overlapping(self):
        """Refuse days that another row bills already: a week of a month."""
        taken = {}
        for line in self.filtered("include"):
            other = next(filter(None, map(taken.get, line._days())), None)
            if other:
                line._refuse(
                    self.env._(
                        "Some of these days are in %(period)s as well, which is billed "
                        "here. Choose one of them.",
                        period=other,
                    )
                )
            else:
                taken |= dict.fromkeys(line._days(), line.label)

    def _days(self):
        """Return (connection id, day) of all that the row bills."""
        return [
            (period.connection_id.id, day)
            for period in self.period_ids
            for day in date_range(period.date_from, period.date_to, timedelta(days=1))
        ]

    def _refuse_negative(self):
        """Refuse invoices that would come to less than nothing."""
        groups = self.filtered("include").grouped(lambda line: line._invoice_key())
        for lines in groups.values():
            amount = sum(lines.mapped("amount"))
            if lines.currency_id.compare_amounts(amount, 0) < 0:
                lines._refuse(
                    self.env._(
                        "It comes to %(amount)s, because corrections exceed what was "
                        "counted. Bill it together with a later period, or freeze "
                        "it and make a credit note by hand.",
                        amount=lines.currency_id.format(amount),
                    )
                )

    # === THE INVOICE === #

    def _invoice_key(self):
        """One invoice holds all periods of a client that have one currency."""
        return (self.company_id.id, self.partner_id.id, self.currency_id.id)

    def _prepare_invoice(self):
        """Return the values of the draft invoice for rows of one client."""
        rows = self.sorted(lambda line: line.period_ids[0].date_from)
        language = rows.agreement_id[0]._language()
        labels = [line.period_ids[0]._label(language) for line in rows]
        address = self.partner_id.address_get(["invoice"])["invoice"]
        return {
            "move_type": "out_invoice",
            "partner_id": address,
            "currency_id": self.currency_id.id,
            "invoice_origin": ", ".join(dict.fromkeys(labels)),
            "statistics_period_ids": [Command.set(rows.period_ids.ids)],
            "invoice_line_ids": [
                Command.create({**values, "sequence": 10 * number})
                for number, values in enumerate(rows._invoice_lines(), 1)
            ],
        }

    def _invoice_lines(self):
        return [
            values
            for line in self
            for values in line.agreement_id._invoice_lines(line.period_ids)
        ]
