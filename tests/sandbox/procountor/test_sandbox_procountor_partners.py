# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The customer register (dossier §4)."""

from __future__ import annotations

import pytest

INFO = "invoicingInfo"


def test_a_partner_is_answered_whole_and_read_again(api):
    made = api.partner()
    assert made["id"] and made["version"]
    assert api.get(f"/businesspartners/{made['id']}") == made


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": None}),
        ("name", {"name": "x" * 81}),
        ("type", {"type": "CONSUMER"}),
        ("address", {"address": None}),
        ("paymentInfo", {"paymentInfo": None}),
        ("paymentInfo.paymentMethod", {"paymentInfo": {"paymentMethod": None}}),
        ("paymentInfo.paymentTermDays", {"paymentInfo": {"paymentTermDays": 14}}),
        ("paymentInfo.paymentTermDays", {"paymentInfo": {"paymentTermDays": "soon"}}),
        ("address.country", {"address": {"country": ""}}),
        (f"{INFO}.email", {INFO: {"email": "nobody"}}),
        (f"{INFO}.language", {INFO: {"language": "fi"}}),
        (f"{INFO}.invoiceChannel", {INFO: {"invoiceChannel": ""}}),
        ("registryInfo.phone", {"registryInfo": {"phone": "1" * 41}}),
    ],
)
def test_the_field_that_is_wrong_is_named(api, field, values):
    body = api.partner_body(**values)
    status, fields = api.refusal("POST", "/businesspartners", body)
    assert (status, list(fields)) == (400, [field])


@pytest.mark.parametrize("identifier", ["1234567-2", "FI12345671", None])
def test_a_bad_or_missing_business_id_is_refused(api, identifier):
    body = api.partner_body(invoicingInfo={"identifier": identifier})
    found = api.refusal("POST", "/businesspartners", body)
    assert found == (400, {f"{INFO}.identifier": "ERROR_BRN_CODE"})
    api.world.settings(brn_check=False)
    api.write("POST", "/businesspartners", body)


def test_a_consumer_has_no_business_id(api):
    made = api.partner(invoicingInfo={"identifier": None, "identifierType": None})
    assert made["type"] == "CUSTOMER"


def test_a_customer_number_with_another_business_id_is_a_conflict(api):
    api.partner()
    same = api.partner_body(name="Sama Oy")
    api.write("POST", "/businesspartners", same)
    other = api.partner_body(invoicingInfo={"identifier": "2345678-0"})
    api.world.settings(brn_check=False)
    fields = api.refusal("POST", "/businesspartners", other)[1]
    assert list(fields) == [f"{INFO}.customerNumber"]
    api.world.settings(doubled_customer_number="always")
    assert api.refusal("POST", "/businesspartners", same)[0] == 400
    api.world.settings(doubled_customer_number="never")
    api.write("POST", "/businesspartners", other)


def test_a_full_update_empties_what_is_not_sent(api):
    made = api.partner(deliveryAddress={"name": "Varasto", "country": "FINLAND"})
    body = api.partner_body(registryInfo=None)
    found = api.write("PUT", f"/businesspartners/{made['id']}", body)
    assert "deliveryAddress" not in found and "phone" not in found["registryInfo"]
    assert found["id"] == made["id"]


def test_a_partial_update_leaves_the_rest_as_it_was(api):
    made = api.partner(
        deliveryAddress={"name": "Varasto", "country": "FINLAND"},
        paymentInfo={"paymentMethod": "CASH"},
    )
    body = {
        "version": made["version"],
        "name": "Uusi Oy",
        "address": {"city": "Turku"},
        "paymentInfo": {"paymentTermDays": "30"},
    }
    found = api.write("PATCH", f"/businesspartners/{made['id']}", body)
    assert found["name"] == "Uusi Oy"
    assert found["address"] == {**made["address"], "city": "Turku"}
    assert found["paymentInfo"] == {**made["paymentInfo"], "paymentTermDays": "30"}
    for name in ("deliveryAddress", "invoicingInfo", "registryInfo"):
        assert found[name] == made[name]


def test_a_partial_update_can_replace_whole_objects(api):
    api.world.settings(patch_depth="objects")
    made = api.partner()
    body = {"version": made["version"], "address": {"city": "Turku"}}
    found = api.write("PATCH", f"/businesspartners/{made['id']}", body)
    assert found["address"] == {"city": "Turku"}


def test_a_partial_update_needs_the_latest_version(api):
    made = api.partner()
    path = f"/businesspartners/{made['id']}"
    assert list(api.refusal("PATCH", path, {"name": "A"})[1]) == ["version"]
    api.world.clock(advance=60)
    query = f"?version={made['version']}"
    newer = api.write("PATCH", path + query, {"name": "B"})
    assert newer["version"] > made["version"]
    status, fields = api.refusal("PATCH", path + query, {"name": "C"})
    assert status == 400 and list(fields) == ["version"]
    assert api.get(path)["name"] == "B"


def test_other_addresses_are_no_part_of_a_partial_update(api):
    made = api.partner()
    path = f"/businesspartners/{made['id']}"
    address = {"name": "Muu", "country": "FINLAND"}
    body = {"version": made["version"], "billingAddress": address}
    assert "billingAddress" not in api.write("PATCH", path, body)
    api.world.settings(patch_other_fields="refused")
    body["version"] = api.get(path)["version"]
    assert list(api.refusal("PATCH", path, body)[1]) == ["billingAddress"]


def test_the_answer_to_a_partial_update_may_be_a_message(api):
    api.world.settings(patch_answer="message")
    made = api.partner()
    body = {"version": made["version"], "name": "Uusi"}
    found = api.write("PATCH", f"/businesspartners/{made['id']}", body)
    assert list(found) == ["message"]


def test_an_emoji_in_a_name_is_refused(api):
    body = api.partner_body(name="Kahvila ☕")
    assert list(api.refusal("POST", "/businesspartners", body)[1]) == ["name"]


def test_suppliers_need_a_right_of_their_own(api):
    body = api.partner_body(type="SUPPLIER")
    status, fields = api.refusal("POST", "/businesspartners", body)
    assert status == 403 and "supplierRegister" in fields[""]


def test_groups_are_written_and_found(api):
    path = "/businesspartners/groups"
    made = api.write("POST", path, {"name": "Vienti", "type": "CUSTOMER"})
    assert made["active"] is True
    assert api.found(path, name="vie") == [made]
    assert api.found(path, active="false") == []
    renamed = {"name": "Tuonti", "type": "CUSTOMER"}
    assert api.write("PUT", f"{path}/{made['id']}", renamed)["name"] == "Tuonti"
    assert api.get(f"{path}/{made['id']}")["name"] == "Tuonti"


def test_a_person_changes_a_partner_at_the_screens(api):
    made = api.partner()
    values = {"invoicingInfo": {"customerNumber": "77"}}
    api.world.update("businesspartners", made["id"], **values)
    found = api.get(f"/businesspartners/{made['id']}")["invoicingInfo"]
    assert found == {**made["invoicingInfo"], "customerNumber": "77"}
    api.world.delete("businesspartners", made["id"])
    assert api.refusal("GET", f"/businesspartners/{made['id']}")[0] == 404
