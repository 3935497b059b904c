# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.transport.errors import LedgerError

from ..errors import RULES
from .writing_case import WritingCase

FORBIDDEN = {"status": 403, "code": 9000, "message": "You do not have permission."}


@tagged("post_install", "-at_install")
class TestOneByOne(WritingCase):
    """Where a key may not use a list of the vendor's."""

    def setUp(self):
        super().setUp()
        self.kunde = self.add_customer("Kunde AS")
        self.world.settings(beta_lists="forbidden")
        self.world.clear_calls()

    def test_customers_are_then_created_one_after_the_other(self):
        ids = self.made(*(self.new_customer(f"Ny {n}") for n in range(3)))
        posts = ["POST /customer"] * 3
        self.assert_calls("POST /customer/list", *posts)
        self.assertEqual(len(set(ids)), 3)
        self.assertEqual(self.books.count("customers"), 4)

    def test_the_list_is_tried_once_a_run(self):
        self.made(self.new_customer("A"), self.new_customer("B"))
        self.made(self.new_customer("C"), self.new_customer("D"))
        self.assertEqual(self.books.calls("^/customer/list$"), 1)
        self.client = self.new_client()
        self.made(self.new_customer("E"), self.new_customer("F"))
        self.assertEqual(self.books.calls("^/customer/list$"), 2)

    def test_customers_are_changed_one_after_the_other(self):
        records = [self.world.add("customer", name=name) for name in ("A", "B")]
        self.made(*(self.change("customer", x, email="a@example.org") for x in records))
        mails = [self.there("customer", x["id"])["email"] for x in records]
        self.assertEqual(mails, ["a@example.org"] * 2)

    def test_invoices_too_and_nothing_is_mailed(self):
        results = self.send(*(self.invoice(self.kunde, f"INV/{n}") for n in range(2)))
        self.assert_outcomes(results, "done", "done")
        calls = self.world.calls(path="^/invoice$", method="POST")
        said = [dict(call["query"])["sendToCustomer"] for call in calls]
        self.assertEqual(said, ["false", "false"])
        self.assertEqual(self.world.outbox(), [])
        # The short answers of single calls are completed by one reading.
        self.assertTrue(all(one.record["amountCurrency"] == 125 for one in results))
        self.assertEqual(len(self.world.calls(path="^/invoice$", method="GET")), 1)

    def test_a_booked_invoice_stays_booked_where_it_cannot_be_read_back(self):
        self.world.fault("^/invoice$", method="GET", status=503, body="<html>")
        results = self.send(*(self.invoice(self.kunde, f"INV/{n}") for n in range(2)))
        self.assert_outcomes(results, "done", "done")
        self.assertTrue(all(one.external_id and not one.record for one in results))

    def test_a_bad_one_among_them_stands_alone(self):
        results = self.send(
            self.order(self.kunde, "S1"),
            self.order("999", "S2"),
            self.order(self.kunde, "S3"),
        )
        self.assert_outcomes(results, "done", "refused", "done")

    def test_a_lost_answer_makes_one_uncertain_and_the_rest_is_not_sent(self):
        self.world.fault("^/customer$", method="POST", nth=2, cut=True)
        results = self.send(*(self.new_customer(f"Ny {n}") for n in range(4)))
        self.assert_outcomes(results, "done", "uncertain", "refused", "refused")
        self.assertEqual(self.books.count("customers"), 3)
        self.assertTrue(results[1].error.sent)
        self.assertFalse(any(one.error.sent for one in results[2:]))

    def test_a_lost_first_answer_is_raised(self):
        self.world.fault("^/customer$", method="POST", nth=1, cut=True)
        with self.assertRaises(LedgerError) as caught:
            self.send(self.new_customer("A"), self.new_customer("B"))
        self.assertTrue(caught.exception.sent)
        self.assertEqual(self.books.count("customers"), 2)

    def test_a_limit_in_the_middle_leaves_the_rest_for_later(self):
        self.world.fault("^/customer$", method="POST", after=1, status=429)
        results = self.send(*(self.new_customer(f"Ny {n}") for n in range(3)))
        self.assert_outcomes(results, "done", "refused", "refused")
        problem = self.connector._explain(results[2].error, "Ny 2")
        self.assertEqual(problem.owner, "wait")

    def test_a_server_that_fails_is_no_reason_to_send_again(self):
        self.world.clear_faults()
        self.world.fault("^/customer/list$", status=500, body="<html>")
        with self.assertRaises(LedgerError) as caught:
            self.send(self.new_customer("A"), self.new_customer("B"))
        self.assertTrue(caught.exception.sent)
        self.assertFalse(self.world.calls(path="^/customer$", method="POST"))

    def test_a_missing_right_is_raised_and_nothing_is_done(self):
        self.world.remove_right("AUTH_CUSTOMER_ADMIN")
        with self.assertRaises(LedgerError) as caught:
            self.send(self.new_customer("A"), self.new_customer("B"))
        self.assertEqual(
            (caught.exception.code, caught.exception.sent), ("9000", False)
        )


