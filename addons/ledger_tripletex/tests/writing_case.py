# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What tests of writing share: operations made by hand, sent by the connector."""

from contextlib import ExitStack

from odoo.addons.ledger_connector_base.sync.contract import Operation
from odoo.addons.ledger_connector_base.tests.conformance_case import ConformanceCase

from .stand_in import TripletexBooks

OSLO = {
    "addressLine1": "Storgata 1",
    "postalCode": "0155",
    "city": "Oslo",
    "country": {"isoAlpha2Code": "NO"},
}


class WritingCase(ConformanceCase):
    """Talks to the connector as the engine does, without the engine."""

    stand_in = TripletexBooks

    def setUp(self):
        super().setUp()
        self.world = self.books.world
        # Sessions are kept on a cursor of their own, which has to see this connection.
        stack = ExitStack()
        stack.enter_context(self.enter_registry_test_mode())
        self.addCleanup(stack.close)
        self.env.flush_all()
        self.connector = self.env["ledger.connector.tripletex"]
        self.client = self.new_client()

    def new_client(self):
        """A client as a new run has one."""
        return self.connector._client(self.connection)

    @property
    def any_flow(self):
        """A flow of the connection: the connector reads only the mapping off it."""
        return self.connection.flow_ids[:1]

    # === OPERATIONS === #

    @staticmethod
    def creation(resource, label="Record", number="", /, **values):
        """The operation that creates *values*."""
        return Operation("create", resource, "0" * 32, label, number, values, values)

    @staticmethod
    def change(resource, record, whole=None, **values):
        """The operation that changes *record* (id and version) to *values*."""
        return Operation(
            "update",
            resource,
            "0" * 32,
            values.get("name", "Record"),
            "",
            values,
            {**(whole or {}), **values},
            external_id=str(record["id"]),
            version=str(record["version"]),
        )

    @staticmethod
    def deactivate(resource, record):
        """The operation for a record that was deleted in Odoo."""
        return Operation(
            "deactivate",
            resource,
            "0" * 32,
            "Record",
            "",
            {},
            {},
            external_id=str(record["id"]),
            version=str(record["version"]),
        )

    def new_customer(self, name="Kunde AS", **values):
        """The operation that creates a customer with an address."""
        usual = {"isPrivateIndividual": False, "postalAddress": OSLO}
        return self.creation("customer", name, name=name, **{**usual, **values})

    @staticmethod
    def line(text="Frakt", count=1.0, price=100.0, tax="3", **values):
        """A line as the mapping gives it."""
        return {
            "description": text,
            "count": count,
            "unitPriceExcludingVatCurrency": price,
            "vatType": {"id": tax},
            **values,
        }

    def invoice(self, customer, number, lines=None, **values):
        """The operation that creates an invoice."""
        day = values.pop("day", "2026-03-02")
        return self.creation(
            "invoice",
            number,
            number,
            **{
                "customer": {"id": customer},
                "invoiceDate": day,
                "invoiceDueDate": "2026-03-16",
                "currency": {"code": "NOK"},
                "orderLines": lines or [self.line()],
                **values,
            },
        )

    def order(self, customer, number, **values):
        """The operation that creates an order."""
        return self.creation(
            "order",
            number,
            number,
            number=number,
            customer={"id": customer},
            orderDate="2026-03-02",
            **{"orderLines": [self.line()], **values},
        )

    # === CALLS === #

    def send(self, *operations):
        """Write, and return the results."""
        return self.connector._write(self.client, self.any_flow, list(operations))

    def find(self, *operations):
        """The ids of what may be the records of *operations*."""
        found = self.connector._find(self.client, self.any_flow, list(operations))
        return [[str(record["id"]) for record in records] for records in found]

    def made(self, *operations):
        """Write, all of it successfully, and return the vendor's ids."""
        results = self.send(*operations)
        self.assert_outcomes(results, *["done"] * len(operations))
        return [one.external_id for one in results]

    def there(self, resource, external_id, fields=""):
        """The object as the vendor has it."""
        return self.world.object(resource, int(external_id), fields=fields)

    def add_customer(self, name="Kunde AS", **values):
        """Add a customer there, without the connector; its id."""
        return self.books.add_customer(name, **values)

    # === CLAIMS === #

    def assert_outcomes(self, results, *outcomes):
        """The operations ended so, in order."""
        said = [one.outcome for one in results]
        self.assertEqual(said, list(outcomes), [str(one.error) for one in results])

    def assert_calls(self, *expected):
        """These calls were made, sessions and questions who we are left aside."""
        made = [
            f"{call['method']} {call['path']}"
            for call in self.world.calls()
            if not call["path"].startswith("/token/")
        ]
        self.assertEqual(made, list(expected))
