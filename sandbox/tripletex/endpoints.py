# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which lists there are, what narrows them, what they say of checksums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .books import Books
from .fields import Record
from .filters import Filter, parse_filters

NO_CHECKSUM = "Checksum not yet supported for this endpoint"
_OWNER = """
    accountId:ids@account supplierId:ids@supplier customerId:ids@customer
    employeeId:ids@employee departmentId:ids@department projectId:ids@project
    productId:ids@product accountNumberFrom:from@_account
    accountNumberTo:upto@_account
"""


@dataclass(frozen=True)
class Listing:
    """One list operation.

    `checksum` is True, False (the vendor says it has none), or None (null is
    answered); `members` picks what belongs into the list at all; `children` are
    fields whose objects count for the checksum.
    """

    model: str
    filters: dict[str, Filter] = field(default_factory=dict)
    checksum: bool | None = True
    members: Callable[[Books, Record], bool] | None = None
    children: tuple[str, ...] = ()
    total: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def _list(model: str, text: str = "", **options: Any) -> Listing:
    return Listing(model, parse_filters(text), **options)


def _is_open(books: Books, record: Record) -> bool:
    account = books.find("Account", record.get("account"))
    return not record.get("closeGroup") and bool((account or {}).get("isCloseable"))


LISTS: dict[str, Listing] = {
    "customer": _list(
        "Customer",
        """
        id:ids customerAccountNumber:words@customerNumber organizationNumber:is
        email:is invoiceEmail:is customerName:like@name phoneNumberMobile:is
        isInactive:bool=false accountManagerId:ids@accountManager changedSince:since
        """,
    ),
    "supplier": _list(
        "Supplier",
        """
        id:ids supplierNumber:words organizationNumber:is email:is invoiceEmail:is
        isInactive:bool=false accountManagerId:ids@accountManager changedSince:since
        isWholesaler:bool showProducts:bool
        """,
    ),
    "customer/category": _list("CustomerCategory", "id:ids name:like number:is"),
    "contact": _list(
        "Contact",
        """
        id:ids firstName:like lastName:like email:like customerId:ids@customer
        departmentId:ids@department
        """,
    ),
    "product": _list(
        "Product",
        """
        number:old_numbers ids:ids@id productNumber:words@number name:like ean:is
        isInactive:bool isStockItem:bool supplierId:ids@supplier
        currencyId:ids@currency vatTypeId:ids@vatType productUnitId:ids@productUnit
        departmentId:ids@department accountId:ids@account
        costExcludingVatCurrencyFrom:from@costExcludingVatCurrency
        costExcludingVatCurrencyTo:to@costExcludingVatCurrency
        priceExcludingVatCurrencyFrom:from@priceExcludingVatCurrency
        priceExcludingVatCurrencyTo:to@priceExcludingVatCurrency
        priceIncludingVatCurrencyFrom:from@priceIncludingVatCurrency
        priceIncludingVatCurrencyTo:to@priceIncludingVatCurrency
        """,
    ),
    "product/unit": _list(
        "ProductUnit", "id:ids name:words nameShort:words commonCode:words"
    ),
    "ledger/vatType": _list("VatType", "id:ids number:words typeOfVat:uses"),
    "ledger/account": _list(
        "Account",
        """
        id:ids number:words isBankAccount:bool isInactive:bool
        isApplicableForSupplierInvoice:bool ledgerType:is saftCode:is
        """,
    ),
    "currency": _list("Currency", "id:ids code:words"),
    "country": _list("Country", "id:ids code:words@isoAlpha2Code isDisabled:bool"),
    "department": _list(
        "Department",
        """
        id:ids name:like departmentNumber:like
        departmentManagerId:ids@departmentManager isInactive:bool
        """,
    ),
    "deliveryAddress": _list(
        "DeliveryAddress",
        "id:ids addressLine1:words addressLine2:words postalCode:words city:words"
        " name:words",
    ),
    "employee": _list(
        "Employee",
        """
        id:ids firstName:like lastName:like employeeNumber:is email:like
        departmentId:ids@department onlyEmployeeTokens:bool@_token=false
        """,
        checksum=False,
    ),
    "invoice": _list(
        "Invoice",
        """
        invoiceDateFrom!:day_from@invoiceDate invoiceDateTo!:day_to@invoiceDate
        id:ids invoiceNumber:is kid:is voucherId:ids@voucher customerId:ids@customer
        """,
        members=lambda _books, record: bool(record.get("isCharged")),
        children=("orderLines",),
    ),
    "invoice/paymentType": _list(
        "PaymentType", "id:ids description:like query:like@description"
    ),
    "order": _list(
        "Order",
        """
        orderDateFrom!:day_from@orderDate orderDateTo!:day_to@orderDate id:ids
        number:is customerId:ids@customer deliveryComment:like isClosed:bool
        isSubscription:bool
        """,
        children=("orderLines",),
    ),
    "ledger/paymentTypeOut": _list(
        "PaymentTypeOut", "id:ids description:like isInactive:bool"
    ),
    "ledger/posting": _list(
        "Posting",
        "dateFrom!:day_from@date dateTo!:day_to@date type:is" + _OWNER,
    ),
    "ledger/posting/openPost": _list(
        "Posting", "date!:day_to@date" + _OWNER, members=_is_open
    ),
    "ledger/closeGroup": _list(
        "CloseGroup", "id:ids dateFrom!:day_from@date dateTo!:day_to@date"
    ),
    "ledger/voucherType": _list("VoucherType", "name:like"),
    "ledger/voucher": _list(
        "Voucher",
        """
        id:ids number:words numberFrom:from@number numberTo:to@number
        typeId:ids@voucherType dateFrom!:day_from@date dateTo!:day_to@date
        """,
        extra={"totalNumberOfPostings": 0},
    ),
    "ledger/voucher/>nonPosted": _list(
        "Voucher",
        "dateFrom:day_from@date dateTo:day_to@date includeNonApproved!:any"
        " changedSince:since",
        members=lambda _books, record: not record.get("number"),
    ),
    "ledger/voucher/>externalVoucherNumber": _list(
        "Voucher", "externalVoucherNumber:is"
    ),
    "supplierInvoice": _list(
        "SupplierInvoice",
        """
        id:ids invoiceDateFrom!:day_from@invoiceDate
        invoiceDateTo!:day_to@invoiceDate invoiceNumber:is
        kid:is@kidOrReceiverReference voucherId:ids@voucher
        supplierId:ids@supplier
        """,
        checksum=False,
    ),
    "company/salesmodules": _list("SalesModule", checksum=None, total="zero"),
}

