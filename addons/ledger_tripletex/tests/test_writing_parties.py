# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import tagged

from .writing_case import OSLO, WritingCase

#: (Sandbox) Its id of the country.
SWEDEN = 207


@tagged("post_install", "-at_install")
class TestNewParties(WritingCase):
    def test_customers_are_created_in_one_call(self):
        names = [f"Kunde {n} AS" for n in range(3)]
        ids = self.made(*(self.new_customer(name) for name in names))
        self.assert_calls("POST /customer/list")
        self.assertEqual([self.there("customer", x)["name"] for x in ids], names)

    def test_a_single_customer_needs_no_list(self):
        (number,) = self.made(
            self.new_customer("Blåbær & Sønn AS", email="a@example.org")
        )
        self.assert_calls("POST /customer")
        found = self.there("customer", number, "name,email,postalAddress(*)")
        self.assertEqual(found["name"], "Blåbær & Sønn AS")
        self.assertEqual(found["postalAddress"]["city"], "Oslo")

    def test_the_answer_is_the_record_as_it_would_be_read(self):
        for count in (1, 2):
            operations = [self.new_customer(f"Kunde {count}{n}") for n in range(count)]
            for result in self.send(*operations):
                self.assertTrue(result.version)
                pages = self.connector._fetch(
                    self.client, self.any_flow, "customer", [result.external_id]
                )
                (read,) = next(pages).records
                mapping = self.flow("partner")._mappings()["customer"]
                values = mapping.extractor.values
                told, said = values(result.record), values(read)
                self.assertEqual([x or None for x in told], [x or None for x in said])

    def test_a_supplier_and_a_customer_that_is_a_supplier_too(self):
        (both,) = self.made(self.new_customer("Begge AS", isSupplier=True))
        (supplier,) = self.made(
            self.creation("supplier", name="Leverandør AS", postalAddress=OSLO)
        )
        self.assertTrue(self.there("customer", both)["isSupplier"])
        self.assertEqual(self.there("supplier", supplier)["name"], "Leverandør AS")
        self.assertFalse(self.there("supplier", supplier)["isCustomer"])

    def test_a_business_without_an_address_gets_its_invoices_by_mail(self):
        self.world.settings(customer_send_method="EHF")
        ids = self.made(
            self.new_customer("Uten AS", postalAddress={"city": ""}),
            self.new_customer("Med AS"),
            self.new_customer("Kari", isPrivateIndividual=True, postalAddress={}),
        )
        methods = [self.there("customer", x)["invoiceSendMethod"] for x in ids]
        self.assertEqual(methods, ["EMAIL", "EHF", "EHF"])

    def test_a_foreign_business_number_is_checked_by_its_own_country(self):
        swedish = {**OSLO, "city": "Malmö", "country": {"isoAlpha2Code": "SE"}}
        (number,) = self.made(
            self.new_customer(
                "Svensk AB", organizationNumber="556036-0793", postalAddress=swedish
            )
        )
        fields = "postalAddress(country(isoAlpha2Code)),physicalAddress(*,country(*))"
        found = self.there("customer", number, fields)
        self.assertEqual(found["physicalAddress"]["country"]["isoAlpha2Code"], "SE")
        self.assertFalse(found["physicalAddress"]["addressLine1"])

    def test_countries_are_asked_for_once(self):
        address = {"city": "Malmö", "country": {"isoAlpha2Code": "SE"}}
        self.made(self.new_customer("En AB", postalAddress=address))
        asked = self.books.calls("^/country")
        self.made(self.new_customer("To AB", postalAddress=address))
        self.assertEqual(self.books.calls("^/country"), asked)
        self.assertGreater(asked, 0)

    def test_norway_is_known_without_asking(self):
        self.made(self.new_customer("En AS"))
        self.assertEqual(self.books.calls("^/country"), 0)

    def test_a_country_that_is_unknown_there_holds_its_customer_only(self):
        nowhere = {"city": "X", "country": {"isoAlpha2Code": "XX"}}
        results = self.send(
            self.new_customer("God AS"),
            self.new_customer("Borte AS", postalAddress=nowhere),
            self.new_customer("Bra AS"),
        )
        self.assert_outcomes(results, "done", "refused", "done")
        self.assert_readable(results[1].error.sentence)
        self.assertIn("Borte AS", results[1].error.sentence)
        self.assertEqual(self.books.count("customers"), 2)

    def test_answers_in_another_order_are_told_apart_by_their_names(self):
        writer = self.connector._writer(self.client, self.connection, "customer")
        sent = [{"name": "A"}, {"name": "B"}]
        answers = [{"name": "B", "id": 2}, {"name": "A", "id": 1}]
        self.assertEqual([one["id"] for one in writer._in_order(sent, answers)], [1, 2])


