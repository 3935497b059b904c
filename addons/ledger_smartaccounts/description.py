# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What SmartAccounts offers, as the engine wants to know it."""

from odoo.addons.ledger_connector_base.sync.contract import (
    CallLimits,
    CredentialField,
    Environment,
    FlowKind,
    Resource,
    System,
    ValueKind,
)

from .client import (
    DAY_PARTS,
    DAY_SHARE,
    PER_DAY,
    PER_MINUTE,
    PER_SECOND,
    PRODUCTION,
)

#: (§6) Of one company, in any 24 hours, shared with its web shop and other programs;
#: one a second is our own choice (§9).
LIMITS = CallLimits(
    per_second=PER_SECOND,
    per_minute=PER_MINUTE,
    per_day=PER_DAY,
    day_parts=DAY_PARTS,
)
#: Odoo's records that a push sends.
_PARTIES = "['|', ('customer_rank', '>', 0), ('supplier_rank', '>', 0)]"
_PRODUCTS = "[('sale_ok', '=', True)]"
_INVOICES = (
    "[('move_type', 'in', ('out_invoice', 'out_refund')), ('state', '=', 'posted')]"
)


def describe(env) -> System:
    """Return what SmartAccounts offers, with labels in the language of *env*."""
    return System(
        code="smartaccounts",
        label="SmartAccounts",
        documentation="https://www.smartaccounts.eu",
        credential_fields=_credential_fields(env),
        environments=(
            # (§1) There is no other public address; test companies live here too.
            Environment("production", env._("Production"), PRODUCTION),
            Environment("custom", env._("Other address")),
        ),
        resources=_resources(env),
        flows=_flows(env),
        value_kinds=(ValueKind("tax", env._("VAT code"), "account.tax"),),
        limits=LIMITS,
        page_size=100,
        default_share=DAY_SHARE,
    )


def _credential_fields(env) -> tuple[CredentialField, ...]:
    where = env._("In SmartAccounts: Settings > Connected services.")
    return (
        CredentialField("public_key", env._("Public key"), where),
        CredentialField("secret_key", env._("Secret key"), where),
    )


def _resources(env) -> tuple[Resource, ...]:
    """(§7) No record has a version, and none is written together with others."""
    return (
        Resource(
            "client",
            "partner",
            env._("Client"),
            version_field="",
            batch=1,
            domain=(("customer_rank", ">", 0),),
        ),
        Resource(
            "vendor",
            "partner",
            env._("Vendor"),
            version_field="",
            batch=1,
            domain=(("supplier_rank", ">", 0),),
        ),
        Resource(
            "article",
            "product",
            env._("Article"),
            id_field="code",
            version_field="",
            name_fields=("description", "code"),
            batch=1,
        ),
        # They can be edited there; what is booked and declared is not changed by us.
        Resource(
            "client_invoice",
            "invoice",
            env._("Sales invoice"),
            version_field="",
            name_fields=("invoiceNumber", "number"),
            deletions=False,
            batch=1,
            updates=False,
        ),
        Resource(
            "vendor_invoice",
            "invoice",
            env._("Purchase invoice"),
            version_field="",
            name_fields=("invoiceNumber", "number"),
            deletions=False,
        ),
    )


def _flows(env) -> tuple[FlowKind, ...]:
    """Figures are what most offices come for; records are off at first."""
    parties = env._("Clients and vendors")
    articles = env._("Articles")
    return (
        FlowKind("statistics", "pull", env._("Figures"), (), interval_minutes=1440),
        FlowKind("partner", "pull", parties, ("client", "vendor"), active=False),
        FlowKind("product", "pull", articles, ("article",), active=False),
        FlowKind(
            "invoice",
            "pull",
            env._("Sales and purchase invoices"),
            ("client_invoice", "vendor_invoice"),
            active=False,
        ),
        FlowKind(
            "partner",
            "push",
            parties,
            ("client", "vendor"),
            interval_minutes=15,
            active=False,
            domain=_PARTIES,
            # (§7.5) They cannot be switched off, only deleted.
            deletions=False,
        ),
        FlowKind(
            "product",
            "push",
            articles,
            ("article",),
            interval_minutes=15,
            active=False,
            domain=_PRODUCTS,
        ),
        FlowKind(
            "invoice",
            "push",
            env._("Sales invoices and credit notes"),
            ("client_invoice",),
            interval_minutes=15,
            active=False,
            domain=_INVOICES,
            warning=env._(
                "An invoice that is added in SmartAccounts is booked at once: there "
                "are no drafts, and no other program can take it back for you. "
                "Everything that this flow sends counts in the books and in the VAT "
                "return."
            ),
        ),
    )
