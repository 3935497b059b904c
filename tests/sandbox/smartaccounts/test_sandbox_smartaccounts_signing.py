# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may call: signatures over the bytes that were sent, and Estonian time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from sandbox.smartaccounts import signing, tallinn

PUBLIC, SECRET = "11111111aaaa2222bbbb", "s3cr3t-key-for-tests-only"
OWN = f"timestamp=15012026120000&apikey={PUBLIC}"
BILL = (
    '{"clientId":"c-1","date":"15.01.2026","currency":"EUR","rows":[{"code":"T01",'
    '"description":"Raamatupidamine","price":100.02,"quantity":1,"vatPc":"24"}]}'
)
NAME = '{"name":"Õun & Pojad OÜ","vatPc":"24"}'
ENTRIES, CLIENTS = "general/entries", "purchasesales/clients"
JANUARY = "dateFrom=01.01.2026&dateTo=31.01.2026"
# service, query, body, signature, status: 400 where the call itself is of no use
VECTORS = {
    "V2": (
        "settings/vatpcs:get",
        OWN,
        "",
        "8d048827da3b6643dd080b4cc7bcdb22823d7ed6b2cde57547d62a92920e3c76",
        200,
    ),
    "V3": (
        "settings/vatpcs:get",
        f"apikey={PUBLIC}&timestamp=15012026120000",
        "",
        "96657e230c34c08aca77a1c089a66bf538b1616f297ca1a71dbd973d3ff2d71d",
        200,
    ),
    "V4": (
        f"{ENTRIES}:get",
        f"{JANUARY}&fetchRows=true&pageNumber=1&{OWN}",
        "",
        "49e2366456ed71c300e4c82bb3c3cef96e8e9a88258f812941bdba8f945d2ee8",
        200,
    ),
    "V5": (
        f"{ENTRIES}:get",
        f"dateFrom=01.01.2026_08%3A30%3A00&dateType=modifydate&pageNumber=2&{OWN}",
        "",
        "1b009300d242b90d2bbfad67dd6c467af426ed8cf952ea35766f73ae9750e90c",
        200,
    ),
    "V6": (
        f"{CLIENTS}:get",
        f"nameOrRegCode=%C3%95un+%26+Pojad+O%C3%9C&{OWN}",
        "",
        "4ef90bd1e437330d9fcfdaaeebef40cb48439a61b33df3cd96b6711ca9d11309",
        200,
    ),
    "V7": (
        f"{ENTRIES}:get",
        f"{JANUARY}&docType=BANK_PAYMENT&pageNumber=1&{OWN}",
        "",
        "e00c5a051a994c68cd7486e58b9d6d59fea9c87da3e0dc362a7f90d75b4a4e15",
        200,
    ),
    "V8": (
        "purchasesales/clientinvoices:add",
        OWN,
        BILL,
        "ffce825662240ef0ab12b373d9312ed813fceb41f3934a53e168e543830a9dc4",
        400,
    ),
    "V9": (
        f"{CLIENTS}:add",
        OWN,
        NAME,
        "2cfe0ed2301c88db3a59fa1da0b699aacd9b95390b9a27193e748b349c7b6bfd",
        200,
    ),
    "V10": (
        "purchasesales/clientinvoices:delete",
        f"id=42&{OWN}",
        "{}",
        "2d342f3562447808e2d553bb5514a7345c74cc7ba5a9cdd660ed02996ac0e33a",
        400,
    ),
}
# of what, signature, what was done wrong
WRONG = {
    "decoded query": (
        "V5",
        "e67148aded018174be10d586a4243efec00a6f05540bbeb04faa2f0dcd3946aa",
    ),
    "plus signed as %20": (
        "V6",
        "7f1c00eed6f5755cb058ea9d180e2796e6ccb0d36592e0c0a98126ae41aee1ad",
    ),
    "newline after the body": (
        "V8",
        "3cc684b261c63ca230ca0e20bea5676004b05b59c8e0ec4f3be5ffab17a40904",
    ),
    "space before the body": (
        "V8",
        "0a2912bec58171bb6f390080be6aae1e9bba15497dd06280fe905b4d1197fcc5",
    ),
    "body written anew": (
        "V9",
        "ce5e14bcb7ee0cd314f92aeeb1301bd0ddd115f497ff04b254f0c36edd6a1452",
    ),
}