@tagged("post_install", "-at_install")
class TestChangedParties(WritingCase):
    def setUp(self):
        super().setUp()
        self.number = int(self.add_customer("Kunde AS", email="old@example.org"))
        self.world.clear_calls()

    def there_now(
        self, fields="*,postalAddress(*),physicalAddress(*),deliveryAddress(*)"
    ):
        return self.there("customer", self.number, fields)

    def test_what_is_not_named_stays_as_it_is(self):
        self.made(self.change("customer", self.there_now(), name="Ny AS"))
        self.assert_calls(f"PUT /customer/{self.number}")
        found = self.there_now()
        self.assertEqual((found["name"], found["email"]), ("Ny AS", "old@example.org"))

    def test_an_emptied_field_is_emptied_there(self):
        self.made(self.change("customer", self.there_now(), email=""))
        self.assertEqual(self.there_now()["email"], "")

    def test_many_are_changed_in_one_call_that_names_their_versions(self):
        other = int(self.add_customer("Annen AS"))
        records = [self.there_now(), self.there("customer", other)]
        results = self.send(
            *(self.change("customer", one, phoneNumber="22334455") for one in records)
        )
        self.assert_outcomes(results, "done", "done")
        self.assert_calls("PUT /customer/list")
        for result, record in zip(results, records, strict=True):
            self.assertGreater(int(result.version), record["version"])

    def test_a_part_of_an_address_changes_and_the_rest_of_it_stays(self):
        before = self.there_now()["postalAddress"]
        self.made(
            self.change("customer", self.there_now(), postalAddress={"city": "Bergen"})
        )
        after = self.there_now()["postalAddress"]
        self.assertEqual(after["id"], before["id"])
        self.assertEqual(after["city"], "Bergen")
        self.assertEqual(after["postalCode"], before["postalCode"])

    def test_addresses_are_asked_for_once_a_batch(self):
        other = int(self.add_customer("Annen AS"))
        records = [self.there_now(), self.there("customer", other)]
        self.made(
            *(
                self.change("customer", one, postalAddress={"city": "Bergen"})
                for one in records
            )
        )
        self.assert_calls("GET /customer", "PUT /customer/list")

    def test_an_address_that_is_not_there_yet_comes_whole(self):
        bare = self.world.add("customer", name="Uten AS")
        whole = {"postalAddress": {**OSLO, "city": "Bergen"}}
        self.made(
            self.change("customer", bare, whole, postalAddress=whole["postalAddress"])
        )
        found = self.there("customer", bare["id"], "postalAddress(*)")
        self.assertEqual(found["postalAddress"]["addressLine1"], "Storgata 1")
        self.assertEqual(found["postalAddress"]["city"], "Bergen")

    def test_a_stale_version_changes_nothing(self):
        stale = self.there_now()
        self.world.update("customer", self.number, phoneNumber="1")
        (result,) = self.send(self.change("customer", stale, name="Ny AS"))
        self.assert_outcomes([result], "stale")
        self.assertEqual(self.there_now()["name"], "Kunde AS")

    def test_one_stale_version_refuses_the_whole_call_which_the_engine_splits(self):
        other = self.there("customer", self.add_customer("Annen AS"))
        stale = self.there_now()
        self.world.update("customer", self.number, phoneNumber="1")
        operations = [
            self.change("customer", one, name="Ny AS") for one in (stale, other)
        ]
        with self.assertRaises(Exception) as caught:
            self.send(*operations)
        self.assertEqual(
            (caught.exception.code, caught.exception.sent), ("8000", False)
        )
        self.assertEqual(self.there("customer", other["id"])["name"], "Annen AS")

    def test_a_customer_that_is_gone_is_said_to_be(self):
        gone = self.there_now()
        self.books.delete_customer(self.number)
        self.assert_outcomes(
            self.send(self.change("customer", gone, name="Ny AS")), "gone"
        )

    def test_a_record_deleted_in_odoo_becomes_inactive_there(self):
        self.made(self.deactivate("customer", self.there_now()))
        self.assertTrue(self.there_now()["isInactive"])

    def test_a_business_that_moves_abroad_takes_its_number_along(self):
        whole = {
            "organizationNumber": "556036-0793",
            "postalAddress": {**OSLO, "country": {"isoAlpha2Code": "SE"}},
        }
        self.made(self.change("customer", self.there_now(), whole, **whole))
        found = self.there_now(
            "organizationNumber,physicalAddress(country(isoAlpha2Code))"
        )
        self.assertEqual(found["organizationNumber"], "556036-0793")
        country = found["physicalAddress"]["country"]
        self.assertEqual(country["isoAlpha2Code"], "SE")

    def abroad(self, **values):
        """A Swedish customer whose number was never held against its country."""
        self.world.settings(org_number_check=False)
        self.world.update(
            "customer",
            self.number,
            organizationNumber="556036-0793",
            postalAddress={"addressLine1": "Storgatan 1", "country": {"id": SWEDEN}},
            **values,
        )
        self.world.settings(org_number_check=True)
        self.world.clear_calls()
        return {
            "organizationNumber": "556036-0793",
            "postalAddress": {
                "addressLine1": "Storgatan 1",
                "country": {"isoAlpha2Code": "SE"},
            },
        }

    def test_another_change_of_a_business_abroad_does_not_fail_at_its_number(self):
        whole = self.abroad()
        self.made(self.change("customer", self.there_now(), whole, phoneNumber="1"))
        found = self.there_now()
        self.assertEqual(found["phoneNumber"], "1")
        self.assertEqual(found["organizationNumber"], "556036-0793")
        self.assertEqual(found["physicalAddress"]["country"]["id"], SWEDEN)

    def test_a_change_names_the_number_only_where_it_changed(self):
        whole = self.abroad()
        self.made(self.change("customer", self.there_now(), whole, phoneNumber="1"))
        (call,) = self.world.calls(method="PUT")
        self.assertEqual(
            set(call["body"]), {"id", "version", "phoneNumber", "physicalAddress"}
        )

    def test_a_change_of_a_business_at_home_asks_for_no_addresses(self):
        whole = {"organizationNumber": "911222302", "postalAddress": OSLO}
        self.made(self.change("customer", self.there_now(), whole, phoneNumber="1"))
        self.assert_calls(f"PUT /customer/{self.number}")

    def test_somebodys_physical_address_is_left_alone(self):
        place = {"addressLine1": "Kaia 3", "city": "Bergen", "country": {"id": 161}}
        self.world.update("customer", self.number, physicalAddress=place)
        whole = {"postalAddress": {**OSLO, "country": {"isoAlpha2Code": "SE"}}}
        self.made(self.change("customer", self.there_now(), whole, **whole))
        self.assertEqual(self.there_now()["physicalAddress"]["addressLine1"], "Kaia 3")
