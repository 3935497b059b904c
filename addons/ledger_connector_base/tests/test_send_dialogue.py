# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.fields import Command
from odoo.tests import tagged

from .common import LedgerCase


@tagged("post_install", "-at_install")
class TestSendDialogueWithoutLedgers(LedgerCase):
    """Where nothing is connected, Odoo's Send dialogue is as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner = cls.env["res.partner"].create({"name": "Kunde AS"})
        line = {"name": "Frakt", "price_unit": 100.0}
        cls.move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "company_id": cls.company.id,
                "partner_id": partner.id,
                "invoice_date": "2026-03-02",
                "invoice_line_ids": [Command.create(line)],
            }
        )
        cls.move.action_post()

    def test_the_dialogue_offers_no_ledger_and_warns_of_none(self):
        wizard = self.env["account.move.send.wizard"].create({"move_id": self.move.id})
        offers = (*(wizard.extra_edi_checkboxes or ()), *(wizard.alerts or ()))
        self.assertFalse([key for key in offers if key.startswith("ledger_")])

    def test_looking_for_ledgers_costs_no_query(self):
        flows = self.env["ledger.flow"]
        flows._invoice_flows()
        with self.assertQueryCount(0):
            self.assertFalse(flows._invoice_flows(self.company))

    def test_an_invoice_is_sent_without_a_job(self):
        self.env["account.move.send"]._generate_and_send_invoices(
            self.move, sending_methods=["manual"]
        )
        self.assertTrue(self.move.is_move_sent)
        self.assertFalse(self.env["ledger.sync.job"].search([]))
        self.assertFalse(self.env["ledger.outbox"].search([]))
