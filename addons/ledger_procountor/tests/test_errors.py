# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each refusal has a sentence that a bookkeeper understands."""

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

#: (code, status, field, message, owner, outcome, a word of the sentence), dossier §8.
ANSWERS = [
    ("DUE_DATE_BEFORE_BILL_DATE", 400, "", "", "record", "", "due before"),
    ("ERROR_VATSTATUS_VATPERC", 400, "vatStatus", "", "mapping", "", "VAT status"),
    (
        "ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION",
        400,
        "",
        "",
        "mapping",
        "",
        "ledger account",
    ),
    (
        "DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_"
        "DATABASE",
        400,
        "",
        "",
        "record",
        "",
        "dimensions",
    ),
    ("CLOSED_FISCAL_PERIOD", 400, "date", "", "record", "", "closed"),
    ("ERROR_BRN_CODE", 400, "identifier", "", "record", "", "business ID"),
    ("SOMETHING_ELSE", 400, "", "SOMETHING_ELSE", "record", "", "SOMETHING_ELSE"),
    ("invalid_client", 401, "", "Unauthorized", "reconnect", "", "API key"),
    ("auth", 401, "", "Unauthorized", "reconnect", "", "API key"),
    ("invalid_request", 400, "", "redirect_uri", "reconnect", "", "redirect"),
    ("wrong_address", 404, "", "", "reconnect", "", "address"),
    ("gateway", 403, "", "", "retry", "", "gateway"),
    ("forbidden", 403, "", "Client suspended.", "reconnect", "", "suspended"),
    (
        "forbidden",
        403,
        "",
        "Not allowed for an invoice with status SENT.",
        "record",
        "",
        "another status",
    ),
    ("forbidden", 403, "", "No access.", "reconnect", "", "Management > Users"),
    ("expired", 410, "", "", "reconnect", "", "3 hours"),
    ("unknown_path", 404, "", "", "bug", "", "support"),
    ("stale", 400, "version", "Version is old.", "record", "stale", "meantime"),
    ("not_found", 404, "", "Product not found.", "record", "gone", "not in"),
    ("not_saved", 404, "", "", "record", "", "could not save"),
    ("conflict", 409, "", "", "record", "stale", "meantime"),
    ("confirmation_rejected", 406, "", "", "record", "", "rejected"),
    ("confirmation_expired", 408, "", "", "record", "", "in time"),
    ("unavailable", 500, "", "HTTP 500", "retry", "", "HTTP 500"),
    ("invalid", 400, "accountNumber", "Not in use.", "mapping", "", "bank account"),
    ("invalid", 400, "vatPercent", "Not in use.", "mapping", "", "VAT percentage"),
    ("invalid", 400, "vatStatus", "Not in use.", "mapping", "", "VAT status"),
    ("invalid", 400, "vat", "Not in use.", "mapping", "", "VAT percentage"),
    ("invalid", 400, "customerNumber", "In use.", "record", "", "another customer"),
    ("invalid", 400, "code", "In use.", "record", "", "internal reference"),
    ("invalid", 400, "partnerId", "Not found.", "record", "", "register"),
    ("invalid", 400, "productId", "Not found.", "record", "", "product"),
    ("invalid", 400, "country", "Cannot be blank.", "record", "", "country"),
    ("invalid", 400, "email", "Invalid.", "record", "", "e-mail"),
    ("invalid", 400, "bankReferenceCode", "Wrong.", "record", "", "reference"),
    ("invalid", 400, "paymentMethod", "No.", "mapping", "", "payment method"),
    ("invalid", 400, "currencyRate", "No.", "record", "", "exchange rate"),
    ("invalid", 400, "name", "Delivery terms not found.", "mapping", "", "incoterm"),
    (
        "invalid",
        400,
        "zip",
        "Required by invoice channel MAIL.",
        "record",
        "",
        "channel",
    ),
    ("invalid", 400, "quantity", "must not be 0", "record", "", "row"),
    ("invalid", 400, "unitPrice", "must not be 0", "record", "", "row"),
    ("invalid", 400, "whatever", "is odd.", "record", "", "is odd."),
]


@tagged("post_install", "-at_install")
class TestErrors(LedgerCase):
    def explain(self, error):
        connector = self.env["ledger.connector"]._for("procountor")
        return connector, connector._explain(error, "S00042")

    def test_every_answer_has_its_sentence_and_its_owner(self):
        for code, status, field, message, owner, outcome, word in ANSWERS:
            with self.subTest(code=code, field=field, message=message):
                problems = [FieldProblem(field, message)] if field else []
                said = code if code.isupper() else message
                error = VendorError(said, code=code, status=status, problems=problems)
                connector, problem = self.explain(error)
                self.assertEqual(problem.owner, owner)
                self.assertIn(word, problem.sentence)
                self.assert_readable(problem.sentence)
                self.assertEqual(connector._outcome(error), outcome or "refused")

    def test_every_rule_is_reached_by_an_answer_that_was_seen_or_documented(self):
        reached = set()
        connector = self.env["ledger.connector"]._for("procountor")
        for code, status, field, message, *_rest in ANSWERS:
            problems = [FieldProblem(field, message)] if field else []
            said = code if code.isupper() else message
            error = VendorError(said, code=code, status=status, problems=problems)
            reached.add(id(connector._rule_of(error)))
        limit = LimitReached("", retry_after=7)
        reached.add(id(connector._rule_of(limit)))
        known = {"unauthorized_client", "invalid_grant"}
        left = [
            rule for rule in RULES if id(rule) not in reached and rule.code not in known
        ]
        names = [(rule.code, rule.contains) for rule in left]
        # The e-invoice address is told with the channel that asks for it.
        self.assertEqual([name for name in names if name[1] != "einvoiceAddress"], [])

    def test_a_limit_waits_as_long_as_it_says(self):
        _connector, problem = self.explain(LimitReached("", retry_after=7))
        self.assertEqual((problem.owner, problem.retry_after), ("wait", 7))
        self.assertIn("7 seconds", problem.sentence)
