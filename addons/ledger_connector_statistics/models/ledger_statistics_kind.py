# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from psycopg2.extras import Json

from odoo import api, fields, models


class LedgerStatisticsKind(models.Model):
    _name = "ledger.statistics.kind"
    _description = "Kind of counted documents"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=100)
    is_invoice = fields.Boolean(
        help="Invoices and credit notes, which are left out of the entries if the "
        "set-up says so.",
    )
    is_manual = fields.Boolean(help="Entries that a bookkeeper made by hand.")
    is_total = fields.Boolean(help="Adds up other kinds, and is no kind of its own.")
    is_featured = fields.Boolean(
        string="Shown at once", help="The others appear under “Show more”."
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "There is such a kind already.")

    # === FOR THE ENGINE === #

    @api.model
    def _by_code(self, code):
        """Return the id of the kind with this code.

        :raises KeyError: there is none
        """
        return self._known([code])[code]

    @api.model
    def _known(self, codes):
        # Not kept between pages: what a page has made goes with it when it is lost.
        kinds = self.search([("code", "in", list(codes))])
        return {kind.code: kind.id for kind in kinds}

    @api.model
    def _entry_kinds(self, entries):
        """Return the kinds whose documents count as an entry.

        :param str entries: as in the set-up: all, without_invoices or manual
        """
        domain = [("is_total", "=", False)]
        if entries == "without_invoices":
            domain.append(("is_invoice", "=", False))
        if entries == "manual":
            domain.append(("is_manual", "=", True))
        return self.search(domain)

    @api.model
    def _of(self, codes):
        """Return the ids of kinds by code; what is unknown becomes a kind.

        A vendor's own word comes as ``other:WORD``.
        """
        known = self._known(codes)
        if missing := sorted(set(codes) - set(known)):
            self._make(missing)
            known = self._known(codes)
        return known

    def _make(self, codes):
        # Not by create(): two runs may meet the same new word at once. The second
        # waits here, loses its transaction as in any other race, and does its page
        # again.
        self.env.cr.execute_values(
            """INSERT INTO ledger_statistics_kind
                      (code, name, sequence, create_uid, create_date)
               VALUES %s ON CONFLICT (code) DO NOTHING""",
            [
                (
                    code,
                    Json({"en_US": code.removeprefix("other:")}),
                    500,
                    self.env.uid,
                    fields.Datetime.now(),
                )
                for code in codes
            ],
        )
