# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What tests of Odoo's *Send* dialogue share."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.ledger_connector_base.tests.conformance_case import ConformanceCase

from .stand_in import TripletexBooks

DIALOGUE = "account.move.send.wizard"
MANY = "account.move.send.batch.wizard"


class SendCase(ConformanceCase):
    """Books that take invoices, and a bookkeeper who knows nothing of connectors."""

    stand_in = TripletexBooks

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env,
            "send_clerk",
            groups="account.group_account_invoice",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.push_flow("partner")
        self.sender = self.push_flow("invoice")
        self.kunde = self.customer("Kunde AS", email="kunde@example.org")

    def tearDown(self):
        # Whatever was done, the vendor wrote to nobody.
        self.assertEqual(self.books.mails(), [])
        super().tearDown()

    def invoice(self, price=100.0, partner=None, **values):
        """A posted invoice."""
        line = {
            "name": "Frakt",
            "quantity": 1,
            "price_unit": price,
            "tax_ids": [Command.set(self.tax.ids)],
        }
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "company_id": self.company.id,
                "partner_id": (partner or self.kunde).id,
                "invoice_date": "2026-03-02",
                "invoice_date_due": "2026-03-16",
                "invoice_line_ids": [Command.create(line)],
                **values,
            }
        )
        move.action_post()
        self.env.cr.precommit.run()
        return move

    # === PRESSING BUTTONS === #

    def dialogue(self, env, move, methods=("manual",)):
        """The opened dialogue."""
        moves = env["account.move"].browse(move.ids)
        action = moves.action_invoice_sent()
        wizard = env[DIALOGUE].with_context(**action["context"]).create({})
        wizard.sending_methods = list(methods)
        return wizard

    def send(self, move, user=None, methods=("manual",)):
        """Press Send in the dialogue."""
        with self.committing(user or self.clerk) as env:
            self.dialogue(env, move, methods).action_send_and_print()

    def refused(self, move, **how):
        """Press Send; return the sentence that the dialogue shows."""
        # assertRaises() would undo what was committed before the error.
        try:
            self.send(move, **how)
        except UserError as error:
            self.assert_readable(error.args[0])
            return error.args[0]
        return self.fail("the dialogue showed no error")

    def offered(self, move, user=None):
        """The ledgers that the dialogue offers, by label, and the alerts' texts."""
        with self.committing(user or self.clerk) as env:
            wizard = self.dialogue(env, move)
            boxes = (wizard.extra_edi_checkboxes or {}).values()
            alerts = (wizard.alerts or {}).values()
            return [box["label"] for box in boxes], [x["message"] for x in alerts]

    def send_many(self, moves):
        """Choose *moves* in the list, press Send, and let Odoo's queue work it off."""
        cron = self.env.ref("account.ir_cron_account_move_send")
        cron.active = True
        with self.committing(self.clerk) as env:
            wizard = env[MANY].create({"move_ids": [Command.set(moves.ids)]})
            wizard.action_send_and_print()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        moves.invalidate_recordset()

    def settle(self):
        """Let the time pass in which a lost call could still be worked on."""
        self.env.cr.execute(
            "UPDATE ledger_binding SET sent_at = sent_at - interval '1 hour'"
        )
        self.connection.write({"set_aside_until": False, "failures": 0})
        self.env["ledger.sync.job"].search([]).run_after = False

    # === CLAIMS === #

    def invoice_calls(self):
        """Calls that create invoices."""
        return self.books.writes(self.books.invoice_writes)

    def state_of(self, move):
        return self.link_of(move, self.books.invoice).state

    def assert_booked(self, moves):
        """Each of *moves* is there once, and nothing else is."""
        self.assertEqual(self.books.count("invoices"), len(moves))
        links = [self.link_of(move, self.books.invoice) for move in moves]
        self.assertEqual({link.state for link in links}, {"linked"})
        self.assertEqual(len({link.external_id for link in links}), len(moves))

    def assert_mailed(self, move, mailed=True):
        """The customer was, or was not, written to by Odoo."""
        notified = move.message_ids.notified_partner_ids
        self.assertEqual(move.partner_id in notified, mailed)
