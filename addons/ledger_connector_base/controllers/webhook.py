# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import threading

from werkzeug.exceptions import HTTPException

from odoo import http
from odoo.http import request

from .body import BodyError, read_body
from .door import CLOSED, STORED, DeliveryHeaders, deliver
from .masking import MASKED, PREFIX
from .shortcut import remember


class WebhookDispatcher(http.Dispatcher):
    """Leaves the body alone, and answers with a number and nothing else.

    Odoo's own one reads forms, without a time-out, before anybody asked who calls.
    """

    routing_type = "ledger_webhook"
    mimetypes = ("*/*",)

    @classmethod
    def is_compatible_with(cls, request):
        """Override of `odoo`: vendors send what they like."""
        return True

    def dispatch(self, endpoint, args):
        """Override of `odoo`: the address is the only parameter."""
        self.request.params = dict(args)
        if self.request.httprequest.method != "POST":
            return _bare(405)  # Odoo adds OPTIONS to every route
        return self.request.registry["ir.http"]._dispatch(endpoint)

    def handle_error(self, exc):
        """Override of `odoo`: no page, no reason, no trace."""
        code = exc.code if isinstance(exc, HTTPException) else None
        return _bare(code or 500)


class LedgerWebhook(http.Controller):
    """The one door for the webhooks of all vendors."""

    @http.route(
        f"{PREFIX}<string:token>",
        type="ledger_webhook",
        # Without a user: the token and the vendor's signature say who calls.
        auth="none",
        # A replica may not know a new address yet, or still know an old one.
        readonly=False,
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def ledger_webhook(self, token):
        """Store a delivery.

        :param str token: unguessable, of one connection
        :return: 200 once it is stored; 404 where no connection listens, whatever the
            reason; 401 forged, 400 not readable, 408 too slow, 413 too large
        """
        # Odoo shows it when somebody asks what its threads are doing.
        threading.current_thread().url = MASKED
        door = request.env["ledger.connection"]._find_door(token)
        if not door:
            return _bare(CLOSED)
        # The server's own environment: Odoo hides socket and stream from controllers.
        environ = request.httprequest._HTTPRequest__environ
        try:
            body = read_body(environ)
        except BodyError as error:
            return _bare(error.status)
        status = deliver(request.db, door, DeliveryHeaders(environ), body)
        if status == STORED:
            remember(environ, request.db, door)
        return _bare(status)


def _bare(status):
    return http.Response(status=status)
