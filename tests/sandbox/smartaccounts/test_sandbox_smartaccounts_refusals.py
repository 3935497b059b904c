# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Both stages of validation, and deleting."""

from __future__ import annotations

import pytest

SALES = "purchasesales/clientinvoices"
PAYMENTS = "purchasesales/payments"
CLIENTS = "purchasesales/clients"
ARTICLES = "purchasesales/articles"
ENTRIES = "general/entries"


def test_delete_reads_the_id_from_the_query_only(shop) -> None:
    id = shop.sell()
    call = shop.api.refusal
    assert call(f"{SALES}:delete", {"id": id}) == (400, ["NOT-FOUND"])
    assert call(f"{SALES}:delete", id=id) == (400, ["UNREADABLE-BODY"])
    assert call(f"{SALES}:delete", {}, id="nobody") == (400, ["NOT-FOUND"])
    assert shop.invoice(id)
    shop.world.settings(delete_answer="nothing")
    assert shop.api.call(f"{SALES}:delete", {}, id=id).content == b""
    assert shop.world.counts()["clientinvoices"] == 0


def test_what_is_in_use_cannot_be_deleted(shop) -> None:
    id = shop.sell()
    wanted = (400, ["IN-USE"])
    call = shop.api.refusal
    assert call(f"{CLIENTS}:delete", {}, id=shop.client) == wanted
    assert call(f"{ARTICLES}:delete", {}, code="T01") == wanted
    shop.world.pay_invoice(id)
    assert call(f"{SALES}:delete", {}, id=id) == wanted
    assert shop.api.write("purchasesales/vendors:delete", {}, id=shop.vendor) == {}


@pytest.mark.parametrize(
    ("values", "key", "field"),
    [
        ({"clientId": None}, "FIELD-MISSING", "clientId"),
        ({"clientId": ""}, "FIELD-MISSING", "clientId"),
        ({"date": None}, "FIELD-MISSING", "date"),
        ({"currency": None}, "FIELD-MISSING", "currency"),
        ({"rows": []}, "FIELD-MISSING", "rows"),
        ({"rows": [{}]}, "FIELD-MISSING", "rows[0].code"),
        ({"date": "2026-01-15"}, "INVALID-DATE", "date"),
        ({"dueDate": "31.02.2026"}, "INVALID-DATE", "dueDate"),
        ({"type": "DEB"}, "INVALID-VALUE", "type"),
        ({"rows": "one"}, "INVALID-VALUE", "rows"),
        ({"rows": ["one"]}, "INVALID-VALUE", "rows[0]"),
        ({"totalAmount": "124.02"}, "INVALID-VALUE", "totalAmount"),
        ({"totalAmount": True}, "INVALID-VALUE", "totalAmount"),
        ({"invoiceNote": "Aitäh 🙂"}, "INVALID-VALUE", "invoiceNote"),
    ],
)
def test_first_stage_names_the_first_fault(shop, values, key, field) -> None:
    answer = shop.api.call(f"{SALES}:add", shop.sale(**values))
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == (400, key)
    assert f"Field {field} " in error["message"]
    assert shop.world.counts()["entries"] == 0


