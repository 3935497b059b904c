# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models
from odoo.tools import float_round

#: Figures are compared with the average of so many periods before.
PERIODS_BEFORE = 3
#: Fewer documents more or less are nobody's news, whatever share they are.
LEAST_JUMP = 3


class LedgerStatisticsPeriod(models.Model):
    """From documents and corrections to figures and warnings."""

    _name = "ledger.statistics.period"
    _inherit = "ledger.statistics.period"

    def _count(self):
        """Bring the figures in step with documents and corrections.

        What a frozen period has counted stays; corrections it carries are its own.
        """
        self.ensure_one()
        counts = self._kept() if self.frozen else self._counted()
        corrections = self._corrections()
        kinds = self.env["ledger.statistics.kind"]
        for kind in kinds.search([("is_featured", "=", True)]):
            counts.setdefault(kind.id, (0, 0))
        known = {figure.kind_id.id: figure for figure in self.figure_ids}
        new = []
        for kind_id in {**counts, **corrections}:
            count, rows = counts.get(kind_id, (0, 0))
            values = {
                "count": count,
                "row_count": rows,
                "correction": corrections.get(kind_id, 0),
            }
            if kind_id not in known:
                new.append({"period_id": self.id, "kind_id": kind_id, **values})
                continue
            figure = known.pop(kind_id)
            changed = {name: x for name, x in values.items() if figure[name] != x}
            if changed:
                figure.write(changed)
        for figure in known.values():
            figure.unlink()
        self.env["ledger.statistics.figure"].create(new)
        self.env.flush_all()
        self.env["ledger.statistics.document"]._link_figures(self.id)

    def _kept(self):
        return {f.kind_id.id: (f.count, f.row_count) for f in self.figure_ids}

    def _counted(self):
        """Return ``{kind id: (documents, rows)}``, totals included."""
        counts = self.env["ledger.statistics.document"]._sums(self.id)
        kinds = self.env["ledger.statistics.kind"]
        own = [
            counts[kind]
            for kind in kinds._entry_kinds(self.entries).ids
            if kind in counts
        ]
        rows = sum(lines for _count, lines in own)
        counts[kinds._by_code("entries")] = (sum(n for n, _lines in own), rows)
        if self.with_rows:
            counts[kinds._by_code("rows")] = (rows, rows)
        return counts

    def _corrections(self):
        """Return ``{kind id: sum}`` of the corrections that this period carries."""
        groups = self.env["ledger.statistics.correction"]._read_group(
            [("period_id", "=", self.id)], ["kind_id"], ["difference:sum"]
        )
        return {kind.id: difference for kind, difference in groups}

    # === WARNINGS === #

    def _warn(self, jump_percent, today):
        """Note what a bookkeeper should look at.

        :param int jump_percent: see the set-up; 0 for no such warning
        :param date today: in the time zone of the books
        """
        lines = []
        if self.date_to >= today:
            lines.append(self.env._("The period has not ended yet."))
        if not self._total("entries") and not any(
            self.figure_ids.filtered(lambda f: not f.is_total).mapped("count")
        ):
            lines.append(self.env._("No document was found in this period."))
        elif jump_percent and self.date_to < today:
            lines += self._jumps(jump_percent)
        self.warning = "\n".join(lines) or False

    def _total(self, code):
        return sum(
            self.figure_ids.filtered(lambda f: f.kind_id.code == code).mapped("count")
        )

    def _jumps(self, percent):
        """Return a sentence for each usual figure that is far from its average."""
        before = self.search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("date_to", "<", self.date_from),
                ("complete", "=", True),
            ],
            order="date_to desc",
            limit=PERIODS_BEFORE,
        )
        if not before:
            return []
        figures = before.figure_ids.grouped("kind_id")
        return [
            self._jump(figure, average)
            for figure in self.figure_ids.filtered("kind_id.is_featured")
            if figure.kind_id in figures
            and _is_jump(
                figure.count,
                average := sum(figures[figure.kind_id].mapped("count")) / len(before),
                percent,
            )
        ]

    def _jump(self, figure, average):
        return self.env._(
            "%(kind)s: %(count)s, and %(average)s on average before.",
            kind=figure.kind_id.name,
            count=figure.count,
            average=f"{float_round(average, 1):g}",
        )


def _is_jump(count, average, percent):
    distance = abs(count - average)
    return distance >= LEAST_JUMP and distance * 100 > average * percent
