# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An invoice is sent from Odoo's own dialogue, whatever the line does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from sandbox.control import World
from tests.support.client import OdooClient
from tests.support.mail_sink import MailSink, mail_sink
from tests.support.screen import Screen
from tests.support.sending import Outgoing, connect_outgoing
from tests.support.waiting import until

INVOICES = r"^/invoice(/list)?$"
OFFICE, HOTEL = "kontor@example.org", "hotell@example.org"
PAPER = "Invoice.pdf"
_DIGEST = "Your Odoo Periodic Digest"


@pytest.fixture
def out(odoo: OdooClient, world: World) -> Iterator[Outgoing]:
    """Customers and invoices go to the vendor."""
    out = connect_outgoing(odoo, world, ["partner", "invoice"])
    yield out
    out.forget()


@pytest.fixture
def mails(odoo: OdooClient) -> Iterator[MailSink]:
    """Where Odoo's mail goes; Odoo is ready to send some."""
    (layout,) = odoo.find("ir.ui.view", [("key", "=", "web.external_layout_standard")])
    companies = odoo.find("res.company", [])
    # Odoo asks for these before the first invoice is sent.
    settings = {"external_report_layout_id": layout, "email": OFFICE}
    # Else it looks for a company with such an address, on Odoo's own server.
    settings["iap_enrich_auto_done"] = True
    odoo.write("res.company", companies, **settings)
    odoo.write("res.users", odoo.uid, email=OFFICE)
    with mail_sink() as sink:
        server = odoo.create(
            "ir.mail_server",
            name="Sink",
            smtp_encryption="none",
            smtp_host="127.0.0.1",
            smtp_port=sink.port,
        )
        yield sink
        odoo.call("ir.mail_server", "unlink", [server])


def _post(screen: Screen, out: Outgoing) -> int:
    """Post an invoice on its form; it has been printed."""
    customer = out.customer("Hardanger Hotell AS", email=HOTEL)
    invoice = out.draft(customer)
    screen.log_in()
    screen.open(f"customer-invoices/{invoice}")
    screen.shot("draft")
    screen.press("Confirm")
    _expect_state(screen, "Posted")
    out.print(invoice)
    _name_paper(out.odoo, invoice)
    screen.page.reload()
    _expect_state(screen, "Posted")
    screen.see("To be sent")
    screen.shot("posted")
    return invoice


def _expect_state(screen: Screen, label: str) -> None:
    state = screen.field("state").locator(".o_arrow_button_current")
    expect(state).to_have_text(label)
    screen.settle()


def _name_paper(odoo: OdooClient, invoice: int) -> None:
    """Call the PDF as Odoo does when it prints."""
    paper = [
        ("res_model", "=", "account.move"),
        ("res_field", "=", "invoice_pdf_report_file"),
        ("res_id", "=", invoice),
    ]
    odoo.write("ir.attachment", odoo.find("ir.attachment", paper), name=PAPER)


def _open_dialogue(screen: Screen) -> None:
    screen.press("Send")
    expect(screen.page.locator(".o_account_move_send_wizard")).to_be_visible()
    screen.settle()


def _press_send(screen: Screen) -> None:
    buttons = screen.page.locator(".modal-footer").get_by_role("button")
    buttons.filter(has_text="Send").first.click()


def _send(screen: Screen) -> None:
    """Press Send; the dialogue has nothing to say."""
    _press_send(screen)
    expect(screen.page.locator(".modal")).to_have_count(0)
    screen.settle()


def _assert_lost(said: str) -> None:
    """The dialogue says what is known, what comes next, and what was not done."""
    assert "has not confirmed INV/" in said
    assert "It was sent to Tripletex" in said
    assert "the answer was lost" in said
    assert "do not enter it there by hand" in said
    assert "The e-mail to the customer was not sent" in said


def _assert_booked(screen: Screen, out: Outgoing, invoice: int) -> None:
    """The form shows what the one invoice there is called, and that nobody paid it."""
    there = out.there("account.move", invoice)
    assert there["amountCurrency"] == 1000.0
    screen.see("In step")
    number = screen.page.locator("[name='ledger_status'] [name='ledger_number']")
    expect(number).to_have_text(str(there["invoiceNumber"]))
    paid = screen.page.locator("[name='ledger_status'] [name='ledger_payment_state']")
    expect(paid).to_have_text("Not paid")
    customer = out.odoo.read("account.move", [("id", "=", invoice)], "partner_id")
    out.assert_once(customer=[customer[0]["partner_id"][0]], invoice=[invoice])


