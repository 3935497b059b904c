# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import date, datetime

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.conformance import ConformanceCase

from ..reading import Cursor, Reader
from .stand_in import TripletexBooks


class TripletexCase(ConformanceCase):
    stand_in = TripletexBooks

    def setUp(self):
        super().setUp()
        self.world = self.books.world

    def queries(self, path):
        """Queries of the calls to *path* since the last ``forget_calls``."""
        return [dict(call["query"]) for call in self.world.calls(path=path)]

    def statuses(self, path):
        """Statuses of the calls to *path* since the last ``forget_calls``."""
        return [call["status"] for call in self.world.calls(path=path)]


@tagged("post_install", "-at_install")
class TestTripletexRegisters(TripletexCase):
    """Customers, suppliers, contacts, products."""

    def seed_long_ago(self, **counts):
        self.world.clock(set="2026-03-01T12:00:00Z")
        self.books.seed(**counts)
        self.world.clock(reset=True)

    def test_the_second_run_asks_only_for_what_changed_by_the_vendors_clock(self):
        self.seed_long_ago(customers=30)
        self.pull()
        self.books.add_customer("Ny Kunde AS")
        self.books.forget_calls()
        self.assertEqual(self.pull().received, 1)
        asked = {query["changedSince"] for query in self.queries("^/customer$")}
        self.assertEqual(len(asked), 1)
        self.assertLess(datetime.fromisoformat(asked.pop()), self.now())

    def test_nothing_is_missed_whatever_zone_the_filter_is_read_in(self):
        for zone in ("UTC", "Europe/Oslo"):
            self.world.settings(changed_since_zone=zone)
            self.pull()
            name = f"Kunde {zone} AS"
            customer = self.books.add_customer(name)
            self.pull()
            self.assertEqual(self.partner(customer).name, name)

    def test_an_ignored_filter_is_noticed_said_and_replaced_by_checksums(self):
        self.seed_long_ago(customers=30)
        self.pull()
        self.world.settings(changed_since="ignored")
        changed = self.books.add_customer("Ny Kunde AS")
        self.pull()
        self.assertEqual(self.partner(changed).name, "Ny Kunde AS")
        self.assertIn("checksum", self.flow("partner").note)
        self.books.forget_calls()
        job = self.pull()
        self.assertEqual((job.created, job.updated), (0, 0))
        self.assertEqual(set(self.statuses("^/customer$")), {304})
        self.assertIn("checksum", self.flow("partner").note)
        self.books.change_customer(changed, name="Nyere Kunde AS")
        self.assertEqual(self.pull().updated, 1)

    def test_a_heeded_filter_is_not_suspected_for_a_record_without_new_changes(self):
        self.seed_long_ago(customers=5)
        self.pull()
        self.books.add_customer("Ny Kunde AS")
        old = [{"timestamp": "2020-01-01T00:00:00+01:00", "changeType": "CREATE"}]
        self.world.fault(
            "^/customer$", query={"isInactive": "false"}, set_fields={"changes": old}
        )
        self.pull()
        self.assertFalse(self.flow("partner").note)

    def test_unchanged_products_are_answered_without_a_body(self):
        self.books.seed(products=45)
        self.connection.value_mapping_ids.is_nothing = True
        self.run_flow(self.flow("product"))
        self.connection.value_mapping_ids.write({"is_nothing": True, "res_id": False})
        self.pull("product", full=True)
        self.books.forget_calls()
        self.pull("product")
        self.assertEqual(set(self.statuses("^/product$")), {304})
        self.assertEqual(len(self.statuses("^/product$")), 3)
        product = self.books.add_product("Ny ting", price=9.0)
        self.pull("product")
        self.assertTrue(self.record_of(self.connection, "product", product))

    def test_lists_without_checksums_are_compared_record_by_record(self):
        for mode in ("unsupported", "restless"):
            self.world.settings(checksum=mode)
            product = self.books.add_product(f"Ting {mode}", price=1.0)
            self.pull("product")
            self.pull("product")
            self.assertTrue(self.record_of(self.connection, "product", product))
        self.assertEqual(len(self.bindings(self.connection, resource="product")), 2)

    def test_a_full_run_does_not_believe_a_checksum(self):
        product = self.books.add_product("Ting", price=1.0)
        self.pull("product")
        self.record_of(self.connection, "product", product).default_code = "X"
        self.books.forget_calls()
        self.pull("product", full=True)
        self.assertEqual(self.statuses("^/product$"), [200])

    def test_another_mapping_is_applied_although_nothing_changed_there(self):
        customer = self.books.add_customer("Hamar Hus AS")
        self.pull()
        line = self.flow("partner").mapping_ids.filtered(
            lambda x: (x.resource, x.field_path) == ("customer", "name")
        )
        line.copy({"field_path": "function"})
        self.pull()
        self.assertEqual(self.partner(customer).function, "Hamar Hus AS")

    def test_a_field_that_tripletex_does_not_have_is_named(self):
        self.env["ledger.field.mapping"].create(
            {
                "flow_id": self.flow("partner").id,
                "resource": "customer",
                "remote_path": "nickname",
                "field_path": "function",
            }
        )
        job = self.run_flow(self.flow("partner"))
        self.assertEqual((job.state, job.owner), ("failed", "mapping"), job.error)
        self.assertIn("nickname", job.error)
        self.assert_readable(job.error)

    def test_inactive_customers_are_archived_partners_whatever_the_default_shows(self):
        for default in ("hidden", "shown"):
            self.world.settings(inactive_default=default)
            customer = self.books.add_customer(f"Kunde {default} AS")
            self.books.change_customer(customer, isInactive=True)
            self.pull(full=True)
            self.assertFalse(self.partner(customer).active)
            self.books.change_customer(customer, isInactive=False)
            self.pull()
            self.assertTrue(self.partner(customer).active)
        self.assertEqual(len(self.bindings(self.connection, resource="customer")), 2)

    def test_who_is_customer_and_supplier_is_one_partner(self):
        for number, ids in enumerate(("one", "two"), 1):
            self.world.settings(party_ids=ids)
            self.world.seed(customers=6, also_suppliers=3, suppliers=2, seed=number)
        self.pull()
        customers = self.bindings(self.connection, resource="customer")
        suppliers = self.bindings(self.connection, resource="supplier")
        self.assertEqual((len(customers), len(suppliers)), (12, 10))
        both = set(customers.mapped("res_id")) & set(suppliers.mapped("res_id"))
        self.assertEqual(len(both), 6)
        for partner in self.env["res.partner"].browse(both):
            self.assertEqual((partner.customer_rank, partner.supplier_rank), (1, 1))
            link = customers.filtered(lambda x, p=partner: x.res_id == p.id)
            remote = self.world.object("customer", int(link.external_id))
            self.assertEqual(partner.ref, str(remote["customerNumber"]))

    def test_contacts_and_delivery_addresses_belong_to_their_customer(self):
        customer = self.books.add_customer(
            "Kunde AS",
            deliveryAddress={
                "name": "Lager",
                "addressLine1": "Kaia 3",
                "postalCode": "5003",
                "city": "Bergen",
                "country": {"id": 161},
            },
        )
        contact = self.world.add(
            "contact",
            firstName="Kari",
            lastName="Åsen",
            phoneNumberMobile="900 00 000",
            customer={"id": int(customer)},
        )
        self.pull()
        partner = self.partner(customer)
        kinds = {child.type: child for child in partner.child_ids}
        self.assertEqual(set(kinds), {"contact", "delivery"})
        person = self.record_of(self.connection, "contact", contact["id"])
        self.assertEqual(kinds["contact"], person)
        self.assertEqual((person.name, person.phone), ("Kari Åsen", "900 00 000"))
        place = kinds["delivery"]
        self.assertEqual((place.name, place.city), ("Lager", "Bergen"))
        self.assertEqual(place.country_id.code, "NO")
        self.assertNotEqual(partner.city, "Bergen")

    def test_units_arrive_and_one_that_odoo_does_not_know_is_no_obstacle(self):
        units = {one["commonCode"]: one for one in self.world.objects("product/unit")}
        ids = {
            code: self.world.add(
                "product", name=f"Per {code}", productUnit={"id": units[code]["id"]}
            )["id"]
            for code in ("HUR", "PK")
        }
        self.connection.value_mapping_ids.write({"is_nothing": True})
        self.run_flow(self.flow("product"))
        self.connection.value_mapping_ids.write({"is_nothing": True})
        self.pull("product", full=True)
        hour = self.record_of(self.connection, "product", ids["HUR"])
        self.assertEqual(hour.uom_id, self.env.ref("uom.product_uom_hour"))
        pack = self.record_of(self.connection, "product", ids["PK"])
        self.assertEqual(pack.uom_id, self.env.ref("uom.product_uom_unit"))

    def test_only_mapped_fields_are_asked_for(self):
        self.pull()
        asked = self.queries("^/customer$")[0]["fields"]
        self.assertNotIn("*", asked)
        self.assertNotIn("accountManager", asked)
        self.assertIn("organizationNumber", asked)


