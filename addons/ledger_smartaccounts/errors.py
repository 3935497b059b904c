# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What errors of SmartAccounts mean to a bookkeeper, most specific ones first.

Codes are the client's words for the refusals of §5: the vendor names few keys, and its
texts come in the language of the address.
"""

from odoo.tools import LazyTranslate

from odoo.addons.ledger_connector_base.sync.contract import EXISTS, GONE
from odoo.addons.ledger_connector_base.sync.problems import ErrorRule

_lt = LazyTranslate(__name__)

#: (§6) What a right that is missing answers; see ``client.errors``.
RIGHTS = "rights"
_REPORT = _lt(
    "SmartAccounts did not understand what the connector asked (%(message)s). Nothing "
    "was changed. Please report it to support with the job's number."
)

RULES = [
    # === TIME === #
    ErrorRule(
        "retry",
        _lt(
            "The clock of this server is %(seconds)s seconds ahead of SmartAccounts, "
            "which refuses calls that are more than 15 minutes off. Have the clock set "
            "back to the right time; tried again by itself."
        ),
        code="clock_ahead",
    ),
    ErrorRule(
        "retry",
        _lt(
            "The clock of this server is %(seconds)s seconds behind SmartAccounts, "
            "which refuses calls that are more than 15 minutes off. Have the clock set "
            "forward to the right time; tried again by itself."
        ),
        code="clock_behind",
    ),
    ErrorRule(
        "retry",
        _lt(
            "SmartAccounts finds the time of the call too far from its own "
            "(%(message)s). Have the clock of this server checked; tried again by "
            "itself."
        ),
        code="clock",
    ),
    ErrorRule(
        "wait",
        _lt(
            "The clocks in Estonia are being set back, and SmartAccounts cannot tell "
            "which of the two hours is meant. Goes on by itself after %(until)s "
            "(Estonian time)."
        ),
        code="doubled_hour",
    ),
    # === KEYS, PACKAGE, BILL === #
    ErrorRule(
        "reconnect",
        _lt(
            "SmartAccounts does not accept the keys: they were changed there, one of "
            "them is mistyped, or they are not a pair. Copy both from Settings > "
            "Connected services of that company and enter them again."
        ),
        code="auth",
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "The API service of this company is switched off, or its package has none: "
            "the package Starter does not. Switch it on in SmartAccounts under "
            "Settings > Connected services, then test the connection. SmartAccounts "
            "says “%(message)s”."
        ),
        code="service_off",
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "SmartAccounts has suspended this company for an unpaid bill "
            "(%(message)s). Have the bill of SmartAccounts paid, then test the "
            "connection. Calling again would not help."
        ),
        code="billing",
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "The keys may not do this in SmartAccounts. Give the user group “API” the "
            "right under Settings > User groups there, then try again. SmartAccounts "
            "says “%(message)s”."
        ),
        code=RIGHTS,
    ),
    # === LIMITS === #
    ErrorRule(
        "wait",
        _lt(
            "SmartAccounts allows 60 calls a minute and 1,000 a day, for all programs "
            "of a company together, and they are used up. Goes on by itself after "
            "%(until)s (Estonian time)."
        ),
        code="limit",
    ),
    ErrorRule(
        "retry",
        _lt(
            "SmartAccounts is not available now and does not say why (%(message)s). "
            "Tried again by itself."
        ),
        code="unavailable",
    ),
    ErrorRule(
        "retry",
        _lt("SmartAccounts has an internal error. Tried again by itself."),
        code="server",
    ),
    # === RECORDS === #
    ErrorRule(
        "record",
        _lt(
            "%(record)s has a date in a period that is locked in SmartAccounts "
            "(%(message)s). Change the date, or open the period there, then retry."
        ),
        code="period_locked",
    ),
    ErrorRule(
        "record",
        _lt(
            "Credit note %(record)s has an earlier date than the invoice that it "
            "credits, which SmartAccounts does not take. Give it that date or a later "
            "one, then retry."
        ),
        code="credit_too_early",
    ),
    ErrorRule(
        "record",
        _lt(
            "%(record)s, or its number, is in SmartAccounts already (%(message)s). "
            "Link the two, or give it another number."
        ),
        code="exists",
        outcome=EXISTS,
    ),
    ErrorRule(
        "record",
        _lt(
            "%(record)s, or something that it names, is not in SmartAccounts "
            "(%(message)s)."
        ),
        code="not_found",
        outcome=GONE,
    ),
    *(
        ErrorRule(
            "record",
            _lt(
                "SmartAccounts asks for a VAT code of %(record)s (%(message)s). Enter "
                "one as argument of the line vatPc in the field mapping of the flow, "
                "then retry."
            ),
            code=code,
            contains="vatPc",
        )
        for code in ("malformed", "rules")
    ),
    ErrorRule(
        "record",
        _lt(
            "SmartAccounts does not accept %(record)s: %(message)s. Correct it, then "
            "retry."
        ),
        code="rules",
    ),
    ErrorRule(
        "record",
        _lt(
            "SmartAccounts cannot read what was sent of %(record)s: %(message)s. "
            "Correct the record or the field mapping, then retry."
        ),
        code="malformed",
    ),
    ErrorRule("bug", _REPORT, code="unknown_path"),
]
