# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sessions: how they are opened, when they end, what happens when they are refused."""

import logging
from datetime import datetime, timedelta, timezone

import pytest
from transport.errors import BadAnswer, NotAuthorised, VendorError
from transport.tokens import MemoryTokenStore

CREATE = "^/token/session/:create$"


class Clock:
    def __init__(self, text):
        self.now = datetime.fromisoformat(text)

    def __call__(self):
        return self.now


class NotingStore(MemoryTokenStore):
    """Also remembers the sessions that were made."""

    def __init__(self):
        super().__init__()
        self.made = []

    def renew(self, name, stale, make):
        def noting(stored):
            self.made.append(make(stored))
            return self.made[-1]

        return super().renew(name, stale, noting)


def _set_clocks(world, text):
    world.clock(set=text, frozen=True)
    return Clock(text)


def test_one_session_serves_many_calls(world, open_client):
    client = open_client(world)
    for _ in range(3):
        client.who_am_i()
    assert world.count_calls(path=CREATE) == 1
    (created,) = world.calls(path=CREATE)
    assert (created["method"], created["status"]) == ("POST", 201)
    assert created["query"] == []


@pytest.mark.parametrize("status", [404, 405])
def test_a_host_without_the_post_form_is_asked_by_put(make_world, open_client, status):
    world = make_world(post_session_status=status)
    assert open_client(world).who_am_i()["companyId"] == world.credentials["company_id"]
    calls = world.calls(path=CREATE)
    assert [(call["method"], call["status"]) for call in calls] == [
        ("POST", status),
        ("PUT", 200),
    ]


def test_a_host_that_knows_neither_form_is_told(world, open_client):
    world.fault(CREATE, status=404, body={"code": 21000, "message": "Not Found"})
    with pytest.raises(VendorError) as caught:
        open_client(world).who_am_i()
    assert (caught.value.status, caught.value.code) == (404, "21000")


@pytest.mark.parametrize(
    ("now", "days", "asked", "ends"),
    [
        # An ordinary winter's day.
        ("2026-11-21T12:00:00+00:00", 2, "2026-11-23", "2026-11-22T23:00:00+00:00"),
        # After midnight in Oslo while it is still the day before in UTC.
        ("2026-07-10T22:30:00+00:00", 2, "2026-07-13", "2026-07-12T22:00:00+00:00"),
        # Into summer time: the session ends at a midnight that comes an hour early.
        ("2026-03-28T12:00:00+00:00", 2, "2026-03-30", "2026-03-29T22:00:00+00:00"),
        ("2026-03-28T23:30:00+00:00", 1, "2026-03-30", "2026-03-29T22:00:00+00:00"),
        # Out of summer time.
        ("2026-10-24T12:00:00+00:00", 2, "2026-10-26", "2026-10-25T23:00:00+00:00"),
        ("2026-10-24T22:30:00+00:00", 1, "2026-10-26", "2026-10-25T23:00:00+00:00"),
        # A session asked for just before midnight still lives a day.
        ("2026-11-21T22:55:00+00:00", 1, "2026-11-23", "2026-11-22T23:00:00+00:00"),
        # The end of a year.
        ("2026-12-31T12:00:00+00:00", 1, "2027-01-01", "2026-12-31T23:00:00+00:00"),
    ],
)
def test_a_session_ends_at_midnight_in_oslo(world, open_client, now, days, asked, ends):
    clock = _set_clocks(world, now)
    tokens = NotingStore()
    client = open_client(world, clock=clock, tokens=tokens, session_days=days)
    client.who_am_i()
    (created,) = world.calls(path=CREATE)
    assert created["body"]["expirationDate"] == asked
    (session,) = tokens.made
    end = datetime.fromisoformat(ends)
    assert session.expires_at == end
    assert session.expires_at.utcoffset() == timedelta()

    for before, sessions in ((11, 1), (9, 2), (0, 2)):
        clock.now = end - timedelta(minutes=before)
        world.clock(set=clock.now.isoformat(), frozen=True)
        client.who_am_i()
        assert len(tokens.made) == sessions
    assert not world.refused()


def test_the_date_in_the_answer_counts_not_the_one_asked_for(world, open_client):
    clock = _set_clocks(world, "2026-11-21T12:00:00+00:00")
    text = '{"value": {"token": "shorter-session", "expirationDate": "2026-11-22"}}'
    world.fault(CREATE, text=text, times=1)
    tokens = NotingStore()
    open_client(world, clock=clock, tokens=tokens, session_days=7).who_am_i()
    first = tokens.made[0]
    assert first.values == {"token": "shorter-session"}
    assert first.expires_at == datetime(2026, 11, 21, 23, tzinfo=timezone.utc)


def test_clients_with_the_same_keys_share_a_session_through_the_store(
    world, open_client
):
    tokens = MemoryTokenStore()
    for _ in range(3):
        open_client(world, tokens=tokens).who_am_i()
    assert world.count_calls(path=CREATE) == 1


