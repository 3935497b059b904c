# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Webhooks over real HTTP: what causes one, what it carries (dossier §11)."""

from __future__ import annotations

import threading

import pytest

from tests.sandbox.receiver import is_signed

FIELDS = "id,version,name"


def order_body(customer):
    """Return the body of an order with one line."""
    line = {"description": "Frakt", "count": 1, "unitPriceExcludingVatCurrency": 100}
    return {
        "customer": {"id": customer["id"]},
        "orderDate": "2026-01-15",
        "deliveryDate": "2026-01-15",
        "orderLines": [{**line, "vatType": {"id": 3}}],
    }


@pytest.mark.parametrize(
    ("path", "body", "change"),
    [
        ("customer", {"name": "Kari"}, {"name": "Kari A."}),
        ("supplier", {"name": "Kari"}, {"name": "Kari A."}),
        ("product", {"name": "Skrue"}, {"name": "Mutter"}),
    ],
)
def test_each_change_through_the_api_is_told(
    world, api, receiver, subscribe, path, body, change
) -> None:
    for verb in ("create", "update", "delete"):
        subscribe(f"{path}.{verb}", fields=FIELDS)
    made = api.write("POST", path, body)
    world.wait_for_webhooks()
    api.write("PUT", f"{path}/{made['id']}", change)
    world.wait_for_webhooks()
    api.call("DELETE", f"{path}/{made['id']}")
    assert world.wait_for_webhooks() == {"delivered": 3}
    key, version = made["id"], made["version"]
    assert receiver.told("version", "name") == [
        (f"{path}.create", key, version, body["name"]),
        (f"{path}.update", key, version + 1, change["name"]),
        (f"{path}.delete", key, None, None),
    ]
    assert receiver.got[2]["value"] is None


def test_changes_by_a_person_at_the_vendor_are_told_too(world, receiver, subscribe):
    subscription = subscribe("contact.update", fields="id,firstName")
    contact = world.add("contact", firstName="Åse")
    world.update("contact", contact["id"], firstName="Åshild")
    world.wait_for_webhooks()
    (got,) = receiver.got
    assert got["value"] == {"id": contact["id"], "firstName": "Åshild"}
    assert got["subscriptionId"] == subscription["id"]
    assert got["path"] == "/hook/secret-path?x=1"
    assert "Åshild".encode() in got["raw"]


def test_delivery_is_signed_and_carries_the_header_that_was_given(
    world, receiver, subscribe
) -> None:
    subscribe("customer.create", authHeaderName="X-Auth", authHeaderValue="open")
    world.add("customer", name="Kari")
    world.add("customer", name="Ola")
    world.wait_for_webhooks()
    assert all(is_signed(got) for got in receiver.got)
    assert not is_signed(receiver.got[0], "another secret")
    assert {got["headers"]["x-auth"] for got in receiver.got} == {"open"}
    assert len(set(receiver.keys())) == 2


def test_delivery_without_a_secret_is_not_signed(world, receiver, subscribe) -> None:
    address = receiver.url.replace("//", "//user:word@")
    subscribe("customer.create", hmacSharedSecret="", targetUrl=address)
    world.add("customer", name="Kari")
    world.wait_for_webhooks()
    headers = receiver.got[0]["headers"]
    assert "x-request-signature" not in headers
    assert headers["idempotency-key"]
    assert headers["authorization"] == "Basic dXNlcjp3b3Jk"


def test_value_follows_fields_as_a_reading_does(world, receiver, subscribe) -> None:
    subscribe("customer.create", fields="name,postalAddress(city)")
    subscribe("customer.create")
    world.add("customer", name="Kari", postalAddress={"city": "Oslo"})
    world.wait_for_webhooks()
    values = [got["value"] for got in receiver.got]
    assert {"name": "Kari", "postalAddress": {"city": "Oslo"}} in values
    (whole,) = (value for value in values if "customerNumber" in value)
    assert set(whole["postalAddress"]) == {"id", "url"}


def test_nothing_is_told_of_what_did_not_change(world, api, receiver, subscribe):
    for event in ("customer.update", "customer.create", "invoice.charged"):
        subscribe(event)
    kari = api.write("POST", "customer", {"name": "Kari"})
    api.write("PUT", f"customer/{kari['id']}", {"name": "Kari"})
    api.call("POST", "customer", json={"name": "Ola", "colour": "red"})
    api.write("POST", "order", order_body(kari))
    world.seed(customers=3, products=2, invoices=2)
    api.write("POST", "product", {"name": "Skrue"})
    assert world.wait_for_webhooks() == {"delivered": 1}
    assert receiver.told() == [("customer.create", kari["id"])]


def test_new_invoice_is_charged_once_with_order_and_voucher(
    world, api, receiver, subscribe
) -> None:
    kari = world.add("customer", name="Kari")
    events = ("invoice.charged", "order.create", "order.update", "voucher.create")
    for event in events:
        subscribe(event)
    dates = {"invoiceDate": "2026-01-15", "invoiceDueDate": "2026-01-29"}
    body = {**dates, "orders": [order_body(kari)]}
    invoice = api.write("POST", "invoice", body, sendToCustomer="false")
    world.wait_for_webhooks()
    found = sorted(receiver.told("invoiceNumber"), key=str)
    assert [told[0] for told in found] == [
        "invoice.charged",
        "order.create",
        "voucher.create",
    ]
    assert found[0] == ("invoice.charged", invoice["id"], invoice["invoiceNumber"])
    world.pay_invoice(invoice["id"])
    note = world.credit_invoice(invoice["id"])
    world.wait_for_webhooks()
    charged = [told[1] for told in receiver.told() if told[0] == "invoice.charged"]
    assert charged == [invoice["id"], note["id"]]


