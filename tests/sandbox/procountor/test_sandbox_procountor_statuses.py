# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From one status of an invoice to the next (dossier §3)."""

from __future__ import annotations

import pytest

NO_SENDING = {"invoiceChannel": "NO_SENDING"}


def put(api, invoice, step):
    """Try a step; return the status of the answer."""
    body = {} if step in ("approve", "reject") else None
    return api.call("PUT", f"/invoices/{invoice['id']}/{step}", body).status_code


def test_an_approved_invoice_waits_to_be_sent(api):
    assert api.step(api.invoice(), "approve")["status"] == "NOT_SENT"


def test_where_nothing_is_sent_it_is_approved(api):
    made = api.step(api.invoice(**NO_SENDING), "approve")
    assert made["status"] == "APPROVED"
    assert put(api, made, "send") == 403


def test_sending_tells_the_customer(api):
    made = api.step(api.invoice(), "approve", "send")
    assert made["status"] == "SENT"
    mail = api.world.outbox()[0]
    assert mail["invoice"] == made["id"] and mail["channel"] == "EMAIL"
    assert mail["to"] == "laskut@esimerkki.example"


def test_an_invoice_dated_later_leaves_three_days_before_its_date(api):
    api.world.clock(set="2026-01-10T10:00:00Z", frozen=True)
    info = {"dueDate": "2026-02-28"}
    api.login().step(
        api.invoice(date="2026-01-31", paymentInfo=info), "approve", "send"
    )
    api.step(api.invoice(date="2026-01-11", paymentInfo=info), "approve", "send")
    days = [mail["day"] for mail in api.world.outbox()]
    assert days == ["2026-01-28", "2026-01-10"]


def test_nothing_is_sent_before_it_is_approved(api):
    made = api.invoice()
    assert put(api, made, "send") == 403
    assert api.world.outbox() == []
    assert api.get(f"/invoices/{made['id']}")["status"] == "UNFINISHED"


def test_whether_a_sent_invoice_can_be_sent_again_is_a_setting(api):
    made = api.step(api.invoice(), "approve", "send", "send")
    assert len(api.world.outbox()) == 2
    api.world.settings(resend="refused")
    assert put(api, made, "send") == 403


@pytest.mark.parametrize("values", [{}, NO_SENDING])
def test_an_approved_invoice_can_be_made_unfinished_and_changed(api, values):
    made = api.step(api.invoice(**values), "approve", "unfinished")
    assert made["status"] == "UNFINISHED"
    body = api.invoice_body(version=made["version"], notes="Uusi")
    assert api.write("PUT", f"/invoices/{made['id']}", body)["notes"] == "Uusi"


@pytest.mark.parametrize("steps", [["approve"], ["approve", "send"], ["invalidate"]])
def test_only_an_unfinished_invoice_can_be_changed(api, steps):
    made = api.step(api.invoice(), *steps)
    body = api.invoice_body(version=made["version"])
    assert api.refusal("PUT", f"/invoices/{made['id']}", body)[0] == 403


@pytest.mark.parametrize("step", ["unfinished", "invalidate", "approve", "reject"])
def test_a_sent_invoice_can_only_be_credited(api, step):
    made = api.step(api.invoice(), "approve", "send")
    assert put(api, made, step) == 403
    assert api.get(f"/invoices/{made['id']}")["status"] == "SENT"


def test_an_approved_invoice_is_invalidated_by_way_of_unfinished(api):
    made = api.step(api.invoice(), "approve")
    assert put(api, made, "invalidate") == 403
    assert api.step(made, "unfinished", "invalidate")["status"] == "INVALIDATED"
    api.world.settings(invalidate_from="approved_too")
    other = api.step(api.invoice(), "approve", "invalidate")
    assert other["status"] == "INVALIDATED"


def test_an_invalidated_invoice_stays_so(api):
    made = api.step(api.invoice(), "invalidate")
    steps = ("approve", "send", "unfinished", "invalidate")
    assert [put(api, made, step) for step in steps] == [403] * 4


def test_a_rejected_invoice_is_denied(api):
    assert api.step(api.invoice(), "reject")["status"] == "PAYMENT_DENIED"


def test_notes_can_be_written_in_any_status(api):
    made = api.step(api.invoice(), "approve", "send")
    path = f"/invoices/{made['id']}/notes"
    api.write("PUT", path, {"notes": "Soitettu"})
    assert api.get(f"/invoices/{made['id']}")["notes"] == "Soitettu"
    assert list(api.refusal("PUT", path, {})[1]) == ["notes"]


def test_every_step_makes_a_new_version(api):
    made = api.invoice()
    api.world.clock(advance=5)
    approved = api.step(made, "approve")
    api.world.clock(advance=5)
    assert made["version"] < approved["version"] < api.step(made, "send")["version"]


def test_a_closed_period_keeps_invoices_as_they_are(api):
    fresh, approved = api.invoice(), api.step(api.invoice(), "approve")
    api.world.lock_period("2026-01-31")
    closed = {"": "CLOSED_FISCAL_PERIOD"}
    for made, step, status in (
        (fresh, "invalidate", 400),
        (approved, "unfinished", 400),
        (fresh, "approve", 403),
    ):
        body = {} if step == "approve" else None
        path = f"/invoices/{made['id']}/{step}"
        assert api.refusal("PUT", path, body) == (status, closed)
    api.world.lock_period("")
    assert api.step(fresh, "invalidate")["status"] == "INVALIDATED"


def test_an_unknown_invoice_is_404(api):
    for step in ("approve", "send", "unfinished", "invalidate"):
        assert put(api, {"id": 1}, step) == 404


def test_a_comment_on_approval_is_at_most_100_characters(api):
    made = api.invoice()
    path = f"/invoices/{made['id']}/approve"
    assert list(api.refusal("PUT", path, {"comment": "x" * 101})[1]) == ["comment"]
    api.write("PUT", path, {"comment": "x" * 100})


def test_whether_an_approval_needs_a_body_is_a_setting(api):
    path = f"/invoices/{api.invoice()['id']}/approve"
    assert api.refusal("PUT", path)[0] == 400
    api.world.settings(approve_without_body="allowed")
    api.write("PUT", path)


def test_persons_move_invoices_too(api):
    made = api.invoice()
    found = api.world.do("set_status", id=made["id"], status="SENT")
    assert found["status"] == "SENT"
