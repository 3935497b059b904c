# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: Invoices that still ask for their money, or have got it.
LIVE = Domain("state", "!=", "cancel") & Domain("payment_state", "!=", "reversed")


class AccountMove(models.Model):
    """An invoice, and the periods that it bills."""

    _name = "account.move"
    _inherit = "account.move"

    statistics_period_ids = fields.Many2many(
        "ledger.statistics.period",
        "ledger_statistics_period_move_rel",
        "move_id",
        "period_id",
        string="Billed periods",
        readonly=True,
        # A copy is another invoice and bills nothing that was counted.
        copy=False,
    )
    statistics_outdated = fields.Boolean(
        readonly=True,
        copy=False,
        help="Periods that it had billed were unfrozen since: it stays cancelled.",
    )
    statistics_replaced_id = fields.Many2one(
        "account.move",
        string="Replaced invoice",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The reversed invoice whose counted periods this one bills.",
    )

    def button_draft(self):
        """Override of `account` to keep periods from being billed twice.

        :raises odoo.exceptions.UserError: they were billed anew while this invoice was
            cancelled or reversed
        """
        (self - self.filtered_domain(LIVE))._check_statistics_free()
        self._check_statistics_reversal()
        return super().button_draft()

    def button_cancel(self):
        """Override of `account`, see :meth:`button_draft`."""
        self._check_statistics_reversal()
        return super().button_cancel()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_statistics_reversal(self):
        self._check_statistics_reversal()

    def _check_statistics_reversal(self):
        """Credit notes stay that keep an invoice from billing its periods again."""
        for credit_note in self:
            invoice = credit_note.reversed_entry_id
            if invoice.state != "cancel":
                invoice._check_statistics_free(credit_note)

    def _check_statistics_free(self, credit_note=None):
        """Refuse to bring invoices back to life whose periods stand on others.

        :param credit_note: that reverses the invoice
        """
        # Whoever keeps invoices need not see the figures; they must not bill twice.
        for invoice in self.sudo():
            name = invoice._statistics_name()
            move = credit_note._statistics_name() if credit_note else name
            if invoice.statistics_outdated:
                raise UserError(
                    self.env._(
                        "%(move)s stays as it is: periods that %(invoice)s bills were "
                        "unfrozen since, and may have other figures now. Create a new "
                        "invoice for them.",
                        move=move,
                        invoice=name,
                    )
                )
            others = invoice.statistics_period_ids.invoice_ids - invoice
            if other := others.filtered_domain(LIVE)[:1]:
                raise UserError(
                    self.env._(
                        "%(move)s stays as it is: what %(invoice)s bills stands on "
                        "%(other)s now. Cancel or delete that one first.",
                        move=move,
                        invoice=name,
                        other=other.display_name,
                    )
                )

    def _statistics_name(self):
        """Return what people call the invoice; a cancelled draft has no name."""
        origin = filter(None, [self.partner_id.name, self.invoice_origin])
        return self.display_name or ", ".join(origin)

    def _take_statistics_over(self):
        """Bill the periods of the invoice that this one replaces."""
        old = self.statistics_replaced_id
        self.statistics_period_ids = old.statistics_period_ids
        lines = zip(old.invoice_line_ids, self.invoice_line_ids, strict=False)
        for before, after in lines:
            after.statistics_figure_ids = before.statistics_figure_ids

    def action_open_statistics(self):
        """Open the figures that stand on these invoices."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_statistics.ledger_statistics_figure_action"
        )
        figures = self.invoice_line_ids.statistics_figure_ids
        domain = [("id", "in", figures.ids)]
        return {**action, "domain": domain, "context": {}}

    def _statistics_action(self):
        """Return the action that shows these invoices."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        action["context"] = {"default_move_type": "out_invoice"}
        if len(self) == 1:
            return {**action, "res_id": self.id, "views": [(False, "form")]}
        return {**action, "domain": [("id", "in", self.ids)]}