def test_order_that_is_charged_later_was_updated(world, api, receiver, subscribe):
    order = api.write("POST", "order", order_body(world.add("customer", name="Kari")))
    subscribe("order.update", fields="isClosed")
    subscribe("invoice.charged", fields="id")
    api.write("PUT", f"order/{order['id']}/:invoice", invoiceDate="2026-02-01")
    world.wait_for_webhooks()
    assert {told[0] for told in receiver.told()} == {"order.update", "invoice.charged"}


def test_invoice_from_before_the_subscription_is_not_told_when_paid(
    world, receiver, subscribe
) -> None:
    kari = world.add("customer", name="Kari")
    invoice = world.add("invoice", customer=kari, invoiceDate="2026-01-15")
    subscribe("invoice.charged")
    world.pay_invoice(invoice["id"], amount=1)
    assert world.wait_for_webhooks() == {}
    assert receiver.got == []


def test_customer_who_becomes_a_supplier_is_a_new_supplier(
    world, api, receiver, subscribe
) -> None:
    kari = world.add("customer", name="Kari")
    for event in ("supplier.create", "customer.update", "supplier.update"):
        subscribe(event)
    api.write("PUT", f"customer/{kari['id']}", {"isSupplier": True})
    world.wait_for_webhooks()
    assert {told[0] for told in receiver.told()} == {
        "supplier.create",
        "customer.update",
    }


def test_answer_does_not_wait_for_the_delivery(world, api, receiver, subscribe):
    subscribe("customer.create")
    receiver.pause.clear()
    kari = api.write("POST", "customer", {"name": "Kari"})
    assert kari["id"]
    assert world.webhooks()["deliveries"][0]["state"] in ("waiting", "sending")
    receiver.pause.set()
    assert world.wait_for_webhooks() == {"delivered": 1}


def test_webhook_can_come_before_the_answer(world, api, receiver, subscribe) -> None:
    world.settings(webhook_timing="before")
    subscribe("customer.create", fields=FIELDS)
    receiver.pause.clear()
    answered = threading.Event()

    def create() -> None:
        api.as_user("0").write("POST", "customer", {"name": "Kari"})
        answered.set()

    thread = threading.Thread(target=create)
    thread.start()
    receiver.wait()
    assert not answered.is_set()
    # the work is done: who is told can read it
    assert api.value(f"customer/{receiver.got[0]['id']}")["name"] == "Kari"
    assert not answered.is_set()
    receiver.pause.set()
    thread.join()
    assert answered.is_set()


def test_webhook_comes_while_the_answer_hangs(world, api, receiver, subscribe) -> None:
    subscribe("customer.create")
    world.fault("^/customer$", method="POST", hold="answer", when="after")
    caller = api.as_user("0")
    thread = threading.Thread(
        target=lambda: caller.write("POST", "customer", {"name": "Kari"})
    )
    thread.start()
    world.wait_held("answer")
    world.wait_for_webhooks()
    assert receiver.told("name")[0][2] == "Kari"
    assert thread.is_alive()
    world.let_go("answer")
    thread.join()


def test_quick_changes_can_be_merged_into_one_event(world, receiver, subscribe):
    world.settings(webhook_timing="merged")
    kari, ola = (world.add("customer", name=name) for name in ("Kari", "Ola"))
    subscribe("customer.update", fields=FIELDS)
    for name in ("A", "B", "C"):
        world.update("customer", kari["id"], name=name)
    world.update("customer", ola["id"], name="D")
    world.wait_for_webhooks()
    assert sorted(receiver.told("version", "name")) == [
        ("customer.update", kari["id"], kari["version"] + 3, "C"),
        ("customer.update", ola["id"], ola["version"] + 1, "D"),
    ]


def test_events_reach_only_the_books_that_were_subscribed_to(
    world, api, login, receiver, subscribe
) -> None:
    world.add_office(clients=["Nordvik Rør AS", "Lyngen Fisk AS"])
    first, second = world.credentials["client_ids"]
    office = login(world, "office")
    subscribe("customer.create", caller=office.as_user(first))
    world.add("customer", company=second, name="Ola")
    world.add("customer", name="Ikke klient")
    kari = world.add("customer", company=first, name="Kari")
    world.wait_for_webhooks()
    assert receiver.told() == [("customer.create", kari["id"])]
    world.settings(office_webhooks="key")
    ola = world.add("customer", company=second, name="Ola")
    world.add("customer", name="Ikke klient")
    world.wait_for_webhooks()
    assert receiver.told()[1:] == [("customer.create", ola["id"])]


def test_revoked_key_is_told_nothing(world, receiver, subscribe) -> None:
    subscribe("customer.create")
    world.revoke_key()
    world.add("customer", name="Kari")
    world.revoke_key(restore=True)
    ola = world.add("customer", name="Ola")
    world.wait_for_webhooks()
    assert receiver.told() == [("customer.create", ola["id"])]