def test_an_invoice_sent_from_the_dialogue_shows_the_vendors_number(
    screen: Screen, world: World, out: Outgoing, mails: MailSink
) -> None:
    """The ledger is ticked, the invoice is booked, the customer gets Odoo's mail."""
    invoice = _post(screen, out)
    _open_dialogue(screen)
    expect(screen.page.get_by_label("Send to Tripletex")).to_be_checked()
    screen.shot("dialogue")
    _send(screen)
    screen.shot("sent")
    _assert_booked(screen, out, invoice)
    assert HOTEL in _the_only_mail(world, mails)


def test_an_unticked_ledger_gets_no_invoice_from_the_dialogue(
    screen: Screen, world: World, out: Outgoing, mails: MailSink
) -> None:
    """The customer gets the mail; the flow sends the invoice at its own time."""
    _post(screen, out)
    _open_dialogue(screen)
    screen.page.get_by_label("Send to Tripletex").click()
    screen.settle()
    _send(screen)
    screen.see("To be sent")
    screen.shot("only-mailed")
    until("the customer has Odoo's mail", lambda: _about_invoices(mails))
    assert not world.objects("invoice")


def test_an_invoice_whose_answer_is_cut_after_the_booking_is_there_once(
    screen: Screen, world: World, out: Outgoing, mails: MailSink
) -> None:
    """The dialogue says what is known; the number comes by itself, and no mail goes."""
    invoice = _lose_the_answer(screen, world, out)
    screen.page.locator(".modal-footer").get_by_text("Discard").click()
    screen.page.reload()
    screen.see("Answer awaited")
    screen.shot("not-known-yet")
    out.let_time_pass(minutes=2)
    screen.page.reload()
    screen.see("In step")
    screen.shot("found")
    _assert_booked(screen, out, invoice)
    assert not _about_invoices(mails), "nobody was written to"
    _send_once_more(screen)
    _assert_nothing_left(screen, out, invoice)
    assert HOTEL in _the_only_mail(world, mails)


def test_pressing_send_again_after_a_lost_answer_finds_the_invoice(
    screen: Screen, world: World, out: Outgoing, mails: MailSink
) -> None:
    """Who does not wait books nothing twice: the vendor is asked first."""
    invoice = _lose_the_answer(screen, world, out)
    assert not _about_invoices(mails), "nobody was written to"
    _send(screen)
    screen.shot("pressed-again")
    _assert_nothing_left(screen, out, invoice)
    assert HOTEL in _the_only_mail(world, mails)


def _lose_the_answer(screen: Screen, world: World, out: Outgoing) -> int:
    """Send an invoice; the line is cut when it is booked there already."""
    invoice = _post(screen, out)
    world.fault(INVOICES, method="POST", times=1, cut=True)
    _open_dialogue(screen)
    _press_send(screen)
    _assert_lost(screen.refused("line-cut"))
    assert len(world.objects("invoice")) == 1
    return invoice


def _send_once_more(screen: Screen) -> None:
    """The ledger has it and is not offered again; only the mail goes."""
    _open_dialogue(screen)
    assert not screen.page.get_by_label("Send to Tripletex").count()
    screen.shot("dialogue-again")
    _send(screen)
    screen.shot("sent-again")


def _assert_nothing_left(screen: Screen, out: Outgoing, invoice: int) -> None:
    """The lanes find nothing more to send, and what is there stays as it is."""
    out.send("partner", "invoice")
    _assert_booked(screen, out, invoice)
    assert out.nothing_waits()


def _the_only_mail(world: World, mails: MailSink) -> str:
    assert not world.outbox(), "the vendor writes to nobody"
    (mail,) = until("the customer has Odoo's mail", lambda: _about_invoices(mails))
    return mail


def _about_invoices(mails: MailSink) -> list[str]:
    """All but the digest that Odoo sends to its own users, whenever it gets to it."""
    return [mail for mail in mails.messages if _DIGEST not in mail]
