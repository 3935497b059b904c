# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import time
from contextlib import contextmanager
from datetime import datetime, timezone

from odoo import api, fields, models

from ..transport import budget as arithmetic
from ..transport.errors import LimitReached


class LedgerBudget(models.Model):
    """Calls used and allowed, per credential and window of time."""

    _name = "ledger.budget"
    _description = "Ledger Call Budget"
    _order = "credential_id, seconds"
    _log_access = False

    credential_id = fields.Many2one(
        "ledger.credential", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        selection=[
            ("second", "Per second"),
            ("minute", "Per minute"),
            ("day", "Per day"),
            ("vendor", "As the vendor's last answer says"),
        ],
        required=True,
    )
    seconds = fields.Integer(help="Length of the window, in seconds.")
    started = fields.Float(digits=False, help="Start of the window, Unix seconds.")
    used = fields.Integer()
    allowed = fields.Integer(help="Calls allowed in the window; 0 when unknown.")
    blocked_until = fields.Float(digits=False, help="No call before, Unix seconds.")
    blocked_at = fields.Datetime(string="No call before", compute="_compute_blocked_at")
    refusals = fields.Integer(help="Refusals in a row, for growing pauses.")

    _kind_uniq = models.Constraint(
        "UNIQUE(credential_id, kind)", "A credential has one budget of a kind."
    )

    @api.depends("blocked_until")
    def _compute_blocked_at(self):
        for budget in self:
            until = budget.blocked_until
            blocked = until and until > time.time()
            budget.blocked_at = blocked and datetime.fromtimestamp(
                until, timezone.utc
            ).replace(tzinfo=None)


class DatabaseBudget:
    """Implements ``transport.budget.Budget`` for all workers of a database.

    :param credential: the ``ledger.credential`` whose calls are counted
    :param limits: ``sync.contract.CallLimits``
    :param urgent: a person waits for the answer, so the reserve may be used
    """

    RESERVE = 0.1

    def __init__(self, credential, limits, urgent=False):
        self._registry = credential.env.registry
        self._credential_id = credential.id
        self._urgent = urgent
        share = credential.budget_share / 100
        self._windows = [
            arithmetic.Window(
                kind, arithmetic.LENGTHS[kind], max(1, int(limit * share))
            )
            for kind, limit in (
                ("second", limits.per_second),
                ("minute", limits.per_minute),
            )
            if limit
        ]
        if limits.per_day:
            ours = max(1, int(limits.per_day * share))
            self._windows.append(
                arithmetic.day_window(ours, limits.day_zone, limits.day_parts)
            )

    def take(self, calls=1):
        """Count *calls*, before they are made.

        :raises LimitReached: no call is allowed now; says when one is
        """
        now = time.time()
        with self._queue() as cr:
            rows = self._rows(cr)
            wait = self._wait(rows, now)
            if wait <= 0:
                self._count(cr, rows, now, calls)
        if wait > 0:
            raise LimitReached("call budget used up", retry_after=wait)

    def learn(self, limit, remaining, reset_after):
        """Remember what the vendor's headers say is left."""
        if limit is None and remaining is None:
            return
        now = time.time()
        values = {
            # A remainder without a limit still tells how many calls are left.
            "allowed": max(limit or 0, remaining or 0, 1),
            "used": max(0, (limit or 0) - (remaining or 0)),
            "started": now,
            "seconds": int(reset_after or 0),
            "refusals": 0,
        }
        if remaining == 0 and reset_after:
            values["blocked_until"] = now + reset_after
        with self._queue() as cr:
            self._put(cr, "vendor", values)

    def refused(self, retry_after):
        """Note a 429 and return the seconds to wait before the next call."""
        now = time.time()
        with self._queue() as cr:
            row = self._rows(cr).get("vendor", {})
            refusals = (row.get("refusals") or 0) + 1
            reset = (row.get("started") or 0) + (row.get("seconds") or 0) - now
            wait = retry_after or (reset if reset > 0 else arithmetic.backoff(refusals))
            self._put(cr, "vendor", {"refusals": refusals, "blocked_until": now + wait})
        return wait

    def _wait(self, rows, now):
        vendor = rows.get("vendor", {})
        windows = list(self._windows)
        if vendor.get("allowed") and vendor.get("seconds"):
            windows.append(
                arithmetic.Window("vendor", vendor["seconds"], vendor["allowed"])
            )
        wait = arithmetic.verdict(
            windows,
            {kind: (row["started"], row["used"]) for kind, row in rows.items()},
            now,
            reserve=self.RESERVE,
            urgent=self._urgent,
        )
        return max((vendor.get("blocked_until") or 0) - now, wait)

    @contextmanager
    def _queue(self):
        """A transaction of its own in which no other worker counts this credential.

        The lock is the session's, not the transaction's: only after it is held may the
        snapshot be taken, or a worker would read counts from before its wait.
        """
        key = (self._credential_id,)
        with self._registry.cursor() as cr:
            cr.execute("SELECT pg_advisory_lock(hashtext('ledger_budget'), %s)", key)
            cr.commit()  # pylint: disable=invalid-commit
            try:
                yield cr
                cr.commit()  # pylint: disable=invalid-commit
            finally:
                cr.rollback()
                cr.execute(
                    "SELECT pg_advisory_unlock(hashtext('ledger_budget'), %s)", key
                )

    def _rows(self, cr):
        cr.execute(
            "SELECT kind, COALESCE(started, 0) AS started, COALESCE(used, 0) AS used,"
            " seconds, allowed, blocked_until, refusals"
            " FROM ledger_budget WHERE credential_id = %s",
            (self._credential_id,),
        )
        return {row["kind"]: row for row in cr.dictfetchall()}

    def _count(self, cr, rows, now, calls):
        for window in self._windows:
            row = rows.get(window.kind)
            used = row and (row["started"], row["used"])
            started, made = arithmetic.counted(window, used, now, calls)
            values = {
                "started": started,
                "used": made,
                "seconds": window.seconds,
                "allowed": window.limit,
            }
            self._put(cr, window.kind, values)

    def _put(self, cr, kind, values):
        names = list(values)
        columns = ", ".join(names)
        updates = ", ".join(f"{name} = EXCLUDED.{name}" for name in names)
        marks = ", ".join(["%s"] * len(names))
        # Column names come from this file only.
        cr.execute(
            f"INSERT INTO ledger_budget (credential_id, kind, {columns})"  # noqa: S608
            f" VALUES (%s, %s, {marks})"
            f" ON CONFLICT (credential_id, kind) DO UPDATE SET {updates}",
            (self._credential_id, kind, *values.values()),
        )
