# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Customer invoices and credit notes."""

from __future__ import annotations

from odoo import Command
from odoo.tools import LazyTranslate

from ..problems import Problem
from ..writing import post, settle_rounding
from .base import Entity
from .invoice_balance import settle

#: May be written on a posted invoice; everything else is closed there.
OPEN_FIELDS = frozenset(
    {
        "ref",
        "narration",
        "ledger_number",
        "ledger_stage",
        "ledger_reference",
        "ledger_amount_untaxed",
        "ledger_amount_total",
        "ledger_amount_outstanding",
    }
)
LINES = "invoice_line_ids"

_lt = LazyTranslate(__name__)


class Invoice(Entity):
    """``account.move`` of the types customer invoice and credit note."""

    name = "invoice"
    model = "account.move"
    number_field = "ledger_number"
    match_keys = (("ledger_number", _lt("invoice number"), True),)
    ready_fields = ("state", "move_type")
    answer_fields = frozenset(
        {
            "ledger_number",
            "ledger_stage",
            "ledger_reference",
            "ledger_amount_untaxed",
            "ledger_amount_total",
            "ledger_amount_outstanding",
        }
    )
    document = True

    def outgoing_domain(self):
        """Posted customer invoices and credit notes."""
        return [
            ("state", "=", "posted"),
            ("move_type", "in", ("out_invoice", "out_refund")),
        ]

    def number(self, record):
        """Odoo's number: the vendor's is another one."""
        return record.name or ""

    def rows(self, record, field):
        """Lines as they stand on the invoice; its sections and notes among them."""
        if field != LINES:
            return super().rows(record, field)
        return record.invoice_line_ids.sorted(lambda line: (line.sequence, line.id))

    def check_outgoing(self, run, record):
        """Compare with what the vendor is going to compute, to the cent.

        :return: ``sync.balance.Difference`` that the vendor takes, or None
        """
        record._ledger_check_outgoing(run)
        rounding = run.connector._rounding()
        return settle(record, rounding, run.system.label) if rounding else None

    def withdrawn(self, run, record):
        """What was booked there stays booked, whatever is done with it here."""
        if record.state == "posted":
            return None
        return Problem(
            "record",
            run.env._(
                "%(record)s is booked in %(system)s, and is %(state)s in Odoo now. "
                "Post it again as it was, or credit it there.",
                record=record.display_name,
                system=run.system.label,
                state=dict(record._fields["state"]._description_selection(run.env))[
                    record.state
                ],
            ),
            cause="withdrawn",
            summary=run.env._(
                "Invoices that are booked in %(system)s were reset or cancelled in "
                "Odoo. Post them again as they were, or credit them there.",
                system=run.system.label,
            ),
        )

    def is_cancelled(self, record):
        """A cancelled invoice; one that was reset to draft may be posted again."""
        return record.state == "cancel"

    def check_booked(self, run, record):
        """A total that was booked otherwise stays wrong until somebody corrects it."""
        if not record.ledger_number:
            return None
        theirs = {"ledger_amount_total": record.ledger_amount_total}
        return self.check_answer(run, record, theirs)

    def check_answer(self, run, record, vals):
        """What was booked there must have the total that it has here."""
        theirs, currency = vals.get("ledger_amount_total"), record.currency_id
        if (
            theirs is None
            or currency.compare_amounts(abs(theirs), record.amount_total) == 0
        ):
            return None
        return Problem(
            "record",
            run.env._(
                "%(record)s was booked in %(system)s with a total of %(theirs)s; in "
                "Odoo it is %(ours)s. Correct it there, or credit it and send a new "
                "one.",
                record=record.display_name,
                system=run.system.label,
                theirs=currency.format(abs(theirs)),
                ours=currency.format(record.amount_total),
            ),
            cause="booked_otherwise",
            summary=run.env._(
                "Invoices were booked in %(system)s with other totals than in Odoo. "
                "Correct them there, or credit them and send new ones.",
                system=run.system.label,
            ),
        )

    def prepare(self, run, item, vals, record=None):
        """Add journal and signs; refuse to change what is posted.

        :raises Problem: the invoice is posted in Odoo and changed in the system
        """
        vals = dict(vals)
        refund = (vals.get("move_type") or "").endswith("refund")
        if LINES in vals:
            vals[LINES] = self._signed(vals[LINES], refund)
        if record is None:
            vals["company_id"] = run.books.company_id
            # Or the partner's own term would move the due date.
            vals.setdefault("invoice_payment_term_id", False)
            sale = (vals.get("move_type") or "").startswith("out_")
            if sale and run.books.sale_journal_id:
                vals["journal_id"] = run.books.sale_journal_id
            return vals
        vals.pop("move_type", None)
        return vals

    @staticmethod
    def _signed(rows, refund):
        """Credit notes carry positive quantities in Odoo, whatever the vendor does."""
        total = sum(r.get("quantity", 0) * r.get("price_unit", 0) for r in rows)
        if not refund or total >= 0:
            return rows
        return [{**row, "quantity": -row.get("quantity", 0)} for row in rows]

    def check_open(self, run, item, record, changed):
        """Refuse changes that a posted invoice does not take.

        :param changed: values by field that differ; loses the lines where only the
            value mapping of their taxes became another one
        :raises Problem: the invoice is posted and one of them is closed
        """
        if record.state == "draft":
            return
        if LINES in changed and self._only_taxes(run, item, record, changed[LINES]):
            del changed[LINES]
        closed = set(changed) - OPEN_FIELDS
        if not closed:
            return
        labels = [record._fields[name]._description_string(run.env) for name in closed]
        raise Problem(
            "record",
            run.env._(
                "%(record)s changed in %(system)s (%(fields)s), but it is posted in "
                "Odoo as %(name)s. Reset it to draft and retry, or correct it with a "
                "credit note.",
                record=item.name,
                system=run.system.label,
                fields=", ".join(sorted(filter(None, labels))),
                name=record.display_name,
            ),
            cause="posted",
            summary=run.env._(
                "Invoices that are posted in Odoo were changed in %(system)s. Reset "
                "them to draft and retry, or correct them with credit notes.",
                system=run.system.label,
            ),
        )

    def _only_taxes(self, run, item, record, rows):
        """Tell whether lines differ in nothing but Odoo's taxes of the same rates."""
        bare = [{k: v for k, v in row.items() if k != "tax_ids"} for row in rows]
        same = self.same(run, record, LINES, bare)
        return same and self._difference(run, item, record) is None

    def command(self, run, field, value):
        """Invoice lines are replaced as a whole."""
        if field != LINES:
            return value
        return [
            Command.clear(),
            *(Command.create(self._line(row)) for row in value),
        ]

    @staticmethod
    def _line(row):
        # An explicit empty list, or Odoo would add the product's own taxes.
        # An empty text is left to Odoo, which takes the product's.
        kept = {name: value for name, value in row.items() if name != "name" or value}
        return {**kept, "tax_ids": [Command.set(row.get("tax_ids") or [])]}

    def same(self, run, record, field, value):
        """Lines are compared row by row in their order."""
        if field != LINES:
            return super().same(run, record, field, value)
        lines = record.invoice_line_ids.sorted(lambda line: (line.sequence, line.id))
        if len(lines) != len(value) or self._held(record):
            return False
        return all(
            super(Invoice, self).same(run, line, name, one)
            for line, row in zip(lines, value, strict=True)
            for name, one in row.items()
        )

    @staticmethod
    def _held(record):
        """Tell whether a draft waits for its totals: they may come out right today."""
        said = record.ledger_amount_total
        differs = record.currency_id.compare_amounts(said, record.amount_total) != 0
        return record.state == "draft" and differs

    def written(self, run, items):
        """Compare totals to the cent, post what agrees if the flow says so."""
        moves = run.env["account.move"].browse([item.record_id for item in items])
        moves.fetch(["amount_total", "amount_untaxed", "state", "currency_id"])
        self._adopt_rounding(run, items, moves)
        agreed = []
        for item, move in zip(items, moves, strict=True):
            item.problem = self._difference(run, item, move)
            if not item.problem and item.plan.post_invoices and move.state == "draft":
                agreed.append(item)
        results = post(run.env["account.move"], [item.record_id for item in agreed])
        for item, result in zip(agreed, results, strict=True):
            if isinstance(result, Exception):
                item.problem = run.connector._explain(result, item.name)

    @staticmethod
    def _adopt_rounding(run, items, moves):
        """Take over the vendor's VAT where only rounding parts it from Odoo's.

        Vendors that round line by line differ from a rounding over all lines by a
        cent a line at the most. Anything else is a difference, and stays one.
        """
        changes = []
        for item, move in zip(items, moves, strict=True):
            currency, said = move.currency_id, item.vals.get("ledger_amount_total")
            untaxed = item.vals.get("ledger_amount_untaxed", move.amount_untaxed)
            if not said or move.state != "draft":
                continue
            difference = currency.round(said - move.amount_total)
            most = currency.rounding * len(move.invoice_line_ids)
            if (
                not currency.is_zero(difference)
                and currency.compare_amounts(abs(difference), most) <= 0
                and currency.compare_amounts(untaxed, move.amount_untaxed) == 0
            ):
                changes.append((move.id, difference))
        settle_rounding(moves.browse(), changes)

    def _difference(self, run, item, move):
        """Return the problem of totals that do not agree, or None."""
        pairs = [
            (name, move[ours], move[theirs])
            for name, ours, theirs in (
                (run.env._("total"), "amount_total", "ledger_amount_total"),
                (run.env._("untaxed"), "amount_untaxed", "ledger_amount_untaxed"),
            )
            if theirs in item.vals
        ]
        currency = move.currency_id
        wrong = [x for x in pairs if currency.compare_amounts(x[1], x[2]) != 0]
        if not wrong:
            return None
        name, ours, theirs = wrong[0]
        most = currency.rounding * len(move.invoice_line_ids)
        by_line = move.company_id.tax_calculation_rounding_method == "round_per_line"
        if not by_line and currency.compare_amounts(abs(ours - theirs), most) <= 0:
            return self._rounds_otherwise(run, item, currency, ours - theirs)
        return Problem(
            "record",
            run.env._(
                "%(record)s: the %(what)s is %(theirs)s in %(system)s and %(ours)s in "
                "Odoo, a difference of %(difference)s. The invoice stays draft. Check "
                "taxes and rounding of its lines, then retry.",
                record=item.name,
                what=name,
                theirs=currency.format(theirs),
                ours=currency.format(ours),
                difference=currency.format(currency.round(ours - theirs)),
                system=run.system.label,
            ),
            cause="difference",
            summary=run.env._(
                "The totals of some invoices are not the same in %(system)s and in "
                "Odoo. They stay draft. Check their taxes, then retry.",
                system=run.system.label,
            ),
        )

    @staticmethod
    def _rounds_otherwise(run, item, currency, difference):
        """Return the problem of a company that rounds all lines together."""
        system = run.system.label
        return Problem(
            "mapping",
            run.env._(
                "%(record)s differs by %(difference)s from %(system)s, which rounds "
                "each line. Set the rounding of taxes to “Round per line” under "
                "Accounting > Configuration > Settings, then retry.",
                record=item.name,
                difference=currency.format(currency.round(difference)),
                system=system,
            ),
            cause="rounding",
            summary=run.env._(
                "%(system)s rounds each line of an invoice, Odoo all of them together, "
                "and some totals differ by cents. Set the rounding of taxes to “Round "
                "per line” under Accounting > Configuration > Settings, then retry.",
                system=system,
            ),
        )
