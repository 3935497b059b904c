# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What errors of Tripletex mean to a bookkeeper, most specific ones first.

Codes and texts are those of §3.3, §6 and §9. Texts of Tripletex come in the language
of the key's user, so rules look at codes and names of fields; where only words tell
validations apart, at those of both languages.
"""

from odoo.tools import LazyTranslate

from odoo.addons.ledger_connector_base.sync.contract import EXISTS, GONE, STALE
from odoo.addons.ledger_connector_base.sync.problems import ErrorRule

_lt = LazyTranslate(__name__)

#: (§3.3) Part of the text for an office's key that is used on the office itself.
OFFICE_KEY = "Company owned users"
NO_ACCESS = "9000"
#: (§6) A path, or a value of an enumeration, that is not known.
UNKNOWN_PATH = "21000"
_VALIDATION = "18000"

_REPORT = _lt(
    "Tripletex did not understand what the connector asked (%(message)s). Nothing was "
    "changed. Please report it to support with the job's number."
)
_ILLEGAL_FIELD = _lt(
    "The field mapping reads a field that Tripletex does not have (%(message)s). "
    "Correct or remove that line under Field mappings, then run again."
)
_NUMBER_TAKEN = _lt(
    "A number of %(record)s is used already in Tripletex (%(message)s). Change it, or "
    "link the record to the one that has it."
)
_CLOSED_PERIOD = _lt(
    "%(record)s has a date in a period that is closed in Tripletex (%(message)s). "
    "Change the date, or open the period there, then retry."
)
_NO_BANK_ACCOUNT = _lt(
    "The company has no bank account number in Tripletex, and invoices need one "
    "(%(message)s). Enter it there on the bank account of the ledger, then retry."
)
_CLOSED_ORDER = _lt(
    "The order of %(record)s is closed in Tripletex (%(message)s): it has been "
    "invoiced, or was closed by hand. Open it there, or leave it as it is."
)


def _worded(owner, sentence, *words, outcome=""):
    """Rules for validations that are told apart by *words* only.

    Texts come in Norwegian or English, as the key's user has chosen (§6).
    """
    return [
        ErrorRule(owner, sentence, code=_VALIDATION, contains=word, outcome=outcome)
        for word in words
    ]


RULES = [
    # === KEYS AND RIGHTS === #
    ErrorRule(
        "reconnect",
        _lt(
            "This is an accounting office's key: it opens the books of clients, not "
            "the office's own. Enter the client's company number on the connection, "
            "or use “Connect client companies” on the credential. For one company's "
            "own books use a key that was made in that company."
        ),
        contains=OFFICE_KEY,
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "Tripletex does not know the consumer token. Usually it is the token of "
            "the other environment: test tokens begin with test- and open the test "
            "environment only. Correct token or environment on the credential."
        ),
        code=_VALIDATION,
        contains="consumerToken",
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "Tripletex does not know the employee token. It may be of the other "
            "environment, deleted, or replaced by a recovered key. Make a new key in "
            "Tripletex under API access and enter it on the credential."
        ),
        code=_VALIDATION,
        contains="employeeToken",
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "Tripletex does not accept the key any more. It was deleted or recovered "
            "there, or it has lost this company. Check the key under API access in "
            "Tripletex, enter the new one on the credential and test the connection. "
            "For an office's client also check the company number on the connection."
        ),
        status=401,
    ),
    ErrorRule(
        "reconnect",
        _lt(
            "The key may not read this in Tripletex: its user, its access template, or "
            "the company's package lacks it. Give the right in Tripletex, then run "
            "again. For an office's client also check the company number on the "
            "connection. Tripletex says “%(message)s”."
        ),
        code=NO_ACCESS,
    ),
    ErrorRule(
        "reconnect",
        _lt("Tripletex refuses access (403). Check the key's rights there."),
        status=403,
    ),
    # === WHAT WAS ASKED FOR === #
    ErrorRule("mapping", _ILLEGAL_FIELD, code="11000"),
    ErrorRule(
        "mapping",
        _lt(
            "The field mapping writes a field that Tripletex does not have, or a value "
            "of the wrong kind (%(message)s). Correct or remove that line under Field "
            "mappings, then retry."
        ),
        code="16000",
    ),
    ErrorRule(
        "bug",
        _lt(
            "More than 10,000 documents of one day: Tripletex does not list so many. "
            "Please report it to support with the job's number."
        ),
        code="23000",
    ),
    *(
        ErrorRule("bug", _REPORT, code=code)
        for code in ("4000", "12000", "15000", "17000", UNKNOWN_PATH, "22000")
    ),
    ErrorRule(
        "bug",
        _lt(
            "Tripletex could not read an encrypted value (24000). Please report it to "
            "support with the job's number."
        ),
        code="24000",
    ),
    # === RECORDS === #
    ErrorRule(
        "record",
        _lt(
            "%(record)s is not in this company's books in Tripletex. It was deleted, "
            "or belongs to another company: check the company number on the connection."
        ),
        code="6000",
        outcome=GONE,
    ),
    ErrorRule(
        "retry",
        _lt(
            "Somebody else changed %(record)s in Tripletex at the same moment. Tried "
            "again by itself."
        ),
        code="8000",
        outcome=STALE,
    ),
    ErrorRule(
        "record",
        _lt(
            "%(record)s is locked in Tripletex, e.g. by a closed period (%(message)s). "
            "Open the period there, or leave the record as it is."
        ),
        code="10000",
    ),
    *(
        ErrorRule(
            "record",
            _lt(
                "%(record)s is in Tripletex already (%(message)s). Change the number "
                "or name that occurs twice, or link the record to that one."
            ),
            code=code,
            outcome=EXISTS,
        )
        for code in ("7000", "14000")
    ),
    # === VALIDATIONS === #
    *_worded(
        "mapping",
        _lt(
            "%(record)s uses a VAT code that is not active in Tripletex, or may not be "
            "used there (%(message)s). Choose another code under Value mappings, or "
            "activate it in Tripletex, then retry."
        ),
        "vatTypeId",
        "mva-kode",
        "VAT code",
    ),
    *_worded("record", _NO_BANK_ACCOUNT, "bankkontonummer", "bank account number"),
    *_worded("record", _NUMBER_TAKEN, "i bruk", "in use", outcome=EXISTS),
    *_worded("record", _CLOSED_PERIOD, "period"),
    *_worded("record", _CLOSED_ORDER, "ordren er lukket", "order is closed"),
    *_worded(
        "mapping",
        _lt(
            "Tripletex does not accept the prices of %(record)s (%(message)s): a "
            "document has prices with VAT or without it, not both. Check the mapping "
            "of the lines' prices and amounts, then retry."
        ),
        "enhetspris",
        "unit price",
    ),
    *_worded(
        "record",
        _lt(
            "Tripletex does not accept the organisation number of %(record)s "
            "(%(message)s). Check the number, and the country of the address: the "
            "number is checked by that country's rules."
        ),
        "organizationNumber",
        "organisasjonsnummer",
        "organization number",
    ),
    *_worded(
        "record",
        _lt(
            "%(record)s lacks a postal address, which Tripletex asks for "
            "(%(message)s). Enter street, postal code and city, then retry."
        ),
        "postalAddress",
        "postadresse",
        "postal address",
    ),
    ErrorRule(
        "record",
        _lt(
            "Tripletex does not accept %(record)s (%(message)s). Correct it and retry."
        ),
        code=_VALIDATION,
    ),
    # === TRIPLETEX ITSELF === #
    *(
        ErrorRule(
            "retry",
            _lt("Tripletex has an internal error. Tried again by itself."),
            code=code,
        )
        for code in ("1000", "1002")
    ),
]