@pytest.fixture
def vectors(make_world, caller):
    """Return a caller with the keys and the clock of the vectors."""
    world = make_world()
    world.change_keys(public_key=PUBLIC, secret_key=SECRET)
    world.clock(set="2026-01-15T10:00:00Z", frozen=True)
    return caller(world)


@pytest.mark.parametrize("name", VECTORS)
def test_right_signature_opens_the_door(vectors, name: str) -> None:
    service, query, body, signature, status = VECTORS[name]
    answer = vectors.send(service, f"{query}&signature={signature}", body.encode())
    assert answer.status_code == status, answer.text
    assert vectors.world.calls()[-1]["user"] == "1"


def test_sample_of_the_vendor_opens_the_door(make_world, caller) -> None:
    world = make_world()
    world.change_keys(public_key="a066f7de6042458da916", secret_key=SECRET)
    world.clock(set="2013-02-14T11:38:02Z", frozen=True)
    query = (
        "codes=kood1%2Ckood2%2Ckood3&timestamp=14022013133802"
        "&apikey=a066f7de6042458da916&signature="
        "8498b583be65b4297a611656a9d37ed5cc5740cf0b7c2b816e45c1c25e1e9a1d"
    )
    answer = caller(world).send("purchasesales/articles:getwarehousequantities", query)
    assert [found["status"] for found in answer.json()["quantities"]] == [
        "NOT-FOUND"
    ] * 3


@pytest.mark.parametrize(
    ("secret", "text", "wanted"),
    [
        (
            "key",
            "data",
            "5031fe3d989c6d1537a013fa6e739da23463fdaec3b70137d828e36ace221bd0",
        ),
        (
            "Jefe",
            "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
    ],
)
def test_signature_is_the_published_one(secret, text, wanted) -> None:
    assert signing.signature(secret, text.encode()) == wanted


@pytest.mark.parametrize("mistake", WRONG)
def test_wrong_signature_is_refused(vectors, tell, mistake: str) -> None:
    name, signature = WRONG[mistake]
    service, query, body, _right, _status = VECTORS[name]
    answer = vectors.send(service, f"{query}&signature={signature}", body.encode())
    assert tell(answer) == (401, ["SIGNATURE-INVALID"])
    assert vectors.world.objects("clients") == []


def test_signature_has_to_be_there_and_last(api, tell) -> None:
    query = api.query()
    signature = api.sign(query)
    assert tell(api.send("settings/vatpcs:get", query)) == (401, ["SIGNATURE-MISSING"])
    first = f"signature={signature}&{query}"
    assert tell(api.send("settings/vatpcs:get", first)) == (401, ["SIGNATURE-MISSING"])
    inside = f"{query}&signature={signature}&pageNumber=1"
    assert tell(api.send("settings/vatpcs:get", inside)) == (
        401,
        ["SIGNATURE-NOT-LAST"],
    )


def test_key_of_another_company_does_not_sign(api, world, tell) -> None:
    other = world.add_company("Õun OÜ")
    query = api.query()
    signature = api.sign(query, secret=other["secret_key"])
    answer = api.send("settings/vatpcs:get", f"{query}&signature={signature}")
    assert tell(answer) == (401, ["SIGNATURE-INVALID"])


def test_upper_case_hex_is_refused_unless_the_setting_takes_it(api, tell) -> None:
    query = api.query()
    signed = f"{query}&signature={api.sign(query).upper()}"
    assert tell(api.send("settings/vatpcs:get", signed))[0] == 401
    api.world.settings(upper_case_hex="accepted")
    assert api.send("settings/vatpcs:get", signed).status_code == 200


def test_revoked_and_changed_keys_are_unknown(api, world) -> None:
    world.revoke_key()
    assert api.refusal("settings/vatpcs:get") == (401, ["SIGNATURE-INVALID"])
    world.revoke_key(restore=True)
    assert api.get("settings/vatpcs")
    old = dict(api.keys)
    new = world.change_keys()
    assert new["public_key"] != old["public_key"]
    api.keys = old
    assert api.refusal("settings/vatpcs:get") == (401, ["SIGNATURE-INVALID"])
    api.keys = new
    assert api.get("settings/vatpcs")


@pytest.mark.parametrize(
    ("moment", "stamp"),
    [
        ("2026-01-15 10:00:00", "15012026120000"),
        ("2026-07-15 10:00:00", "15072026130000"),
        ("2025-12-31 22:30:05", "01012026003005"),
        ("2026-03-29 00:59:59", "29032026025959"),
        ("2026-03-29 01:00:00", "29032026040000"),
        ("2026-10-25 00:30:00", "25102026033000"),
        ("2026-10-25 01:30:00", "25102026033000"),
        ("2024-02-28 22:00:01", "29022024000001"),
    ],
)
def test_timestamp_is_read_as_estonian_time(api, moment: str, stamp: str) -> None:
    utc = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc)
    assert utc in tallinn.read_timestamp(stamp)
    api.world.settings(doubled_hour="either")
    api.world.clock(set=utc.isoformat(), frozen=True)
    query = f"timestamp={stamp}&apikey={api.keys['public_key']}"
    signed = f"{query}&signature={api.sign(query)}"
    assert api.send("settings/vatpcs:get", signed).status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(900, 200), (901, 401)])