# models whose objects are read one by one at <path of the list>/<id>
SINGLES: dict[str, str] = {
    "customer": "Customer",
    "supplier": "Supplier",
    "contact": "Contact",
    "product": "Product",
    "product/unit": "ProductUnit",
    "ledger/vatType": "VatType",
    "ledger/account": "Account",
    "ledger/posting": "Posting",
    "ledger/closeGroup": "CloseGroup",
    "ledger/voucherType": "VoucherType",
    "ledger/voucher": "Voucher",
    "ledger/paymentTypeOut": "PaymentTypeOut",
    "currency": "Currency",
    "country": "Country",
    "department": "Department",
    "deliveryAddress": "DeliveryAddress",
    "address": "Address",
    "employee": "Employee",
    "invoice": "Invoice",
    "invoice/paymentType": "PaymentType",
    "order": "Order",
    "order/orderline": "OrderLine",
    "supplierInvoice": "SupplierInvoice",
    "customer/category": "CustomerCategory",
    "company": "Company",
}
# parameters that take one of a few words; another one is 404 / 21000
ENUMS: dict[str, tuple[str, ...]] = {
    "typeOfVat": ("OUTGOING", "INCOMING", "INCOMING_INVOICE", "PROJECT", "LEDGER"),
    "ledgerType": ("GENERAL", "CUSTOMER", "VENDOR", "EMPLOYEE", "ASSET"),
}
SUBSCRIPTIONS = _list("Subscription", checksum=None)
CLIENTS = _list("Client", checksum=False)
ENTITLEMENTS = _list("Entitlement", checksum=None)
