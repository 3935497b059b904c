# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Creating, changing and deleting: what all kinds of objects have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..wire import Request, Response, dump_json
from . import errors
from .access import Caller
from .books import PARTY
from .fields import Record, projection
from .intake import Intake
from .listing import NOT_ASKED, Reader, envelope
from .parties import Parties
from .routes import read_body, route
from .rules import Rules

if TYPE_CHECKING:
    from .system import Tripletex

# written here; orders and invoices have their own file
WRITABLE = {
    "customer": "Customer",
    "supplier": "Supplier",
    "contact": "Contact",
    "product": "Product",
    "product/unit": "ProductUnit",
    "department": "Department",
}
BETA_LISTS = ("customer/list", "order/list", "invoice/list")


class Writer:
    """Writes objects of one kind for a caller."""

    def __init__(self, system: Tripletex, caller: Caller, model: str) -> None:
        self.books = caller.books
        self.settings = system.settings
        self.model = model
        self.rules = Rules(self.books, system.settings)
        self.intake = Intake(self.books)
        self._reader = Reader(self.books, system.settings)

    def prepare(self, body: Record) -> Record:
        """Return the stored form of a new object, all rules kept.

        :raise ApiError: 422
        """
        refused = [name for name in ("id", "version") if body.get(name)]
        if refused:
            text = "Kan ikke settes ved opprettelse."
            raise errors.validation(*(errors.message(text, name) for name in refused))
        check_references(body)
        values = self.intake.read(self.model, body)
        self.rules.check(self.model, values)
        return values

    def create(self, values: Record) -> Record:
        """Store a prepared object."""
        if self.model in PARTY:
            return Parties(self.books, self.settings).add(self.model, values)
        return self.intake.create(self.model, values)

    def find(self, key: int) -> Record:
        """Return a stored object.

        :raise ApiError: 404 / 6000
        """
        record = self.books.find(self.model, key)
        if record is None:
            raise errors.not_found()
        return record

    def change(self, record: Record, body: Record) -> None:
        """Change an object, in part: what the body leaves out stays.

        :raise ApiError: 409 / 8000 for an old version, 422
        """
        values = self.prepared_change(record, body)
        if self.model in PARTY:
            Parties(self.books, self.settings).update(self.model, record, values)
        else:
            self.intake.update(self.model, record, values)

    def prepared_change(self, record: Record, body: Record) -> Record:
        """Return the stored form of a change, all rules kept."""
        version = body.get("version")
        if version is not None and version != record["version"]:
            raise errors.revision()
        check_references(body)
        values = self.intake.read(self.model, body)
        self.rules.check(self.model, values, record)
        return values

    def create_all(
        self, bodies: list[Record], then: Callable[[Record], None] | None = None
    ) -> list[Record]:
        """Make several objects.

        One bad element fails the whole call: with nothing done, or, where the setting
        `bulk_atomic` is off, with those before it made.

        :param then: what else is done for each object that was made
        """
        if self.settings["bulk_atomic"]:
            made = [self.create(values) for values in self.prepare_all(bodies)]
            for record in made if then else ():
                then(record)
            return made
        made = []
        for body in bodies:
            made.append(self.create(self.prepare(body)))
            if then:
                then(made[-1])
        return made

    def change_all(self, bodies: list[Record]) -> list[Record]:
        """Change several objects, named by their ids; see :meth:`create_all`."""
        if self.settings["bulk_atomic"]:
            records = [self.find(body.get("id") or 0) for body in bodies]
            if len({record["id"] for record in records}) < len(records):
                # the second change of an object meets the version of the first
                raise errors.revision()
            pairs = zip(records, bodies, strict=True)
            self.check_twice([self.prepared_change(*pair) for pair in pairs])
        changed = []
        for body in bodies:
            changed.append(self.find(body.get("id") or 0))
            self.change(changed[-1], body)
        return changed

    def answer(self, record: Record, request: Request, status: int = 200) -> Response:
        """Return the object as the answer of a write."""
        fields = request.arg("fields")
        return self._reader.value(self.model, record, fields, status)

    def answer_list(
        self, records: list[Record], request: Request, status: int = 200
    ) -> Response:
        """Return objects as the answer of a bulk write."""
        wanted = projection(self.model, request.arg("fields") or "")
        rows = [dump_json(wanted.build(r, self.books.find)) for r in records]
        answer = envelope(rows, 0, len(rows), NOT_ASKED)
        answer.status = status
        return answer

    @property
    def created(self) -> int:
        """Return the status of a successful POST."""
        return 201 if self.settings["write_status"] == "created" else 200

    def prepare_all(self, bodies: list[Record]) -> list[Record]:
        """Prepare a bulk write: one bad element fails the whole call."""
        found = [self.prepare(body) for body in bodies]
        self.check_twice(found)
        return found

    def check_twice(self, prepared: list[Record]) -> None:
        """Raise where two new objects want the same number or name."""
        for name, text in self.rules.unique(self.model).items():
            given = Counter(v[name] for v in prepared if v.get(name))
            twice = [value for value, count in given.items() if count > 1]
            if twice:
                message = errors.message(text.format(value=twice[0]), name)
                raise self.rules.exists(message)


