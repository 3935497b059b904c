# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orders that became invoices: their PDF, their cents, their payments."""

import base64
import io
from decimal import Decimal

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.pdf import OdooPdfFileReader, OdooPdfFileWriter

from odoo.addons.ledger_connector_base.sync.problems import Problem

from ..writing.attachments import pdf_of
from ..writing.steps import total_of
from .order_case import ProcountorOrderCase


@tagged("post_install", "-at_install")
class TestStepsOrders(ProcountorOrderCase):
    def pay(self, order, amount=None):
        """A payment transaction that is done."""
        provider = self.env["payment.provider"].create(
            {"name": "Kortti", "code": "none", "company_id": self.company.id}
        )
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "amount": order.amount_total if amount is None else amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "reference": f"{order.name}-{provider.id}",
                "sale_order_ids": [Command.set(order.ids)],
                "state": "done",
            }
        )

    def there(self, order):
        return self.world.object("invoices", self.order_link(order).external_id)

    # === PAID === #

    def test_an_order_that_is_paid_is_marked_as_paid_on_the_day_of_the_payment(self):
        self.connection.write(
            {"procountor_finish": "send", "procountor_mark_paid": "CHARGE_CARD"}
        )
        order = self.order()
        self.pay(order)
        self.push("order")
        [event] = self.world.objects("paymentevents")
        self.assertEqual(event["paidAmount"], order.amount_total)
        self.assertEqual(event["paymentDate"], order.ledger_paid_on.isoformat())
        self.assertEqual(self.there(order)["status"], "MARKED_PAID")
        self.assertEqual(order.ledger_stage, "paid")

    def test_an_order_that_is_paid_in_part_is_not_marked(self):
        self.connection.write(
            {"procountor_finish": "approve", "procountor_mark_paid": "CHARGE_CARD"}
        )
        order = self.order()
        self.pay(order, amount=1.0)
        self.push("order")
        self.assertEqual(self.world.objects("paymentevents"), [])

    # === THE TOTAL === #

    def test_cents_that_are_rounded_otherwise_there_get_a_row(self):
        self.connection.procountor_finish = "approve"
        lines = [self.line(price_unit=0.33, product_uom_qty=1) for _n in range(3)]
        order = self.order(lines=lines)
        self.push("order")
        there = self.there(order)
        booked = there["invoiceSumInfo"][0]["invoiceSumTotal"]
        self.assertEqual(booked, order.amount_total)
        self.assertEqual(len(there["invoiceRows"]), 4)
        self.assertEqual(there["status"], "NOT_SENT")
        self.assertFalse(order.ledger_problem)

    def test_a_down_payment_is_no_part_of_what_is_sent(self):
        order = self.order()
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        values = {"advance_payment_method": "fixed", "fixed_amount": 5.0}
        wizard.create(values).create_invoices()
        self.assertTrue(order.order_line.filtered("is_downpayment"))
        self.assertEqual(total_of(order), Decimal("22.25"))

    # === THE PDF === #

    @staticmethod
    def page():
        """A PDF of one page."""
        writer, stream = OdooPdfFileWriter(), io.BytesIO()
        writer.add_blank_page(width=42, height=42)
        writer.write(stream)
        return stream.getvalue()

    def printer(self, order):
        """Odoo's report engine at work, with a print of *order* that it keeps."""
        report = self.env.ref("sale.action_report_saleorder")
        report.write({"attachment": "'tilaus.pdf'", "attachment_use": True})
        self.env["ir.attachment"].create(
            {
                "name": "tilaus.pdf",
                "datas": base64.b64encode(self.page()),
                "res_model": "sale.order",
                "res_id": order.id,
            }
        )
        return order.with_context(force_report_rendering=True)

    def test_the_pdf_of_an_order_is_that_of_odoos_report(self):
        order = self.order()
        printed = pdf_of(self.printer(order))
        [page] = OdooPdfFileReader(io.BytesIO(printed), strict=False).pages
        self.assertEqual(page.mediabox.width, 42)

    def test_a_print_that_is_no_pdf_is_told(self):
        order = self.order()
        # Odoo's tests print HTML in its place.
        with self.assertRaises(Problem) as caught:
            pdf_of(order)
        self.assert_readable(caught.exception.sentence)
        self.assertIn(order.name, caught.exception.sentence)

    def test_a_fault_in_the_layout_is_told_of_the_order_alone(self):
        view = self.env.ref("sale.report_saleorder_document")
        self.env["ir.ui.view"].create(
            {
                "name": "A fault",
                "type": "qweb",
                "inherit_id": view.id,
                "mode": "extension",
                "arch": """<xpath expr="//div[hasclass('page')]" position="inside">
                    <t t-out="doc.no_such_field"/>
                </xpath>""",
            }
        )
        order = self.order()
        with self.assertLogs("odoo.addons.ledger_procountor", "WARNING"):
            with self.assertRaises(Problem) as caught:
                pdf_of(order)
        self.assert_readable(caught.exception.sentence)
        self.assertIn(order.name, caught.exception.sentence)
