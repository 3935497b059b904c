# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What transport errors mean to a bookkeeper; vendors add their own tables."""

from odoo.tools import LazyTranslate

from ..sync.problems import ErrorRule

_lt = LazyTranslate(__name__)

UNKNOWN = _lt(
    "%(record)s could not be read because of an error in the connector (%(kind)s). "
    "Nothing was changed. Please report it to support with the job's number."
)

#: Asked after the vendor's table, in this order; the last rule knows every error.
TRANSPORT_RULES = [
    ErrorRule(
        "reconnect",
        _lt("%(message)s is not set for %(system)s. Open the credential and enter it."),
        code="missing_secret",
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "The stored keys cannot be read: they were encrypted with another "
            "encryption key than this server has. Put the old key back into "
            "ledger_connector_key, or enter the keys again."
        ),
        code="wrong_key",
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "%(system)s does not accept the keys any more. Check in %(system)s that "
            "they are still valid, then enter them again on the credential."
        ),
        code="auth",
    ),
    ErrorRule(
        "wait",
        _lt(
            "The number of calls that %(system)s allows is used up. Goes on by itself "
            "in %(wait)s seconds."
        ),
        code="limit",
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "The address of %(system)s does not begin with https. Correct it on the "
            "credential; nothing was sent."
        ),
        code="address",
    ),
    ErrorRule(
        "retry",
        _lt(
            "%(system)s cannot be reached. Tried again by itself; check the address "
            "if it lasts."
        ),
        code="connect",
    ),
    ErrorRule(
        "retry",
        _lt("%(system)s took too long to answer. Tried again by itself."),
        code="timeout",
    ),
    ErrorRule(
        "retry",
        _lt("The connection to %(system)s broke off. Tried again by itself."),
        code="lost",
    ),
    ErrorRule(
        "retry",
        _lt(
            "%(system)s sent an answer that cannot be read (%(message)s). Tried again "
            "by itself."
        ),
        code="bad_answer",
    ),
    ErrorRule(
        "retry",
        _lt("%(system)s has an internal error (500). Tried again by itself."),
        status=500,
    ),
    ErrorRule(
        "retry",
        _lt("%(system)s is not available now (502). Tried again by itself."),
        status=502,
    ),
    ErrorRule(
        "retry",
        _lt("%(system)s is not available now (503). Tried again by itself."),
        status=503,
    ),
    ErrorRule(
        "retry",
        _lt("%(system)s is not available now (504). Tried again by itself."),
        status=504,
    ),
    ErrorRule(
        "bug",
        _lt(
            "%(system)s refused what the connector asked: %(message)s. Please report "
            "it to support with the job's number."
        ),
    ),
]