@tagged("post_install", "-at_install")
class TestTripletexDocuments(TripletexCase):
    """Invoices, by windows of dates."""

    def setUp(self):
        super().setUp()
        self.customer = self.books.add_customer("Kunde AS")

    def add(self, day, **values):
        line = ("Frakt", 1, 100.0, self.books.tax_code, None)
        return self.books.add_invoice(self.customer, [line], date=day, **values)

    def linked(self):
        return set(
            self.bindings(self.connection, resource="invoice").mapped("external_id")
        )

    def test_first_and_last_days_of_months_are_read_once_and_none_before_the_start(
        self,
    ):
        self.flow("invoice").start_date = "2025-11-15"
        wanted = {
            self.add(day)
            for day in ("2025-11-15", "2025-11-30", "2025-12-01", "2026-01-31")
        }
        self.add("2025-11-14")
        self.pull("invoice")
        self.assertEqual(self.linked(), wanted)

    def test_an_invoice_of_tomorrow_is_read_on_the_last_day_of_a_month(self):
        invoice, later = self.add("2026-02-01"), self.add("2026-03-01")
        with self.committing(self.responsible) as env:
            connection = self.connection.with_env(env)
            client = connection._connector()._client(connection)
            reader = Reader(client, Cursor(), {"invoice": "id"})
            pages = list(
                reader.documents("invoice", date(2026, 1, 1), date(2026, 1, 31))
            )
        found = {str(record["id"]) for page in pages for record in page.records}
        self.assertEqual(found, {invoice})
        self.assertNotIn(later, found)
        self.assertEqual([page.last for page in pages], [False, True])
        self.assertIsNone(pages[-1].cursor["at"])

    def test_old_years_are_read_whole_and_without_a_start_all_of_them(self):
        self.flow("invoice").start_date = False
        wanted = {self.add(day) for day in ("2009-05-04", "2019-12-31", "2026-02-01")}
        self.books.forget_calls()
        self.pull("invoice")
        self.assertEqual(self.linked(), wanted)
        self.assertLess(self.books.calls("^/invoice$"), 60)

    def test_a_window_with_too_many_rows_is_halved_until_it_is_answered(self):
        self.world.settings(row_limit=2)
        days = ("2026-01-02", "2026-01-03", "2026-01-18", "2026-01-19", "2026-01-30")
        wanted = {self.add(day) for day in days}
        self.pull("invoice")
        self.assertEqual(self.linked(), wanted)
        self.pull("invoice")

    def test_too_many_rows_in_one_day_are_told_in_words(self):
        self.world.settings(row_limit=2)
        for _number in range(3):
            self.add("2026-01-02")
        job = self.run_flow(self.flow("invoice"))
        self.assertEqual((job.state, job.owner), ("failed", "bug"))
        self.assert_readable(job.error)

    def test_an_unchanged_second_run_gets_no_body(self):
        self.add("2026-01-02")
        self.pull("invoice")
        self.books.forget_calls()
        job = self.pull("invoice")
        self.assertEqual(set(self.statuses("^/invoice$")), {304})
        self.assertEqual(job.received, 0)

    def test_a_run_that_broke_off_goes_on_in_the_middle_of_a_window(self):
        wanted = {self.add("2026-01-02") for _number in range(25)}
        later = self.add("2026-03-02")
        self.world.fault("^/invoice$", nth=[2, 3, 4], drop=True)
        job = self.run_flow(self.flow("invoice"))
        self.assertEqual(job.owner, "retry")
        self.assertEqual(len(self.linked()), 20)
        place = self.flow("invoice").cursor["at"]["at"]
        self.assertEqual((place["from"], place["start"]), ("2026-01-01", 20))
        self.books.clear_faults()
        self.books.forget_calls()
        self.pull("invoice")
        self.assertEqual(self.queries("^/invoice$")[0]["from"], "20")
        self.assertEqual(self.linked(), {*wanted, later})

    def test_lines_of_a_credit_note_are_the_credited_ones(self):
        invoice = self.add("2026-01-02")
        note = self.books.credit(invoice)
        self.pull("invoice")
        move = self.record_of(self.connection, "invoice", note)
        self.assertEqual(move.move_type, "out_refund")
        self.assertEqual(move.invoice_line_ids.mapped("quantity"), [1.0])
        self.assertEqual(move.invoice_line_ids.mapped("price_unit"), [100.0])
