# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import TransactionCase, tagged

from odoo.addons.ledger_connector_base.transport.errors import (
    NotAuthorised,
    Problem,
    VendorError,
)

from ..errors import RULES

#: (status, code, message, owner, a word of the sentence), dossier §3.3 and §6.
ANSWERS = [
    (400, "4000", "Bad request", "bug", "support"),
    (400, "11000", "Illegal field in fields filter: X", "mapping", "Field mappings"),
    (400, "12000", "Path", "bug", "support"),
    (400, "24000", "Crypto", "bug", "24000"),
    (403, "9000", "You do not have permission.", "reconnect", "access template"),
    (404, "6000", "Object not found", "record", "Invoice 12"),
    (404, "21000", "HTTP 404 Not Found", "bug", "support"),
    (409, "7000", "Finnes", "record", "already"),
    (409, "8000", "RevisionException", "retry", "same moment"),
    (409, "10000", "Låst", "record", "locked"),
    (409, "14000", "Duplikat", "record", "already"),
    (422, "15000", "Verdi", "bug", "support"),
    (422, "16000", "Feltet eksisterer ikke i objektet.", "mapping", "Field mappings"),
    (422, "17000", "Sorting", "bug", "support"),
    (422, "18000", "Validering feilet.", "record", "Correct it"),
    (422, "18000", "Ugyldig mva-kode. vatTypeId", "mapping", "Value mappings"),
    (422, "18000", "Selskapet mangler bankkontonummer", "record", "bank account"),
    (422, "18000", "Produktnummeret K-1 er i bruk.", "record", "used already"),
    (422, "18000", "The accounting period is closed.", "record", "period"),
    (422, "18000", "Ordren er lukket.", "record", "closed"),
    (422, "18000", "Enhetspris må være med mva", "mapping", "prices"),
    (422, "18000", "organizationNumber: ugyldig", "record", "country"),
    (422, "18000", "Postadresse mangler", "record", "postal address"),
    (422, "21000", "Format", "bug", "support"),
    (422, "22000", "JSON", "bug", "support"),
    (422, "23000", "Result set too large.", "bug", "10,000"),
    (500, "1000", "", "retry", "internal error"),
    (500, "1002", "", "retry", "internal error"),
]
OFFICE = (
    "Company owned users(employeeToken) can only access /token/session/>whoAmI & "
    "/company/>withLoginAccess in their own company."
)


@tagged("post_install", "-at_install")
class TestTripletexErrors(TransactionCase):
    def explain(self, error):
        connector = self.env["ledger.connector.tripletex"]
        return connector._explain(error, "Invoice 12")

    def assert_sentence(self, problem):
        self.assertNotIn("%(", problem.sentence)
        self.assertNotIn("  ", problem.sentence)
        self.assertTrue(problem.sentence.endswith("."), problem.sentence)

    def test_every_code_has_an_owner_and_a_sentence(self):
        for status, code, message, owner, word in ANSWERS:
            with self.subTest(status=status, code=code):
                problem = self.explain(VendorError(message, code=code, status=status))
                self.assertEqual(problem.owner, owner)
                self.assertIn(word, problem.sentence)
                self.assert_sentence(problem)

    def test_an_offices_key_on_the_office_itself_is_explained_whatever_the_status(self):
        for status in (400, 401, 403, 422):
            for error in (
                VendorError(OFFICE, code="9000", status=status),
                NotAuthorised(OFFICE, status=status),
            ):
                problem = self.explain(error)
                self.assertEqual(problem.owner, "reconnect")
                self.assertIn("accounting office", problem.sentence)

    def test_a_wrong_token_is_named(self):
        for field, word in (
            ("consumerToken", "consumer token"),
            ("employeeToken", "employee token"),
        ):
            error = VendorError(
                "Validering feilet.",
                code="18000",
                status=422,
                problems=[Problem(f"arg:{field}", "Ugyldig.", f"arg:{field}")],
            )
            problem = self.explain(error)
            self.assertEqual(problem.owner, "reconnect")
            self.assertIn(word, problem.sentence)
            self.assert_sentence(problem)

    def test_a_refused_session_asks_for_a_new_key(self):
        problem = self.explain(NotAuthorised("Unauthorized", status=401))
        self.assertEqual(problem.owner, "reconnect")
        self.assertIn("API access", problem.sentence)

    def test_the_vendors_own_words_reach_the_person(self):
        error = VendorError(
            "Validering feilet.",
            code="18000",
            status=422,
            problems=[Problem("departmentNumber", "Nummeret er i bruk.")],
        )
        sentence = self.explain(error).sentence
        self.assertIn("departmentNumber: Nummeret er i bruk.", sentence)

    def test_no_rule_stands_in_the_shadow_of_an_earlier_one(self):
        for number, rule in enumerate(RULES):
            earlier = RULES[:number]
            hidden = any(
                one.matches(rule.code, rule.status, rule.contains) for one in earlier
            )
            self.assertFalse(hidden, str(rule.sentence))
