# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Procountor offers, as the engine wants to know it."""

from odoo.addons.ledger_connector_base.sync.contract import (
    CallLimits,
    CredentialField,
    Environment,
    FlowKind,
    Resource,
    System,
    ValueKind,
)

from .client import MOST, PER_SECOND, PRODUCTION, TESTING, TESTING_PER_MINUTE

#: (§1) Of one client id, at each of the vendor's servers.
LIMITS = {
    "production": CallLimits(per_second=PER_SECOND),
    "test": CallLimits(per_minute=TESTING_PER_MINUTE),
}
#: In the context: which of them is meant.
ENVIRONMENT = "ledger_procountor_environment"
#: Odoo's records that a push sends.
_CUSTOMERS = "[('customer_rank', '>', 0)]"
_PRODUCTS = "[('sale_ok', '=', True)]"
_ORDERS = "[('state', '=', 'sale')]"
_INVOICES = (
    "[('move_type', 'in', ('out_invoice', 'out_refund')), ('state', '=', 'posted')]"
)
_SALES = ("out_invoice", "out_refund")


def describe(env) -> System:
    """Return what Procountor offers, with labels in the language of *env*."""
    return System(
        code="procountor",
        label="Procountor",
        documentation="https://dev.procountor.com",
        credential_fields=_credential_fields(env),
        environments=(
            Environment("production", env._("Production"), PRODUCTION),
            Environment("test", env._("Public testing server"), TESTING),
            Environment("custom", env._("Other address")),
        ),
        resources=_resources(env),
        flows=(*_pulls(env), *_pushes(env)),
        value_kinds=_value_kinds(env),
        limits=LIMITS.get(env.context.get(ENVIRONMENT), LIMITS["production"]),
        page_size=MOST,
    )


def _credential_fields(env) -> tuple[CredentialField, ...]:
    given = env._("Procountor gives it to whoever runs the integration.")
    return (
        CredentialField("client_id", env._("Client ID"), given),
        CredentialField("client_secret", env._("Client secret"), given),
        CredentialField(
            "api_key",
            env._("API key"),
            env._("In Procountor: user menu > API keys > New API key."),
        ),
    )


def _resources(env) -> tuple[Resource, ...]:
    """(§3, §4, §5) None is written together with others."""
    return (
        # (§4) Only partial updates name a version; a full one may go unchecked.
        Resource("customer", "partner", env._("Customer"), batch=1),
        Resource(
            "product",
            "product",
            env._("Product"),
            name_fields=("name", "code"),
            batch=1,
        ),
        _invoices(
            "invoice",
            "invoice",
            env._("Sales invoice"),
            domain=(("move_type", "in", _SALES),),
        ),
        _invoices("order", "order", env._("Order"), same_as="invoice"),
        Resource(
            "payment",
            "payment",
            env._("Payment"),
            version_field="",
            name_fields=("description",),
            child=True,
            deletions=False,
        ),
    )


def _invoices(name, entity, label, **more) -> Resource:
    """(§3) Invoices are voided or credited, never deleted; versions are checked."""
    return Resource(
        name,
        entity,
        label,
        name_fields=("invoiceNumber", "originalInvoiceNumber"),
        deletions=False,
        batch=1,
        guarded=True,
        follow_up=True,
        withdraws=True,
        replaces=True,
        **more,
    )


def _pulls(env) -> tuple[FlowKind, ...]:
    return (
        FlowKind("partner", "pull", env._("Customers"), ("customer",)),
        FlowKind("product", "pull", env._("Products"), ("product",)),
        # Number and status of what was sent; whether other invoices come to Odoo as
        # well is for a person to say.
        FlowKind(
            "invoice",
            "pull",
            env._("Sales invoices and credit notes"),
            ("invoice",),
            interval_minutes=30,
            create_policy="known",
        ),
        # Off at first: whether Odoo keeps the payments too is for a person to say.
        FlowKind("payment", "pull", env._("Payments"), ("payment",), active=False),
        FlowKind(
            "order",
            "pull",
            env._("Number, status and reference of sent orders"),
            ("order",),
            interval_minutes=30,
            known_only=True,
        ),
    )


def _pushes(env) -> tuple[FlowKind, ...]:
    """Off at first: nothing is sent before a person has switched it on."""

    def push(entity, label, resource, domain, **more):
        return FlowKind(
            entity,
            "push",
            label,
            (resource,),
            interval_minutes=5,
            active=False,
            domain=domain,
            **more,
        )

    return (
        # The register is the accounting office's: what is there stays as it is.
        push("partner", env._("Customers"), "customer", _CUSTOMERS, changes=False),
        push("product", env._("Products"), "product", _PRODUCTS),
        push("order", env._("Orders as sales invoices"), "order", _ORDERS),
        push("invoice", env._("Invoices and credit notes"), "invoice", _INVOICES),
    )


def _value_kinds(env) -> tuple[ValueKind, ...]:
    kinds = (
        ValueKind("tax", env._("VAT status and percentage"), "account.tax"),
        ValueKind("unit", env._("Unit"), "uom.uom", required=False),
        ValueKind("country", env._("Country"), "res.country", required=False),
        ValueKind(
            "delivery_term", env._("Delivery term"), "account.incoterms", required=False
        ),
        ValueKind(
            "payment_method",
            env._("Payment method"),
            "account.payment.term",
            required=False,
        ),
        ValueKind(
            "bank_account", env._("Bank account"), "res.currency", required=False
        ),
    )
    if "delivery.carrier" not in env:
        return kinds
    label = env._("Delivery method")
    carrier = ValueKind("delivery_method", label, "delivery.carrier", required=False)
    return (*kinds, carrier)
