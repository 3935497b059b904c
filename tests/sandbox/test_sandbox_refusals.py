# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a writer can do wrong, and the answers that a setting decides."""

from __future__ import annotations

import pytest

WINDOW = {"orderDateFrom": "2000-01-01", "orderDateTo": "2100-01-01"}
INVOICES = {"invoiceDateFrom": "2000-01-01", "invoiceDateTo": "2100-01-01"}


@pytest.fixture
def kari(world):
    """Return a customer who can be written to."""
    return world.add("customer", name="Kari Åsen", email="kari@example.org")


def order_body(customer, **values):
    """Return the body of an order of 1,000 and VAT."""
    line = {"description": "Frakt", "count": 1, "unitPriceExcludingVatCurrency": 1000}
    return {
        "customer": {"id": customer["id"]},
        "orderDate": "2026-01-15",
        "deliveryDate": "2026-01-15",
        "orderLines": [{**line, "vatType": {"id": 3}}],
        **values,
    }


def invoice_body(order, **values):
    """Return the body of an invoice around an order."""
    dates = {"invoiceDate": "2026-01-15", "invoiceDueDate": "2026-01-29"}
    return {**dates, "orders": [order], **values}


def fields_of(body):
    """Return which fields an error names."""
    return [entry["field"] for entry in body["validationMessages"]]


def names(api, path):
    """Return the names of all objects of a kind."""
    return [found["name"] for found in api.values(path)]


# lists


@pytest.mark.parametrize("path", ["customer", "supplier", "product"])
@pytest.mark.parametrize(("atomic", "left"), [(True, []), (False, ["A", "B"])])
def test_bad_element_of_a_new_list_fails_all_or_what_follows(
    api, path, atomic, left
) -> None:
    api.world.settings(bulk_atomic=atomic)
    bodies = [{"name": "A"}, {"name": "B"}, {"colour": "red"}, {"name": "C"}]
    assert api.error(f"{path}/list", "POST", bodies)[:2] == (422, 16000)
    assert names(api, path) == left


@pytest.mark.parametrize(("atomic", "left"), [(True, "Kari"), (False, "New")])
def test_bad_element_of_a_changed_list_fails_all_or_what_follows(
    world, api, atomic, left
) -> None:
    world.settings(bulk_atomic=atomic)
    kari, ola, per = (world.add("customer", name=n) for n in ("Kari", "Ola", "Per"))
    world.update("customer", ola["id"], name="Ola B.")
    bodies = [
        {"id": customer["id"], "version": customer["version"], "name": "New"}
        for customer in (kari, ola, per)
    ]
    assert api.error("customer/list", "PUT", bodies)[:2] == (409, 8000)
    assert names(api, "customer") == [left, "Ola B.", "Per"]


def test_deleted_element_of_a_changed_list_fails_it(world, api) -> None:
    kari, ola = (world.add("customer", name=name) for name in ("Kari", "Ola"))
    world.delete("customer", ola["id"])
    assert api.error(f"customer/{ola['id']}", "PUT", {"name": "X"})[:2] == (404, 6000)
    bodies = [{"id": kari["id"], "name": "X"}, {"id": ola["id"], "name": "X"}]
    assert api.error("customer/list", "PUT", bodies)[:2] == (404, 6000)
    assert names(api, "customer") == ["Kari"]


def test_list_without_versions_overwrites_what_somebody_else_wrote(world, api) -> None:
    kari = world.add("customer", name="Kari")
    world.update("customer", kari["id"], name="Other", email="kari@example.org")
    (found,) = api.write("PUT", "customer/list", [{"id": kari["id"], "name": "Mine"}])
    assert (found["name"], found["email"]) == ("Mine", "kari@example.org")


def test_list_that_changes_one_object_twice_changes_nothing(world, api) -> None:
    kari = world.add("customer", name="Kari")
    bodies = [{"id": kari["id"], "name": name} for name in ("A", "B")]
    assert api.error("customer/list", "PUT", bodies)[:2] == (409, 8000)
    assert names(api, "customer") == ["Kari"]


