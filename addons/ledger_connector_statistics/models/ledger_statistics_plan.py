# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models

from ..sync import windows


class LedgerStatisticsPlan(models.Model):
    """How one office counts in one system: the set-up screen."""

    _name = "ledger.statistics.plan"
    _description = "Set-up of statistics"
    _inherit = ["mail.thread"]
    _order = "company_id, system, id"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    state = fields.Selection(
        selection=[("off", "Not active"), ("on", "Active")],
        default="off",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    system = fields.Selection(
        selection=lambda self: (
            self.env["ledger.credential"]
            ._fields["system"]
            ._description_selection(self.env)
        ),
        required=True,
    )
    delivery = fields.Selection(
        selection=[("activity", "An activity on the client"), ("none", "Nothing")],
        string="Each period makes",
        default="activity",
        required=True,
    )
    title = fields.Char(
        default=lambda self: self.env._("{client}: documents of {period}"),
        help="May hold {client}, {month}, {period} and the codes of figures in braces.",
    )
    title_preview = fields.Char(string="For example", compute="_compute_title_preview")
    measure_ids = fields.One2many(
        "ledger.statistics.measure", "plan_id", string="Figures"
    )
    has_more_kinds = fields.Boolean(compute="_compute_has_more_kinds")
    user_id = fields.Many2one(
        "res.users",
        string="Otherwise for",
        help="Gets the summary of a client who has neither a user of their own nor a "
        "connection with a responsible user.",
    )
    recurrence = fields.Selection(
        selection=[
            ("monthly", "Monthly"),
            ("quarterly", "Quarterly"),
            ("weekly", "Weekly"),
        ],
        default="monthly",
        required=True,
    )
    fetch_day = fields.Integer(
        string="Day",
        default=5,
        help="Day of the month after the period (1 to 28); of the week (1 to 7) after "
        "a week.",
    )
    fetch_hour = fields.Integer(
        string="Hour",
        default=3,
        help="0 to 23, in the company's time zone; if it has none, in that of the "
        "system.",
    )
    again_count = fields.Integer(
        string="Earlier periods read again",
        default=1,
        help="Papers come in late: so many periods before the last one are read again "
        "with it, as long as they are open. 0 for none, 12 at the most.",
    )
    basis = fields.Selection(
        selection=[
            ("entry_date", "Entry date"),
            ("document_date", "Document date"),
            ("entered", "Date entered"),
        ],
        string="Counted by",
        default="entry_date",
        required=True,
        help="Entry date: the day that a document is booked on. Document date: the day "
        "on the invoice; what is no invoice has its entry date only. Date entered: the "
        "day somebody typed it in. SmartAccounts tells that day of invoices only: of "
        "all else the day of the last change has to do, and an entry that is edited a "
        "month later counts in that month.",
    )
    entries = fields.Selection(
        selection=[
            ("all", "All"),
            ("without_invoices", "All but invoices"),
            ("manual", "Only those made by hand"),
        ],
        string="What counts as an entry",
        default="all",
        required=True,
        help="Every booking is an entry: an invoice is one, and its payment a second.",
    )
    with_rows = fields.Boolean(
        string="Count rows as well",
        help="Asks the system for more, which takes longer.",
    )
    with_credits = fields.Boolean(
        string="Credit notes apart",
        default=True,
        help="Costs one more call for each hundred invoices.",
    )
    jump_percent = fields.Integer(
        string="Warn from (%)",
        default=50,
        help="Warn when a figure differs so much from the average of the periods "
        "before.",
    )
    category_id = fields.Many2one(
        "res.partner.category",
        string="Tag of clients",
        help="Partners with this tag are clients who should have keys.",
    )

    _system_uniq = models.Constraint(
        "UNIQUE(company_id, system)", "There is a set-up for this system already."
    )

    @api.depends("system")
    def _compute_name(self):
        systems = dict(self._fields["system"]._description_selection(self.env))
        for plan in self:
            plan.name = systems.get(plan.system, "")

    @api.depends("title", "recurrence")
    def _compute_title_preview(self):
        kinds = self._kinds()
        counts = {kind.code: 12 for kind in kinds}
        for plan in self:
            today = fields.Date.context_today(plan)
            first, last = windows.closed(plan.recurrence, today)
            period = self.env["ledger.statistics.period"].new(
                {"date_from": first, "date_to": last}
            )
            client = plan._connections()[:1].partner_id.name
            plan.title_preview = plan._title(
                client or self.env._("Client"), period, counts
            )

    @api.depends("measure_ids.kind_id")
    def _compute_has_more_kinds(self):
        kinds = self._kinds()
        for plan in self:
            plan.has_more_kinds = bool(kinds - plan.measure_ids.kind_id)
