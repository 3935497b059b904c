# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each refusal has a sentence that a bookkeeper understands."""

from typing import NamedTuple

from odoo.tests import tagged

from odoo.addons.ledger_connector_base.tests.common import LedgerCase
from odoo.addons.ledger_connector_base.transport.errors import (
    LimitReached,
    VendorError,
)
from odoo.addons.ledger_connector_base.transport.errors import (
    Problem as FieldProblem,
)

from ..errors import RULES


class Answer(NamedTuple):
    """A refusal, and what is made of it.

    :param word: of the sentence
    :param field: of the body that is complained of, "" for none
    """

    code: str
    status: int
    owner: str
    word: str
    field: str = ""
    message: str = ""
    outcome: str = "refused"

    def error(self):
        """What the client raises for it."""
        problems = [FieldProblem(self.field, self.message)] if self.field else []
        said = self.code if self.code.isupper() else self.message
        return VendorError(said, code=self.code, status=self.status, problems=problems)


def refused_field(field, message, owner, word):
    """A field that is refused in words, without a code."""
    return Answer("invalid", 400, owner, word, field, message)


#: Those that were seen or are documented (dossier §8).
ANSWERS = [
    Answer("DUE_DATE_BEFORE_BILL_DATE", 400, "record", "due before"),
    Answer("ERROR_VATSTATUS_VATPERC", 400, "mapping", "VAT status", field="vatStatus"),
    Answer(
        "ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION",
        400,
        "mapping",
        "ledger account",
    ),
    Answer(
        "DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_"
        "DATABASE",
        400,
        "record",
        "dimensions",
    ),
    Answer("CLOSED_FISCAL_PERIOD", 400, "record", "closed", field="date"),
    Answer("ERROR_BRN_CODE", 400, "record", "business ID", field="identifier"),
    Answer("SOMETHING_ELSE", 400, "record", "SOMETHING_ELSE", message="SOMETHING_ELSE"),
    Answer("invalid_client", 401, "reconnect", "API key", message="Unauthorized"),
    Answer("auth", 401, "reconnect", "API key", message="Unauthorized"),
    Answer("invalid_request", 400, "reconnect", "redirect", message="redirect_uri"),
    Answer("wrong_address", 404, "reconnect", "address"),
    Answer("gateway", 403, "retry", "gateway"),
    Answer("forbidden", 403, "reconnect", "suspended", message="Client suspended."),
    Answer(
        "forbidden",
        403,
        "record",
        "another status",
        message="Not allowed for an invoice with status SENT.",
    ),
    Answer("forbidden", 403, "reconnect", "Management > Users", message="No access."),
    Answer("expired", 410, "reconnect", "3 hours"),
    Answer("unknown_path", 404, "bug", "support"),
    Answer(
        "stale",
        400,
        "record",
        "meantime",
        field="version",
        message="Version is old.",
        outcome="stale",
    ),
    Answer(
        "not_found",
        404,
        "record",
        "not in",
        message="Product not found.",
        outcome="gone",
    ),
    Answer("not_saved", 404, "record", "could not save"),
    Answer("conflict", 409, "record", "meantime", outcome="stale"),
    Answer("confirmation_rejected", 406, "record", "rejected"),
    Answer("confirmation_expired", 408, "record", "in time"),
    Answer("unavailable", 500, "retry", "HTTP 500", message="HTTP 500"),
    refused_field("accountNumber", "Not in use.", "mapping", "bank account"),
    refused_field("vatPercent", "Not in use.", "mapping", "VAT percentage"),
    refused_field("vatStatus", "Not in use.", "mapping", "VAT status"),
    refused_field("vat", "Not in use.", "mapping", "VAT percentage"),
    refused_field("customerNumber", "In use.", "record", "another customer"),
    refused_field("code", "In use.", "record", "internal reference"),
    refused_field("partnerId", "Not found.", "record", "register"),
    refused_field("productId", "Not found.", "record", "product"),
    refused_field("country", "Cannot be blank.", "record", "country"),
    refused_field("email", "Invalid.", "record", "e-mail"),
    refused_field("bankReferenceCode", "Wrong.", "record", "reference"),
    refused_field("paymentMethod", "No.", "mapping", "payment method"),
    refused_field("currencyRate", "No.", "record", "exchange rate"),
    refused_field("name", "Delivery terms not found.", "mapping", "incoterm"),
    refused_field("zip", "Required by invoice channel MAIL.", "record", "channel"),
    refused_field("quantity", "must not be 0", "record", "row"),
    refused_field("unitPrice", "must not be 0", "record", "row"),
    refused_field("whatever", "is odd.", "record", "is odd."),
]


@tagged("post_install", "-at_install")
class TestErrors(LedgerCase):
    def setUp(self):
        super().setUp()
        self.connector = self.env["ledger.connector"]._for("procountor")

    def explain(self, error):
        return self.connector._explain(error, "S00042")

    def test_every_answer_has_its_sentence_and_its_owner(self):
        for answer in ANSWERS:
            with self.subTest(answer=answer):
                error = answer.error()
                problem = self.explain(error)
                self.assertEqual(problem.owner, answer.owner)
                self.assertIn(answer.word, problem.sentence)
                self.assert_readable(problem.sentence)
                self.assertEqual(self.connector._outcome(error), answer.outcome)

    def test_every_rule_is_reached_by_an_answer_that_was_seen_or_documented(self):
        errors = [answer.error() for answer in ANSWERS]
        errors.append(LimitReached("", retry_after=7))
        reached = {id(self.connector._rule_of(error)) for error in errors}
        left = [rule for rule in RULES if id(rule) not in reached]
        known = {"unauthorized_client", "invalid_grant"}
        names = [(rule.code, rule.contains) for rule in left if rule.code not in known]
        # The e-invoice address is told with the channel that asks for it.
        self.assertEqual([name for name in names if name[1] != "einvoiceAddress"], [])

    def test_a_limit_waits_as_long_as_it_says(self):
        problem = self.explain(LimitReached("", retry_after=7))
        self.assertEqual((problem.owner, problem.retry_after), ("wait", 7))
        self.assertIn("7 seconds", problem.sentence)
