# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is written: once, exactly, without blanks, in characters that can be stored."""

from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal

import pytest
from procountor_client import LARGEST_FILE, Replaced, encode, invoice_body, prepared
from transport.errors import AnswerLost, BadAnswer, LedgerError, LimitReached

INVOICE = {
    "type": "SALES_INVOICE",
    "date": date(2026, 1, 15),
    "partnerId": 0,
    "counterParty": {
        "email": "",
        "counterPartyAddress": {"name": "Иван 🎉", "city": None},
        "einvoiceAddress": {"address": "", "operator": ""},
    },
    "billingAddress": {},
    "deliveryAddress": {"name": "", "street": None},
    "paymentInfo": {"currency": "EUR", "currencyRate": 1},
    "discountPercent": 0,
    "invoiceRows": [
        {"product": "Kuppi", "unitPrice": Decimal("8.90"), "quantity": Decimal("2E+1")},
        {"product": "Työ", "unitPrice": 0.1, "vatStatus": 0, "comment": ""},
    ],
    "vatStatus": 1,
}


def error_of(action):
    with pytest.raises(LedgerError) as caught:
        action()
    return caught.value


# === BODIES === #


def test_numbers_are_written_exactly_and_texts_in_utf8(fake, client):
    fake.answers(fake.reply({"id": 7}))
    client.invoices.add(INVOICE)
    (call,) = fake.seen
    assert (call.method, call.path) == ("POST", "/api/invoices")
    assert call.headers["content-type"] == "application/json"
    rows = call.body.decode().partition('"invoiceRows":')[2]
    assert rows.startswith(
        '[{"product":"Kuppi","unitPrice":8.90,"quantity":20},'
        '{"product":"Työ","unitPrice":0.1}]'
    )


def test_blanks_are_left_out_but_for_those_that_say_something(fake, client):
    fake.answers(fake.reply({"id": 7}))
    client.invoices.add(INVOICE)
    sent = fake.seen[0].json
    # Left empty on purpose; a delivery address of blanks is just not known.
    assert sent["billingAddress"] == {}
    assert "deliveryAddress" not in sent
    # No partner has the id 0, but no discount is one.
    assert "partnerId" not in sent
    assert sent["discountPercent"] == 0
    assert sent["counterParty"] == {"counterPartyAddress": {"name": "Ivan"}}
    # Blank: the vendor makes one. Left out, the invoice would have none.
    assert sent["paymentInfo"]["bankReferenceCode"] == ""
    assert sent["vatStatus"] == 1


def test_a_reference_of_ours_stays(fake):
    payment = {"bankReferenceCode": "26013"}
    assert invoice_body({"paymentInfo": payment})["paymentInfo"] == payment


def test_changed_texts_are_told(fake, client):
    fake.answers(fake.reply({"id": 7}))
    written = client.invoices.add(INVOICE)
    assert written.replaced == (
        Replaced("counterParty.counterPartyAddress.name", "Иван 🎉", "Ivan"),
    )


def test_what_is_prepared_for_a_preview_is_what_is_sent(fake, client):
    fake.answers(fake.reply({"id": 7}))
    shown, replaced = prepared(invoice_body(INVOICE))
    assert replaced
    client.invoices.add(shown)
    client.invoices.add(INVOICE)
    assert fake.seen[0].body == fake.seen[1].body == encode(shown)


def test_the_callers_body_stays_as_it_is(fake, client):
    fake.answers(fake.reply({"id": 7}))
    before = repr(INVOICE)
    client.invoices.add(INVOICE)
    assert repr(INVOICE) == before


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), float("inf"), datetime(2026, 1, 1), object(), {1, 2}]
)
def test_what_json_does_not_have_is_not_sent(fake, client, value):
    with pytest.raises((ValueError, TypeError)):
        client.products.add({"price": value})
    assert fake.seen == []


def test_moments_are_written_in_finnish_time():
    moment = datetime(2026, 7, 1, 9, 30, tzinfo=timezone.utc)
    assert encode({"a": moment}) == b'{"a":"2026-07-01T12:30:00"}'


# === ONCE === #

WRITES = [
    lambda client: client.invoices.add(INVOICE),
    lambda client: client.invoices.update("7", {**INVOICE, "version": "v"}),
    lambda client: client.invoices.approve("7"),
    lambda client: client.invoices.send("7"),
    lambda client: client.invoices.unfinish("7"),
    lambda client: client.invoices.invalidate("7"),
    lambda client: client.invoices.set_notes("7", "x"),
    lambda client: client.invoices.attach("7", "a.pdf", b"%PDF"),
    lambda client: client.partners.add({"name": "x"}),
    lambda client: client.partners.change({"id": 1, "version": "v"}, {"name": "x"}),
    lambda client: client.products.add({"name": "x"}),
    lambda client: client.products.change({"id": 1}, {"name": "x"}),
    lambda client: client.activation.answer("r-1", ["11"]),
]


