# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What errors of Procountor mean to a bookkeeper, most specific ones first.

Codes in capitals are the vendor's own (§8), the others the client's words for refusals
without one, see ``client.errors``. Unknown ones are shown as the vendor says them.
"""

from odoo.tools import LazyTranslate

from odoo.addons.ledger_connector_base.sync.contract import GONE, STALE
from odoo.addons.ledger_connector_base.sync.problems import ErrorRule

_lt = LazyTranslate(__name__)

#: (§2, §8) A right that is missing, or an invoice in another status.
FORBIDDEN = "forbidden"
_ADDRESS = _lt(
    "Procountor has nothing at the address that was called (%(message)s): the API "
    "version in the address of the credential may have ended. Enter the address "
    "without a version, or report it to support with the job's number."
)
_KEYS = _lt(
    "Procountor does not accept the keys: the API key was revoked, its user lost "
    "access to the company, or client ID and secret are not right. Create a new API "
    "key in Procountor (user menu > API keys) and enter it again."
)
_UNAVAILABLE = _lt(
    "Procountor failed (%(message)s). Tried again by itself; what may have been done "
    "there is asked for before anything is sent again. Very long texts may be the "
    "cause."
)


def _invalid(contains: str, sentence, owner: str = "record") -> ErrorRule:
    """Return the rule of a field that was refused (400), by its name and a colon."""
    return ErrorRule(owner, sentence, status=400, contains=contains)


#: (§8) The vendor's own codes.
CODES = [
    ErrorRule(
        "record",
        _lt(
            "%(record)s is due before its invoice date, which Procountor does not "
            "take. Correct one of the dates, then retry."
        ),
        code="DUE_DATE_BEFORE_BILL_DATE",
    ),
    ErrorRule(
        "mapping",
        _lt(
            "%(record)s has a VAT status that does not go with its VAT percentage in "
            "Procountor (%(message)s). Choose another code for the tax under Value "
            "mappings, then retry."
        ),
        code="ERROR_VATSTATUS_VATPERC",
    ),
    ErrorRule(
        "mapping",
        _lt(
            "A ledger account of a product on %(record)s does not take the VAT "
            "percentage of its row in Procountor (%(message)s). Change the account of "
            "the product there, or the tax of the line here, then retry."
        ),
        code="ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION",
    ),
    ErrorRule(
        "record",
        _lt(
            "Procountor does not find the dimensions that %(record)s uses "
            "(%(message)s). Check the dimensions of the customer and the products "
            "there, then retry."
        ),
        code="DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_"
        "DATABASE",
    ),
    ErrorRule(
        "record",
        _lt(
            "%(record)s has a date in a period that is closed in Procountor. Change "
            "the date, or have the period opened there, then retry."
        ),
        code="CLOSED_FISCAL_PERIOD",
    ),
    ErrorRule(
        "record",
        _lt(
            "Procountor does not take the business ID of %(record)s: it is missing, or "
            "its check digit is wrong. Correct the company ID or VAT number of the "
            "customer, then retry."
        ),
        code="ERROR_BRN_CODE",
    ),
]

#: (§2, §8) Keys, rights, addresses.
ACCESS = [
    *(
        ErrorRule("reconnect", _KEYS, code=code)
        for code in ("invalid_client", "invalid_grant", "unauthorized_client")
    ),
    ErrorRule("reconnect", _KEYS, status=401),
    ErrorRule(
        "reconnect",
        _lt(
            "Procountor does not understand the request for access (%(message)s). "
            "Check client ID and redirect address with Procountor: they have to be "
            "those that it registered."
        ),
        code="invalid_request",
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "There is no Procountor at the address of the credential (%(message)s): it "
            "may name a version that has ended. Correct the address, then test the "
            "connection."
        ),
        code="wrong_address",
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "Procountor has suspended this integration, mostly because it called too "
            "often (%(message)s). Ask the support of Procountor to let it in again, "
            "then test the connection."
        ),
        status=403,
        contains="suspended",
    ),
    ErrorRule(
        "retry",
        _lt(
            "The gateway before Procountor stopped the call (403) without a reason. "
            "Tried again by itself; if it stays so, report it to support."
        ),
        code="gateway",
    ),
    ErrorRule(
        "record",
        _lt(
            "The invoice of %(record)s has another status in Procountor than this step "
            "needs (%(message)s). Look at it there, then retry."
        ),
        code=FORBIDDEN,
        contains="status",
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "The user of the API key may not do this in Procountor (%(message)s). Give "
            "that user the right there under Management > Users, then test the "
            "connection."
        ),
        code=FORBIDDEN,
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "The activation link has expired (3 hours), or it was answered already. If "
            "a company is missing here, ask the customer to open the link again."
        ),
        code="expired",
    ),
    ErrorRule("bug", _ADDRESS, code="unknown_path"),
]

#: (§3, §4, §5, §6) Fields that were refused, by the names that the vendor gives them.
FIELDS = [
    _invalid(
        "accountNumber:",
        _lt(
            "Procountor does not take the bank account of %(record)s (%(message)s). "
            "Mark an account that is in use as the one for invoices there, or choose "
            "another under Value mappings, then retry."
        ),
        "mapping",
    ),
    _invalid(
        "vatPercent:",
        _lt(
            "%(record)s has a VAT percentage that is not in use in Procountor "
            "(%(message)s). Have it taken into use there, or choose another code for "
            "the tax under Value mappings, then retry."
        ),
        "mapping",
    ),
    _invalid(
        "vatStatus:",
        _lt(
            "%(record)s has a VAT status that Procountor does not allow for sales "
            "(%(message)s). Choose another code for the tax under Value mappings, then "
            "retry."
        ),
        "mapping",
    ),
    _invalid(
        "vat:",
        _lt(
            "%(record)s has a VAT percentage that is not in use in Procountor "
            "(%(message)s). Have it taken into use there, or choose another code for "
            "the tax under Value mappings, then retry."
        ),
        "mapping",
    ),
    _invalid(
        "customerNumber:",
        _lt(
            "Procountor has another customer with the number of %(record)s "
            "(%(message)s). Link the two under Records, or give it another reference, "
            "then retry."
        ),
    ),
    _invalid(
        "partnerId:",
        _lt(
            "The customer of %(record)s is not in Procountor's register any more "
            "(%(message)s). Send the customer again, then retry."
        ),
    ),
    _invalid(
        "productId:",
        _lt(
            "A product of %(record)s is not in Procountor's register any more, or is "
            "not for sales (%(message)s). Send the product again, or ignore its link, "
            "then retry."
        ),
    ),
    _invalid(
        "country:",
        _lt(
            "Procountor does not take a country of %(record)s (%(message)s). Fill in "
            "the country of each address, then retry."
        ),
    ),
    _invalid(
        "email:",
        _lt(
            "Procountor does not take the e-mail address of %(record)s (%(message)s). "
            "Correct it on the customer, then retry."
        ),
    ),
    _invalid(
        "bankReferenceCode:",
        _lt(
            "Procountor does not take the payment reference of %(record)s "
            "(%(message)s). Correct it, or empty it so that Procountor makes one, then "
            "retry."
        ),
    ),
    _invalid(
        "paymentMethod:",
        _lt(
            "Procountor does not take the payment method of %(record)s (%(message)s). "
            "Choose bank transfer, cash or clearing for its payment term under Value "
            "mappings, then retry."
        ),
        "mapping",
    ),
    _invalid(
        "currencyRate:",
        _lt(
            "Procountor does not take the exchange rate of %(record)s (%(message)s). "
            "Check the currency rates in Odoo, then retry."
        ),
    ),
    _invalid(
        "Delivery terms",
        _lt(
            "Procountor does not know the delivery terms of %(record)s (%(message)s). "
            "Choose others for its incoterm under Value mappings, then retry."
        ),
        "mapping",
    ),
    _invalid(
        "invoice channel",
        _lt(
            "The channel of %(record)s needs more than is known of the customer "
            "(%(message)s). Fill it in, or choose another channel, then retry."
        ),
    ),
    _invalid(
        "einvoiceAddress",
        _lt(
            "Procountor does not take the e-invoice address of %(record)s "
            "(%(message)s). Correct address and operator on the customer, then retry."
        ),
    ),
    _invalid(
        "code:",
        _lt(
            "Procountor does not take the internal reference of %(record)s "
            "(%(message)s). Another product may have it: link the two under Records, "
            "or give it another one, then retry."
        ),
    ),
    *(
        _invalid(
            f"{name}:",
            _lt(
                "Procountor does not take a row of %(record)s (%(message)s). Rows "
                "without a quantity or price, and those below zero, may be refused "
                "there: correct the line, then retry."
            ),
        )
        for name in ("quantity", "unitPrice")
    ),
]

RULES = [
    *CODES,
    *ACCESS,
    ErrorRule(
        "record",
        _lt(
            "%(record)s was changed in Procountor in the meantime. It is read again "
            "and then sent again."
        ),
        code="stale",
        outcome=STALE,
    ),
    *FIELDS,
    ErrorRule(
        "record",
        _lt("%(record)s, or something that it names, is not in Procountor."),
        code="not_found",
        outcome=GONE,
    ),
    ErrorRule(
        "record",
        _lt(
            "Procountor could not save %(record)s (%(message)s): something that it "
            "names may be missing there. Check its customer and products, then retry."
        ),
        code="not_saved",
    ),
    ErrorRule(
        "record",
        _lt(
            "%(record)s was changed in Procountor in the meantime, or is in use there "
            "(%(message)s). It is read again and then sent again."
        ),
        code="conflict",
        outcome=STALE,
    ),
    ErrorRule(
        "record",
        _lt(
            "Somebody rejected this step of %(record)s in Procountor, where it has to "
            "be confirmed. Do it there, or retry and confirm it."
        ),
        code="confirmation_rejected",
    ),
    ErrorRule(
        "record",
        _lt(
            "This step of %(record)s has to be confirmed in Procountor, and nobody did "
            "in time. Retry, and confirm it there."
        ),
        code="confirmation_expired",
    ),
    ErrorRule(
        "wait",
        _lt(
            "Procountor has had enough calls for now. Goes on by itself after "
            "%(wait)s seconds."
        ),
        code="limit",
    ),
    ErrorRule("retry", _UNAVAILABLE, code="unavailable"),
    ErrorRule(
        "record",
        _lt(
            "Procountor does not accept %(record)s: %(message)s Correct it, then retry."
        ),
        code="invalid",
    ),
    # (§8) The vendor's list of codes is longer than the dossier's.
    ErrorRule(
        "record",
        _lt(
            "Procountor does not accept %(record)s and says %(message)s. Correct it, "
            "then retry."
        ),
        status=400,
    ),
]
