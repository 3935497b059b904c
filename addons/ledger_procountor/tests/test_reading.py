# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading costs as few calls as there are pages, and misses nothing."""

from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import tagged

from ..client import moment_of
from ..reading import Reader
from ..reading.moments import OVERLAP
from .books_case import BooksCase

LIST = r"/businesspartners$"
BATCH = r"/businesspartners/[\d,]+$"


@tagged("post_install", "-at_install")
class TestReadingRegisters(BooksCase):
    def test_a_page_costs_its_list_and_one_call_for_what_is_in_it(self):
        self.books.seed(customers=45)
        self.pull()
        # Three pages of those in use, an empty one of those that are not.
        self.assertEqual(self.books.calls(LIST), 4)
        self.assertEqual(self.books.calls(BATCH), 3)
        self.assertEqual(self.books.calls(), 4 + 3 + 1, "and a token")

    def test_a_run_without_news_asks_for_the_lists_and_nothing_else(self):
        self.world.clock(advance=-6 * 3600)
        self.books.seed(customers=25)
        self.world.clock(advance=6 * 3600)
        self.pull()
        self.books.forget_calls()
        self.pull()
        self.assertEqual(self.books.calls(), 2)

    def test_products_come_whole_with_their_list(self):
        self.books.seed(products=45)
        self.run_flow(self.flow("product"))
        self.assertEqual(self.books.calls(r"/products"), 3)

    def test_customers_out_of_use_are_archived_in_odoo(self):
        gone = self.books.add_customer("Lopetettu Oy")
        stays = self.books.add_customer("Jatkuva Oy")
        self.deactivate(gone)
        self.pull()
        self.assertFalse(self.partner(gone).active)
        self.assertTrue(self.partner(stays).active)
        self.deactivate(stays)
        self.deactivate(gone, active=True)
        self.pull()
        self.assertTrue(self.partner(gone).active)
        self.assertFalse(self.partner(stays).active)

    def deactivate(self, external_id, active=False):
        self.world.update(
            "businesspartners", int(external_id), registryInfo={"active": active}
        )

    def test_suppliers_and_staff_do_not_come(self):
        self.world.seed(partners=2, suppliers=3)
        self.pull()
        self.assertEqual(len(self.bindings(self.connection)), 2)

    def test_a_persons_national_id_never_comes(self):
        customer = self.books.add_customer("Maija Mallikas")
        for kind in ("HETU", "FI"):
            info = {"identifier": "131052-308T", "identifierType": kind}
            self.world.update("businesspartners", int(customer), invoicingInfo=info)
            self.pull(full=True)
            partner = self.partner(customer)
            self.assertFalse(partner.company_registry)
            self.assertFalse(partner.is_company)

    def test_countries_go_by_their_code(self):
        names = {
            "FINLAND": "FI",
            "UNITED_KINGDOM_OF_GREAT_BRITAIN_AND_NORTHERN_IRELAND": "GB",
        }
        for name, code in names.items():
            customer = self.books.add_customer(f"Yritys {code}")
            address = {"country": name, "street": "Katu 1"}
            self.world.update("businesspartners", int(customer), address=address)
            self.pull()
            self.assertEqual(self.partner(customer).country_id.code, code)

    def test_changes_are_found_whatever_zone_the_vendors_moments_are_in(self):
        for zone in ("UTC", "Europe/Helsinki"):
            with self.subTest(zone=zone):
                self.world.settings(time_zone=zone)
                self.flow("partner").cursor = False
                self.pull()
                customer = self.books.add_customer(f"Uusi {zone} Oy")
                self.pull()
                self.assertTrue(self.partner(customer))

    def test_once_the_zone_is_seen_little_is_asked_for_twice(self):
        self.books.add_customer("Uusi Oy")
        self.pull()
        flow = self.flow("partner")
        self.assertTrue(flow.cursor["at"]["finnish"])
        asked = datetime.fromisoformat(flow.cursor["at"]["since"]["customer"])
        self.books.forget_calls()
        self.pull()
        [first, _second] = self.world.calls(path=LIST)
        since = moment_of(dict(first["query"])["versionStartDate"])
        self.assertLess(abs(asked - OVERLAP - since), timedelta(seconds=2))

    def test_another_mapping_is_applied_although_nothing_changed_there(self):
        customer = self.books.add_customer("Kunde AS")
        self.pull()
        line = self.flow("partner").mapping_ids.filtered(
            lambda x: (x.resource, x.field_path) == ("customer", "name")
        )
        line.copy({"field_path": "function"})
        self.pull()
        self.assertEqual(self.partner(customer).function, "Kunde AS")


@tagged("post_install", "-at_install")
class TestReadingOrders(BooksCase):
    def orders(self, cursor=None):
        """The only page of orders from *cursor* on."""
        with self.committing() as env:
            connection = self.connection.with_env(env)
            client = connection._connector()._client(connection)
            first = fields.Date.to_date("2026-01-01")
            [page] = Reader(client, ("order",), first, "mapping", cursor).pages()
        return page

    def test_orders_are_read_from_the_table_of_invoices(self):
        customer = self.books.add_customer("Kunde AS")
        line = ("Ting", 1, 100.0, self.books.tax_code, None)
        number = self.books.add_invoice(customer, [line])
        self.world.do("set_status", id=int(number), status="INVALIDATED")
        self.books.forget_calls()
        page = self.orders()
        self.assertEqual((page.resource, page.last, page.end), ("order", True, True))
        [record] = page.records
        self.assertEqual(str(record["id"]), number)
        self.assertEqual(record["^"]["total"], 125.0)
        self.assertEqual(record["status"], "INVALIDATED")
        self.assertEqual(self.books.calls(r"/invoices"), 2)
        self.assertFalse(record["^"].get("payments"))

    def test_later_runs_ask_for_what_changed_and_for_no_older_invoice(self):
        page = self.orders()
        self.books.forget_calls()
        page = self.orders(page.cursor)
        self.assertTrue(page.partial)
        [call] = self.world.calls(path=r"/invoices")
        self.assertIn("versionStartDate", str(call["query"]))
        self.assertIn("2026-01-01", str(call["query"]))
