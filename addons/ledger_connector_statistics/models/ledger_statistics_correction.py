# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.tools import format_date

#: Documents that a correction names; all of them stand behind the frozen period.
MOST_NAMES = 50


class LedgerStatisticsCorrection(models.Model):
    """What changed in the books of a frozen period, and the period that carries it."""

    _name = "ledger.statistics.correction"
    _description = "Correction"
    _order = "seen_at desc, id desc"

    frozen_period_id = fields.Many2one(
        "ledger.statistics.period",
        string="Frozen period",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    period_id = fields.Many2one(
        "ledger.statistics.period",
        string="Carried by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    kind_id = fields.Many2one("ledger.statistics.kind", required=True, readonly=True)
    is_total = fields.Boolean(related="kind_id.is_total", store=True)
    difference = fields.Integer(readonly=True)
    added = fields.Text(string="Added documents", readonly=True)
    removed = fields.Text(string="Removed documents", readonly=True)
    seen_at = fields.Datetime(string="Seen", required=True, readonly=True)
    connection_id = fields.Many2one(
        related="frozen_period_id.connection_id", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="frozen_period_id.partner_id", string="Client", store=True, index=True
    )
    company_id = fields.Many2one(
        related="frozen_period_id.company_id", store=True, index=True
    )
    date_from = fields.Date(
        related="frozen_period_id.date_from", string="Frozen from", store=True
    )

    @api.depends("frozen_period_id.display_name", "kind_id.name", "difference")
    def _compute_display_name(self):
        for correction in self:
            correction.display_name = (
                f"{correction.frozen_period_id.display_name}, "
                f"{correction.kind_id.name}: {correction.difference:+}"
            )

    # === FOR THE ENGINE === #

    @api.model
    def _prepare(self, period, added, removed, rows):
        """Return what changed in a frozen period, kind by kind; nothing if it is none.

        :param added: rows of documents: external id, kind id, day, number, rows
        :param removed: the same
        :param dict rows: changed numbers of rows by kind id
        """
        lines = [
            self._prepare_kind(kind_id, added, removed)
            for kind_id in sorted({row[1] for row in [*added, *removed]})
        ]
        return lines + self._prepare_totals(period, added, removed, rows)

    @api.model
    def _note(self, period, carrier, lines):
        """Note what changed in a frozen period.

        :param carrier: the open period that carries it
        :param list lines: see :meth:`_prepare`
        """
        common = {
            "frozen_period_id": period.id,
            "period_id": carrier.id,
            "seen_at": fields.Datetime.now(),
        }
        return self.create([{**common, **line} for line in lines])

    def _prepare_kind(self, kind_id, added, removed):
        more = [row for row in added if row[1] == kind_id]
        less = [row for row in removed if row[1] == kind_id]
        return {
            "kind_id": kind_id,
            "difference": len(more) - len(less),
            "added": self._names(more),
            "removed": self._names(less),
        }

    def _prepare_totals(self, period, added, removed, rows):
        """Return the lines of the kinds that add up others, where they change."""
        kinds = self.env["ledger.statistics.kind"]
        counting = set(kinds._entry_kinds(period.entries).ids)
        more = [row for row in added if row[1] in counting]
        less = [row for row in removed if row[1] in counting]
        totals = {"entries": len(more) - len(less)}
        if period.with_rows:
            grown = sum(n for kind_id, n in rows.items() if kind_id in counting)
            totals["rows"] = grown + sum(r[4] for r in more) - sum(r[4] for r in less)
        return [
            {"kind_id": kinds._by_code(code), "difference": difference}
            for code, difference in totals.items()
            if difference
        ]

    def _names(self, rows):
        """Return the documents as people know them, one a line."""
        lines = [
            f"{number or external_id} ({format_date(self.env, day)})"
            for external_id, _kind, day, number, _rows in rows[:MOST_NAMES]
        ]
        if len(rows) > MOST_NAMES:
            left = len(rows) - MOST_NAMES
            lines.append(self.env._("… and %(count)s more", count=left))
        return "\n".join(lines) or False
