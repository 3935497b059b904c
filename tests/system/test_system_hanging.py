# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Vendors that hang: they cost their own connections time, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sandbox.control import World
from tests.conftest import OdooProcess
from tests.support.books import Books, connect
from tests.support.client import OdooClient
from tests.support.database import Database
from tests.support.mail_sink import MailSink, mail_sink
from tests.support.waiting import until

HANGING = 5
#: Longer than the test lasts.
FOR_EVER = 900
LONG_PAUSE = "2099-01-01"
#: As many as Odoo starts when nobody says anything.
TWO_WORKERS = ("--max-cron-threads", "2")


@pytest.fixture
def mail_server() -> Iterator[MailSink]:
    """Takes what Odoo sends."""
    with mail_sink() as sink:
        yield sink


def _queue_mail(odoo: OdooClient, sink: MailSink) -> int:
    names = {"smtp_host": "127.0.0.1", "smtp_port": sink.port}
    odoo.create("ir.mail_server", name="Sink", smtp_encryption="none", **names)
    return odoo.create(
        "mail.mail",
        subject="Hello",
        body_html="<p>Hello</p>",
        email_from="odoo@example.org",
        email_to="kari@example.org",
        auto_delete=False,
    )


def _hang(books: Books) -> None:
    books.world.fault("^/customer$", delay=FOR_EVER)
    books.world.clear_calls()


def _running(all_books: list[Books]) -> list[int]:
    jobs = [job for books in all_books for job in books.jobs()]
    return [job["id"] for job in jobs if job["state"] == "running"]


def test_mail_goes_out_while_a_vendor_hangs(
    odoo: OdooClient,
    shared_database: Database,
    world: World,
    mail_server: MailSink,
) -> None:
    """Lanes leave a worker of Odoo to Odoo."""
    books = connect(odoo, world, ["partner"])
    _hang(books)
    mail = _queue_mail(odoo, mail_server)
    books.go_live()
    until("the vendor hangs", lambda: world.faults()[0]["fired"])
    shared_database.wake("Mail: Email Queue Manager")
    sent = [("id", "=", mail), ("state", "=", "sent")]
    until("the mail is sent", lambda: odoo.count("mail.mail", sent))
    assert _running([books]), "the vendor still hangs"
    assert "Hello" in mail_server.messages[0]
    world.clear_faults()


def test_a_healthy_connection_comes_before_five_that_hang(
    serve: Callable[..., OdooProcess],
    login: Callable[[OdooProcess], OdooClient],
    make_world: Callable[..., World],
) -> None:
    """Once they have failed, it is the others' turn first, whoever was first."""
    odoo = login(serve(*TWO_WORKERS))
    sick = [connect(odoo, make_world(), ["partner"]) for _number in range(HANGING)]
    healthy = connect(odoo, make_world(), ["partner"])
    healthy.world.seed(customers=25, seed=41)
    for books in sick:
        books.world.fault("^/customer$", drop=True)
        books.go_live()
    for books in sick:
        until("it has failed", lambda books=books: books.state()["failures"])
        odoo.write("ledger.connection", [books.connection], set_aside_until=LONG_PAUSE)
        books.world.clear_faults()
        _hang(books)
    # The pause is over: all six are due at once, the healthy one last.
    ids = [books.connection for books in sick]
    jobs = odoo.find("ledger.sync.job", [("connection_id", "in", ids)])
    odoo.write("ledger.sync.job", jobs, run_after=False)
    odoo.write("ledger.connection", ids, set_aside_until=False)
    healthy.press("action_sync_now")
    assert healthy.wait_until_ended()[0]["state"] == "done"
    assert len(_running(sick)) <= 1
    tried = [books for books in sick if books.world.faults()[0]["fired"]]
    assert len(tried) <= 1, "at most the one that was in its turn already"


def test_a_vendor_that_hangs_loses_its_turn_and_is_set_aside(
    odoo: OdooClient, shared_database: Database, make_world: Callable[..., World]
) -> None:
    """It ends by itself, in words, and the next connection is served."""
    hanging = connect(odoo, make_world(), ["partner"])
    waiting = connect(odoo, make_world(), ["partner"])
    waiting.world.seed(customers=10, seed=42)
    _hang(hanging)
    hanging.go_live()
    until("the vendor hangs", lambda: hanging.world.faults()[0]["fired"])
    waiting.go_live()
    assert waiting.wait_until_ended()[0]["state"] == "done"
    state = hanging.state()
    assert state["set_aside_until"]
    assert state["failures"] == 1
    assert "took too long" in state["error"]
    assert hanging.jobs()[0]["owner"] == "retry"