def ids_of(request: Request) -> list[int]:
    """Return the ids that the parameter `ids` lists.

    :raise ApiError: 422 / 15000 there are none, 422 / 21000 one is no number
    """
    text = request.arg("ids")
    if not text:
        raise errors.parameters(errors.message("Kan ikke være null.", "ids"))
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdigit() for part in parts):
        raise errors.parameter_format("ids")
    return [int(part) for part in parts]


def check_references(body: Record) -> None:
    """Raise 422 / 18000 where a reference says more than its id.

    The server then looks for another object (dossier §4); owned objects such as
    addresses are no references and carry what they like.
    """
    for name, value in body.items():
        if name.endswith("Address") or not isinstance(value, dict):
            continue
        if "id" in value and set(value) - {"id", "url", "version"}:
            raise errors.validation(errors.message("Finnes ikke.", name))


def bodies_of(request: Request, limit: int | None = None) -> list[Record]:
    """Return the bodies of a bulk call.

    :param limit: how many are allowed
    :raise ApiError: 422
    """
    bodies = read_body(request, list)
    if limit is not None and len(bodies) > limit:
        text = f"Listen kan ikke ha mer enn {limit} elementer."
        raise errors.validation(errors.message(text))
    if not all(isinstance(body, dict) for body in bodies):
        raise errors.mapping(errors.message("Feil JSON-type.", None, "null"))
    return bodies


def check_beta(system: Tripletex, path: str) -> None:
    """Raise 403 / 9000 where BETA lists are closed to this account."""
    if system.settings["beta_lists"] == "forbidden" and path in BETA_LISTS:
        raise errors.forbidden()


def _register(path: str, model: str) -> None:
    @route("POST", path)
    def create(
        system: Tripletex, caller: Caller, request: Request, _values: Any
    ) -> Response:
        writer = Writer(system, caller, model)
        record = writer.create(writer.prepare(read_body(request)))
        return writer.answer(record, request, writer.created)

    @route("PUT", f"{path}/{{id}}")
    def change(
        system: Tripletex, caller: Caller, request: Request, values: Any
    ) -> Response:
        writer = Writer(system, caller, model)
        record = writer.find(int(values["id"]))
        writer.change(record, read_body(request))
        return writer.answer(record, request)

    @route("POST", f"{path}/list")
    def create_all(
        system: Tripletex, caller: Caller, request: Request, _values: Any
    ) -> Response:
        check_beta(system, f"{path}/list")
        writer = Writer(system, caller, model)
        limit = system.settings["bulk_limit"] or None
        records = writer.create_all(bodies_of(request, limit))
        return writer.answer_list(records, request, writer.created)


def _register_bulk_change(path: str, model: str) -> None:
    @route("PUT", f"{path}/list")
    def change_all(
        system: Tripletex, caller: Caller, request: Request, _values: Any
    ) -> Response:
        check_beta(system, f"{path}/list")
        writer = Writer(system, caller, model)
        limit = system.settings["bulk_limit"] or None
        records = writer.change_all(bodies_of(request, limit))
        return writer.answer_list(records, request)


def _register_delete(path: str, model: str) -> None:
    @route("DELETE", f"{path}/{{id}}")
    def delete(
        system: Tripletex, caller: Caller, _request: Request, values: Any
    ) -> Response:
        writer = Writer(system, caller, model)
        record = writer.find(int(values["id"]))
        writer.rules.check_unused(model, record)
        writer.books.remove(model, record)
        return Response(204)


for _path, _model in WRITABLE.items():
    _register(_path, _model)
    if _model != "Contact":
        _register_bulk_change(_path, _model)
        _register_delete(_path, _model)


@route("DELETE", "contact/list")
def delete_contacts(
    system: Tripletex, caller: Caller, request: Request, _values: Any
) -> Response:
    """Delete contacts by a comma list of ids; there is no other way."""
    writer = Writer(system, caller, "Contact")
    records = [writer.find(key) for key in ids_of(request)]
    for record in records:
        writer.rules.check_unused("Contact", record)
    for record in records:
        writer.books.remove("Contact", record)
    return Response(204)


@route("PUT", "ledger/account/{id}")
def change_account(
    system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    """Change an account, such as its bank account number."""
    writer = Writer(system, caller, "Account")
    record = writer.find(int(values["id"]))
    writer.change(record, read_body(request))
    return writer.answer(record, request)


@route("PUT", "deliveryAddress/{id}")
def change_delivery_address(
    system: Tripletex, caller: Caller, request: Request, values: Any
) -> Response:
    """Change a delivery address where it stands."""
    writer = Writer(system, caller, "DeliveryAddress")
    record = writer.find(int(values["id"]))
    writer.change(record, read_body(request))
    return writer.answer(record, request)
