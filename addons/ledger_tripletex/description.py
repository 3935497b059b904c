# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Tripletex offers, as the engine wants to know it."""

from odoo.addons.ledger_connector_base.sync.contract import (
    CallLimits,
    CredentialField,
    Environment,
    FlowKind,
    Resource,
    System,
    ValueKind,
)

from .client import BULK

#: Odoo's records that a push sends.
_PARTIES = "['|', ('customer_rank', '>', 0), ('supplier_rank', '>', 0)]"
_PRODUCTS = "[('sale_ok', '=', True)]"
_ORDERS = "[('state', '=', 'sale')]"
_INVOICES = (
    "[('move_type', 'in', ('out_invoice', 'out_refund')), ('state', '=', 'posted')]"
)


def describe(env) -> System:
    """Return what Tripletex offers, with labels in the language of *env*."""
    return System(
        code="tripletex",
        label="Tripletex",
        documentation="https://developer.tripletex.no",
        credential_fields=_credential_fields(env),
        environments=_environments(env),
        resources=_resources(env),
        flows=_flows(env),
        value_kinds=(ValueKind("tax", env._("VAT code"), "account.tax"),),
        # (§8) The numbers are not published: they are learnt from answers' headers.
        limits=CallLimits(),
        many_companies=True,
        webhooks=True,
    )


def _credential_fields(env) -> tuple[CredentialField, ...]:
    return (
        CredentialField(
            "consumer_token",
            env._("Consumer token"),
            env._("Sent by Tripletex when the application is accepted."),
        ),
        CredentialField(
            "employee_token",
            env._("Employee token"),
            env._("In Tripletex: Company > Employees > API access > New key."),
        ),
    )


def _environments(env) -> tuple[Environment, ...]:
    """(§1) The two hosts; others are handed out one by one."""
    return (
        Environment("production", env._("Production"), "https://tripletex.no/v2"),
        Environment("test", env._("Test"), "https://api-test.tripletex.tech/v2"),
        Environment("custom", env._("Other address")),
    )


def _resources(env) -> tuple[Resource, ...]:
    return (
        Resource(
            "customer",
            "partner",
            env._("Customer"),
            batch=BULK,
            guarded=True,
            domain=(("customer_rank", ">", 0),),
        ),
        Resource(
            "supplier",
            "partner",
            env._("Supplier"),
            batch=BULK,
            guarded=True,
            domain=(("supplier_rank", ">", 0),),
        ),
        Resource(
            "contact",
            "partner",
            env._("Contact"),
            name_fields=("displayName", "lastName", "firstName", "email"),
        ),
        Resource(
            "delivery_address",
            "partner",
            env._("Delivery address"),
            name_fields=("name", "addressLine1"),
            child=True,
        ),
        Resource(
            "product",
            "product",
            env._("Product"),
            name_fields=("name", "number"),
            batch=BULK,
            guarded=True,
        ),
        Resource(
            "order",
            "order",
            env._("Order"),
            name_fields=("number",),
            batch=BULK,
            guarded=True,
        ),
        # (§12) Invoices are never deleted there, they are credited.
        Resource(
            "invoice",
            "invoice",
            env._("Invoice"),
            name_fields=("invoiceNumber",),
            deletions=False,
            batch=BULK,
            updates=False,
        ),
        Resource(
            "payment",
            "payment",
            env._("Payment"),
            name_fields=("description",),
            child=True,
            deletions=False,
        ),
    )


def _flows(env) -> tuple[FlowKind, ...]:
    return (
        FlowKind(
            "partner",
            "pull",
            env._("Customers, suppliers and contacts"),
            ("customer", "supplier", "contact", "delivery_address"),
        ),
        FlowKind("product", "pull", env._("Products"), ("product",)),
        FlowKind("invoice", "pull", env._("Invoices and credit notes"), ("invoice",)),
        # Off at first: whether Odoo keeps the payments too is for a person to say. What
        # is paid there is seen on the invoices in any case.
        FlowKind("payment", "pull", env._("Payments"), ("payment",), active=False),
        # Off at first: nothing is sent before a person has switched it on.
        FlowKind(
            "partner",
            "push",
            env._("Customers and suppliers"),
            ("customer", "supplier"),
            interval_minutes=5,
            active=False,
            domain=_PARTIES,
        ),
        FlowKind(
            "product",
            "push",
            env._("Products"),
            ("product",),
            interval_minutes=5,
            active=False,
            domain=_PRODUCTS,
        ),
        FlowKind(
            "order",
            "push",
            env._("Orders"),
            ("order",),
            interval_minutes=5,
            active=False,
            domain=_ORDERS,
        ),
        FlowKind(
            "invoice",
            "push",
            env._("Invoices and credit notes"),
            ("invoice",),
            interval_minutes=5,
            active=False,
            domain=_INVOICES,
        ),
    )
