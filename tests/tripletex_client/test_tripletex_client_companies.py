# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whose books are opened: one's own, or those of an accounting office's clients."""

import pytest
from transport.errors import NotAuthorised, VendorError
from transport.tokens import MemoryTokenStore

CREATE = "^/token/session/:create$"
NAMES = ["Nordvik Rør AS", "Fjellheim Bakeri AS", "Åsgård Kafé AS"]


@pytest.fixture
def office(world):
    """A world whose office key opens three companies, with one to three customers."""
    world.add_office(clients=NAMES)
    for count, company in enumerate(world.credentials["client_ids"], start=1):
        world.seed(company=company, customers=count)
    return world


def test_who_am_i_tells_user_and_company(world, open_client):
    me = open_client(world).who_am_i()
    assert me["companyId"] == world.credentials["company_id"]
    assert me["company"]["name"]
    assert me["company"]["organizationNumber"].isdigit()
    assert me["employee"]["lastName"]


@pytest.mark.parametrize("company", ["0", "", 0])
def test_ones_own_company_has_the_user_name_0(world, open_client, company):
    open_client(world, company=company).who_am_i()
    assert world.calls(path="whoAmI")[0]["user"] == "0"


def test_only_the_company_in_context_is_found(world, open_client):
    own = world.credentials["company_id"]
    client = open_client(world)
    assert client.company(own, "id,name")["id"] == own
    assert set(client.company(own, "id,name")) == {"id", "name"}
    assert client.company(own + 7777) is None


def test_an_offices_key_lists_the_companies_that_it_opens(office, open_client):
    client = open_client(office, key="office")
    found = {company["id"]: company["name"] for company in client.login_access()}
    assert list(found) == office.credentials["client_ids"]
    assert list(found.values()) == NAMES


def test_the_list_is_asked_for_as_0_even_from_within_a_client(office, open_client):
    company = str(office.credentials["client_ids"][0])
    client = open_client(office, key="office", company=company)
    assert len(list(client.login_access())) == 3
    assert office.calls(path="withLoginAccess")[0]["user"] == "0"


def test_one_session_opens_all_clients_of_an_office(office, open_client):
    tokens = MemoryTokenStore()
    counts = []
    for company in office.credentials["client_ids"]:
        client = open_client(office, key="office", company=str(company), tokens=tokens)
        assert client.who_am_i()["companyId"] == company
        (page,) = client.pages("/customer", fields="id")
        counts.append(len(page.values))
    assert counts == [1, 2, 3]
    assert office.count_calls(path=CREATE) == 1
    users = {call["user"] for call in office.calls(path="^/customer$")}
    assert users == {str(company) for company in office.credentials["client_ids"]}


@pytest.mark.parametrize("status", [403, 422])
def test_an_offices_key_used_as_0_is_refused_in_the_vendors_words(
    office, open_client, status
):
    office.settings(office_home_status=status)
    client = open_client(office, key="office")
    assert client.who_am_i()
    with pytest.raises(VendorError) as caught:
        list(client.pages("/customer", fields="id"))
    assert caught.value.status == status
    assert caught.value.message.startswith("Company owned users(employeeToken) can")
    assert "/company/>withLoginAccess" in caught.value.message


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_client_that_the_key_does_not_open_is_refused(office, open_client, status):
    office.settings(unknown_client_status=status)
    client = open_client(office, key="office", company="4711")
    with pytest.raises((NotAuthorised, VendorError)) as caught:
        client.who_am_i()
    assert caught.value.status == status
    assert isinstance(caught.value, NotAuthorised) == (status == 401)
    assert office.count_calls(path=CREATE) == (2 if status == 401 else 1)


def test_a_disconnected_client_disappears_and_the_others_stay(office, open_client):
    gone, *others = office.credentials["client_ids"]
    office.disconnect_client(gone)
    tokens = MemoryTokenStore()
    client = open_client(office, key="office", tokens=tokens)
    assert [company["id"] for company in client.login_access()] == others
    with pytest.raises(NotAuthorised):
        open_client(office, key="office", company=str(gone), tokens=tokens).who_am_i()
    assert open_client(
        office, key="office", company=str(others[0]), tokens=tokens
    ).who_am_i()


def test_a_right_counts_only_if_person_and_key_have_it(world, open_client):
    client = open_client(world)
    before = client.rights()
    names = list(before.values())
    assert len(names) > 2
    world.remove_right(names[0])
    world.remove_right(names[1], of_person=True)
    assert sorted(client.rights().values()) == sorted(names[2:])


def test_a_missing_right_is_an_error_of_the_vendor(world, open_client):
    world.remove_right("AUTH_CUSTOMER_ADMIN")
    with pytest.raises(VendorError) as caught:
        list(open_client(world).pages("/customer", fields="id"))
    assert (caught.value.status, caught.value.code) == (403, "9000")
