# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What closes the door: service, package, bill, rights, limits, unknown paths."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
import requests

VAT = "settings/vatpcs:get"


def test_both_vendors_are_served_by_one_server(sandbox, api) -> None:
    with sandbox.world("tripletex") as other:
        assert requests.get(f"{other.base_url}/customer").status_code == 401
        assert api.get("settings/accounts")["accounts"]


@pytest.mark.parametrize("language", ["", "/et", "/en"])
def test_addresses_of_every_language_lead_to_the_services(api, language) -> None:
    api.language = language
    assert api.get("settings/countries")["countries"][0]["code"] == "EE"


@pytest.mark.parametrize(
    "service",
    [
        "general/entries",
        "general/entries:count",
        "settings/vatpcs:add",
        "settings/balances:get",
        "purchasesales/clientoffers:get",
    ],
)
def test_what_the_vendor_does_not_have_is_not_found(api, service: str) -> None:
    assert api.call(service).status_code == 404
    assert api.world.refused()[-1]["reason"] == "no such service"


def test_other_languages_are_not_found(api) -> None:
    api.language = "/fi"
    assert api.call(VAT).status_code == 404


def test_service_that_is_off_and_starter_package_are_told_apart(api, world) -> None:
    world.api_service(False)
    assert api.refusal(VAT) == (401, ["API-OFF"])
    world.settings(service_off_status=403)
    assert api.refusal(VAT) == (403, ["API-OFF"])
    world.api_service(True)
    world.package("STARTER")
    assert api.refusal(VAT) == (401, ["PACKAGE-WITHOUT-API"])
    world.package("PRO")
    assert api.get("settings/vatpcs")


def test_what_is_off_for_one_company_is_on_for_another(world, caller) -> None:
    other = caller(world, world.add_company("Õun OÜ"))
    world.api_service(False)
    world.unpaid_bill(company=2)
    assert caller(world).refusal(VAT) == (401, ["API-OFF"])
    assert other.refusal(VAT) == (503, ["BILLING"])


def test_missing_right_closes_one_service_only(api, world) -> None:
    assert world.remove_right("general/entries") == ["general/entries"]
    wanted = (400, ["NO-RIGHT"])
    assert api.refusal("general/entries:get", dateFrom="01.01.2026") == wanted
    assert api.get("purchasesales/clients")
    world.settings(missing_right_status=403)
    assert api.refusal("general/entries:get", dateFrom="01.01.2026")[0] == 403
    world.remove_right("entries", restore=True)
    assert api.get("general/entries", dateFrom="01.01.2026")


def test_sixty_calls_a_minute_are_answered(make_world, caller) -> None:
    world = make_world(limit_minute=60, limit_day=1000)
    api = caller(world)
    api.now = datetime(2026, 1, 15, 10, tzinfo=timezone.utc)
    world.clock(set="2026-01-15T10:00:00Z", frozen=True)
    statuses = [api.call(VAT).status_code for _n in range(62)]
    assert statuses == [200] * 60 + [503] * 2
    assert api.refusal(VAT) == (503, ["REQUEST-LIMIT"])
    assert len(world.refused()) == 3
    assert world.used_calls() == {"minute": 60, "hour": 60, "day": 60}
    world.clock(advance=59)
    assert api.call(VAT).status_code == 503
    world.clock(advance=1)
    assert api.call(VAT).status_code == 200


def test_thousand_calls_a_day_are_shared_with_other_software(
    make_world, caller
) -> None:
    world = make_world(limit_minute=60, limit_day=1000)
    api = caller(world)
    world.use_calls(998, ago=3600)
    assert [api.call(VAT).status_code for _n in range(3)] == [200, 200, 503]
    assert "1 day" in api.call(VAT).text
    world.reset_limits()
    assert api.call(VAT).status_code == 200


def test_budget_is_per_company_unless_the_setting_says_otherwise(
    make_world, caller
) -> None:
    world = make_world(limit_minute=2)
    one, other = caller(world), caller(world, world.add_company())
    shop = caller(world, {**world.credentials, **world.add_key()})
    statuses = [found.call(VAT).status_code for found in (one, shop, one, other)]
    assert statuses == [200, 200, 503, 200]
    world.reset_limits()
    world.settings(limit_per="key")
    statuses = [found.call(VAT).status_code for found in (one, one, one, shop)]
    assert statuses == [200, 200, 503, 200]
    world.reset_limits()
    world.settings(limit_per="world")
    statuses = [found.call(VAT).status_code for found in (one, other, shop)]
    assert statuses == [200, 200, 503]


