# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The vendor's limits and sessions, in the vendor's own time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from sandbox.control import World
from tests.support.books import connect
from tests.support.claims import assert_each_once, remote_ids
from tests.support.client import OdooClient
from tests.support.database import Database
from tests.support.waiting import until

PAGE = 10
_EXPIRY = """
SELECT max(expires_at) FROM ledger_token WHERE credential_id = %s
"""


def test_a_run_that_reaches_the_call_limit_waits_and_goes_on_by_itself(
    odoo: OdooClient, shared_database: Database, world: World
) -> None:
    """The limit is read from the vendor's headers, not found out by its refusals."""
    world.seed(customers=150, seed=31)
    books = connect(odoo, world, ["partner"], page_size=PAGE)
    world.settings(rate_limit=12, rate_window=8)
    world.clear_calls()
    books.go_live()
    until(
        "the run waits for the limit",
        lambda: [x for x in books.jobs() if x["state"] == "waiting"],
    )
    job = books.jobs()[0]
    assert job["owner"] == "wait"
    assert "allows" in job["error"]
    assert books.state()["state"] == "live", "a limit is no failure"
    assert books.state()["failures"] == 0
    assert books.wait_until_ended()[0]["state"] == "done", books.jobs()
    assert_each_once(books, shared_database, "customer", remote_ids(world, "customer"))
    assert len([call for call in world.refused() if call["status"] == 429]) <= 1
    assert not odoo.count("mail.activity", [("res_id", "=", books.connection)])


def test_a_refusal_without_a_time_is_waited_out(
    odoo: OdooClient, shared_database: Database, world: World
) -> None:
    """Vendors send 429 without saying until when."""
    world.seed(customers=30, seed=32)
    books = connect(odoo, world, ["partner"], page_size=PAGE)
    world.fault("^/customer$", nth=2, status=429, body={"status": 429})
    world.clear_calls()
    books.go_live()
    until("the run waits", lambda: [x for x in books.jobs() if x["owner"] == "wait"])
    assert books.wait_until_ended()[0]["state"] == "done", books.jobs()
    assert_each_once(books, shared_database, "customer", remote_ids(world, "customer"))
    assert len(world.refused()) == 1


def test_a_session_that_ends_at_midnight_in_a_run_is_renewed_in_it(
    odoo: OdooClient, shared_database: Database, world: World
) -> None:
    """Sessions end when the day begins in Oslo, whatever a run is doing then."""
    world.seed(customers=50, seed=33)
    books = connect(odoo, world, ["partner"], page_size=PAGE)
    world.clear_calls()
    ends = shared_database.value(_EXPIRY, books.credential)
    midnight = ends.replace(tzinfo=timezone.utc)
    assert datetime.now(timezone.utc) < midnight, "the session lives"
    # The third page is asked for before midnight and answered after it. The new
    # session is made when the clocks agree again, as Odoo's own stands still.
    world.fault("^/customer$", nth=3, delay=1)
    world.fault("/token/session/", delay=2)
    books.go_live()
    until("the run is in its middle", lambda: world.faults()[0]["fired"])
    world.clock(set=(midnight + timedelta(seconds=1)).isoformat(), frozen=True)
    until("a new session is asked for", lambda: world.faults()[1]["fired"])
    world.clock(reset=True)
    (job,) = books.wait_until_ended()
    assert job["state"] == "done", job
    assert [call["status"] for call in world.refused()] == [401]
    assert world.count_calls(path="/token/session/") == 1
    assert_each_once(books, shared_database, "customer", remote_ids(world, "customer"))
