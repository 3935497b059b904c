# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rights of a user by name, and which call needs which (dossier §2)."""

from __future__ import annotations

from .errors import ApiError, refused

Rights = dict[str, dict[str, "str | bool"]]
_GROUPS: dict[str, tuple[str, ...]] = {
    "management": (
        *("basicCompanyInfo", "basicAccountingInfo"),
        *("chartOfAccountsAndDefaultReports", "usersAndUserRights"),
        *("companyUserManagement", "setUpACompany", "importData", "notifications"),
        *("incomesRegisterCertificate", "groupLetter", "auditLog"),
    ),
    "sales": (
        *("salesOrGroupInvoices", "salesInvoiceSearch", "customerRegister"),
        "productRegister",
    ),
    "purchases": (
        *("purchaseInvoices", "purchaseInvoiceSearch", "supplierRegister"),
        *("productRegister", "fixedAssetsRegister"),
    ),
    "payments": (
        *("payment", "salaryPayments", "markAsPaid", "markSalaryAsPaid"),
        *("directBankTransfer", "bankStatementAndReferencePayment"),
        "paymentAllocation",
    ),
    "accounting": (
        *("journalReceipts", "journalReceiptSearch", "closingOfAccountTools"),
        *("accountingReports", "archive"),
    ),
}
GRANTED = {
    *(("sales", name) for name in _GROUPS["sales"]),
    *(("management", "basicCompanyInfo"), ("payments", "markAsPaid")),
}
LEVELS = {"NOT_ENABLED": 0, "NO_ACCESS": 0, "VIEWING_RIGHTS": 1, "ALL_RIGHTS": 2}


def new_rights() -> Rights:
    """Return the rights of a technical user: all it needs, and nothing else."""
    rights: Rights = {
        group: {
            name: "ALL_RIGHTS" if (group, name) in GRANTED else "NO_ACCESS"
            for name in names
        }
        for group, names in _GROUPS.items()
    }
    rights["sales"]["personalSalesInvoicesOnly"] = False
    return rights


def group_of(rights: Rights, right: str) -> str:
    """Return the group of a right; that of sales where two have the same name.

    :raise KeyError: unknown right
    """
    for group in ("sales", *rights):
        if right in rights[group]:
            return group
    raise KeyError(f"unknown right {right!r}")


def check(rights: Rights, right: str, level: str) -> None:
    """Check that a user has a right.

    :param level: VIEWING_RIGHTS or ALL_RIGHTS
    :raise ApiError: 403
    """
    held = str(rights[group_of(rights, right)][right])
    if LEVELS[held] < LEVELS[level]:
        raise missing(right)


def missing(right: str) -> ApiError:
    """Return the 403 of a right that the user lacks."""
    return refused(403, f"User does not have sufficient rights: {right}.")
