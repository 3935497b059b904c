# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which books a key opens, what it may do there, and what there is to choose from."""

from odoo.tests import tagged

from ..description import ENVIRONMENT
from .books_case import BooksCase
from .stand_in import ProcountorBooks


@tagged("post_install", "-at_install")
class TestAccess(BooksCase):
    def lacking(self):
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "success", params["message"])
        return (self.connection.missing_rights or "").splitlines()

    # === RIGHTS === #

    def test_a_key_with_all_rights_lacks_nothing(self):
        for entity in ("partner", "product", "invoice"):
            self.push_flow(entity)
        self.connection.procountor_mark_paid = "CHARGE_CARD"
        self.assertEqual(self.lacking(), [])

    def test_rights_are_named_as_procountor_calls_them(self):
        self.world.remove_right("customerRegister")
        self.world.remove_right("salesInvoiceSearch")
        self.assertEqual(
            self.lacking(), ["Customer register: see", "Sales invoice search"]
        )

    def test_seeing_is_enough_to_read_and_not_to_send(self):
        right, level = "customerRegister", "VIEWING_RIGHTS"
        self.world.do("set_right", right=right, level=level)
        self.assertEqual(self.lacking(), [])
        self.push_flow("partner")
        self.assertEqual(self.lacking(), ["Customer register: all rights"])

    def test_a_flow_that_is_off_needs_no_right(self):
        self.world.remove_right("customerRegister")
        self.flow("partner").active = False
        self.assertEqual(self.lacking(), [])

    def test_settings_need_rights_once_something_is_sent(self):
        self.connection.procountor_mark_paid = "CASH"
        self.world.remove_right("markAsPaid")
        self.assertEqual(self.lacking(), [])
        self.push_flow("invoice")
        self.assertEqual(self.lacking(), ["Mark as paid"])

    # === WHOSE BOOKS === #

    def test_company_and_business_id_are_told(self):
        params = self.press_test(self.connection)
        self.assertIn(self.world.credentials["name"], params["message"])
        self.assertIn(self.world.credentials["business_id"], params["message"])

    def test_a_key_that_may_not_see_the_company_connects_nevertheless(self):
        self.world.remove_right("basicCompanyInfo")
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "success", params["message"])
        self.assertIn(str(self.world.credentials["company_id"]), params["message"])

    def test_the_key_of_another_company_than_named_is_refused_without_a_call(self):
        self.connection.remote_company_id = "4711"
        self.books.forget_calls()
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "danger")
        self.assertIn("4711", params["message"])
        self.assert_readable(params["message"])
        job = self.run_flow(self.flow("partner"))
        self.assertEqual((job.state, job.owner), ("failed", "reconnect"), job.error)
        self.assertEqual(self.books.calls(), 0)

    def test_the_company_that_the_connection_names_is_accepted(self):
        self.connection.remote_company_id = str(self.world.credentials["company_id"])
        self.assertEqual(self.lacking(), [])

    def test_a_key_of_another_company_does_not_mix_its_books_in(self):
        self.books.add_customer("Kunde AS")
        self.press_test(self.connection)
        self.pull()
        other = ProcountorBooks()
        self.addCleanup(other.close)
        company = other.world.do("add_company", name="Saimaan Kahvi Oy")
        credential = self.connection.credential_id
        credential.custom_url = other.base_url
        secrets = {**other.credentials, "api_key": company["api_key"]}
        credential.set_secrets(secrets)
        params = self.press_test(self.connection)
        self.assertEqual(params["type"], "danger")
        self.assertIn(company["business_id"], params["message"])
        self.assert_readable(params["message"])

    def test_the_redirect_uri_goes_along_where_it_is_asked_for(self):
        self.world.settings(redirect_uri="required")
        credential = self.connection.credential_id
        self.assertEqual(self.press_test(self.connection)["type"], "danger")
        credential.procountor_redirect_uri = self.world.credentials["redirect_uri"]
        self.assertEqual(self.press_test(self.connection)["type"], "success")

    def test_the_testing_server_allows_fewer_calls(self):
        connector = self.connection._connector()
        testing = connector.with_context(**{ENVIRONMENT: "test"})._describe().limits
        self.assertEqual((testing.per_second, testing.per_minute), (None, 90))
        self.assertEqual(connector._describe().limits.per_second, 60)

    # === WHAT THERE IS TO CHOOSE FROM === #

    def values(self, kind):
        self.refresh()
        lines = self.connection.value_mapping_ids.filtered(lambda x: x.kind == kind)
        return {line.remote_code: line for line in lines}

    def test_vat_statuses_and_percentages_of_sales_are_offered(self):
        self.tax.amount = 25.5
        found = self.values("tax")
        self.assertEqual(found["1:25.5"].remote_label, "1 Domestic – 25.5 %")
        self.assertEqual(found["1:25.5"].target_ref, self.tax)
        self.assertTrue(found["1:25.5"].is_suggested)
        self.assertIn("5:0", found)
        self.assertFalse(found["5:0"].res_id, "why nothing is due, a person says")
        self.assertNotIn("5:25.5", found)
        self.assertNotIn("1:14", found, "of purchases only")
        self.assertFalse([code for code in found if code.startswith("2:")])

    def test_what_the_company_has_is_offered_with_what_it_most_likely_is(self):
        iban = self.world.credentials["iban"]
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.assertEqual(self.values("bank_account")[iban].target_ref, euro)
        terms = self.values("delivery_term")
        exw = self.env.ref("account.incoterm_EXW")
        self.assertEqual(terms["EXW - Ex Works"].target_ref, exw)
        self.assertFalse(terms["Noudettu"].res_id)
        units = self.values("unit")
        hour = self.env.ref("uom.product_uom_hour")
        self.assertEqual(units["HOUR"].target_ref, hour)
        methods = self.values("payment_method")
        self.assertEqual(set(methods), {"BANK_TRANSFER", "CASH", "CLEARING"})
        self.assertEqual(methods["CASH"].res_model, "account.payment.term")

    def test_accounts_that_are_closed_are_not_offered(self):
        self.world.bank_account(False)
        self.assertFalse(self.values("bank_account"))

    def test_nothing_is_sent_and_no_invoice_read_before_somebody_says_so(self):
        connection = self.connection.copy({"remote_company_id": "1"})
        active = connection.flow_ids
        ways = {(flow.entity, flow.direction) for flow in active}
        self.assertFalse([way for way in ways if way[1] == "push"])
        self.assertNotIn(("payment", "pull"), ways)
        invoices = active.filtered(lambda flow: flow.entity == "invoice")
        # Of what was sent: others' invoices come to Odoo if a person wants them.
        self.assertEqual(invoices.create_policy, "known")