@tagged("post_install", "-at_install")
class TestLostAnswers(WritingCase):
    """A call whose answer never came: found again, and never twice there."""

    def setUp(self):
        super().setUp()
        self.kunde = self.add_customer("Kunde AS", business_id="911222337")

    def lose(self, path, *operations):
        self.world.fault(path, method="POST", cut=True, times=1)
        with self.assertRaises(LedgerError) as caught:
            self.send(*operations)
        self.assertTrue(caught.exception.sent)

    def assert_found(self, resource, *operations):
        found = self.find(*operations)
        self.assertEqual([len(ids) for ids in found], [1] * len(operations), found)
        for (number,), operation in zip(found, operations, strict=True):
            there = self.there(resource, number)
            for key in {"name", "number"} & set(operation.values):
                self.assertEqual(there[key], operation.values[key])

    def test_customers_with_a_business_number(self):
        operations = [
            self.new_customer("Hamar AS", organizationNumber="922333440"),
            self.new_customer("Lom AS", organizationNumber="933444554"),
        ]
        self.lose("^/customer/list$", *operations)
        self.assert_found("customer", *operations)

    def test_many_customers_are_looked_for_by_reading_the_list_once(self):
        operations = [
            self.new_customer(f"Ny {n}", phoneNumber=str(n)) for n in range(9)
        ]
        self.lose("^/customer/list$", *operations)
        self.world.clear_calls()
        self.assert_found("customer", *operations)
        self.assertLess(self.books.calls("^/customer$"), 9)

    def test_a_customer_without_a_number_is_told_by_name_and_mail(self):
        operation = self.new_customer("Kari", email="kari@example.org")
        self.world.add("customer", name="Kari", email="another@example.org")
        self.world.add("customer", name="Kari Olsen", email="kari@example.org")
        self.assertEqual(self.find(operation), [[]])
        self.lose("^/customer$", operation)
        self.assert_found("customer", operation)

    def test_namesakes_without_a_mail_are_told_by_where_they_live(self):
        operation = self.new_customer("Kari")
        self.world.add("customer", name="Kari", postalAddress={"city": "Bergen"})
        self.world.add("customer", name="Karina")
        self.assertEqual(self.find(operation), [[]])
        self.lose("^/customer$", operation)
        self.assert_found("customer", operation)

    def test_of_several_with_one_number_those_of_the_name_are_meant(self):
        one = self.world.add("customer", name="A AS", organizationNumber="922333440")
        self.world.add("customer", name="B AS", organizationNumber="922333440")
        named = self.new_customer("A AS", organizationNumber="922333440")
        other = self.new_customer("C AS", organizationNumber="922 333 440")
        self.assertEqual(self.find(named), [[str(one["id"])]])
        self.assertEqual(len(self.find(other)[0]), 2)

    def test_inactive_customers_are_found_too(self):
        self.world.add(
            "customer", name="Hvil AS", organizationNumber="922333440", isInactive=True
        )
        ((number,),) = self.find(
            self.new_customer("Hvil AS", organizationNumber="922333440")
        )
        self.assertTrue(self.there("customer", number)["isInactive"])

    def test_suppliers(self):
        operations = [
            self.creation("supplier", name="En AS", organizationNumber="922333440"),
            self.creation("supplier", name="To AS", email="to@example.org"),
            self.creation("supplier", name="Tre AS", phoneNumber="33"),
        ]
        self.lose("^/supplier/list$", *operations)
        self.assert_found("supplier", *operations)

    def test_products_by_number_or_name(self):
        operations = [
            self.creation("product", name="Kaffe", number="K-1"),
            self.creation("product", name="Te"),
        ]
        self.world.add("product", name="Te og kaffe", number="K-11")
        self.assertEqual(self.find(*operations), [[], []])
        self.lose("^/product/list$", *operations)
        self.assert_found("product", *operations)

    def test_orders_by_number_and_customer(self):
        other = self.add_customer("Annen AS")
        operations = [self.order(self.kunde, f"S{n}") for n in range(2)]
        self.made(self.order(other, "S9"))
        self.assertEqual(self.find(self.order(self.kunde, "S9")), [[]])
        self.lose("^/order/list$", *operations)
        self.assert_found("order", *operations)

    def test_invoices_by_the_number_of_the_order_behind(self):
        operations = [self.invoice(self.kunde, f"INV/{n}") for n in range(3)]
        self.assertEqual(self.find(*operations), [[], [], []])
        self.lose("^/invoice/list$", *operations)
        self.assert_found("invoice", *operations)
        self.assertEqual(self.books.count("invoices"), 3)

    def test_an_invoice_of_another_customer_with_the_same_number_is_another_one(self):
        other = self.add_customer("Annen AS")
        self.made(self.invoice(other, "INV/1"))
        self.assertEqual(self.find(self.invoice(self.kunde, "INV/1")), [[]])

    def test_many_documents_of_a_few_days_are_a_few_calls(self):
        days = ["2026-03-02", "2026-03-03"]
        operations = [
            self.invoice(self.kunde, f"INV/{n}", day=days[n % 2]) for n in range(8)
        ]
        self.lose("^/invoice/list$", *operations)
        self.world.clear_calls()
        self.assert_found("invoice", *operations)
        self.assertEqual(self.books.calls("^/invoice$"), 3)

    def test_what_is_found_is_complete_as_if_it_were_read(self):
        (number,) = self.made(self.new_customer("Kari", email="kari@example.org"))
        operation = self.new_customer("Kari", email="kari@example.org")
        ((record,),) = self.connector._find(self.client, self.any_flow, [operation])
        self.assertEqual(str(record["id"]), number)
        self.assertEqual(record["^"]["address"]["city"], "Oslo")


