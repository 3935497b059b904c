# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.fields import Domain

from .account_move import LIVE


class LedgerStatisticsPeriod(models.Model):
    """Which invoice a period stands on."""

    _name = "ledger.statistics.period"
    _inherit = "ledger.statistics.period"

    invoice_ids = fields.Many2many(
        "account.move",
        "ledger_statistics_period_move_rel",
        "period_id",
        "move_id",
        string="Invoices",
        readonly=True,
        copy=False,
        help="All that were made for the period, cancelled and reversed ones too.",
    )
    invoice_id = fields.Many2one(
        "account.move",
        compute="_compute_invoice",
        # Who bills a period at the same time writes the same row, and is sent back.
        store=True,
        index="btree_not_null",
        ondelete="set null",
        help="The one that bills the period, or else the last one that did.",
    )
    billed = fields.Boolean(
        compute="_compute_billed",
        search="_search_billed",
        # Whether it was billed is no secret of the accounting.
        compute_sudo=True,
        help="Stands on a customer invoice that is neither cancelled nor reversed.",
    )

    @api.depends("invoice_ids.state", "invoice_ids.payment_state")
    def _compute_invoice(self):
        for period in self:
            invoices = period.invoice_ids.sorted("id")
            period.invoice_id = (invoices.filtered_domain(LIVE) or invoices)[-1:]

    @api.depends("invoice_id.state", "invoice_id.payment_state")
    def _compute_billed(self):
        for period in self:
            period.billed = bool(period.invoice_id.filtered_domain(LIVE))

    def _search_billed(self, operator, value):
        if operator != "in":
            return NotImplemented
        # As above: those who bill nobody may still ask what was billed.
        invoices = self.env["account.move"].sudo()._search(LIVE)
        return Domain("invoice_id", "in", invoices)

    def _billed(self):
        """Override: those that stand on a customer invoice."""
        return self.filtered("billed")

    def _settled_carriers(self):
        """Override: also those billed with corrections that these books priced too."""
        groups = [group for group in self._billing_groups() if not group._billed()]
        changes = self.union(*groups).change_ids
        return super()._settled_carriers() | changes.period_id._billed()

    # === ACTIONS === #

    def action_unfreeze(self):
        """Override: invoices that billed the periods do not come back to life."""
        frozen = self.filtered("frozen")
        super().action_unfreeze()
        # Whoever unfreezes need not see the invoices.
        frozen.sudo().invoice_ids.statistics_outdated = True
        return True

    def action_bill(self):
        """Show what the clients of these periods are to pay, and make the invoices."""
        return self.env["ledger.statistics.bill"]._begin(self)

    def action_open_invoice(self):
        """Open the invoices that these periods stand on."""
        return self.invoice_id._statistics_action()

    # === FOR THE BILLING === #

    def _with_siblings(self):
        """Add the same periods in other books of the same clients.

        A client pays for all books together: a base fee is due once.
        """
        return self | self.search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("date_from", "in", list(set(self.mapped("date_from")))),
                ("date_to", "in", list(set(self.mapped("date_to")))),
            ]
        )

    def _billing_groups(self):
        """Return the periods that are billed as one: of one client, of the same days.

        :return: list of recordsets, by client and day
        """
        mine = {period._billing_key() for period in self}
        groups = self._with_siblings().grouped(lambda period: period._billing_key())
        ordered = [periods for key, periods in groups.items() if key in mine]
        return sorted(
            ordered, key=lambda p: (p[0].partner_id.name or "", p[0].date_from, p[0].id)
        )

    def _billing_key(self):
        # Books without a client belong to nobody else.
        own = 0 if self.partner_id else self.connection_id.id
        return (
            self.company_id.id,
            self.partner_id.id,
            own,
            self.date_from,
            self.date_to,
        )

    def _agreement(self):
        """Return the agreement that these periods of one client are billed by."""
        first = self[:1]
        return self.env["ledger.statistics.agreement"]._of(
            first.company_id, first.partner_id, first.date_from, first.date_to
        )

    def _corrected_groups(self):
        """Return the frozen periods whose corrections these ones carry.

        :return: list of recordsets, as they were billed: of the same days
        """
        frozen = self.correction_ids.frozen_period_id.sorted("date_from")
        groups = frozen.grouped(lambda period: period._billing_key())
        return [group._billed_together() for group in groups.values()]

    def _billed_together(self):
        """Add the other books of the client whose pieces were priced with these."""
        siblings = self._with_siblings()
        return self | (siblings._billed() or siblings)

    def _why_not_billed(self):
        """Return why these periods of one client cannot be billed; "" if they can."""
        first = self[0]
        if not first.partner_id:
            return self.env._(
                "%(connection)s has no client. Name the client on the connection.",
                connection=first.connection_id.display_name,
            )
        if billed := self._billed():
            return self._why_billed(billed)
        if waiting := self.filtered(lambda period: not period.complete):
            return self.env._(
                "%(books)s: not read to the end. Import the data again.",
                books=", ".join(waiting.connection_id.mapped("display_name")),
            )
        return (
            self._why_overlapping()
            or self._why_books_missing()
            or self._why_no_price()
            or self._why_no_correction_price()
        )

    def _why_billed(self, billed):
        invoices = ", ".join(billed.invoice_id.mapped("display_name"))
        if billed == self:
            return self.env._("Billed already: %(invoice)s.", invoice=invoices)
        return self.env._(
            "Other books of this client were billed for the same period: %(invoice)s. "
            "Delete that draft to bill them together, or bill the rest by hand.",
            invoice=invoices,
        )

    def _why_overlapping(self):
        other = self.search(
            [
                ("connection_id", "in", self.connection_id.ids),
                ("id", "not in", self.ids),
                ("date_from", "<=", self[0].date_to),
                ("date_to", ">=", self[0].date_from),
                ("billed", "=", True),
            ],
            limit=1,
        )
        if not other:
            return ""
        return self.env._(
            "Some of these days were billed with %(period)s already.",
            period=other.display_name,
        )

    def _why_books_missing(self):
        missing = self._books_missing()
        if not missing:
            return ""
        return self.env._(
            "%(books)s: not counted for this period. Import the data, or remove the "
            "keys if nobody books there any more.",
            books=", ".join(missing.mapped("display_name")),
        )

    def _books_missing(self):
        """Books that were there then and were not counted would be billed never."""
        first = self[0]
        others = self.env["ledger.connection"].search(
            [
                ("company_id", "=", first.company_id.id),
                ("partner_id", "=", first.partner_id.id),
                ("id", "not in", self.connection_id.ids),
                ("create_date", "<=", first.date_to),
                ("flow_ids", "any", [("entity", "=", "statistics")]),
            ]
        )
        return others.filtered(lambda books: not self._counted_by(books))

    def _counted_by(self, books):
        """Return the periods of other books that have a day of these ones."""
        return self.search(
            [
                ("connection_id", "=", books.id),
                ("date_from", "<=", self[0].date_to),
                ("date_to", ">=", self[0].date_from),
            ]
        )

    def _why_no_price(self):
        agreement = self._agreement()
        if not agreement:
            return self.env._(
                "No agreement for this period. Add one under Statistics > Agreements."
            )
        lines = agreement._lines_on(self[0].date_to)
        if not lines:
            return self.env._(
                "No price of the agreement is valid on the last day of this period."
            )
        rows = lines.kind_ids.filtered(lambda kind: kind.code == "rows")
        if rows and not all(self.mapped("with_rows")):
            return self.env._(
                "Rows are charged but were not counted. Switch “Count rows as well” on "
                "in the set-up and import the data again."
            )
        return ""

    def _why_no_correction_price(self):
        """Return why corrections that were billed before cannot be billed now."""
        agreement = self._agreement()
        if not agreement.with_corrections:
            return ""
        reasons = (
            months._why_not_correctable(agreement.currency_id)
            for months in self._corrected_groups()
        )
        return next(filter(None, reasons), "")

    def _why_not_correctable(self, currency):
        agreement = self._agreement()
        if agreement and agreement.currency_id != currency:
            return self.env._(
                "Corrections of %(period)s were agreed in %(currency)s. Switch “Bill "
                "corrections” off in the agreement, and bill them by hand.",
                period=self[0]._label(),
                currency=agreement.currency_id.name,
            )
        priced = agreement._lines_on(self[0].date_to)
        if self._billed():
            return "" if priced else self._why_not_priced()
        # What nobody is billed for has nothing to be corrected.
        return self._why_not_settled() if priced else ""

    def _why_not_priced(self):
        return self.env._(
            "There are corrections of %(period)s, which was billed, and no agreement "
            "has a price for it any more. Restore it, or switch “Bill corrections” off "
            "and bill them by hand.",
            period=self[0]._label(),
        )

    def _why_not_settled(self):
        """The next piece has no price while the number of pieces may still change."""
        if all(self.mapped("frozen")) and not self._books_missing():
            return ""
        return self.env._(
            "There are corrections of %(period)s, and not all books of that period are "
            "frozen. Bill or freeze it first.",
            period=self[0]._label(),
        )
