# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class LedgerConnector(models.AbstractModel):
    """What is asked of a connector whose vendor is written to."""

    _name = "ledger.connector"
    _inherit = "ledger.connector"

    @api.model
    def _write(self, client, flow, operations):
        """Write at the vendor, and say what became of each operation.

        All have the same kind and resource, and are no more than the resource's
        ``batch``. An error that concerns all of them is raised: the engine asks the
        error table and the error's ``sent`` what it means, and sends a refused batch
        again in halves. An error of one of them is its result.

        :param list operations: ``sync.contract.Operation``
        :return: one ``sync.contract.Result`` for each, in order
        :raises transport.errors.LedgerError: nothing was done, or all is uncertain
        """
        raise NotImplementedError

    @api.model
    def _find(self, client, flow, operations):
        """Look for what *operations* may have created.

        Asked before anything is sent a second time, and when the vendor says that a
        record exists. Found are records that have the operation's key, where the vendor
        keeps one, or else its natural key: the number, the business id, the name.

        :return: for each operation a list of the vendor's records, complete and as
            ``_read()`` would give them; more than one are for a person to decide
        """
        raise NotImplementedError

    @api.model
    def _check_outgoing(self, flow, resource, record, values):
        """Hold a record back that the vendor would refuse, or would take wrongly.

        Asked before each sending; makes no call.

        :param record: the Odoo record
        :param dict values: what is going to be sent, in the vendor's shape
        :raises sync.problems.Problem: it has to be mended first
        """

    @api.model
    def _follow_up(self, client, flow, unfinished):
        """Finish documents that were made there, e.g. attach, approve and send them.

        Asked after each new document of a resource with ``follow_up`` is linked and
        committed, and again after a failure: it looks at what was done already.

        :param list unfinished: ``sync.contract.FollowUp``
        :return: one ``sync.contract.Result`` for each, in order; *done* with the
            vendor's complete record, or else the error. What is *uncertain* or
            concerns the vendor is asked again at the next run
        :raises transport.errors.LedgerError: it concerns all of them
        """
        raise NotImplementedError

    @api.model
    def _payload(self, client, flow, operation):
        """Return the exact body that the call for *operation* has, for a preview.

        May read there, and writes nothing.

        :param operation: ``sync.contract.Operation``
        :return: JSON-able dict, None where the connector cannot say
        """
        return None

    @api.model
    def _rounding(self):
        """Return how the vendor adds up an invoice.

        :rtype: sync.balance.Rounding | None
        """
        return None
