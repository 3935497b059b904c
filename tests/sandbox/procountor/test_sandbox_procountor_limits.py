# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How often a client may call (dossier §1)."""

from __future__ import annotations

import pytest


@pytest.fixture
def crowded(make_world, caller):
    """Return a caller in a world whose clock stands still, at most three a second."""
    world = make_world(limit_second=3)
    world.clock(set="2026-01-15T10:00:00Z", frozen=True)
    return caller(world).login()


def statuses(api, count=4):
    """Call so many times; return the statuses."""
    return [api.call("GET", "/sessioninfo").status_code for _n in range(count)]


def test_a_call_too_many_is_refused_until_the_second_is_over(crowded):
    assert statuses(crowded) == [200, 200, 200, 429]
    crowded.world.clock(advance=1)
    assert statuses(crowded) == [200, 200, 200, 429]


def test_sixty_a_second_are_allowed_unless_a_setting_says_otherwise(sandbox):
    with sandbox.world("procountor") as world:
        assert world.settings()["limit_second"] == 60


def test_the_limit_of_a_minute(make_world, caller):
    world = make_world(limit_minute=2, retry_after=True)
    world.clock(set="2026-01-15T10:00:00Z", frozen=True)
    own = caller(world).login()
    assert statuses(own, 3) == [200, 200, 429]
    world.clock(advance=20)
    answer = own.call("GET", "/sessioninfo")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "40")
    world.clock(advance=40)
    assert statuses(own, 1) == [200]


def test_how_the_limit_is_told_is_a_setting(crowded, refused_as):
    statuses(crowded)
    answer = crowded.call("GET", "/sessioninfo")
    assert refused_as(answer)[0] == 429 and "Retry-After" not in answer.headers
    crowded.world.settings(limit_status=503, limit_body="html")
    answer = crowded.call("GET", "/sessioninfo")
    assert answer.status_code == 503 and answer.text.startswith("<html>")
    crowded.world.settings(limit_body="nothing")
    assert crowded.call("GET", "/sessioninfo").content == b""


def test_companies_of_one_client_share_its_limit(crowded, caller):
    statuses(crowded, 3)
    other = caller(crowded.world, crowded.world.credentials["integrator"]).login()
    assert statuses(other, 1) == [429]


def test_a_client_that_goes_on_can_be_suspended(crowded):
    crowded.world.settings(suspend_after=2)
    statuses(crowded, 5)
    crowded.world.clock(advance=3600)
    crowded.login()
    assert statuses(crowded, 1) == [403]
    crowded.world.reset_limits()
    assert statuses(crowded, 1) == [200]


def test_a_suspended_client_gets_no_answer(make_world, caller):
    own = caller(make_world()).login()
    own.world.do("suspend_client")
    assert statuses(own, 1) == [403]
    own.world.do("suspend_client", on=False)
    assert statuses(own, 1) == [200]
