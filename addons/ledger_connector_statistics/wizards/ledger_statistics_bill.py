# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.ledger_connector_base.sync import writing

from ..sync import windows


class LedgerStatisticsBill(models.TransientModel):
    """What clients are to pay for what was counted: first a table, then invoices."""

    _name = "ledger.statistics.bill"
    _description = "Create invoices of counted periods"

    month_from = fields.Date(
        string="From month", default=lambda self: self._last_month()
    )
    month_to = fields.Date(string="To month", default=lambda self: self._last_month())
    partner_ids = fields.Many2many(
        "res.partner", string="Clients", help="All of them if nobody is named."
    )
    period_ids = fields.Many2many(
        "ledger.statistics.period", string="Chosen periods", readonly=True
    )
    line_ids = fields.One2many("ledger.statistics.bill.line", "bill_id")
    invoice_ids = fields.Many2many("account.move", readonly=True)
    chosen_count = fields.Integer(compute="_compute_chosen_count")
    invoice_count = fields.Integer(compute="_compute_invoice_count")

    @api.model
    def _last_month(self):
        return windows.closed("monthly", fields.Date.context_today(self))[0]

    @api.depends("line_ids.include")
    def _compute_chosen_count(self):
        for bill in self:
            bill.chosen_count = len(bill.line_ids.filtered("include"))

    @api.depends("invoice_ids")
    def _compute_invoice_count(self):
        for bill in self:
            bill.invoice_count = len(bill.invoice_ids)

    # === ACTIONS === #

    @api.model
    def action_begin(self):
        """Show what all clients are to pay for the last month."""
        return self._begin(self.env["ledger.statistics.period"])

    @api.model
    def _begin(self, periods):
        """Show what these periods come to, or the last month of all clients.

        :return: action that opens the table
        :raises odoo.exceptions.UserError: the user may not make invoices
        """
        self._check_may_bill()
        bill = self.create({"period_ids": [Command.set(periods.ids)]})
        return bill.action_show()

    def action_show(self):
        """Make the table anew: what each client is to pay, or why not.

        :raises odoo.exceptions.UserError: the months are the wrong way round
        """
        self.ensure_one()
        lines = self.env["ledger.statistics.bill.line"]
        # Who was forgotten stands first: a long table has many pages.
        values = [lines._prepare_uncounted(*missing) for missing in self._missing()]
        values += [lines._prepare(periods) for periods in self._groups()]
        self.line_ids = [Command.clear(), *map(Command.create, values)]
        self.line_ids._refuse_overlapping()
        self.line_ids._refuse_negative()
        return self._reopen()

    def action_create_invoices(self):
        """Make draft invoices of the ticked rows and freeze their periods.

        What Odoo refuses stays in the table, with the reason; the others are made.

        :raises odoo.exceptions.UserError: nothing is ticked, or the user may not make
            invoices
        """
        self.ensure_one()
        self._check_may_bill()
        lines = self.line_ids.filtered("include")
        if not lines:
            raise UserError(
                self.env._("Tick the clients that shall get an invoice first.")
            )
        # Whoever bills the same periods meanwhile comes before or after, not at once.
        lines.period_ids._with_siblings()._hold()
        lines._look_again()
        lines._refuse_overlapping()
        lines._refuse_negative()
        for company, mine in lines.grouped("company_id").items():
            self._make_invoices(company, mine.filtered("include"))
        if lines.filtered("reason"):
            return self._reopen()
        return self.action_open_invoices()

    def action_open_invoices(self):
        """Open the invoices that were made."""
        return self.invoice_ids._statistics_action()

    # === THE TABLE === #

    def _groups(self):
        if self.period_ids:
            return self.period_ids._billing_groups()
        periods = self.env["ledger.statistics.period"].search(self._period_domain())
        return (periods | self._left_open())._billing_groups()

    def _left_open(self):
        """Earlier periods nobody has billed, to which corrections have come since.

        Who does not want them billed freezes them.
        """
        first, _last = self._days()
        earlier = self.env["ledger.statistics.period"].search(
            [
                *self._common_domain(),
                ("date_to", "<", first),
                ("state", "=", "open"),
                ("correction_ids", "!=", False),
            ]
        )
        groups = earlier._billing_groups()
        return earlier.browse().union(*filter(self._is_due, groups))

    @staticmethod
    def _is_due(periods):
        """Tell whether corrections are billed there, and come to something."""
        agreement = periods._agreement()
        return agreement.with_corrections and (
            periods._why_not_billed() or agreement._invoice_lines(periods)
        )

    def _missing(self):
        """Clients of the months asked for who were not counted are not forgotten."""
        if self.period_ids:
            return []
        agreements = self.env["ledger.statistics.agreement"]
        return agreements._uncounted(*self._days(), self.partner_ids)

    def _days(self):
        """Return the first and the last day of the months asked for."""
        if not self.month_from or not self.month_to:
            raise UserError(self.env._("Say which months are billed."))
        first = windows.span_of("monthly", self.month_from)[0]
        last = windows.span_of("monthly", self.month_to)[1]
        if last < first:
            raise UserError(
                self.env._("The last month comes before the first. Swap the months.")
            )
        return first, last

    def _period_domain(self):
        """The periods that end in the months asked for."""
        first, last = self._days()
        return [
            *self._common_domain(),
            ("date_to", ">=", first),
            ("date_to", "<=", last),
        ]

    def _common_domain(self):
        """The periods of the companies and clients asked for."""
        domain = [("company_id", "in", self.env.companies.ids)]
        if self.partner_ids:
            domain.append(("partner_id", "in", self.partner_ids.ids))
        return domain

    def _check_may_bill(self):
        """Making invoices is a right of the accounting, freezing one of managers.

        :raises odoo.exceptions.AccessError: the user may not freeze periods
        :raises odoo.exceptions.UserError: the user may not make invoices
        """
        self.env["ledger.statistics.period"]._check_manager()
        if not self.env["account.move"].has_access("create"):
            raise UserError(
                self.env._(
                    "You may not make customer invoices. Ask an administrator for the "
                    "right “Invoicing”."
                )
            )

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Create invoices"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # === THE INVOICES === #

    def _make_invoices(self, company, lines):
        """Make one invoice for each client and currency."""
        groups = list(lines.grouped(lambda line: line._invoice_key()).values())
        moves = self.env["account.move"].with_company(company)
        results = writing.create(moves, [group._prepare_invoice() for group in groups])
        for group, result in zip(groups, results, strict=True):
            if isinstance(result, Exception):
                group._refuse_for(result)
                continue
            group.include = False
            group.period_ids.action_freeze()
            self.invoice_ids = [Command.link(result)]
