# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models


class LedgerConnector(models.AbstractModel):
    """What a connector that can count is asked for."""

    _name = "ledger.connector"
    _inherit = "ledger.connector"

    @api.model
    def _bases(self):
        """Return the counting bases that the vendor's documents can be asked by."""
        return ()

    @api.model
    def _read_documents(self, client, flow, window, cursor):
        """Yield the pages of all documents of a window.

        :param window: ``contract.Window``
        :param cursor: of the page that was stored last; None at the beginning
        :return: iterator of ``contract.DocumentPage``
        :raises transport.errors.LedgerError: the vendor could not be read
        """
        raise NotImplementedError

    @api.model
    def _read_changed_documents(self, client, flow, moment, cursor):
        """Yield the pages of what was added, changed or deleted since a moment.

        :param moment: naive UTC
        :param cursor: of the page that was stored last; None at the beginning
        Frozen periods are held against them, each by the rules it was counted by: see
        ``ledger.statistics.period._frozen_of()``.

        :return: iterator of ``contract.DocumentPage``; ``day`` is the entry date,
            ``document_day`` the document's own
        :raises transport.errors.LedgerError: the vendor could not be read
        """
        raise NotImplementedError