@pytest.mark.parametrize("sign", [1, -1])
def test_calls_are_stale_after_fifteen_minutes(api, seconds, status, sign) -> None:
    now = datetime(2026, 1, 15, 10, tzinfo=timezone.utc)
    api.world.clock(set=now.isoformat(), frozen=True)
    api.now = now + timedelta(seconds=seconds * sign)
    answer = api.call("settings/vatpcs:get")
    assert answer.status_code == status
    assert "TIMESTAMP-EXPIRED" in answer.text or status == 200


def test_answers_tell_the_time_of_the_world(api) -> None:
    api.world.clock(set="2026-01-15T10:00:00Z", frozen=True)
    stale = api.call("settings/vatpcs:get")
    assert stale.status_code == 401
    assert stale.headers["Date"] == "Thu, 15 Jan 2026 10:00:00 GMT"
    api.world.settings(date_header=False)
    assert "2026 10:00:00" not in api.call("settings/vatpcs:get").headers["Date"]


def test_status_of_a_stale_call_is_a_setting(api) -> None:
    api.now = datetime.now(timezone.utc) - timedelta(hours=3)
    api.world.settings(stale_status=400)
    assert api.refusal("settings/vatpcs:get") == (400, ["TIMESTAMP-EXPIRED"])


@pytest.mark.parametrize("stamp", ["15012026240000", "31022026120000", "", "now"])
def test_timestamp_that_is_no_time_is_stale(api, tell, stamp: str) -> None:
    query = f"timestamp={stamp}&apikey={api.keys['public_key']}"
    answer = api.send("settings/vatpcs:get", f"{query}&signature={api.sign(query)}")
    assert tell(answer) == (401, ["TIMESTAMP-EXPIRED"])


@pytest.mark.parametrize(
    ("how", "first", "second"),
    [
        ("first", 200, 401),
        ("second", 401, 200),
        ("either", 200, 200),
        ("refused", 401, 401),
    ],
)
def test_doubled_hour_is_read_as_the_setting_says(api, how, first, second) -> None:
    api.world.settings(doubled_hour=how)
    for hour, status in ((0, first), (1, second)):
        api.now = datetime(2026, 10, 25, hour, 30, tzinfo=timezone.utc)
        api.world.clock(set=api.now.isoformat(), frozen=True)
        assert api.call("settings/vatpcs:get").status_code == status
    api.now = datetime(2026, 10, 25, 2, 0, tzinfo=timezone.utc)
    api.world.clock(set=api.now.isoformat(), frozen=True)
    assert api.call("settings/vatpcs:get").status_code == 200


def test_keys_and_signatures_are_not_kept(api) -> None:
    query = api.query(dateFrom="01.01.2026")
    signature = api.sign(query)
    api.send("general/entries:get", f"{query}&signature={signature}")
    (call,) = api.world.calls()
    kept = str(call)
    for secret in (signature, *(api.keys[k] for k in ("public_key", "secret_key"))):
        assert secret not in kept
    assert ["dateFrom", "01.01.2026"] in call["query"]
