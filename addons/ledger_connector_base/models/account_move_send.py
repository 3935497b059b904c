# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models
from odoo.fields import Domain

from .ledger_flow_send import CONNECTED

#: Invoices that Odoo's queue sends in one go.
TOGETHER = 100


class AccountMoveSend(models.AbstractModel):
    """Connected ledgers in Odoo's *Send* dialogue and in its mass sending.

    In the dialogue and in Odoo's queue invoices are sent to the ledger before anything
    else, so that a customer gets no mail about an invoice that the ledger refuses.
    Whoever else makes Odoo send invoices (a payment, a point of sale) must not be held
    up or committed half-way: there they are only noted for the ledger.
    """

    _inherit = "account.move.send"

    # === THE DIALOGUE === #

    @api.model
    def _get_all_extra_edis(self):
        """Override of `account` to add one tick box for each connected ledger."""
        edis = super()._get_all_extra_edis()
        counted = self._name == "account.move.send.batch.wizard"
        for flow in self.env["ledger.flow"]._invoice_flows():
            books = flow._books_label()
            edis[flow._edi_key()] = {
                # The list of many invoices puts a "by" before it.
                "label": books if counted else self.env._("Send to %s", books),
                "is_applicable": flow._takes,
                "help": self.env._(
                    "The invoice is booked in the accounting system. If it is refused "
                    "there, no e-mail goes to the customer."
                ),
            }
        return edis

    @api.model
    def _get_alerts(self, moves, moves_data):
        """Override of `account` to say what keeps a ledger from taking *moves*."""
        alerts = super()._get_alerts(moves, moves_data)
        for flow in self.env["ledger.flow"]._invoice_flows(moves.company_id):
            if flow.connection_id.state in CONNECTED:
                key = flow._edi_key()
                chosen = moves.filtered(
                    lambda move, key=key: key in moves_data[move]["extra_edis"]
                )
            else:
                chosen = moves.filtered(lambda move, flow=flow: flow._offers(move))
            if chosen:
                alerts |= flow._dialogue_alerts(chosen.sudo())
        return alerts

    # === SENDING === #

    @api.model
    def _generate_and_send_invoices(self, moves, from_cron=False, **settings):
        """Override of `account` to remember who waits for the ledgers' answers."""
        waits = from_cron or self._name != "account.move.send"
        sender = self.with_context(ledger_now=waits, ledger_queue=from_cron)
        return super(AccountMoveSend, sender)._generate_and_send_invoices(
            moves, from_cron=from_cron, **settings
        )

    @api.model
    def _call_web_service_before_invoice_pdf_render(self, invoices_data):
        """Override of `account` to send to the ledgers, all invoices in one call."""
        result = super()._call_web_service_before_invoice_pdf_render(invoices_data)
        moves = self.env["account.move"].union(*invoices_data)
        for flow in self.env["ledger.flow"]._invoice_flows(moves.company_id):
            key = flow._edi_key()
            chosen = moves.filtered(
                lambda move, flow=flow, key=key: (
                    key in invoices_data[move]["extra_edis"] and flow._takes(move)
                )
            )
            if chosen:
                self._ledger_send(flow, chosen, invoices_data)
        return result

    @api.model
    def _ledger_send(self, flow, moves, invoices_data):
        if flow.connection_id.state == "paused":
            flow._ask_for(moves.ids)
        elif not self.env.context.get("ledger_now"):
            flow._ask_for(moves.ids)
            flow._enqueue("send")
        else:
            said = flow._push_now((moves | self._ledger_queued(flow, moves)).ids)
            for move in moves:
                if move.id in said:
                    self._ledger_note(flow, move, invoices_data[move], said[move.id])

    @api.model
    def _ledger_queued(self, flow, moves):
        """The next invoices of Odoo's queue: the vendor takes them in the same call.

        Odoo takes ten at a time; when it comes to these, they are there already.
        """
        if not self.env.context.get("ledger_queue"):
            return moves.browse()
        queued = moves.search(
            Domain("sending_data", "!=", False)
            & Domain("state", "=", "posted")
            & Domain("company_id", "=", flow.company_id.id)
            & Domain("id", "not in", moves.ids),
            order="date, invoice_date, sequence_number, id",
            limit=max(1, TOGETHER - len(moves)),
        )
        return queued.filtered(flow._takes)

    @api.model
    def _ledger_note(self, flow, move, move_data, sentence):
        """Put an error on *move* where Odoo shows it; it keeps the e-mail back."""
        error = move_data.setdefault(
            "error",
            {
                "error_title": self.env._(
                    "%(books)s has not confirmed %(invoice)s yet.",
                    invoice=move.display_name,
                    books=flow._books_label(),
                ),
                "errors": [],
            },
        )
        error["errors"].append(sentence)
        if "email" in move_data["sending_methods"]:
            error["errors"].append(
                self.env._(
                    "The e-mail to the customer was not sent. Press Send again once "
                    "the invoice is there."
                )
            )