@pytest.mark.parametrize("write", WRITES)
def test_a_write_whose_answer_is_lost_is_not_sent_again(fake, client, write):
    fake.answers(fake.hang_up)
    error = error_of(lambda: write(client))
    assert isinstance(error, AnswerLost)
    assert error.sent
    assert len(fake.seen) == 1


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_write_that_the_server_failed_at_may_have_been_done(
    fake, client, write, status
):
    fake.answers(fake.reply("<html><h1>Sorry</h1></html>", status))
    error = error_of(lambda: write(client))
    assert error.code == "unavailable"
    assert error.sent
    assert len(fake.seen) == 1


@pytest.mark.parametrize("status", [400, 403, 404, 410, 429])
def test_a_write_that_was_refused_was_not_done(fake, client, status):
    fake.answers(fake.refuse("no", status=status))
    error = error_of(lambda: client.invoices.add(INVOICE))
    assert not error.sent
    assert len(fake.seen) == 1


@pytest.mark.parametrize("body", [None, {}, {"id": 0}, {"id": "x"}, []])
def test_a_new_record_without_an_id_may_be_there(fake, client, body):
    fake.answers(fake.reply(body))
    error = error_of(lambda: client.invoices.add(INVOICE))
    assert isinstance(error, BadAnswer)
    assert error.sent


def test_a_write_that_has_to_wait_is_told_when(fake, client):
    fake.answers(fake.reply("", 429, {"Retry-After": "17"}))
    error = error_of(lambda: client.invoices.add(INVOICE))
    assert isinstance(error, LimitReached)
    assert error.retry_after == 17


# === INVOICES === #


def test_an_invoice_is_changed_with_the_version_that_was_read(fake, client):
    fake.answers(fake.reply({"id": 7, "version": "2026-01-15T09:12:42"}))
    read = {
        **INVOICE,
        "id": 7,
        "version": "2026-01-15T09:12:40.120",
        "invoiceNumber": 1045,
        "ledgerReceiptId": 8,
        "invoiceSumInfo": [{"currency": "EUR"}],
        "attachments": [],
    }
    written = client.invoices.update("7", read)
    assert written.data["version"] == "2026-01-15T09:12:42"
    (call,) = fake.seen
    assert (call.method, call.path) == ("PUT", "/api/invoices/7")
    assert call.json["version"] == "2026-01-15T09:12:40.120"
    vendors = {"id", "invoiceNumber", "ledgerReceiptId", "invoiceSumInfo"}
    assert not vendors & set(call.json)


def test_an_invoice_without_version_is_not_sent(fake, client):
    with pytest.raises(ValueError, match="version"):
        client.invoices.update("7", INVOICE)
    assert fake.seen == []


@pytest.mark.parametrize(
    ("step", "path", "body"),
    [
        ("approve", "approve", b"{}"),
        ("send", "send", b""),
        ("unfinish", "unfinished", b""),
        ("invalidate", "invalidate", b""),
    ],
)
def test_an_invoice_goes_from_status_to_status(fake, client, step, path, body):
    fake.answers(fake.reply({"message": "done"}))
    getattr(client.invoices, step)("7")
    (call,) = fake.seen
    assert (call.method, call.path) == ("PUT", f"/api/invoices/7/{path}")
    assert call.body == body
    assert call.query == {}
    for wrong in ("", "0", "7/send"):
        with pytest.raises(ValueError, match="id"):
            getattr(client.invoices, step)(wrong)
    assert len(fake.seen) == 1


def test_stock_is_left_alone_where_that_is_asked_for(fake, client):
    fake.answers(fake.reply({"message": "done"}))
    client.invoices.approve("7", update_inventory=False)
    assert fake.seen[0].query == {"updateInventory": "false"}


def test_a_payment_is_noted_with_its_kind(fake, client):
    fake.answers(fake.reply({"id": 3, "status": "MARKED_PAID"}))
    paid = {"day": date(2026, 1, 15), "amount": Decimal("28.60"), "currency": "EUR"}
    event = client.invoices.mark_paid("7", paid_by="CHARGE_CARD", **paid)
    assert event["id"] == 3
    assert fake.seen[0].path == "/api/invoices/7/paymentevents/markpaid"
    assert b'"amount":28.60' in fake.seen[0].body
    assert fake.seen[0].json["paymentDate"] == "2026-01-15"
    assert "description" not in fake.seen[0].json
    with pytest.raises(ValueError, match="BARTER"):
        client.invoices.mark_paid("7", paid_by="BARTER", **paid)


