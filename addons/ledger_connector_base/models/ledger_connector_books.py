# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

from ..sync.problems import Problem


class LedgerConnector(models.AbstractModel):
    """Whose books a key opens, and that they are those of the connection."""

    _name = "ledger.connector"
    _inherit = "ledger.connector"

    @api.model
    def _identify(self, client, connection):
        """Ask the vendor who we are, and refuse other books than the connection's.

        The engine asks this instead of :meth:`_test`, so that no vendor has to think
        of it. A vendor whose ``_read()`` could meet other books before the next test
        calls :meth:`_check_claimed_company` there too.

        :rtype: sync.contract.TestResult
        :raises sync.problems.Problem: they are other books
        :raises transport.errors.LedgerError: it could not be asked
        """
        result = self._test(client, connection)
        self._check_claimed_company(connection, result.company_id, result.company_name)
        self._check_linked_company(connection, result.organisation_number)
        return result

    @api.model
    def _check_claimed_company(self, connection, answered, name=""):
        """The books that open have to be those that the connection names.

        Where a key opens several books, an answer without a company proves nothing and
        is refused; a key of one company may keep silent.

        :param str answered: the vendor's id of the company that opened, "" if unknown
        :param str name: of it, "" if unknown
        :raises sync.problems.Problem: they are others
        """
        claimed = (connection.remote_company_id or "").strip()
        if not claimed or claimed == answered:
            return
        system = self._describe()
        if not answered and not system.many_companies:
            return
        number = f"({answered})" if name and answered else answered
        unknown = self.env._("books whose number it does not tell")
        raise Problem(
            "reconnect",
            self.env._(
                "Connection %(connection)s is for company number %(claimed)s, but at "
                "%(system)s its key opens %(other)s. Nothing was read. Correct the "
                "company number on the connection, or enter the key of %(claimed)s.",
                connection=connection.name,
                claimed=claimed,
                system=system.label,
                other=" ".join(filter(None, (name, number))) or unknown,
            ),
            cause="company",
        )

    @api.model
    def _check_linked_company(self, connection, number):
        """A new key may be another company's: its books are not to be mixed in.

        :param str number: organisation number or business id of the company that
            answered, "" if unknown
        :raises sync.problems.Problem: records of another company are linked already
        """
        known = connection.remote_organisation_number
        if not known or not number or known == number:
            return
        linked = [("connection_id", "=", connection.id)]
        if self.env["ledger.binding"].search_count(linked, limit=1):
            raise Problem(
                "reconnect",
                self.env._(
                    "At %(system)s the key opens the books of company %(new)s, but "
                    "connection %(connection)s holds records of company %(old)s. Enter "
                    "the key of %(old)s, or make another connection for %(new)s.",
                    system=self._describe().label,
                    new=number,
                    old=known,
                    connection=connection.name,
                ),
                cause="company",
            )
