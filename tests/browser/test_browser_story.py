# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The story of a new user: connect, sync, look, break the key, mend it, go on."""

from __future__ import annotations

from playwright.sync_api import expect

from sandbox.control import World
from tests.support.books import count_as_the_vendor
from tests.support.client import OdooClient
from tests.support.database import Database
from tests.support.logs import assert_without_secrets
from tests.support.screen import Screen
from tests.support.waiting import until

#: Of no per cent, as the suggested one is.
ANOTHER_TAX = "0% R"
BUSY = [("state", "in", ("pending", "running"))]


def _assert_no_secret(screen: Screen, world: World) -> None:
    given = world.credentials
    secrets = [given["consumer_token"], given["employee_token"]]
    assert_without_secrets("the page", screen.page.content(), secrets)
    values = screen.page.eval_on_selector_all("input", "all => all.map(x => x.value)")
    assert_without_secrets("an entry field", "\n".join(values), secrets)


def _enter_keys(screen: Screen, world: World, *names: str) -> None:
    for name in names:
        screen.type(f"tripletex_{name}", world.credentials[name])
    screen.save()
    for name in names:
        entry = screen.field(f"tripletex_{name}").locator("input")
        expect(entry).to_have_value("")
    _assert_no_secret(screen, world)


def _make_credential(screen: Screen, world: World) -> None:
    screen.press("Configuration")
    screen.page.get_by_role("menuitem", name="Credentials").click()
    screen.settle()
    screen.shot("no-credential-yet")
    screen.press("New")
    screen.type("name", "Fjordlys key")
    screen.choose("system", "Tripletex")
    screen.choose("environment", "Other address")
    screen.type("custom_url", world.base_url)
    screen.shot("credential-empty")
    _enter_keys(screen, world, "consumer_token", "employee_token")
    screen.shot("credential-saved")


def _connect(screen: Screen) -> None:
    screen.press("New connection")
    screen.type("name", "Fjordlys books")
    screen.save()
    screen.shot("connection-new")
    screen.press("Test connection", says="Connected to Fjordlys Handel AS")
    screen.see("Partners")
    screen.see("Invoices")
    screen.shot("connection-tested")


def _map_taxes(screen: Screen, odoo: OdooClient) -> None:
    screen.press("Refresh values")
    screen.shot("values")
    rows = screen.page.locator(".o_data_row")
    rows.nth(1).get_by_role("button", name="Suggested: confirm").click()
    screen.settle()
    rows.last.locator("td[name='res_id']").click()
    screen.page.locator("td[name='res_id'] input").fill(ANOTHER_TAX)
    choices = screen.page.locator(".o-autocomplete--dropdown-item:visible")
    choices.filter(has_text=ANOTHER_TAX).first.click()
    screen.page.locator(".o_list_button_save:visible").first.click()
    screen.settle()
    screen.shot("value-mapped")
    _assert_chosen(odoo)


def _assert_chosen(odoo: OdooClient) -> None:
    by_hand = [("is_suggested", "=", False)]
    found = odoo.read("ledger.value.mapping", by_hand, "res_id", order="id")
    taxes = [("id", "in", [one["res_id"] for one in found])]
    names = {tax["name"] for tax in odoo.read("account.tax", taxes, "name")}
    assert len(found) == 2, "one was confirmed, one was chosen"
    assert any(name.startswith(ANOTHER_TAX) for name in names), names


def _preview(screen: Screen, odoo: OdooClient) -> None:
    before = odoo.count("res.partner", [])
    rows = screen.page.locator(".o_data_row", has_text="Partners")
    # What is only sent stands there as well, and is off.
    row = rows.filter(has_text="System → Odoo")
    row.locator("button[name=action_preview]").click()
    screen.see("This is what the next run would do")
    screen.shot("preview")
    screen.press("Close")
    assert odoo.count("res.partner", []) == before


def _go_live(screen: Screen) -> None:
    screen.press("Go live")
    screen.confirm()
    expect(screen.field("state").locator(".o_arrow_button_current")).to_have_text(
        "Live"
    )
    screen.shot("live")


