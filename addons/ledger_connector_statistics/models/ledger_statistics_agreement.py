# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date


class LedgerStatisticsAgreement(models.Model):
    """What a client pays for what was counted.

    Payment terms, fiscal position and the address of invoices are the client's own.
    """

    _name = "ledger.statistics.agreement"
    _description = "Agreement with a client"
    _inherit = ["mail.thread"]
    _order = "partner_id, date_from desc, id desc"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        index=True,
        check_company=True,
        tracking=True,
        help="The client whose books are counted.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        tracking=True,
    )
    active = fields.Boolean(default=True, tracking=True)
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
        tracking=True,
        help="Periods are billed that have a day from then on.",
    )
    date_to = fields.Date(
        string="Until", tracking=True, help="Without it the agreement has no end."
    )
    with_corrections = fields.Boolean(
        string="Bill corrections",
        default=True,
        tracking=True,
        help="Changes in the books of frozen periods are billed, or taken off, with "
        "the period that carries them, at the prices of the period they belong to.",
    )
    tolerance = fields.Float(
        string="Tolerance (%)",
        default=10,
        help="A real volume that is further from the agreed one is shown under “Off "
        "the agreed volume”.",
    )
    line_ids = fields.One2many(
        "ledger.statistics.agreement.line", "agreement_id", string="Prices", copy=True
    )
    note = fields.Text(string="Notes")

    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)",
        "An agreement cannot end before it begins.",
    )
    _tolerance_positive = models.Constraint(
        "CHECK(tolerance >= 0)", "A tolerance is a percentage from 0 up."
    )

    @api.depends("partner_id.name", "date_from")
    def _compute_display_name(self):
        for agreement in self:
            day = agreement.date_from and format_date(self.env, agreement.date_from)
            agreement.display_name = ", ".join(
                filter(None, [agreement.partner_id.name, day])
            )

    @api.constrains("partner_id", "company_id", "date_from", "date_to", "active")
    def _check_overlap(self):
        for agreement in self.filtered("active"):
            other = self.search(agreement._overlap_domain(), limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "%(client)s has an agreement from %(date)s already, and it "
                        "covers some of the same days. End it before this one begins.",
                        client=agreement.partner_id.display_name,
                        date=format_date(self.env, other.date_from),
                    )
                )

    def _overlap_domain(self):
        domain = self._domain_of(self.company_id, self.partner_id, self.date_from)
        if self.date_to:
            domain &= Domain("date_from", "<=", self.date_to)
        return domain & Domain("id", "!=", self.id)

    @api.model
    def _domain_of(self, company, partner, since):
        """The agreements of a client that have not ended before the day *since*."""
        ends = Domain("date_to", "=", False) | Domain("date_to", ">=", since)
        return ends & Domain(
            [("company_id", "=", company.id), ("partner_id", "=", partner.id)]
        )

    def copy_data(self, default=None):
        """Override: a copy is for another client, and archived until it names one."""
        return [
            {**values, "active": False} for values in super().copy_data(default=default)
        ]

    # === FOR THE BILLING === #

    @api.model
    def _of(self, company, partner, first, last):
        """Return the agreement that a client's period is billed by, or an empty one.

        It has a day in the period; of two of them it is the later one.

        :param date first: of the period
        :param date last: of the period, counted in
        """
        domain = self._domain_of(company, partner, first)
        domain &= Domain("date_from", "<=", last)
        return self.search(domain, order="date_from desc", limit=1)

    def _lines_on(self, day):
        """Return the lines whose prices are valid on a day."""
        return self.line_ids.filtered(
            lambda line: (
                (not line.date_from or line.date_from <= day)
                and (not line.date_to or line.date_to >= day)
            )
        )

    def _language(self):
        """Return the code of the language in which the client reads invoices."""
        return self.env["res.lang"]._get_code(self.partner_id.lang) or (
            self.company_id.partner_id.lang or self.env.lang
        )
