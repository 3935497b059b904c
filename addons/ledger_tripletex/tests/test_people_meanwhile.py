# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calls that break off, people who work on meanwhile, and what they are told."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.ledger_connector_base.sync.outgoing import CONVERTERS

from .test_edits_survive import ReviewCase


@tagged("post_install", "-at_install")
class TestBrokenOff(ReviewCase):
    """A run that ends in the middle says of each record what is so."""

    def test_what_a_limit_kept_back_is_not_called_sent(self):
        self.push_flow("partner")
        self.push()
        partners = [self.customer(f"Kunde {number} AS") for number in range(4)]
        bad = self.customer("Nektet AS")
        self.books.refuse("Nektet AS")
        self.books.fault(r"^/customer", method=["POST"], nth=2, status=429)
        self.push_all("partner")
        states = {self.link_of(one).state for one in [*partners, bad]}
        self.assertNotIn("sending", states)

    def test_a_question_that_the_vendor_refuses_holds_up_that_record_only(self):
        self.push_flow("partner")
        self.push()
        partner = self.customer("Spurt AS", email="rart@example.org")
        self.books.fault(r"^/customer", method=["POST"], times=1, drop=True)
        self.push(expect="failed")
        self.settle()
        refused = {"status": 422, "code": 15000, "message": "Ugyldig filter."}
        self.books.fault(
            r"^/customer$",
            method="GET",
            query={"email": "rart@example.org"},
            status=422,
            body=refused,
        )
        other = self.customer("Annen AS")
        job = self.push_all("partner")
        self.assertEqual(self.link_of(partner).state, "uncertain")
        self.assertEqual(self.link_of(other).state, "linked", job.error)

    def test_a_paused_connection_makes_no_further_call(self):
        self.push_flow("partner")
        self.customer()
        self.connection.action_pause()
        self.books.forget_calls()
        self.env.cr.precommit.run()
        self.run_lanes()
        self.assertEqual(self.books.writes(), 0)
        self.connection.action_resume()
        self.run_lanes()
        self.assertEqual(self.books.names("customers"), ["Bergen Bygg AS"])

    def test_a_partner_deleted_while_its_sending_is_uncertain_does_not_come_back(self):
        self.push_flow("partner", deletion_policy="archive")
        self.push()
        partner = self.customer("Slettet AS")
        self.books.fault(r"^/customer", method=["POST"], times=1, cut=True)
        self.push(expect="failed")
        partner.unlink()
        self.settle()
        self.push_all("partner")
        self.run_flow(self.flow("partner"))
        found = self.env["res.partner"].search([("name", "=", "Slettet AS")])
        self.assertFalse(found)
        self.assertEqual(self.books.count("customers"), 0)