def test_other_hosts_and_other_keys_have_sessions_of_their_own(make_world, open_client):
    tokens = MemoryTokenStore()
    one, other = make_world(), make_world()
    one.add_office(clients=["Nordvik Rør AS"])
    open_client(one, tokens=tokens).who_am_i()
    open_client(one, tokens=tokens, key="office").who_am_i()
    open_client(other, tokens=tokens).who_am_i()
    assert one.count_calls(path=CREATE) == 2
    assert other.count_calls(path=CREATE) == 1
    assert not one.refused()
    assert not other.refused()


def test_a_session_of_one_host_is_never_sent_to_another(make_world, open_client):
    tokens = MemoryTokenStore()
    one, other = make_world(), make_world()
    open_client(one, tokens=tokens).who_am_i()
    other.credentials = one.credentials
    with pytest.raises(VendorError):
        open_client(other, tokens=tokens).who_am_i()
    assert other.count_calls() == other.count_calls(path=CREATE) == 1


def test_a_session_that_died_is_replaced_once_and_nobody_notices(world, open_client):
    client = open_client(world)
    client.who_am_i()
    world.expire_sessions()
    client.who_am_i()
    client.who_am_i()
    assert world.count_calls(path=CREATE) == 2
    assert world.count_calls(status=401) == 1


def test_a_write_is_sent_again_after_a_refused_session_and_done_once(
    world, open_client
):
    client = open_client(world)
    client.who_am_i()
    world.expire_sessions()
    client.post("/customer", {"name": "Kari Åsen"})
    assert world.counts()["customer"] == 1


def test_a_dead_session_that_another_worker_left_is_not_the_last_word(
    world, open_client
):
    tokens = MemoryTokenStore()
    first, second = (open_client(world, tokens=tokens) for _ in range(2))
    first.who_am_i()
    second.who_am_i()
    world.expire_sessions()
    first.who_am_i()
    world.expire_sessions()
    assert second.who_am_i()
    assert world.count_calls(path=CREATE) == 3


def test_a_refusal_of_a_new_session_is_final(world, open_client):
    world.fault("whoAmI", status=401, body={"status": 401, "code": 3000})
    with pytest.raises(NotAuthorised) as caught:
        open_client(world).who_am_i()
    assert (caught.value.status, caught.value.code) == (401, "auth")
    assert world.count_calls(path="whoAmI") == 2
    assert world.count_calls(path=CREATE) == 2


@pytest.mark.parametrize("kind", ["consumer", "employee"])
def test_an_unknown_key_is_named_by_the_vendor(world, open_client, kind):
    with pytest.raises(VendorError) as caught:
        open_client(world, **{f"{kind}_token": "test-of-another-host"}).who_am_i()
    error = caught.value
    assert (error.status, error.code) == (422, "18000")
    assert error.problems[0].field == f"{kind}Token"
    assert error.request_id
    assert world.count_calls() == 1


def test_a_key_revoked_in_the_middle_is_named_by_the_vendor(world, open_client):
    client = open_client(world)
    client.who_am_i()
    world.revoke_key("employee")
    with pytest.raises(VendorError) as caught:
        client.who_am_i()
    assert caught.value.problems[0].field == "employeeToken"
    world.revoke_key("employee", restore=True)
    assert client.who_am_i()


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        '{"value": {"token": "abc"}}',
        '{"value": {"expirationDate": "2026-11-28"}}',
        '{"value": {"token": "abc", "expirationDate": "soon"}}',
        '{"value": {"token": "abc", "expirationDate": null}}',
        '{"value": {"token": null, "expirationDate": "2026-11-28"}}',
        '{"value": {"token": "", "expirationDate": "2026-11-28"}}',
    ],
)
def test_a_session_answer_without_a_session_is_a_bad_answer(world, open_client, text):
    world.fault(CREATE, text=text)
    with pytest.raises(BadAnswer):
        open_client(world).who_am_i()
    assert world.count_calls(path="whoAmI") == 0


@pytest.mark.parametrize("post_status", [201, 404])
def test_no_token_is_logged_or_recorded(make_world, open_client, caplog, post_status):
    caplog.set_level(logging.DEBUG)
    world = make_world(post_session_status=post_status)
    exchanges, tokens = [], NotingStore()
    wire = {"recorder": exchanges.append, "recorder_bodies": True}
    client = open_client(world, tokens=tokens, http=wire)
    client.who_am_i()
    with pytest.raises(VendorError):
        list(client.pages("/customer", fields="nonsense"))
    texts = [record.getMessage() for record in caplog.records]
    texts += map(repr, exchanges)
    session = tokens.made[0].values["token"]
    credentials = world.credentials
    for secret in (
        session,
        credentials["consumer_token"],
        credentials["employee_token"],
    ):
        assert not [text for text in texts if secret in text or secret[:20] in text]
    assert len(exchanges) >= 3
