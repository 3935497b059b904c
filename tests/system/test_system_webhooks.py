# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The door for webhooks of real servers: who knocks how, and what it costs them."""

from __future__ import annotations

import json
import os
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha512
from hmac import digest
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet

from house.cache import folder
from sandbox.control import World
from tests.conftest import OdooProcess
from tests.support.books import Books, connect
from tests.support.client import OdooClient
from tests.support.database import Database
from tests.support.logs import assert_without_secrets
from tests.support.waiting import until

LIMIT = 256 * 1024
_KEYS = "SELECT webhook_data FROM ledger_connection WHERE id = %s"
# The connection that deliveries share: the last it was asked is to store some.
_CUT_LINE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
   AND query LIKE '%INSERT INTO ledger_event%'
"""
_EVENTS = """
SELECT external_id, state FROM ledger_event WHERE connection_id = %s ORDER BY id
"""


class Door:
    """A connection's address on a server, and what opens it.

    :param url: of the server
    :param token: in the address
    :param secret: what deliveries are signed with
    """

    def __init__(self, url: str, token: str, secret: str) -> None:
        host, _colon, port = url.rpartition("/")[2].partition(":")
        self.host, self.port = host, int(port)
        self.path = f"/ledger/webhook/{token}"
        self.token, self.secret = token, secret

    def body(self, record: int, event: str = "customer.update") -> bytes:
        """What the vendor says of a record."""
        return json.dumps({"event": event, "id": record, "value": {}}).encode()

    def head(self, body: bytes, key: str | None = None, **headers: str) -> bytes:
        """The request up to its body, signed (§11); *headers* come on top."""
        key = key or str(uuid4())
        signed = digest(self.secret.encode(), f"{key}&".encode() + body, sha512)
        lines = {
            "Host": f"{self.host}:{self.port}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "X-Request-Signature": b64encode(signed).decode(),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"POST {self.path} HTTP/1.1\r\n{text}\r\n".encode()

    def knock(self, *parts: bytes) -> int:
        """Send bytes and return the status of the answer."""
        with self.calling() as line:
            for part in parts:
                line.sendall(part)
            return answered(line)

    def deliver(self, record: int, key: str | None = None) -> int:
        """Deliver a change of a record as the vendor does."""
        body = self.body(record)
        return self.knock(self.head(body, key, Content_Length=str(len(body))), body)

    def calling(self) -> socket.socket:
        """A connection to the server."""
        return socket.create_connection((self.host, self.port))


def answered(line: socket.socket) -> int:
    """Status of the answer on *line*; nothing else may be in it."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        part = line.recv(65536)
        assert part, f"the server hung up after {answer!r}"
        answer += part
    head, _end, rest = answer.partition(b"\r\n\r\n")
    assert not rest, rest
    assert b"set-cookie" not in head.lower()
    return int(head.split()[1])


def in_pieces(*parts: bytes) -> bytes:
    """*parts* as chunks, and the chunk that ends them."""
    chunks = [f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts]
    return b"".join([*chunks, b"0\r\n\r\n"])


def open_door(books: Books, url: str, keys: Path) -> Door:
    """Switch notices on and read what only the vendor gets to know."""
    said = books.press("action_webhooks_on")["params"]
    assert said["type"] == "success", said["message"]
    data = Database(books.odoo.database).value(_KEYS, books.connection)
    stored = json.loads(Fernet(keys.read_text()).decrypt(data.encode()))
    return Door(url, stored["token"], stored["secret"])


def connect_live(odoo: OdooClient, world: World) -> Books:
    """Connect customers to a world; nothing runs by itself any more."""
    books = connect(odoo, world, ["partner"])
    books.go_live()
    books.wait_until_ended()
    return books


def events(books: Books) -> list[tuple[str, str]]:
    """Ids and states of the stored events."""
    return Database(books.odoo.database).rows(_EVENTS, books.connection)


@pytest.fixture
def key_file() -> Path:
    """Where the servers keep the key that secrets are encrypted with."""
    return folder("data") / "ledger_connector_key"


@pytest.fixture
def books(odoo: OdooClient, world: World) -> Books:
    """Live books of some customers, on the shared server."""
    world.seed(customers=5, seed=71)
    return connect_live(odoo, world)


@pytest.fixture
def door(books: Books, key_file: Path) -> Iterator[Door]:
    """The door of those books; one delivery went through it already."""
    found = open_door(books, books.odoo.url, key_file)
    assert found.deliver(1) == 200
    yield found
    books.press("action_webhooks_off")


# === WHAT COMES IN === #


