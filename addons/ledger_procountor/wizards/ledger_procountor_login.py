# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS

LIFETIME = timedelta(minutes=15)


class LedgerProcountorLogin(models.TransientModel):
    """A key login that was begun: who began it, for which credential, and when."""

    _name = "ledger.procountor.login"
    _description = "Key Login at Procountor"

    credential_id = fields.Many2one(
        "ledger.credential", required=True, ondelete="cascade"
    )
    address = fields.Char(required=True)
    digest = fields.Char(required=True, groups=NO_ACCESS)
    is_used = fields.Boolean()

    @api.model
    def _begin(self, credential, address):
        """Return the state that Procountor has to bring back for *credential*.

        :param str address: where the browser comes back to
        """
        secret = secrets.token_urlsafe(32)
        # The table is closed to everyone; these methods are its only doors.
        login = self.sudo().create(
            {
                "credential_id": credential.id,
                "address": address,
                "digest": _digest(secret),
            }
        )
        return f"{login.id}.{secret}"

    @api.model
    def _take(self, state):
        """Return credential and address that *state* was made for; it serves once.

        :raises odoo.exceptions.UserError: the state is none of this user's, used or
            too old
        """
        number, _dot, secret = str(state).partition(".")
        known = number.isascii() and number.isdecimal() and len(number) < 10
        # As in _begin(); whose it is, is compared here.
        login = self.sudo().browse(int(number) if known else 0).exists()
        own = login.filtered(lambda x: x.create_uid == self.env.user)
        expected = own.digest or _digest("")
        if not hmac.compare_digest(_digest(secret), expected) or not secret or not own:
            raise UserError(
                self.env._(
                    "This log-in at Procountor was not begun by you in this database, "
                    "so nothing was stored. Begin it on the credential: Open "
                    "Procountor > Log in at Procountor."
                )
            )
        own._use()
        return own.credential_id.sudo(False), own.address

    def _use(self):
        self.ensure_one()
        if self.is_used:
            raise UserError(
                self.env._(
                    "This log-in at Procountor was used already. If the credential "
                    "still lacks its API key, begin again: Open Procountor > Log in at "
                    "Procountor."
                )
            )
        # At once: who comes at the same time with the same state meets the row's lock.
        self.is_used = True
        self.flush_recordset()
        if self.create_date < fields.Datetime.now() - LIFETIME:
            raise UserError(
                self.env._(
                    "This log-in at Procountor was begun more than %(minutes)s minutes "
                    "ago. Begin again: Open Procountor > Log in at Procountor.",
                    minutes=int(LIFETIME.total_seconds() // 60),
                )
            )


def _digest(secret):
    return sha256(secret.encode()).hexdigest()