@pytest.mark.parametrize("path", ["order/list", "invoice/list"])
def test_lists_of_orders_and_invoices_take_a_hundred(api, kari, path) -> None:
    order = order_body(kari)
    body = order if path == "order/list" else invoice_body(order)
    assert api.error(path, "POST", [body] * 101)[:2] == (422, 18000)
    assert api.values("order", **WINDOW) == []
    assert len(api.write("POST", path, [body] * 100, sendToCustomer="false")) == 100


def test_other_lists_are_limited_where_a_setting_says_so(world, api) -> None:
    bodies = [{"name": f"Kunde {place}"} for place in range(101)]
    world.settings(bulk_limit=100)
    assert api.error("customer/list", "POST", bodies)[:2] == (422, 18000)
    assert api.values("customer") == []
    world.settings(bulk_limit=0)
    made = api.write("POST", "customer/list", bodies)
    world.settings(bulk_limit=100)
    changes = [{"id": found["id"], "description": "x"} for found in made]
    assert api.error("customer/list", "PUT", changes)[:2] == (422, 18000)


@pytest.mark.parametrize(("atomic", "count"), [(True, 0), (False, 1)])
def test_invoices_made_before_a_bad_one_stay_where_lists_are_not_atomic(
    api, kari, atomic, count
) -> None:
    api.world.settings(bulk_atomic=atomic)
    good, bad = invoice_body(order_body(kari)), invoice_body({"id": 1})
    assert api.error("invoice/list", "POST", [good, bad, good])[:2] == (404, 6000)
    assert len(api.values("invoice", **INVOICES)) == count
    assert len(api.world.outbox()) == count


def test_one_order_is_not_charged_twice_in_a_list(api, kari) -> None:
    order = api.write("POST", "order", order_body(kari))
    body = invoice_body({"id": order["id"]})
    assert api.error("invoice/list", "POST", [body, body])[:2] == (422, 18000)
    assert api.values("invoice", **INVOICES) == []
    assert api.value(f"order/{order['id']}")["isClosed"] is False


# numbers in use


def test_order_number_in_use_is_refused_and_the_order_can_be_found(api, kari) -> None:
    body = order_body(kari, number="ODOO-7")
    order = api.write("POST", "order", body)
    status, code, found = api.error("order", "POST", body)
    assert (status, code, fields_of(found)) == (422, 18000, ["number"])
    assert found["validationMessages"][0]["message"] == "Nummeret er i bruk."
    for path, bad in (("order/list", body), ("invoice", invoice_body(body))):
        bad = [bad] if path == "order/list" else bad
        assert api.error(path, "POST", bad)[:2] == (422, 18000)
    (there,) = api.values("order", **WINDOW, number="ODOO-7")
    assert there["id"] == order["id"]
    assert api.values("order", **WINDOW, number="ODOO-8") == []


def test_order_number_twice_in_a_list_is_refused(api, kari) -> None:
    body = order_body(kari, number="ODOO-7")
    assert api.error("order/list", "POST", [body, body])[:2] == (422, 18000)
    bodies = [invoice_body(body), invoice_body(body)]
    assert api.error("invoice/list", "POST", bodies)[:2] == (422, 18000)
    assert api.values("order", **WINDOW) == []


def test_order_number_can_be_had_twice_where_the_setting_allows(api, kari) -> None:
    api.world.settings(duplicate_order_number="allowed")
    for _time in range(2):
        api.write("POST", "order", order_body(kari, number="ODOO-7"))
    assert len(api.values("order", **WINDOW, number="ODOO-7")) == 2


def test_automatic_numbers_skip_those_that_were_chosen(api, kari) -> None:
    api.write("POST", "order", order_body(kari, number="2"))
    numbers = [api.write("POST", "order", order_body(kari))["number"] for _n in "ab"]
    assert numbers == ["1", "3"]
    api.write("POST", "customer", {"name": "A", "customerNumber": 10002})
    assert api.write("POST", "customer", {"name": "B"})["customerNumber"] == 10003
    body = {"name": "C", "customerNumber": 10002}
    assert fields_of(api.error("customer", "POST", body)[2]) == ["customerNumber"]