def test_calls_with_wrong_signature_use_nothing_up(make_world, caller) -> None:
    world = make_world(limit_minute=5)
    thief = caller(world, {**world.credentials, "secret_key": "guess"})
    assert [thief.call(VAT).status_code for _n in range(7)] == [401] * 7
    assert world.used_calls()["minute"] == 0


def test_refused_calls_can_count_too(make_world, caller) -> None:
    world = make_world(limit_minute=1, limit_counts_refused=True)
    api = caller(world)
    assert [api.call(VAT).status_code for _n in range(3)] == [200, 503, 503]
    assert world.used_calls()["minute"] == 3


def test_calendar_windows_begin_anew_at_midnight_in_estonia(make_world, caller) -> None:
    world = make_world(limit_day=1, limit_window="calendar", retry_after=True)
    api = caller(world)
    for moment, status in (
        ("2026-01-15T21:59:58+00:00", 200),
        ("2026-01-15T21:59:59+00:00", 503),
        ("2026-01-15T22:00:00+00:00", 200),
    ):
        api.now = datetime.fromisoformat(moment)
        world.clock(set=moment, frozen=True)
        answer = api.call(VAT)
        assert answer.status_code == status
        if status == 503:
            assert answer.headers["Retry-After"] == "1"


def test_limit_says_when_to_come_back_only_if_asked_to(make_world, caller) -> None:
    world = make_world(limit_minute=1)
    api = caller(world)
    world.use_calls(1, ago=20)
    assert "Retry-After" not in api.call(VAT).headers
    world.settings(retry_after=True)
    assert 30 <= int(api.call(VAT).headers["Retry-After"]) <= 40


def test_two_kinds_of_503_differ_in_their_body_only(make_world, caller) -> None:
    world = make_world(limit_minute=1)
    api = caller(world)
    api.call(VAT)
    limit = api.call(VAT)
    world.reset_limits()
    world.unpaid_bill()
    bill = api.call(VAT)
    assert (limit.status_code, bill.status_code) == (503, 503)
    assert limit.headers["Content-Type"] == bill.headers["Content-Type"]
    assert "limit" in limit.text
    assert "unpaid bill" in bill.text
    world.settings(billing_code="ARVE", billing_text="Arve on tasumata")
    assert api.call(VAT).json() == {
        "errors": [{"code": "ARVE", "message": "Arve on tasumata"}]
    }
    world.unpaid_bill(False)
    assert api.call(VAT).status_code == 200


@pytest.mark.parametrize("shape", ["message", "error"])
def test_errors_can_have_other_shapes(api, shape: str) -> None:
    api.world.settings(error_shape=shape)
    answer = api.call("general/entries:get")
    assert answer.status_code == 400
    assert answer.json() == {shape: "Parameter dateFrom is mandatory"}


def test_errors_can_be_plain_text_or_have_another_key(api) -> None:
    api.world.settings(error_key="errorCode")
    (error,) = api.call("general/entries:get").json()["errors"]
    assert error["errorCode"] == "PARAMETER-MISSING"
    api.world.settings(error_key="")
    (error,) = api.call("general/entries:get").json()["errors"]
    assert list(error) == ["message"]
    api.world.settings(error_shape="text")
    assert api.call("general/entries:get").text == "Parameter dateFrom is mandatory"


def test_reads_may_be_posted_unless_the_setting_refuses_them(api) -> None:
    assert api.call(VAT, {}).json()["vatPcs"]
    api.world.settings(post_to_get="refused")
    assert api.refusal(VAT, {}) == (400, ["METHOD-NOT-ALLOWED"])
    assert api.call(VAT).status_code == 200


def test_mistake_of_the_stand_in_is_the_vendors_500(api) -> None:
    api.world.settings(page_size=0.5)
    answer = api.call("purchasesales/clients:get")
    assert answer.status_code == 500
    assert api.world.calls()[-1]["reason"].startswith("stand-in: TypeError")