@tagged("post_install", "-at_install")
class TestOutcomes(WritingCase):
    """What the vendor's errors say of a write."""

    ANSWERS = [
        (409, 8000, "RevisionException", "update", "stale", "retry"),
        (409, 7000, "Finnes", "create", "exists", "record"),
        (409, 14000, "Duplikat", "create", "exists", "record"),
        (409, 7000, "Finnes", "update", "refused", "record"),
        (404, 6000, "Object not found", "update", "gone", "record"),
        (404, 6000, "Object not found", "create", "refused", "record"),
        (409, 10000, "Låst", "update", "refused", "record"),
        (
            422,
            16000,
            "Feltet eksisterer ikke i objektet.",
            "create",
            "refused",
            "mapping",
        ),
        (422, 18000, "Nummeret er i bruk.", "create", "exists", "record"),
        (422, 18000, "The number is in use.", "update", "refused", "record"),
        (422, 18000, "Ugyldig mva-kode.", "create", "refused", "mapping"),
        (422, 18000, "Perioden er stengt.", "create", "refused", "record"),
        (422, 18000, "Ordren er lukket.", "update", "refused", "record"),
        (422, 18000, "Enhetspris må være med mva.", "create", "refused", "mapping"),
        (
            *(
                422,
                18000,
                "Faktura kan ikke opprettes før selskapet har registrert et ",
            ),
            *("create", "refused", "record"),
        ),
        (422, 18000, "Noe annet.", "create", "refused", "record"),
    ]

    def test_each_has_its_outcome_and_its_sentence(self):
        record = self.world.add("customer", name="Kunde AS")
        for status, code, message, kind, outcome, owner in self.ANSWERS:
            with self.subTest(code=code, message=message, kind=kind):
                body = {"status": status, "code": code, "message": message}
                self.world.fault("^/customer", status=status, body=body)
                operation = (
                    self.new_customer("Ny AS")
                    if kind == "create"
                    else self.change("customer", record, name="Ny AS")
                )
                (result,) = self.send(operation)
                self.world.clear_faults()
                self.assert_outcomes([result], outcome)
                problem = self.connector._explain(result.error, "Ny AS")
                self.assertEqual(problem.owner, owner)
                self.assert_readable(problem.sentence)

    def test_the_table_knows_only_outcomes_that_the_engine_knows(self):
        said = {rule.outcome for rule in RULES}
        self.assertEqual(said, {"", "stale", "exists", "gone"})

    def test_a_lost_reading_before_the_write_leaves_nothing_uncertain(self):
        self.world.fault("^/country", cut=True)
        swedish = {"city": "Malmö", "country": {"isoAlpha2Code": "SE"}}
        with self.assertRaises(LedgerError) as caught:
            self.send(self.new_customer("Ny AB", postalAddress=swedish))
        self.assertFalse(caught.exception.sent)

    def test_an_answer_without_an_id_is_uncertain(self):
        self.world.fault("^/customer$", method="POST", text='{"value": {"name": "A"}}')
        with self.assertRaises(LedgerError) as caught:
            self.send(self.new_customer("A"))
        self.assertTrue(caught.exception.sent)

    def test_an_answer_with_fewer_objects_is_uncertain(self):
        self.world.fault("^/customer/list$", text='{"values": [{"id": 1}]}')
        with self.assertRaises(LedgerError) as caught:
            self.send(self.new_customer("A"), self.new_customer("B"))
        self.assertTrue(caught.exception.sent)

    def test_the_books_of_another_company_are_not_written_to(self):
        self.connection.remote_company_id = "4711"
        self.world.fault("whoAmI", set_fields={"companyId": 1})
        self.client = self.new_client()
        with self.assertRaises(Exception) as caught:
            self.send(self.new_customer("A"))
        self.assertTrue(caught.exception)
        self.assertEqual(self.books.count("customers"), 0)

    def test_which_company_it_is_is_asked_once_a_run(self):
        self.connection.remote_company_id = str(self.world.credentials["company_id"])
        self.client = self.new_client()
        for name in ("A", "B"):
            self.made(self.new_customer(name))
        self.assertEqual(self.books.calls("whoAmI"), 1)