@pytest.mark.parametrize("kind", ["409/7000", "409/14000"])
def test_number_in_use_is_a_conflict_where_the_setting_says_so(api, kari, kind) -> None:
    wanted = tuple(int(part) for part in kind.split("/"))
    api.world.settings(exists_status=kind)
    api.write("POST", "product", {"name": "Skrue", "number": "S1"})
    body = {"name": "Mutter", "number": "S1"}
    assert api.error("product", "POST", body)[:2] == wanted
    twice = [{"name": "A", "number": "S2"}, {"name": "B", "number": "S2"}]
    assert api.error("product/list", "POST", twice)[:2] == wanted
    api.write("POST", "order", order_body(kari, number="7"))
    assert api.error("order", "POST", order_body(kari, number="7"))[:2] == wanted
    # what is wrong besides is a validation as ever
    worse = {"name": "x" * 256, "number": "S1"}
    assert api.error("product", "POST", worse)[:2] == (422, 18000)
    assert names(api, "product") == ["Skrue"]


def test_chosen_invoice_number_does_not_move_the_series(api, kari) -> None:
    def charge(**values):
        body = invoice_body(order_body(kari), **values)
        return api.write("POST", "invoice", body)["invoiceNumber"]

    assert [charge(invoiceNumber=2), charge(invoiceNumber=0), charge()] == [2, 1, 2]
    body = invoice_body(order_body(kari), invoiceNumber=2)
    assert fields_of(api.error("invoice", "POST", body)[2]) == ["invoiceNumber"]
    api.world.settings(chosen_invoice_number="skipped")
    assert [charge(invoiceNumber=4), charge(), charge()] == [4, 3, 5]


# closed periods and bank account


@pytest.mark.parametrize(("kind", "wanted"), [("422", 18000), ("409", 10000)])
def test_nothing_is_booked_in_a_closed_period(world, api, kari, kind, wanted) -> None:
    invoice = api.write("POST", "invoice", invoice_body(order_body(kari)))
    order = api.write("POST", "order", order_body(kari))
    world.settings(closed_until="2026-02-01", closed_period_status=kind)
    refused = (int(kind), wanted)
    body = invoice_body(order_body(kari))
    path = f"invoice/{invoice['id']}"
    bank = api.values("invoice/paymentType")[0]["id"]
    paid = {"paymentDate": "2026-01-31", "paymentTypeId": bank, "paidAmount": 1}
    calls = (
        ("invoice", "POST", body, {}),
        ("invoice/list", "POST", [body], {}),
        (f"order/{order['id']}/:invoice", "PUT", None, {"invoiceDate": "2026-01-31"}),
        (f"{path}/:createCreditNote", "PUT", None, {"date": "2026-01-31"}),
        (f"{path}/:payment", "PUT", None, paid),
    )
    for path_, method, body_, params in calls:
        assert api.error(path_, method, body_, **params)[:2] == refused, path_
    assert len(api.values("invoice", **INVOICES)) == 1
    assert len(api.values("order", **WINDOW)) == 2
    note = api.write("PUT", f"{path}/:createCreditNote", date="2026-02-01")
    assert note["isCreditNote"] is True


def test_invoices_wait_for_a_bank_account(world, api, kari) -> None:
    order = api.write("POST", "order", order_body(kari))
    world.bank_account(False)
    for path, method, body, params in (
        ("invoice", "POST", invoice_body(order_body(kari)), {}),
        ("invoice/list", "POST", [invoice_body(order_body(kari))], {}),
        (f"order/{order['id']}/:invoice", "PUT", None, {"invoiceDate": "2026-02-01"}),
    ):
        status, code, found = api.error(path, method, body, **params)
        assert (status, code) == (422, 18000)
        assert "bankkontonummer" in found["validationMessages"][0]["message"]
    assert len(api.values("order", **WINDOW)) == 1
    world.bank_account(True)
    assert api.write("POST", "invoice", invoice_body({"id": order["id"]}))["id"]


# invoices and what is sent