def test_a_file_goes_with_its_description(fake, client):
    fake.answers(fake.reply({"id": 5}))
    content = b"%PDF-1.7\r\n\x00\xff--end"
    written = client.invoices.attach("7", 'Tila"us Я.pdf', content)
    assert written.id == "5"
    assert written.replaced[0].path == "name"
    (call,) = fake.seen
    assert (call.method, call.path) == ("POST", "/api/attachments")
    kind, _, boundary = call.headers["content-type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    _start, meta, file, end = call.body.split(f"--{boundary}".encode())
    assert end == b"--\r\n"
    head, _, body = meta.partition(b"\r\n\r\n")
    assert b'name="meta"' in head
    assert b"Content-Type: application/json" in head
    assert (
        body
        == encode(
            {
                "name": 'Tila"us Ya.pdf',
                "referenceType": "INVOICE",
                "referenceId": 7,
                "mimeType": "application/pdf",
                "sendWithInvoice": True,
            }
        )
        + b"\r\n"
    )
    head, _, body = file.partition(b"\r\n\r\n")
    assert b'name="file"' in head
    assert b"Content-Type: application/pdf" in head
    assert body == content + b"\r\n"


@pytest.mark.parametrize("content", [b"", b"x" * (LARGEST_FILE + 1)])
def test_files_that_the_vendor_does_not_take_are_not_sent(fake, client, content):
    with pytest.raises(ValueError, match="bytes"):
        client.invoices.attach("7", "a.pdf", content)
    assert fake.seen == []


@pytest.mark.parametrize("name", ["", "tilaus", ".pdf", "tilaus."])
def test_a_file_needs_its_extension(fake, client, name):
    with pytest.raises(ValueError, match="extension"):
        client.invoices.attach("7", name, b"x")
    assert fake.seen == []


def test_an_attachment_is_removed(fake, client):
    fake.answers(fake.reply(None, 204))
    client.invoices.detach("5")
    assert (fake.seen[0].method, fake.seen[0].path) == ("DELETE", "/api/attachments/5")
    assert fake.seen[0].body == b""


# === REGISTERS === #

PARTNER = {
    "id": 44,
    "version": "2026-01-10T08:00:00",
    "name": "Esimerkki Oy",
    "type": "CUSTOMER",
    "invoicingInfo": {"customerNumber": "100", "email": "old@example.fi"},
    "paymentInfo": {"paymentMethod": "BANK_TRANSFER"},
    "deliveryAddress": {"street": "Satamatie 2"},
    "attachments": [{"id": 1}],
}


def test_a_part_of_a_partner_goes_with_all_that_stands_beside_it(fake, client):
    fake.answers(fake.reply(None))
    changes = {"invoicingInfo": {"email": "new@example.fi"}}
    written = client.partners.change(PARTNER, changes)
    assert (written.id, written.data) == ("44", {})
    (call,) = fake.seen
    assert (call.method, call.path) == ("PATCH", "/api/businesspartners/44")
    assert call.json == {
        "invoicingInfo": {"customerNumber": "100", "email": "new@example.fi"},
        "version": "2026-01-10T08:00:00",
    }


def test_what_no_part_can_hold_goes_with_the_whole_partner(fake, client):
    fake.answers(fake.reply(PARTNER))
    client.partners.change(PARTNER, {"deliveryAddress": {"city": "Turku"}})
    (call,) = fake.seen
    assert (call.method, call.path) == ("PUT", "/api/businesspartners/44")
    kept = {name: value for name, value in PARTNER.items() if name != "attachments"}
    address = {"street": "Satamatie 2", "city": "Turku"}
    assert call.json == {**kept, "deliveryAddress": address}


def test_a_partner_that_was_not_read_is_not_changed(fake, client):
    with pytest.raises(ValueError, match="version"):
        client.partners.change({"id": 44}, {"name": "x"})
    with pytest.raises(ValueError, match="id"):
        client.partners.change({"id": 0, "version": "v"}, {"name": "x"})
    assert fake.seen == []


def test_a_product_keeps_what_is_not_changed(fake, client):
    fake.answers(fake.reply({"id": 9}))
    read = {"id": 9, "name": "Kuppi", "price": Decimal("8.90"), "active": False}
    client.products.change(read, {"price": Decimal("9.10")})
    assert fake.seen[0].path == "/api/products/9"
    assert b'"price":9.10' in fake.seen[0].body
    assert fake.seen[0].json["active"] is False
