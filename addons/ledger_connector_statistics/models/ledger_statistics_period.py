# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..sync import windows

MANAGER = "ledger_connector_base.group_ledger_manager"


class LedgerStatisticsPeriod(models.Model):
    """One client's period: what was counted in it, and whether it may still change."""

    _name = "ledger.statistics.period"
    _description = "Counted period"
    _order = "date_from desc, partner_id, id"

    connection_id = fields.Many2one(
        "ledger.connection",
        required=True,
        readonly=True,
        index=True,
        # What was billed does not vanish with a client's keys.
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="connection_id.partner_id", string="Client", store=True, index=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True
    )
    plan_id = fields.Many2one(
        "ledger.statistics.plan", string="Set-up", readonly=True, ondelete="set null"
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    basis = fields.Selection(
        selection=lambda self: self._selection_of("basis"),
        string="Counted by",
        readonly=True,
    )
    entries = fields.Selection(
        selection=lambda self: self._selection_of("entries"),
        string="What counts as an entry",
        readonly=True,
    )
    with_rows = fields.Boolean(string="Rows counted", readonly=True)
    with_credits = fields.Boolean(string="Credit notes apart", readonly=True)
    state = fields.Selection(
        selection=[("open", "Open"), ("frozen", "Frozen")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    frozen = fields.Boolean(compute="_compute_frozen", store=True)
    frozen_at = fields.Datetime(string="Frozen at", readonly=True)
    frozen_by = fields.Many2one("res.users", string="Frozen by", readonly=True)
    fetched_at = fields.Datetime(
        string="Fetched at",
        readonly=True,
        help="When the reading began whose figures stand here.",
    )
    compared_at = fields.Datetime(
        string="Compared",
        readonly=True,
        help="Changes in the books up to then are known, and stand as corrections.",
    )
    complete = fields.Boolean(
        readonly=True, help="The period has ended, and was read to its end."
    )
    again = fields.Boolean(
        string="Read again",
        readonly=True,
        help="Was frozen, and is not any more: the next scheduled run reads it again.",
    )
    warning = fields.Text(readonly=True)
    figure_ids = fields.One2many("ledger.statistics.figure", "period_id")
    correction_ids = fields.One2many(
        "ledger.statistics.correction", "period_id", string="Corrections carried here"
    )
    change_ids = fields.One2many(
        "ledger.statistics.correction",
        "frozen_period_id",
        string="Changes since it was frozen",
    )
    entry_count = fields.Integer(string="Entries", compute="_compute_entry_count")

    _period_uniq = models.Constraint(
        "UNIQUE(connection_id, date_from, date_to)",
        "This period of these books is there already.",
    )
    _dates_order = models.Constraint(
        "CHECK(date_from <= date_to)", "A period cannot end before it begins."
    )

    @api.model
    def _selection_of(self, name):
        plans = self.env["ledger.statistics.plan"]
        return plans._fields[name]._description_selection(self.env)

    # === COMPUTE METHODS === #

    @api.depends("state")
    def _compute_frozen(self):
        for period in self:
            period.frozen = period.state == "frozen"

    @api.depends("figure_ids.total", "figure_ids.kind_id")
    def _compute_entry_count(self):
        for period in self:
            entries = period.figure_ids.filtered(lambda f: f.kind_id.code == "entries")
            period.entry_count = sum(entries.mapped("total"))

    @api.depends("partner_id.name", "connection_id.name", "date_from", "date_to")
    def _compute_display_name(self):
        for period in self:
            who = period.partner_id.name or period.connection_id.name or ""
            period.display_name = f"{who}: {period._label()}"

    def _label(self, lang=None):
        """Return the period as people name it, e.g. “January 2026”.

        :param str lang: code of a language; the user's without it
        """
        self.ensure_one()
        recurrence = windows.recurrence_of(self.date_from, self.date_to)
        if recurrence == "monthly":
            return format_date(
                self.env, self.date_from, lang_code=lang, date_format="LLLL y"
            )
        if recurrence == "quarterly":
            return format_date(
                self.env, self.date_from, lang_code=lang, date_format="QQQ y"
            )
        first = format_date(self.env, self.date_from, lang_code=lang)
        return f"{first} – {format_date(self.env, self.date_to, lang_code=lang)}"

    # === CRUD METHODS === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        for period in self:
            if period.state == "frozen" or period.correction_ids:
                raise UserError(
                    self.env._(
                        "%(period)s is frozen or carries corrections, and stays.",
                        period=period.display_name,
                    )
                )

    # === ACTIONS === #

    def action_freeze(self):
        """Freeze the figures: what changes in the books later becomes a correction.

        Frozen ones stay as they are.

        :raises odoo.exceptions.UserError: a period was not read to its end
        """
        self._check_manager()
        waiting = self.filtered(lambda period: period.state == "open")
        for period in waiting:
            if not period.complete:
                raise UserError(
                    self.env._(
                        "%(period)s was not read to its end yet. Import its data after "
                        "the period is over, then freeze it.",
                        period=period.display_name,
                    )
                )
        # The state of figures is the engine's to write, also for those who bill.
        waiting.sudo().write(
            {
                "state": "frozen",
                "frozen_at": fields.Datetime.now(),
                "frozen_by": self.env.uid,
            }
        )
        return True

    def action_unfreeze(self):
        """Let the next reading change the figures again.

        Corrections that the period has made in open ones are taken back: the next
        reading counts them where they belong. Frozen again before that, they are found
        again.

        :raises odoo.exceptions.UserError: it was billed, or its corrections stand in a
            frozen period
        """
        self._check_manager()
        frozen = self.filtered(lambda period: period.state == "frozen")
        frozen._check_unfreezable()
        # As above; documents and corrections are the engine's too.
        periods = frozen.sudo()
        carriers = periods.change_ids.period_id
        periods.change_ids.unlink()
        self.env["ledger.statistics.document"].sudo()._forget_changes(periods.ids)
        periods.write(
            {
                "state": "open",
                "frozen_at": False,
                "frozen_by": False,
                # What was found since it was read is not known any more.
                "compared_at": False,
                "again": True,
            }
        )
        for carrier in carriers:
            carrier._count()
        carriers._tell_again()
        return True

    def _check_unfreezable(self):
        for period in self._billed():
            raise UserError(
                self.env._(
                    "%(period)s was billed and stays frozen. Delete or reverse the "
                    "invoice instead.",
                    period=period.display_name,
                )
            )
        for period in self._settled_carriers():
            raise UserError(
                self.env._(
                    "Corrections stand in %(period)s, which is frozen. Unfreeze that "
                    "period first.",
                    period=period.display_name,
                )
            )

    def _settled_carriers(self):
        """Return the frozen periods that carry corrections of these ones."""
        return self.change_ids.period_id.filtered("frozen")

    def _check_manager(self):
        """Freezing is a manager's decision, or comes with an invoice.

        Periods are written by these actions only, so that nobody has a right to it.

        :raises odoo.exceptions.AccessError: the user is no manager, or may not see the
            periods
        """
        self.check_access("read")
        user = self.env.user
        if not self.env.su and not user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "Periods are frozen and billed by managers. Ask an administrator "
                    "for the right “Ledger Connectors: Manager”."
                )
            )

    def _billed(self):
        """Return those of these periods that stand on an invoice."""
        return self.browse()

    # === ACTIONS: WINDOWS === #

    def action_open_figures(self):
        """Open the figures of these periods."""
        return self._open("ledger_statistics_figure_action", "period_id")

    def action_open_documents(self):
        """Open the documents behind the figures of these periods."""
        return self._open("ledger_statistics_document_action", "period_id")

    def action_open_changes(self):
        """Open what changed in these periods after they were frozen."""
        return self._open("ledger_statistics_correction_action", "frozen_period_id")

    def _open(self, xmlid, field):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"ledger_connector_statistics.{xmlid}"
        )
        return {**action, "domain": [(field, "in", self.ids)], "context": {}}