@pytest.mark.parametrize("name", ["code", "description", "price", "quantity", "vatPc"])
def test_every_mandatory_field_of_a_row_is_needed(shop, name: str) -> None:
    row = shop.row()
    del row[name]
    answer = shop.api.call(f"{SALES}:add", shop.sale(rows=[shop.row(), row]))
    (error,) = answer.json()["errors"]
    assert f"rows[1].{name} is mandatory" in error["message"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff"])
def test_body_that_is_no_object_is_unreadable(api, tell, body: bytes) -> None:
    query = api.query()
    signed = f"{query}&signature={api.sign(query, body)}"
    answer = api.send(f"{CLIENTS}:add", signed, body)
    assert tell(answer) == (400, ["UNREADABLE-BODY"])


def test_write_by_get_or_without_body_is_unreadable(api, tell) -> None:
    assert api.refusal(f"{CLIENTS}:add") == (400, ["UNREADABLE-BODY"])
    query, body = api.query(), b'{"name":"A"}'
    signed = f"{query}&signature={api.sign(query, body)}"
    answer = api.send(f"{CLIENTS}:add", signed, body, method="GET")
    assert tell(answer) == (400, ["UNREADABLE-BODY"])
    assert api.world.counts()["clients"] == 0


def test_unknown_fields_are_ignored_or_refused(shop) -> None:
    body = shop.sale(colour="red")
    assert shop.api.write(f"{SALES}:add", body)
    shop.world.settings(unknown_fields="refused")
    assert shop.api.refusal(f"{SALES}:add", body) == (400, ["UNKNOWN-FIELD"])
    body = shop.sale(rows=[shop.row(vat=24)])
    assert shop.api.refusal(f"{SALES}:add", body) == (400, ["UNKNOWN-FIELD"])
    assert shop.api.refusal(f"{SALES}:add", shop.sale(id="x"))[0] == 400
    id = shop.sell()
    payment = shop.payment(id, 1, amount=1)
    assert shop.api.write(f"{PAYMENTS}:add", payment)


def test_four_byte_text_can_be_refused_break_the_server_or_pass(api) -> None:
    body = {"name": "Rõõm 🙂 OÜ"}
    assert api.refusal(f"{CLIENTS}:add", body) == (400, ["INVALID-VALUE"])
    api.world.settings(four_byte_text="fault")
    assert api.refusal(f"{CLIENTS}:add", body)[0] == 500
    api.world.settings(four_byte_text="kept")
    assert api.write(f"{CLIENTS}:add", body)
    assert api.world.objects("clients", fields="name") == [{"name": "Rõõm 🙂 OÜ"}]


def test_second_stage_tells_all_broken_rules(shop) -> None:
    rows = [shop.row(code="NONE", vatPc="77"), shop.row(vatPc="20", objectId="x")]
    body = shop.sale(clientId="nobody", dueDate="14.01.2026", rows=rows)
    assert shop.api.refusal(f"{SALES}:add", body) == (
        400,
        [
            *("UNKNOWN-REFERENCE", "DUE-DATE-EARLIER", "UNKNOWN-REFERENCE"),
            *("UNKNOWN-REFERENCE", "NOT-IN-USE", "UNKNOWN-REFERENCE"),
        ],
    )
    assert shop.world.counts()["clientinvoices"] == 0


def test_language_of_the_address_is_that_of_the_second_stage_only(shop) -> None:
    body = shop.sale(clientId="nobody")
    texts = {}
    for language in ("", "/et", "/en"):
        shop.api.language = language
        answer = shop.api.call(f"{SALES}:add", body)
        texts[language] = answer.json()["errors"][0]["message"]
        first = shop.api.call(f"{SALES}:add", {}).json()["errors"][0]["message"]
        assert first == "Field clientId is mandatory"
    assert texts[""] == texts["/et"] == "clientId: väärtust 'nobody' ei leitud"
    assert texts["/en"] == "clientId: 'nobody' was not found"


@pytest.mark.parametrize("account", ["accountSales", "accountPurchase"])
def test_accounts_of_a_row_have_to_exist(shop, account: str) -> None:
    body = shop.sale(rows=[shop.row(**{account: "99999"})])
    assert shop.api.refusal(f"{SALES}:add", body) == (400, ["UNKNOWN-REFERENCE"])


def test_locked_period_takes_nothing_new_and_lets_nothing_go(shop) -> None:
    id = shop.sell()
    shop.world.lock_period("31.01.2026")
    wanted = (400, ["PERIOD-LOCKED"])
    call = shop.api.refusal
    assert call(f"{SALES}:add", shop.sale()) == wanted
    assert call(f"{SALES}:edit", shop.sale(id=id, date="01.02.2026")) == wanted
    assert call(f"{SALES}:delete", {}, id=id) == wanted
    assert call(f"{ENTRIES}:add", shop.entry()) == wanted
    assert shop.api.write(f"{SALES}:add", shop.sale(date="01.02.2026"))
    # a person at the vendor's screens opens the period first
    shop.world.update("clientinvoices", id, invoiceNote="Parandus")
    assert shop.invoice(id)["invoiceNote"] == "Parandus"
    shop.world.lock_period("")
    assert shop.api.write(f"{SALES}:add", shop.sale())
