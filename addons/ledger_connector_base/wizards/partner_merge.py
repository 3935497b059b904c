# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Partners that are merged take their links along."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base`: links go over before the merged partners are deleted.

        Whoever merges partners need not know about connectors.
        """
        result = super()._update_foreign_keys(src_partners, dst_partner)
        links = self.env["ledger.binding"].sudo()
        links._move_to("res.partner", src_partners.ids, dst_partner.id)
        dst_partner._ledger_note_changes()
        return result
