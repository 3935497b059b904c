# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writing: nothing is sent that could mean something else than what was meant."""

import pytest
from tests.support.plain.ledger_tripletex.client import BULK, WRITE_PARAMETERS
from transport.errors import AnswerLost, BadAnswer, VendorError

LINE = {"description": "Frakt", "count": 1, "unitPriceExcludingVatCurrency": 100}


def _invoice(customer, number):
    day = "2026-03-02"
    order = {
        "customer": {"id": customer},
        "number": number,
        "orderDate": day,
        "deliveryDate": day,
        "isPrioritizeAmountsIncludingVat": False,
        "orderLines": [{**LINE, "vatType": {"id": 3}}],
    }
    return {"invoiceDate": day, "invoiceDueDate": "2026-03-16", "orders": [order]}


@pytest.fixture
def customer(world):
    """The id of a customer."""
    return world.add("customer", name="Kunde AS")["id"]


# === PARAMETERS === #


@pytest.mark.parametrize("name", ["sendtocustomer", "SendToCustomer", "send"])
def test_a_misspelt_parameter_is_not_sent(world, open_client, customer, name):
    client = open_client(world)
    with pytest.raises(ValueError, match=name):
        client.post_many("/invoice", [_invoice(customer, "INV/1")], {name: False})
    with pytest.raises(ValueError, match=name):
        client.post("/invoice", _invoice(customer, "INV/1"), {name: False})
    assert world.counts()["invoice"] == 0
    assert world.outbox() == []
    assert world.calls(method="POST", path="invoice") == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/custommer"),
        ("put", "/customer/x"),
        ("put", "/invoice/7/:createCreditnote"),
        ("delete", "/invoice/7"),
        ("post", "/customer/list/list"),
    ],
)
def test_a_call_that_does_not_exist_is_not_sent(world, open_client, method, path):
    client = open_client(world)
    arguments = () if method == "delete" else ({},)
    with pytest.raises(ValueError, match="no known call"):
        getattr(client, method)(path, *arguments)
    assert world.calls() == []


def test_every_call_that_makes_an_invoice_can_be_told_to_mail_nothing():
    making = {
        "POST /invoice",
        "POST /invoice/list",
        "PUT /invoice/{id}/:createCreditNote",
        "PUT /order/{id}/:invoice",
        "PUT /order/:invoiceMultipleOrders",
    }
    knowing = {
        call for call, names in WRITE_PARAMETERS.items() if "sendToCustomer" in names
    }
    assert making == knowing


# === MANY AT ONCE === #


def test_many_are_written_in_one_call_and_come_back(world, open_client):
    client = open_client(world)
    made = client.post_many("/customer", [{"name": "A"}, {"name": "B"}])
    assert [one["name"] for one in made] == ["A", "B"]
    bodies = [
        {"id": one["id"], "version": one["version"], "email": "a@example.org"}
        for one in made
    ]
    assert {one["email"] for one in client.put_many("/customer", bodies)} == {
        "a@example.org"
    }
    assert world.count_calls(path="^/customer/list$") == 2


def test_more_than_a_call_takes_are_not_sent(world, open_client):
    client = open_client(world)
    with pytest.raises(ValueError, match=str(BULK)):
        client.post_many("/customer", [{"name": "A"}] * (BULK + 1))
    assert world.calls() == []


def test_one_stale_version_changes_none_of_them(world, open_client):
    client = open_client(world)
    made = client.post_many("/customer", [{"name": "A"}, {"name": "B"}])
    world.update("customer", made[0]["id"], email="x@example.org")
    bodies = [{"id": x["id"], "version": x["version"], "name": "C"} for x in made]
    with pytest.raises(VendorError) as caught:
        client.put_many("/customer", bodies)
    assert (caught.value.code, caught.value.sent) == ("8000", False)
    assert {x["name"] for x in world.objects("customer")} == {"A", "B"}


@pytest.mark.parametrize(
    "text", ['{"values": []}', '{"values": [{"id": 1}]}', "{}", '{"values": [7, 8]}']
)
def test_an_answer_that_is_not_as_long_as_the_question_is_uncertain(
    world, open_client, text
):
    world.fault("^/customer/list$", text=text)
    with pytest.raises(BadAnswer) as caught:
        open_client(world).post_many("/customer", [{"name": "A"}, {"name": "B"}])
    assert caught.value.sent


def test_a_call_that_writes_is_sent_once_even_if_its_answer_is_lost(
    world, open_client, customer
):
    world.fault("^/invoice/list$", cut=True)
    with pytest.raises(AnswerLost) as caught:
        open_client(world).post_many(
            "/invoice", [_invoice(customer, "INV/1")], {"sendToCustomer": False}
        )
    assert caught.value.sent
    assert world.count_calls(path="^/invoice/list$") == 1
    assert world.counts()["invoice"] == 1


def test_an_empty_answer_to_a_creation_is_uncertain(world, open_client):
    world.fault("^/customer$", method="POST", text="")
    with pytest.raises(BadAnswer) as caught:
        open_client(world).post("/customer", {"name": "A"})
    assert caught.value.sent


def test_what_a_run_learns_belongs_to_its_client(world, open_client):
    first, second = open_client(world), open_client(world)
    first.learnt["/country"] = {"SE": 1}
    assert second.learnt == {}