@tagged("post_install", "-at_install")
class TestPeopleMeanwhile(ReviewCase):
    """Users who know nothing of connectors work on."""

    def test_a_clerk_posts_invoices_that_a_flow_watches(self):
        clerk = new_test_user(
            self.env,
            "review_clerk",
            groups="account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.sends_invoices()
        move = self.invoice()
        move.button_draft()
        self.push_all("invoice")
        self.env.registry.clear_cache()
        move.with_user(clerk).action_post()
        self.env.cr.precommit.run()
        noted = self.env["ledger.outbox"].search([("res_id", "=", move.id)])
        self.assertIn("invoice", noted.flow_id.mapped("entity"))

    def test_a_save_costs_no_query_while_nothing_is_sent(self):
        partner = self.customer()
        self.env["ledger.flow"]._watched()
        with self.assertQueryCount(0):
            partner._ledger_note_changes({"email"})
            self.env.cr.precommit.run()

    def test_few_deletions_at_a_time_do_not_get_past_the_brake(self):
        self.books.seed(customers=40)
        self.pull()
        links = self.bindings(self.connection, resource="customer", state="linked")
        self.flow("partner").write({"deletion_policy": "archive", "deletion_share": 10})
        for number in range(0, 20, 2):
            for link in links[number : number + 2]:
                self.books.delete_customer(link.external_id)
                self.env["ledger.event"].create(
                    {
                        "connection_id": self.connection.id,
                        "topic": "customer.delete",
                        "resource": "customer",
                        "external_id": link.external_id,
                        "deleted": True,
                    }
                )
            self.pull()
        gone = len(links.filtered(lambda link: link.state == "gone"))
        self.assertLess(gone, 20, "half of the customers were archived, nobody asked")

    def test_a_price_corrected_in_another_language_is_one_product(self):
        self.env["res.lang"]._activate_lang("nb_NO")
        self.push_flow("product")
        product = self.product()
        self.push("product")
        product.with_context(lang="nb_NO").write({"name": "Stolen", "list_price": 5})
        self.push("product")
        found = self.books.find_product(self.link_of(product, "product").external_id)
        self.assertEqual(found["price"], 5)
        self.assertEqual(self.books.count("products"), 1)


@tagged("post_install", "-at_install")
class TestQuestions(ReviewCase):
    """Two people edited the same field."""

    def asked(self):
        """A customer whose e-mail both sides edited, and the question about it."""
        self.flow("partner").conflict_policy = "ask"
        partner = self.sent(email="felles@example.org")
        self.pull()
        partner.email = "vaar@example.org"
        self.env.cr.precommit.run()
        external_id = self.link_of(partner).external_id
        self.books.change_customer(external_id, email="deres@example.org")
        self.pull()
        self.push()
        self.assertEqual(self.link_of(partner).state, "conflict")
        return partner, self.link_of(partner).conflict_ids

    def test_an_edit_made_after_the_question_is_kept_when_it_loses(self):
        partner, conflict = self.asked()
        partner.email = "ny@example.org"
        self.push()
        conflict.with_user(self.responsible).action_take_system()
        self.assertEqual(partner.email, "deres@example.org")
        self.assertEqual(conflict.odoo_value, "ny@example.org")

    def test_a_refusal_does_not_hide_an_open_question(self):
        partner, conflict = self.asked()
        self.books.refuse("Nektet gate")
        partner.street = "Nektet gate"
        self.push(expect="partial")
        self.assertEqual(self.link_of(partner).state, "failed")
        self.books.clear_faults()
        partner.street = "Storgata 5"
        self.push()
        self.assertEqual(conflict.state, "open")
        self.assertEqual(self.link_of(partner).state, "conflict")

    def test_a_question_may_be_answered_while_the_record_has_failed(self):
        partner, conflict = self.asked()
        self.books.refuse("Nektet gate")
        partner.street = "Nektet gate"
        self.push(expect="partial")
        self.books.clear_faults()
        conflict.with_user(self.responsible).action_take_odoo()
        partner.street = "Storgata 5"
        self.push()
        self.assertEqual(self.there(partner)["email"], "vaar@example.org")
        self.assertEqual(self.link_of(partner).state, "linked")

    def test_a_partner_with_two_addresses_is_sent_with_the_first(self):
        partner = self.customer(email="en@example.org, to@example.org")
        self.push_flow("partner")
        partner.street = "Storgata 5"
        self.push_all("partner")
        self.assertEqual(self.link_of(partner).error, False)
        self.assertEqual(self.there(partner)["email"], "en@example.org")


@tagged("post_install", "-at_install")
class TestSentencesAreTrue(ReviewCase):
    """What a bookkeeper reads is so, and what is said to happen happens."""

    def test_a_credit_note_made_there_by_hand_is_linked(self):
        self.sends_invoices()
        move = self.invoice()
        self.push("invoice")
        self.books.credit(self.link_of(move, "invoice").external_id)
        note = move._reverse_moves([{"invoice_date": "2026-03-03"}])
        note.action_post()
        self.push_all("invoice")
        link = self.link_of(note, "invoice")
        self.assertEqual((link.state, link.error), ("linked", False))
        self.assertEqual(self.books.count("invoices"), 2)

    def test_a_changed_value_mapping_does_not_change_booked_invoices(self):
        self.sends_invoices()
        move = self.invoice()
        self.push("invoice")
        self.connection.value_mapping_ids.remote_code = "31"
        move.with_user(self.responsible).action_ledger_push()
        self.push_all("invoice")
        self.assertEqual(self.link_of(move, "invoice").state, "linked")

    def test_an_invoice_booked_with_another_total_stays_marked(self):
        self.sends_invoices()
        move = self.invoice()
        self.push("invoice")
        # What is left of an answer with another total.
        move.ledger_amount_total = 0.01
        link = self.link_of(move, "invoice")
        link.write({"state": "failed", "error": "Another total.", "owner": "record"})
        move.with_user(self.responsible).action_ledger_push()
        self.push_all("invoice")
        self.assertEqual(link.state, "failed")

    def test_an_invoice_of_a_subsidiary_is_sent(self):
        self.sends_invoices()
        mother = self.customer("Konsern AS")
        daughter = self.customer("Datter AS", parent_id=mother.id)
        move = self.invoice(daughter)
        self.push_all("invoice")
        self.assertEqual(self.link_of(move, "invoice").state, "linked")

    def test_an_invoice_of_an_archived_product_is_sent(self):
        self.sends_invoices()
        product = self.product()
        move = self.invoice(product=product)
        product.active = False
        self.push_all("invoice")
        self.assertEqual(self.link_of(move, "invoice").state, "linked")

    def test_a_shared_product_is_sent_with_the_tax_of_our_company(self):
        other = self._make_company("Annen AS")
        theirs = self.env["account.tax"].create(
            {
                "name": "Theirs 25 %",
                "amount": 25.0,
                "type_tax_use": "sale",
                "company_id": other.id,
                "country_id": other.account_fiscal_country_id.id,
            }
        )
        self.push_flow("product")
        taxes = (self.tax | theirs).ids
        product = self.product(company_id=False, taxes_id=[Command.set(taxes)])
        self.push_all("product")
        link = self.link_of(product, "product")
        self.assertEqual((link.state, link.error), ("linked", False))

    def test_the_preview_of_an_invoice_says_that_its_customer_goes_along(self):
        self.sends_invoices()
        self.push("partner")
        move = self.invoice()
        with self.committing() as env:
            rows = self.push_flow("invoice").with_env(env).preview()
        said = {row["name"]: row["action"] for row in rows}
        self.assertEqual(said, {move.display_name: "created"}, rows)

    def test_a_mended_record_is_in_step_although_nothing_is_read(self):
        partner = self.sent()
        self.flow("partner").active = False
        self.books.refuse("Nektet AS")
        partner.name = "Nektet AS"
        self.push_all("partner")
        self.books.clear_faults()
        self.link_of(partner).with_user(self.responsible).action_retry()
        self.run_lanes()
        self.assertEqual(self.there(partner)["name"], "Nektet AS")
        self.assertEqual(self.link_of(partner).state, "linked")

    def test_a_draft_is_not_said_to_be_sent(self):
        self.sends_invoices()
        move = self.invoice()
        move.button_draft()
        with self.assertRaises(UserError):
            move.with_user(self.responsible).action_ledger_push()

    def test_large_amounts_are_sent_to_the_cent(self):
        for amount in (0.1 + 0.2, 12345678901.23, 999999999999.99):
            sent = CONVERTERS["number"](None, amount, "")
            self.assertEqual(sent, round(amount, 2))
