# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timezone

from psycopg2.errors import SerializationFailure

from odoo import fields, models
from odoo.orm.models import NO_ACCESS

from ..transport.tokens import Token


class LedgerToken(models.Model):
    _name = "ledger.token"
    _description = "Ledger Session Token"

    credential_id = fields.Many2one(
        "ledger.credential", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True)
    secret_data = fields.Text(groups=NO_ACCESS, copy=False)
    expires_at = fields.Datetime(help="UTC; empty for a token without end.")
    renewed_at = fields.Datetime()

    _name_uniq = models.Constraint(
        "UNIQUE(credential_id, name)", "A credential keeps one token of a name."
    )


class DatabaseTokenStore:
    """Tokens of one credential, shared by all workers.

    Implements ``transport.tokens.TokenStore``. Each call is a transaction of its own:
    a new token is committed before anybody uses it, whatever becomes of the caller's
    work, and a second worker waits at the row lock and then takes the new one.
    """

    def __init__(self, credential):
        self._registry = credential.env.registry
        self._credential_id = credential.id
        self._box = credential._box()

    def get(self, name):
        """Return the stored token called *name*, or None."""
        with self._registry.cursor() as cr:
            return self._load(cr, name)

    def renew(self, name, stale, make):
        """Return a token other than *stale*, made by *make* if nobody else did."""
        with self._registry.cursor() as cr:
            cr.execute(
                """
                INSERT INTO ledger_token (credential_id, name) VALUES (%s, %s)
                ON CONFLICT (credential_id, name) DO NOTHING
                """,
                (self._credential_id, name),
            )
            cr.commit()  # pylint: disable=invalid-commit
            self._lock(cr, name)
            stored = self._load(cr, name)
            if stored and (stale is None or stored.values != stale.values):
                return stored
            token = make(stored)
            self._save(cr, name, token)
            return token

    def forget(self, name):
        """Remove the token called *name*."""
        with self._registry.cursor() as cr:
            cr.execute(
                "DELETE FROM ledger_token WHERE credential_id = %s AND name = %s",
                (self._credential_id, name),
            )

    def _lock(self, cr, name):
        query = (
            "SELECT id FROM ledger_token WHERE credential_id = %s AND name = %s"
            " FOR UPDATE"
        )
        try:
            cr.execute(query, (self._credential_id, name), log_exceptions=False)
        except SerializationFailure:
            # Somebody renewed it while this worker waited: look again, with new eyes.
            cr.rollback()
            cr.execute(query, (self._credential_id, name))

    def _load(self, cr, name):
        cr.execute(
            "SELECT secret_data, expires_at FROM ledger_token"
            " WHERE credential_id = %s AND name = %s AND secret_data IS NOT NULL",
            (self._credential_id, name),
        )
        row = cr.fetchone()
        if not row:
            return None
        expires_at = row[1] and row[1].replace(tzinfo=timezone.utc)
        return Token(values=self._box.decrypt(row[0]), expires_at=expires_at)

    def _save(self, cr, name, token):
        expires_at = token.expires_at and token.expires_at.astimezone(timezone.utc)
        cr.execute(
            """
            UPDATE ledger_token
               SET secret_data = %s, expires_at = %s,
                   renewed_at = now() AT TIME ZONE 'UTC'
             WHERE credential_id = %s AND name = %s
            """,
            (
                self._box.encrypt(token.values),
                expires_at and expires_at.replace(tzinfo=None),
                self._credential_id,
                name,
            ),
        )
