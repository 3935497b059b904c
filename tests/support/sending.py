# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Books that Odoo's records are sent to, and what is said of them afterwards."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from sandbox.control import World

from .books import Books, connect
from .client import OdooClient
from .database import Database
from .waiting import until

#: What is sent, with the vendor's path of it; parents come first.
SENT = {
    "res.partner": "customer",
    "product.product": "product",
    "account.move": "invoice",
}
ENTITIES = ("partner", "product", "invoice")
#: The vendor's code of 25 %.
HIGH_RATE = "3"
#: Every clock that sending goes by, as if it were later by some minutes.
_LATER = """
UPDATE ledger_binding SET sent_at = sent_at - %(time)s
 WHERE connection_id = %(books)s;
UPDATE ledger_sync_job SET run_after = run_after - %(time)s
 WHERE connection_id = %(books)s;
UPDATE ledger_flow SET next_run = next_run - %(time)s
 WHERE connection_id = %(books)s;
UPDATE ledger_connection SET set_aside_until = set_aside_until - %(time)s
 WHERE id = %(books)s
"""
#: Going live spreads the first runs; none is to begin before a test says so.
_LATER_ON = """
UPDATE ledger_flow SET next_run = now() AT TIME ZONE 'UTC' + interval '1 hour'
 WHERE next_run IS NOT NULL AND connection_id = %(books)s
"""
#: What a lane would take now, or has taken.
_TO_DO = """
SELECT (SELECT count(*) FROM ledger_flow flow
          JOIN ledger_connection books ON books.id = flow.connection_id
         WHERE flow.active AND books.state = 'live' AND books.id = %(books)s
           AND flow.next_run <= now() AT TIME ZONE 'UTC'
           AND COALESCE(books.set_aside_until, '-infinity')
               <= now() AT TIME ZONE 'UTC')
     + (SELECT count(*) FROM ledger_sync_job
         WHERE connection_id = %(books)s AND (state = 'running'
            OR state IN ('pending', 'waiting')
               AND COALESCE(run_after, '-infinity') <= now() AT TIME ZONE 'UTC'))
"""


