# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payments of invoices that are in Odoo."""

from __future__ import annotations

from ..problems import Problem
from .base import Entity


class Payment(Entity):
    """``account.payment``, registered on its invoice, never by writing its state."""

    name = "payment"
    model = "account.payment"

    def prepare(self, run, item, vals, record=None):
        """Return the values of the payment dialogue; a payment is never rewritten.

        :raises Problem: no journal is set, or the amount of a payment changed
        """
        if record is not None:
            self._check_amount(run, item, record, vals["amount"])
            return {}
        journal_id = run.books.payment_journal_id
        if not journal_id:
            raise Problem(
                "mapping",
                run.env._(
                    "%(record)s cannot be registered: connection %(connection)s has no "
                    "payment journal. Choose one there.",
                    record=item.name,
                    connection=run.books.name,
                ),
                cause="payment_journal",
            )
        return {
            "amount": vals["amount"],
            "payment_date": vals["date"],
            "journal_id": journal_id,
            "communication": vals.get("memo") or item.name,
        }

    def invoice(self, run, item, vals):
        """Return the posted invoice that the payment is for.

        :raises Problem: it is not posted yet; the payment waits for that
        """
        move = run.env["account.move"].browse(vals["invoice_ids"])
        if move.state == "posted":
            return move
        raise Problem(
            "record",
            run.env._(
                "%(record)s waits until invoice %(invoice)s is posted in Odoo.",
                record=item.name,
                invoice=move.display_name,
            ),
            cause="post",
            waiting_for=tuple(item.parent.split(":", 1)),
        )

    @staticmethod
    def _check_amount(run, item, record, amount):
        if record.currency_id.compare_amounts(record.amount, amount) == 0:
            return
        raise Problem(
            "record",
            run.env._(
                "%(record)s is %(theirs)s in %(system)s now, and %(ours)s in Odoo. "
                "Correct the payment in Odoo, then ignore this difference.",
                record=item.name,
                theirs=record.currency_id.format(amount),
                ours=record.currency_id.format(record.amount),
                system=run.system.label,
            ),
            cause="payment",
        )