def test_a_change_at_the_vendor_is_in_odoo_without_waiting_for_the_schedule(
    books: Books, world: World, door: Door
) -> None:
    """The vendor calls, a lane is woken, the record is read again."""
    [link, *_others] = books.links("customer")
    world.update("customer", int(link["external_id"]), name="Told by webhook AS")
    partner = [("id", "=", link["res_id"])]
    until(
        "the partner has its new name",
        lambda: (
            books.odoo.read("res.partner", partner, "name")[0]["name"]
            == "Told by webhook AS"
        ),
    )
    assert "webhook" in {job["trigger"] for job in books.jobs()}


def test_the_same_delivery_many_times_at_once_is_stored_once(
    books: Books, door: Door
) -> None:
    """Threads that store together and threads that do not."""
    answers: list[int] = []
    callers = [
        threading.Thread(target=lambda: answers.append(door.deliver(77, "twice")))
        for _number in range(12)
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert answers == [200] * 12
    assert [x for x, _state in events(books)].count("77") == 1


def test_deliveries_of_many_callers_are_all_stored(books: Books, door: Door) -> None:
    """Each is answered for itself, whoever else is stored along with it."""
    callers = [
        threading.Thread(target=door.deliver, args=(record,))
        for record in range(1000, 1030)
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    stored = {int(record) for record, _state in events(books)}
    assert stored >= set(range(1000, 1030))


def test_a_delivery_is_stored_once_when_the_database_has_hung_up(
    books: Books, door: Door
) -> None:
    """The connection kept between deliveries is gone; the delivery is not."""
    assert door.deliver(79) == 200
    assert Database(books.odoo.database).rows(_CUT_LINE) == [(True,)]
    assert [door.deliver(80), door.deliver(81)] == [200, 200]
    stored = [record for record, _state in events(books)]
    assert [stored.count(record) for record in ("79", "80", "81")] == [1, 1, 1]


def test_a_delivery_in_pieces_is_taken(books: Books, door: Door) -> None:
    """As some vendors' libraries send it, without saying how long it will be."""
    body = door.body(78)
    head = door.head(body, Transfer_Encoding="chunked")
    assert door.knock(head, in_pieces(body[:10], body[10:])) == 200
    assert "78" in dict(events(books))


# === WHAT DOES NOT === #


def test_a_forged_delivery_is_refused_at_a_known_address(
    books: Books, door: Door
) -> None:
    """The short way in asks for the signature too."""
    forger = Door(f"http://{door.host}:{door.port}", door.token, "guessed")
    assert forger.deliver(66) == 401
    body = door.body(66)
    other = door.body(67)
    assert door.knock(door.head(body, Content_Length=str(len(other))), other) == 401
    assert door.deliver(65) == 200, "and the address is still open"
    assert not {"66", "67"} & set(dict(events(books)))


@pytest.mark.parametrize("button", ["action_webhooks_new_address", "action_pause"])
def test_an_address_that_was_just_used_is_shut_at_once(
    books: Books, door: Door, button: str
) -> None:
    """What a process remembers of an address does not open it."""
    assert door.deliver(60) == 200
    books.press(button)
    assert door.deliver(61) == 404
    assert door.deliver(62) == 404
    assert not {"61", "62"} & set(dict(events(books)))


def test_an_unknown_address_answers_as_one_that_is_shut(door: Door) -> None:
    """Nobody learns which tokens were ever given out."""
    stranger = Door(f"http://{door.host}:{door.port}", "x" * 43, door.secret)
    assert stranger.deliver(1) == 404


def test_other_methods_are_refused(door: Door) -> None:
    """At an address that was just used as well."""
    for method in ("GET", "PUT", "DELETE", "OPTIONS"):
        with door.calling() as line:
            line.sendall(
                f"{method} {door.path} HTTP/1.1\r\nHost: {door.host}\r\n"
                "Content-Length: 0\r\n\r\n".encode()
            )
            assert b" 405 " in line.recv(65536).splitlines()[0]


def test_a_body_too_large_is_refused_without_being_kept(
    books: Books, door: Door
) -> None:
    """Announced, or found out on the way; the vendor gets to read the answer."""
    body = b"x" * (LIMIT + 1)
    announced = door.head(body, Content_Length=str(len(body)))
    assert door.knock(announced, body) == 413
    assert door.knock(door.head(body, Content_Length=str(10**12))) == 413
    chunked = door.head(body, Transfer_Encoding="chunked")
    assert door.knock(chunked, in_pieces(*[body[:65536]] * 5)) == 413
    assert door.deliver(50) == 200
    assert [record for record, _state in events(books)] == ["1", "50"]


def test_a_body_that_ends_early_is_refused(books: Books, door: Door) -> None:
    """The caller was cut off in the middle."""
    body = door.body(51)
    for framing in ({"Content_Length": "500"}, {"Transfer_Encoding": "chunked"}):
        with door.calling() as line:
            line.sendall(door.head(body, **framing) + b"1f4\r\n" + body)
            line.shutdown(socket.SHUT_WR)
            assert answered(line) == 400
    assert "51" not in dict(events(books))


# === SLOW ONES === #


def trickle(line: socket.socket, ended: threading.Event) -> None:
    """Send a byte now and then, so that no silence is long."""
    try:
        while not ended.wait(0.4):
            line.sendall(b" ")
    except OSError:
        return  # hung up on, as it should be


def assert_slow_ones_are_sent_away(door: Door) -> None:
    """A byte now and then does not hold the server, however it is framed."""
    body = door.body(52)
    for framing in (
        {"Content_Length": "5000"},
        {"Transfer_Encoding": "chunked"},
    ):
        with door.calling() as line:
            line.sendall(door.head(body, **framing) + b"1388\r\n")
            ended = threading.Event()
            slow = threading.Thread(target=trickle, args=(line, ended))
            slow.start()
            try:
                assert answered(line) == 408
                assert door.deliver(53) == 200
            finally:
                ended.set()
                slow.join()


def test_a_slow_body_is_sent_away_by_a_server_of_threads(
    books: Books, door: Door
) -> None:
    """And nothing of it is stored."""
    assert_slow_ones_are_sent_away(door)
    assert "52" not in dict(events(books))


def test_a_slow_body_is_sent_away_by_a_server_of_processes(
    start_odoo: Callable[..., OdooProcess],
    database: Database,
    world: World,
    key_file: Path,
) -> None:
    """There it is the only worker that would be held."""
    server = start_odoo("--workers", "1", database=database.name)
    books = connect(OdooClient(server.url, database.name), world, ["partner"])
    books.press("action_go_live")
    door = open_door(books, server.url, key_file)
    assert door.deliver(1) == 200
    assert_slow_ones_are_sent_away(door)


def test_a_slow_body_is_sent_away_by_the_evented_server(
    start_odoo: Callable[..., OdooProcess],
    database: Database,
    world: World,
    key_file: Path,
    evented: Callable[[str], OdooProcess],
) -> None:
    """Where connections are kept open, and a proxy may send webhooks to."""
    server = start_odoo(database=database.name)
    books = connect(OdooClient(server.url, database.name), world, ["partner"])
    books.press("action_go_live")
    door = open_door(books, server.url, key_file)
    there = Door(evented(database.name).url, door.token, door.secret)
    assert there.deliver(1) == 200
    assert_slow_ones_are_sent_away(there)
    body = there.body(54)
    request = there.head(body, Content_Length=str(len(body))) + body
    assert there.knock(request) == 200
    big = b"x" * (LIMIT + 1)
    assert there.knock(there.head(big, Content_Length=str(len(big))), big) == 413
    assert {"1", "53", "54"} <= set(dict(events(books)))


@pytest.fixture
def evented(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[[str], OdooProcess]]:
    """Start Odoo's evented server on a database."""
    started: list[OdooProcess] = []

    def start(database: str) -> OdooProcess:
        command = f"{os.environ['LEDGER_ODOO_BIN']} gevent"
        monkeypatch.setenv("LEDGER_ODOO_BIN", command)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = OdooProcess(database, tmp_path, ("--gevent-port", str(port)))
        started.append(server)
        server.url = f"http://127.0.0.1:{port}"
        return server.wait_until_ready()

    yield start
    for server in started:
        server.stop()


# === SECRETS === #


def test_neither_address_nor_secret_is_in_the_log_or_the_database(
    start_odoo: Callable[..., OdooProcess],
    database: Database,
    world: World,
    key_file: Path,
) -> None:
    """Though the server writes every path and every statement it executes."""
    server = start_odoo("--log-sql", database=database.name)
    books = connect(OdooClient(server.url, database.name), world, ["partner"])
    books.press("action_go_live")
    door = open_door(books, server.url, key_file)
    assert [door.deliver(number) for number in (1, 2)] == [200, 200]
    assert door.knock(door.head(b"{}", Content_Length="2"), b"{}") == 400
    books.press("action_webhooks_new_address")
    assert door.deliver(3) == 404
    log = server.log.read_text(errors="replace")
    assert '"POST /ledger/webhook/… HTTP/1.1" 200' in log
    assert "INSERT INTO ledger_event" in log
    secrets = (door.token, door.secret)
    assert_without_secrets("the log", log, secrets)
    assert_without_secrets("the database", database.dump(), secrets)