class Outgoing:
    """What a bookkeeper writes in Odoo, and what comes of it at the vendor.

    :param books: a tested connection that is not live yet
    :param entities: whose records are sent
    :param matching: what is done before the first record of a kind is made there
    """

    def __init__(
        self,
        books: Books,
        entities: Iterable[str] = ENTITIES,
        matching: str = "none",
    ) -> None:
        self.books = books
        self.world: World = books.world
        self.database = Database(books.odoo.database)
        self.tax = self._map_tax()
        self._flows = self._switch_on(entities, matching)

    @property
    def odoo(self) -> OdooClient:
        """The manager's session."""
        return self.books.odoo

    # === SET-UP === #

    def _map_tax(self) -> int:
        domain = [("type_tax_use", "=", "sale"), ("amount", "=", 25)]
        (tax,) = self.odoo.find("account.tax", domain, limit=1)
        mapping = [
            ("connection_id", "=", self.books.connection),
            ("kind", "=", "tax"),
            ("remote_code", "=", HIGH_RATE),
        ]
        found = self.odoo.find("ledger.value.mapping", mapping)
        values = {"is_nothing": False, "res_id": tax}
        self.odoo.write("ledger.value.mapping", found, **values)
        return tax

    def _switch_on(self, entities: Iterable[str], matching: str) -> dict[str, int]:
        domain = [
            ("connection_id", "=", self.books.connection),
            ("direction", "=", "push"),
            ("entity", "in", list(entities)),
            ("active", "in", [True, False]),
        ]
        found = self.odoo.read("ledger.flow", domain, "entity")
        flows = {flow["entity"]: flow["id"] for flow in found}
        settings = {"active": True, "matching_policy": matching}
        self.odoo.write("ledger.flow", list(flows.values()), **settings)
        return flows

    # === WHAT A BOOKKEEPER DOES === #

    def customer(self, name: str = "Bergen Bygg AS", **values: Any) -> int:
        """Enter a customer and return its id."""
        return self.odoo.create(
            "res.partner", name=name, is_company=True, customer_rank=1, **values
        )

    def product(self, name: str = "Stol") -> int:
        """Enter a product and return the id of its variant."""
        return self.odoo.create(
            "product.product",
            name=name,
            list_price=400.0,
            taxes_id=[(6, 0, [self.tax])],
        )

    def draft(self, customer: int, product: int | None = None) -> int:
        """Enter an invoice of 800 and 25 % tax, and return its id."""
        line = {
            "name": "Stol, blå",
            "product_id": product or False,
            "quantity": 2,
            "price_unit": 400.0,
            "tax_ids": [(6, 0, [self.tax])],
        }
        return self.odoo.create(
            "account.move",
            move_type="out_invoice",
            partner_id=customer,
            invoice_date="2026-02-10",
            invoice_date_due="2026-02-24",
            invoice_payment_term_id=False,
            invoice_line_ids=[(0, 0, line)],
        )

    def invoice(self, customer: int, product: int | None = None) -> int:
        """Enter and post an invoice, and return its id."""
        move = self.draft(customer, product)
        self.odoo.call("account.move", "action_post", [move])
        return move

    def print(self, invoice: int) -> None:
        """Give an invoice its PDF: not every machine has what Odoo prints with."""
        paper = BytesIO()
        page = Canvas(paper)
        page.drawString(100, 700, "Invoice")
        page.save()
        file = b64encode(paper.getvalue()).decode()
        self.odoo.write("account.move", invoice, invoice_pdf_report_file=file)

    def ask(self, entity: str, person: OdooClient | None = None) -> None:
        """Press *Run* on the flow that sends *entity*; a lane takes it.

        :param person: whose session, the manager's if it is left out
        """
        flow = [self._flows[entity]]
        (person or self.odoo).call("ledger.flow", "action_run", flow)

    def run(self, entity: str, person: OdooClient | None = None) -> None:
        """Send *entity* in this very request."""
        (person or self.odoo).call("ledger.flow", "run", [self._flows[entity]])

    def send(self, *entities: str) -> None:
        """Press *Run* on these flows and wait until the lanes are through."""
        for entity in entities:
            self.ask(entity)
        self.let_lanes_run()

    def forget(self) -> None:
        """Delete the connection and all that it knows."""
        self.books.press("action_pause")
        self.odoo.call("ledger.connection", "unlink", [self.books.connection])

    def settle_numbers(self, entity: str, policy: str) -> None:
        """Say whose number wins for *entity*."""
        self.odoo.write("ledger.flow", self._flows[entity], number_policy=policy)

    # === WHAT HAPPENS MEANWHILE === #

    def hold(self, path: str, when: str, method: str = "POST") -> None:
        """Let the next calls of a resource hang, before or after the vendor's work."""
        address = rf"^/{path}(/list|/\d+)?$"
        self.world.fault(address, method=method, hold=path, when=when)

    def until_held(self, path: str) -> None:
        """Wait until such a call hangs; the lanes are woken meanwhile."""

        def hangs() -> bool:
            self.database.wake_lanes()
            rules = self.world.faults()
            return any(x["fired"] for x in rules if x["action"].get("hold") == path)

        self._until(f"a call of {path} hangs", hangs)
        self.world.wait_held(path)

    def _until(self, what: str, reached: Callable[[], bool]) -> None:
        try:
            until(what, reached)
        except AssertionError as late:
            raise AssertionError(f"{late}; {self.books.jobs()[-3:]}") from late

    def let_time_pass(self, minutes: int, run: bool = True) -> None:
        """Put every clock that sending goes by on, and let the lanes run.

        :param run: False if they are not to do anything yet
        """
        self._sql(_LATER, minutes)
        if run:
            self.let_lanes_run()

    def let_lanes_run(self) -> None:
        """Wait until no lane has anything to do before some time has passed."""

        def idle() -> bool:
            self.database.wake_lanes()
            return self._sql(_TO_DO) == [(0,)]

        self._until("the lanes are through", idle)

    def rest(self) -> None:
        """Let no flow begin by itself before an hour has passed."""
        self._sql(_LATER_ON)

    def _sql(self, statement: str, minutes: int = 0) -> list[tuple[Any, ...]]:
        time = f"interval '{minutes} minutes'"
        return self.database.rows(
            statement % {"books": self.books.connection, "time": time}
        )

    def until_a_statement_waits(self) -> None:
        """Wait until some process waits for a lock; the lanes are woken meanwhile."""

        def waits() -> bool:
            self.database.wake_lanes()
            return self.database.has_waiting_statement()

        self._until("a statement waits for a lock", waits)

    def until_a_run_has_ended(self, entity: str) -> None:
        """Wait until a first run of the flow is over, however it ended."""
        flow = [("id", "=", self._flows[entity]), ("last_run", "!=", False)]
        self._until("the run is over", lambda: self.odoo.count("ledger.flow", flow))

    # === CLAIMS === #

    def states(self, model: str, records: Iterable[int]) -> set[str]:
        """Return the states of the links of Odoo records."""
        return {self.link(model, record)["state"] for record in records}

    def link(self, model: str, record: int) -> dict[str, Any]:
        """Return the one link of an Odoo record."""
        found = self.books.links(SENT[model], res_model=model, res_id=record)
        assert len(found) == 1, f"{model} {record} has {len(found)} links"
        return found[0]

    def there(self, model: str, record: int) -> dict[str, Any]:
        """Return what the vendor has for an Odoo record."""
        external_id = int(self.link(model, record)["external_id"])
        return self.world.object(SENT[model], external_id)

    def assert_once(self, **records: Iterable[int]) -> None:
        """Fail unless these records, and no others, are there and linked, each once.

        :param records: ids by the vendor's path
        """
        models = {path: model for model, path in SENT.items()}
        for path, ids in records.items():
            there = [str(one["id"]) for one in self.world.objects(path, fields="id")]
            links = self.books.links(path)
            named = [(link["res_id"], link["external_id"]) for link in links]
            assert sorted(x for x, _there in named) == sorted(ids), (path, links)
            assert sorted(x for _here, x in named) == sorted(there), (path, links)
            assert {link["state"] for link in links} == {"linked"}, links
            assert {link["res_model"] for link in links} == {models[path]}

    def nothing_waits(self) -> bool:
        """Tell whether no record is noted and no write is of unknown outcome."""
        flows = [("id", "in", list(self._flows.values()))]
        left = self.odoo.read("ledger.flow", flows, "outbox_count")
        unsettled = ("sending", "uncertain", "to_push", "waiting")
        open_links = [
            ("connection_id", "=", self.books.connection),
            ("state", "in", unsettled),
        ]
        return not any(flow["outbox_count"] for flow in left) and not self.odoo.count(
            "ledger.binding", open_links
        )


def connect_outgoing(
    odoo: OdooClient,
    world: World,
    entities: Iterable[str] = ENTITIES,
    matching: str = "none",
    read: Iterable[str] = (),
) -> Outgoing:
    """Connect to a world and go live with sending these entities.

    :param odoo: a manager's session
    :param matching: of the flows that send, see there
    :param read: entities that are read as well
    """
    books = connect(odoo, world, read)
    outgoing = Outgoing(books, entities, matching)
    books.press("action_go_live")
    outgoing.rest()
    outgoing.let_lanes_run()
    for entity in read:
        books.run(entity)
    return outgoing