def test_answers_of_new_invoices_hold_what_was_booked(api, kari) -> None:
    order = order_body(kari, number="ODOO-7")
    one = api.write("POST", "invoice", invoice_body(order, kid="12345678"))
    (other,) = api.write("POST", "invoice/list", [invoice_body(order_body(kari))])
    for invoice in (one, other):
        assert invoice["customer"]["id"] == kari["id"]
        assert (invoice["amount"], invoice["amountExcludingVat"]) == (1250, 1000)
        assert invoice["amountOutstanding"] == 1250
        assert len(invoice["orders"]) == 1
        assert invoice["invoiceNumber"]
        assert invoice["kid"]
    assert one["kid"] == "12345678"
    there = api.values("order", **WINDOW, number="ODOO-7")
    assert [found["id"] for found in there] == [one["orders"][0]["id"]]
    assert api.values("invoice", **INVOICES, kid="12345678")[0]["id"] == one["id"]


def test_list_of_new_invoices_is_answered_with_the_fields_asked_for(api, kari) -> None:
    fields = "id,invoiceNumber,customer(name),orders(number)"
    body = invoice_body(order_body(kari, number="ODOO-7"))
    (found,) = api.write("POST", "invoice/list", [body], fields=fields)
    assert set(found) == {"id", "invoiceNumber", "customer", "orders"}
    assert found["customer"] == {"name": "Kari Åsen"}
    assert found["orders"] == [{"number": "ODOO-7"}]


def test_every_invoice_is_mailed_unless_the_call_says_otherwise(api, kari) -> None:
    bodies = [invoice_body(order_body(kari))] * 2
    api.write("POST", "invoice/list", bodies, sendToCustomer="false")
    assert api.world.outbox() == []
    made = api.write("POST", "invoice/list", bodies)
    sent = [(mail["invoice"], mail["to"]) for mail in api.world.outbox()]
    assert sent == [(invoice["id"], "kari@example.org") for invoice in made]


@pytest.mark.parametrize(
    ("rule", "method", "params", "to"),
    [
        ("documented", "EMAIL", {}, []),
        ("documented", "EMAIL", {"creditNoteEmail": "x@example.org"}, "x@example.org"),
        ("documented", "EHF", {}, "kari@example.org"),
        ("documented", "EMAIL", {"sendType": "EHF"}, "kari@example.org"),
        ("documented", "EHF", {"sendToCustomer": "false"}, []),
        ("always", "EMAIL", {}, "kari@example.org"),
        ("always", "EMAIL", {"sendToCustomer": "false"}, []),
    ],
)
def test_credit_note_is_mailed_by_its_own_rule(
    world, api, kari, rule, method, params, to
) -> None:
    world.settings(credit_note_mail=rule)
    world.update("customer", kari["id"], invoiceSendMethod=method)
    body = invoice_body(order_body(kari))
    invoice = api.write("POST", "invoice", body, sendToCustomer="false")
    path = f"invoice/{invoice['id']}/:createCreditNote"
    api.write("PUT", path, date="2026-01-20", **params)
    assert [mail["to"] for mail in world.outbox()] == ([to] if to else [])


def test_credit_note_itself_is_not_credited(api, kari) -> None:
    invoice = api.write("POST", "invoice", invoice_body(order_body(kari)))
    path = f"invoice/{invoice['id']}/:createCreditNote"
    note = api.write("PUT", path, date="2026-01-20")
    path = f"invoice/{note['id']}/:createCreditNote"
    assert api.error(path, "PUT", date="2026-01-21")[:2] == (422, 18000)
    assert len(api.values("invoice", **INVOICES)) == 2


def test_invoice_that_is_paid_at_once_is_in_its_own_currency(world, api, kari) -> None:
    bank = api.values("invoice/paymentType")[0]["id"]
    body = invoice_body(order_body(kari, currency={"id": 5}))
    paid = {"paidAmount": 250, "sendToCustomer": "false"}
    refused = api.error("invoice", "POST", body, paymentTypeId=1, **paid)
    assert refused[:2] == (404, 6000)
    assert api.values("order", **WINDOW) == []
    found = api.write("POST", "invoice", body, paymentTypeId=bank, **paid)
    assert found["amountCurrencyOutstanding"] == 1000
