# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.ledger_connector_base.models.key_entry import MANAGERS

from ..models.ledger_credential_login import KEY_LOGIN, LANDING
from ..opening import request_id_of

#: The page's address holds the code, though it is worth nothing any more.
_HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


class ProcountorOpening(http.Controller):
    """Where Procountor sends the browser of who opens the API for us (§2)."""

    @http.route(KEY_LOGIN, type="http", auth="user", methods=["GET"], readonly=False)
    def ledger_procountor_key_login(self, code="", state="", error="", **_others):
        """Take the code of a key login and store the API key that it stands for.

        :param str code: lives for some minutes and works once
        :param str state: ours, for one user, one credential and one time
        :param str error: the vendor's word, in place of a code
        :return: a page that says what became of it
        """
        if not request.env.user.has_group(MANAGERS):
            return self._page(_not_allowed(), status=403)
        credential = request.env["ledger.credential"]
        try:
            credential, address = request.env["ledger.procountor.login"]._take(state)
            sentence = credential._procountor_finish_login(address, code, error)
        except (UserError, AccessError, MissingError) as refusal:
            return self._page(str(refusal), credential, status=400)
        return self._page(sentence, credential)

    @http.route(LANDING, type="http", auth="user", methods=["GET"], readonly=False)
    def ledger_procountor_landing(self, **params):
        """Lead to the answer for the companies of an activation request.

        :return: a redirection to the form; a page that says why not
        """
        if not request.env.user.has_group(MANAGERS):
            return self._page(_not_allowed(), status=403)
        request_id = request_id_of(params)
        if not request_id:
            return self._page(
                request.env._(
                    "Procountor named no activation request in this address. Ask the "
                    "customer to open the activation link again, or paste the address "
                    "of the page that the link ended on: credential > Open Procountor "
                    "> Activation link."
                ),
                status=400,
            )
        wizard = request.env["ledger.procountor.activation"]._land(request_id)
        path = "/odoo/ledger-procountor-activation"
        return request.redirect(f"{path}/{wizard.id}", 303)

    def _page(self, sentence, credential=None, status=200):
        path = "/odoo/ledger-credentials"
        values = {
            "sentence": sentence,
            "is_good": status == 200,
            "back": f"{path}/{credential.id}" if credential else path,
        }
        page = request.render("ledger_procountor.opening_page", values, status=status)
        page.headers.update(_HEADERS)
        return page


def _not_allowed():
    return request.env._(
        "Only managers of the Ledger Connectors may open the API. Ask one of them, or "
        "log in as another user and begin again."
    )