def _wait_for_jobs(odoo: OdooClient, database: Database) -> None:
    def over() -> bool:
        database.wake_lanes()
        return not odoo.count("ledger.sync.job", BUSY)

    until("all jobs are over", over)


def _look_at_a_customer(screen: Screen, odoo: OdooClient) -> None:
    link = odoo.read(
        "ledger.binding",
        [("resource", "=", "customer"), ("state", "=", "linked")],
        "res_id",
        limit=1,
    )[0]
    screen.open(f"contacts/{link['res_id']}")
    screen.see("Links")
    screen.shot("customer")
    screen.page.locator("button[name=action_ledger_bindings]").click()
    screen.settle()
    screen.shot("customer-links")


def _look_at_an_invoice(screen: Screen, odoo: OdooClient) -> None:
    links = [("resource", "=", "invoice"), ("state", "=", "linked")]
    link = odoo.read("ledger.binding", links, "res_id", limit=1)[0]
    screen.open(f"customer-invoices/{link['res_id']}")
    screen.see("Links")
    screen.shot("invoice")


def _open_connection(screen: Screen) -> None:
    screen.open("ledger-dashboard")
    screen.shot("dashboard")
    card = screen.page.locator(".o_kanban_record", has_text="Fjordlys books")
    card.get_by_text("Fjordlys books").first.click()
    expect(screen.page.locator(".o_form_view")).to_be_visible()
    screen.settle()


def _break_and_mend(
    screen: Screen, odoo: OdooClient, database: Database, world: World
) -> None:
    world.revoke_key()
    _open_connection(screen)
    screen.press("Sync now")
    _wait_for_jobs(odoo, database)
    screen.page.reload()
    screen.settle()
    screen.see("Tripletex does not know the employee token.")
    screen.shot("broken")
    screen.open("ledger-dashboard")
    screen.shot("dashboard-broken")
    _open_connection(screen)
    world.revoke_key(restore=True)
    world.recover_key()
    screen.page.locator(".alert-danger [name=credential_id] a").click()
    screen.settle()
    _enter_keys(screen, world, "employee_token")
    screen.page.go_back()
    screen.settle()
    screen.press("Test connection", says="Connected to Fjordlys Handel AS")
    screen.shot("mended")


def test_a_new_user_connects_syncs_breaks_the_key_and_mends_it(
    screen: Screen, odoo: OdooClient, browser_database: Database, world: World
) -> None:
    """As in "Done when": nothing but clicks and typing, and no error on the way."""
    world.seed(customers=30, also_suppliers=2, products=8, invoices=10, seed=71)
    count_as_the_vendor(odoo)
    screen.log_in()
    screen.open_app()
    screen.shot("empty-dashboard")
    _make_credential(screen, world)
    _connect(screen)
    _map_taxes(screen, odoo)
    _open_connection(screen)
    flows = odoo.find("ledger.flow", [])
    odoo.write("ledger.flow", flows, start_date="2000-01-01")
    _preview(screen, odoo)
    _go_live(screen)
    screen.press("Sync now")
    screen.shot("sync-pressed")
    _wait_for_jobs(odoo, browser_database)
    jobs = odoo.read("ledger.sync.job", [], "state", "error")
    assert {job["state"] for job in jobs} <= {"done"}, jobs
    counts = world.counts()
    linked = [("resource", "=", "invoice"), ("state", "=", "linked")]
    assert odoo.count("ledger.binding", linked) == counts["invoice"]
    screen.open("ledger-jobs")
    screen.shot("jobs")
    _look_at_a_customer(screen, odoo)
    _look_at_an_invoice(screen, odoo)
    _break_and_mend(screen, odoo, browser_database, world)
    world.add("customer", name="Hardanger Frukt AS")
    screen.press("Sync now")
    _wait_for_jobs(odoo, browser_database)
    jobs = odoo.read("ledger.sync.job", [], "flow_id", "state", "error")
    assert odoo.count("res.partner", [("name", "=", "Hardanger Frukt AS")]) == 1, jobs
    screen.open("ledger-dashboard")
    screen.shot("dashboard-again")
