# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules of a sales invoice beyond kinds and bounds of its fields (dossier §3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from . import checks, moments, values
from .books import Record
from .call import Call
from .channels import check_channel
from .errors import Problems
from .intake import BLANK_COUNTRY, NULL

ACCOUNT = "paymentInfo.bankAccount"
# fields of Finvoice
FINNISH_ONLY = (
    *("orderNumber", "agreementNumber", "accountingCode", "deliverySite"),
    *("tenderReference", "buyerReferenceIdentifier", "sellerReferenceIdentifier"),
)
LONGEST_TERM = 999


class InvoiceRules:
    """Checks one invoice that is to be saved; all faults are told at once."""

    def __init__(self, call: Call, invoice: Record, problems: Problems) -> None:
        self._call = call
        self._company = call.company
        self._settings = call.settings
        self._invoice = invoice
        self._problems = problems
        self._payment: Record = invoice.get("paymentInfo", {})

    def check(self) -> None:
        """Check the invoice.

        :raise ApiError: 400 with every fault
        """
        self._check_head()
        self._check_links()
        self._check_addresses()
        self._check_dates()
        self._check_payment()
        self._check_account()
        self._check_reference()
        check_channel(self._invoice, self._problems, self._settings)
        self._check_rows()
        self._problems.refuse()

    def _add(self, field: str, message: str) -> None:
        self._problems.add(field, message)

    def _check_head(self) -> None:
        invoice = self._invoice
        for name in ("language", "vatStatus"):
            if name not in invoice:
                self._add(name, NULL)
        if invoice.get("isOffer") and invoice.get("type") != "SALES_ORDER":
            self._add("isOffer", "Only a sales order can be an offer.")
        if invoice.get("deliveryMethod") == "OTHER":
            self._add("deliveryMethod", "OTHER is not allowed for sales invoices.")
        if invoice.get("invoiceChannel") in ("EDIFACT", "PAPER_INVOICE"):
            self._add("invoiceChannel", "Invoice channel is not allowed.")
        if "vatCountry" in invoice and not self._company.foreign_vat:
            self._add("vatCountry", "Foreign VAT is not in use in the company.")
        for name in FINNISH_ONLY if self._company.country != "FINLAND" else ():
            if name in invoice:
                self._add(name, "Allowed in Finnish companies only.")
        self._check_status("vatStatus", invoice.get("vatStatus"))
        self._check_email()

    def _check_email(self) -> None:
        party = self._invoice.get("counterParty", {})
        email = party.get("email", "")
        if email and not checks.is_email(email):
            self._add("counterParty.email", "Invalid email address.")
        for place, other in enumerate(party.get("bccAddresses", [])):
            if other == email or not checks.is_email(other) or len(other) > 256:
                field = f"counterParty.bccAddresses[{place}]"
                self._add(field, "Invalid email address.")

    def _check_links(self) -> None:
        invoice, books = self._invoice, self._company.books
        partner = invoice.get("partnerId")
        if partner is not None and not books.find("businesspartners", partner):
            self._add("partnerId", "Business partner not found in the register.")
        template = invoice.get("invoiceTemplateId")
        if template is not None and template not in self._company.templates:
            self._add("invoiceTemplateId", "Invoice template not found.")
        terms = invoice.get("deliveryTermsInfo", {}).get("name")
        if terms is not None and terms not in self._company.delivery_terms:
            self._add("deliveryTermsInfo.name", "Delivery terms not found.")
        if "factoringContractId" in invoice:
            self._add("factoringContractId", "Financing agreement not found.")

    def _check_addresses(self) -> None:
        if self._settings["address_country"] != "required":
            return
        for name in ("billingAddress", "deliveryAddress"):
            address = self._invoice.get(name)
            if address and "country" not in address:
                path = f"{name}.country"
                self._add(path, BLANK_COUNTRY.format(path=path))

    def _check_dates(self) -> None:
        invoice, day = self._invoice, _day(self._invoice.get("date"))
        due = _day(self._payment.get("dueDate"))
        if day is None or due is None:
            return
        if due < day:
            self._add("", "DUE_DATE_BEFORE_BILL_DATE")
        elif (due - day).days > LONGEST_TERM:
            text = f"Payment term must be between 0 and {LONGEST_TERM} days."
            self._add("paymentInfo.dueDate", text)
        if self._company.is_closed(day):
            self._add("date", "CLOSED_FISCAL_PERIOD")
        begin = invoice.get("deliveryStartDate", "")
        if begin > invoice.get("deliveryEndDate", "9999"):
            self._add("deliveryEndDate", "Delivery period ends before it starts.")

    def _check_payment(self) -> None:
        method = self._payment.get("paymentMethod")
        safe = (None, *values.SAFE_PAYMENT_METHODS)
        if self._settings["other_payment_methods"] == "refused" and method not in safe:
            self._add("paymentInfo.paymentMethod", "Payment method is not supported.")
        rate, home = self._payment.get("currencyRate"), self._company.currency
        if self._payment.get("currency") == home and rate not in (None, 1):
            self._add("paymentInfo.currencyRate", f"Currency rate of {home} must be 1.")
        if rate == 0:
            self._add("paymentInfo.currencyRate", "must be greater than 0")

    def _check_account(self) -> None:
        given = self._payment.get("bankAccount", {})
        number = given.get("accountNumber")
        if "bic" in given:
            self._add(f"{ACCOUNT}.bic", "BIC is not supported for sales invoices.")
        if not number:
            if self._payment and self._payment.get("paymentMethod") != "CASH":
                self._add(f"{ACCOUNT}.accountNumber", NULL)
            return
        accounts = self._company.books.table("bankaccounts").values()
        active = {a["iban"] for a in accounts if a["status"] == "ACTIVE"}
        if not checks.is_iban(number):
            self._add(f"{ACCOUNT}.accountNumber", "Invalid bank account number.")
        elif number not in active:
            self._add(f"{ACCOUNT}.accountNumber", "Bank account is not in use.")

    def _check_reference(self) -> None:
        discount = self._payment.get("cashDiscount", {})
        if discount.get("cashDiscountsTermType") == "FROM_END_OF_MONTH":
            field = "paymentInfo.cashDiscount.cashDiscountsTermType"
            self._add(field, "Allowed in Danish companies only.")
        kind = self._payment.get("bankReferenceCodeType")
        if kind not in (None, *values.FINNISH_REFERENCE_TYPES):
            text = f"Reference type {kind} is not allowed in {self._company.country}."
            self._add("paymentInfo.bankReferenceCodeType", text)
        given = self._payment.get("bankReferenceCode")
        if given and not checks.is_reference(given):
            text = "Invalid reference code: wrong check digit."
            self._add("paymentInfo.bankReferenceCode", text)

    def _check_rows(self) -> None:
        for place, row in enumerate(self._invoice.get("invoiceRows", [])):
            self._check_row(f"invoiceRows[{place}].", row)

    def _check_row(self, path: str, row: Record) -> None:
        product = row.get("productId")
        if product is not None and not self._is_sold(product):
            self._add(f"{path}productId", "Product not found in the sales register.")
        if row.get("startDate", "") > row.get("endDate", "9999"):
            self._add(f"{path}endDate", "Period ends before it starts.")
        self._check_sign(path, row)
        self._check_vat(path, row)

    def _is_sold(self, product: int) -> bool:
        found = self._company.books.find("products", product)
        return found is not None and found["type"] == "SALES"

    def _check_sign(self, path: str, row: Record) -> None:
        for name in ("quantity", "unitPrice"):
            value = row.get(name, 1)
            if value < 0 and self._settings["negative_rows"] == "refused":
                self._add(path + name, "must be greater than or equal to 0")
            if value == 0 and self._settings["zero_rows"] == "refused":
                self._add(path + name, "must not be 0")

    def _check_vat(self, path: str, row: Record) -> None:
        percent = row.get("vatPercent")
        status = row.get("vatStatus", self._invoice.get("vatStatus"))
        if percent is None:
            return
        if not self._company.sells_at(percent):
            self._add(f"{path}vatPercent", "VAT percentage is not in use.")
        if "vatStatus" in row:
            self._check_status(f"{path}vatStatus", status)
        entry = self._company.sales_status(status) if status is not None else None
        if entry is not None and entry[4] and percent != 0:
            self._add(f"{path}vatStatus", "ERROR_VATSTATUS_VATPERC")

    def _check_status(self, field: str, status: Any) -> None:
        if status is not None and self._company.sales_status(status) is None:
            self._add(field, "VAT status is not in use for sales.")


def _day(text: Any) -> date | None:
    """Return a day, or None where the intake has found fault with it already."""
    try:
        return moments.read_day(text)
    except ValueError:
        return None
