# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payments, marked by hand or come by bank (dossier §3.5, §10)."""

from __future__ import annotations

import pytest


def pay(api, invoice, **values):
    """Return path and body that mark an invoice as paid."""
    path = f"/invoices/{invoice['id']}/paymentevents/markpaid"
    total = invoice["invoiceSumInfo"][-1]["invoiceSumTotal"]
    body = {"paymentDate": "2026-01-20", "amount": total, "currency": "EUR"}
    return "PUT", path, {**body, **values}


@pytest.fixture
def approved(api):
    """Return an approved invoice."""
    return api.step(api.invoice(), "approve")


def test_an_invoice_marked_as_paid_is_marked_paid(api, approved):
    event = api.write(*pay(api, approved, paymentMethodType="CHARGE_CARD"))
    assert event["type"] == "CHARGECARD" and event["status"] == "MARKED_PAID"
    found = api.get(f"/invoices/{approved['id']}")
    assert found["status"] == "MARKED_PAID" and found["paymentDate"] == "2026-01-20"


def test_part_of_the_sum_leaves_it_partly_paid(api, approved):
    api.write(*pay(api, approved, amount=10))
    assert api.get(f"/invoices/{approved['id']}")["status"] == "PARTLY_PAID"
    left = round(approved["invoiceSumInfo"][0]["invoiceSumTotal"] - 10, 2)
    api.write(*pay(api, approved, amount=left, paymentDate="2026-01-25"))
    found = api.get(f"/invoices/{approved['id']}")
    assert found["status"] == "MARKED_PAID" and found["paymentDate"] == "2026-01-25"


def test_a_payment_by_bank_makes_it_paid(api, approved):
    api.world.clock(advance=60)
    found = api.world.pay_invoice(approved["id"], day="2026-01-21")
    assert found["status"] == "PAID" and found["paymentDate"] == "2026-01-21"
    assert found["version"] > approved["version"]


def test_whether_a_payment_makes_a_new_version_is_a_setting(api, approved):
    api.world.settings(payment_touches_version=False)
    api.world.clock(advance=60)
    found = api.world.pay_invoice(approved["id"])
    assert found["status"] == "PAID" and found["version"] == approved["version"]


def test_payments_cannot_be_attached_to_an_unfinished_invoice(api):
    made = api.invoice()
    assert api.refusal(*pay(api, made))[0] == 403
    assert api.world.counts()["paymentevents"] == 0


def test_a_paid_invoice_takes_no_further_payment(api, approved):
    api.write(*pay(api, approved))
    assert api.refusal(*pay(api, approved))[0] == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("currency", "SEK"),
        ("amount", 0),
        ("paymentDate", None),
        ("description", "x" * 141),
        ("paymentMethodType", "WIRE"),
    ],
)
def test_the_field_that_is_wrong_is_named(api, approved, field, value):
    status, fields = api.refusal(*pay(api, approved, **{field: value}))
    assert (status, list(fields)) == (400, [field])


def test_a_payment_in_a_closed_period_is_refused(api, approved):
    api.world.lock_period("2026-01-20")
    found = api.refusal(*pay(api, approved))
    assert found == (400, {"paymentDate": "CLOSED_FISCAL_PERIOD"})
    api.write(*pay(api, approved, paymentDate="2026-01-21"))


def test_whether_more_than_the_sum_can_be_paid_is_a_setting(api, approved):
    api.world.settings(overpayment="refused")
    assert list(api.refusal(*pay(api, approved, amount=1000))[1]) == ["amount"]
    api.world.settings(overpayment="allowed")
    api.write(*pay(api, approved, amount=1000))


def test_marking_as_paid_needs_its_right(api, approved):
    api.world.remove_right("markAsPaid")
    status, fields = api.refusal(*pay(api, approved))
    assert status == 403 and "markAsPaid" in fields[""]


def test_payments_are_listed(api, approved):
    event = api.write(*pay(api, approved))
    path = f"/invoices/{approved['id']}/paymentevents"
    assert api.found(path) == [event]
    assert api.get(f"{path}/{event['id']}") == event
    other = api.invoice()
    path = f"/invoices/{other['id']}/paymentevents/{event['id']}"
    assert api.refusal("GET", path)[0] == 404


def test_a_payment_is_deleted_once_a_person_has_confirmed(api, approved):
    event = api.write(*pay(api, approved))
    path = f"/invoices/{approved['id']}/paymentevents/{event['id']}"
    answer = api.call("DELETE", path)
    assert answer.status_code == 202 and answer.json()["transactionIdentifier"]
    assert api.get(path) == event, "nobody has confirmed yet"
    api.world.do("confirm_removal", id=event["id"])
    assert api.refusal("GET", path)[0] == 404
    found = api.get(f"/invoices/{approved['id']}")
    assert found["status"] == "NOT_SENT" and "paymentDate" not in found


def test_a_payment_by_bank_cannot_be_deleted(api, approved):
    api.world.pay_invoice(approved["id"])
    path = f"/invoices/{approved['id']}/paymentevents"
    event = api.found(path)[0]
    assert api.refusal("DELETE", f"{path}/{event['id']}")[0] == 403


def test_a_foreign_payment_is_told_in_both_currencies(api):
    row = {**api.invoice_body()["invoiceRows"][0], "quantity": 1, "unitPrice": 100}
    info = {"currency": "SEK", "currencyRate": 10}
    rows = [{**row, "vatPercent": 0}]
    made = api.invoice(paymentInfo=info, invoiceRows=rows, vatStatus=3)
    api.step(made, "approve")
    event = api.write(*pay(api, made, currency="SEK"))
    assert (event["paidAmount"], event["paidCurrency"]) == (100, "SEK")
    assert (event["amount"], event["currency"]) == (10, "EUR")


def test_payments_of_many_invoices_come_together_without_their_kind(api):
    made = [api.step(api.invoice(), "approve") for _n in range(3)]
    for invoice in made[:2]:
        api.write(*pay(api, invoice, paymentMethodType="CREDIT_LOSS"))
    ids = ",".join(str(invoice["id"]) for invoice in made)
    found = api.get(f"/payments/paymentevents?invoiceId={ids}")["results"]
    assert {one["invoiceId"] for one in found} == {one["id"] for one in made[:2]}
    assert not any("type" in one or "description" in one for one in found)
    assert api.refusal("GET", "/payments/paymentevents")[0] == 400
