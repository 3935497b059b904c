# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The token calls and the key login (dossier §2)."""

from __future__ import annotations

import html
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ..journal import MASK
from ..wire import Request, Response
from .access import Access, Client, Grant
from .errors import ApiError, TokenError, refused, unauthorized

FORM = "application/x-www-form-urlencoded"
SECRETS = ("client_secret", "api_key", "refresh_token", "code")
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Procountor sandbox</title>"
    "<link rel='icon' href='data:,'></head>"
    "<body><h1>{title}</h1>{body}</body></html>"
)


def page(title: str, body: str, status: int = 200) -> Response:
    """Return a small page for a person's browser."""
    text = PAGE.format(title=html.escape(title), body=body)
    headers = {"Content-Type": "text/html;charset=UTF-8"}
    return Response(status, headers, text.encode())


def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a form body."""
    text = request.body.decode("utf-8", "replace")
    return dict(parse_qsl(text, keep_blank_values=True))


def hide_secrets(request: Request) -> None:
    """Take secrets out of a form body before the call is written down."""
    form = form_of(request)
    masked = {key: MASK if key in SECRETS else form[key] for key in form}
    request.body = urlencode(masked, safe="*").encode()
    request.query = [(k, MASK if k in SECRETS else v) for k, v in request.query]


class OAuth:
    """Hands out API keys and tokens."""

    def __init__(self, access: Access, settings: dict[str, Any]) -> None:
        self._access = access
        self._settings = settings

    def token(self, request: Request) -> Response:
        """Answer `POST /oauth/token`.

        :raise ApiError: 400 wrong form; 401 wrong credentials
        """
        try:
            form, client = self._form(request)
            return Response.json(self._token_for(form, client))
        except ApiError as error:
            if self._settings["token_errors"] == "oauth":
                raise TokenError(error.status, *error.faults) from None
            raise

    def _token_for(self, form: dict[str, str], client: Client) -> dict[str, Any]:
        kind = form.get("grant_type")
        if kind == "client_credentials":
            return self._machine_token(form, client)
        if kind == "authorization_code":
            return self._person_token(form, client)
        if kind == "refresh_token":
            return self._refreshed(form, client)
        raise refused(400, "Unsupported grant type.", "grant_type")

    def _form(self, request: Request) -> tuple[dict[str, str], Client]:
        """Return the form and the client whose secret is in it."""
        kind, _, parameters = request.headers.get("content-type", "").partition(";")
        if kind.strip().lower() != FORM:
            raise refused(415, "Unsupported Media Type")
        status = self._settings["token_charset"]
        if "charset" in parameters.lower() and status:
            raise refused(status, f"Content-Type must be {FORM}.")
        if any(key in SECRETS for key, _value in request.query):
            raise refused(400, "Credentials are accepted in the request body only.")
        form = form_of(request)
        client = self._access.clients.get(form.get("client_id", ""))
        if client is None or form.get("client_secret") != client.secret:
            raise unauthorized()
        self._check_redirect(form, client)
        return form, client

    def _check_redirect(self, form: dict[str, str], client: Client) -> None:
        given = form.get("redirect_uri")
        if given is None and self._settings["redirect_uri"] == "optional":
            return
        if given != client.redirect_uri:
            raise refused(400, "Invalid redirect URI.", "redirect_uri")

    def _machine_token(self, form: dict[str, str], client: Client) -> dict[str, Any]:
        key = form.get("api_key", "")
        grant = self._access.keys.get(key)
        if grant is None or grant.client is not client or self._access.is_over(grant):
            raise unauthorized()
        if not grant.company.is_open_to_clients:
            text = "The use of API clients is not allowed in the company."
            raise refused(self._settings["api_off_status"], text)
        return self._answer(self._access.new_token(grant, key))

    def _answer(self, token: str) -> dict[str, Any]:
        found = {"access_token": token, "expires_in": self._settings["token_seconds"]}
        return (
            {**found, "token_type": "bearer"} if self._settings["token_type"] else found
        )

    def _person_token(self, form: dict[str, str], client: Client) -> dict[str, Any]:
        grant = self._access.take_code(form.get("code", ""), client)
        if grant is None or grant.user.api_login_only:
            raise unauthorized()
        return self._pair(grant)

    def _pair(self, grant: Grant) -> dict[str, Any]:
        refresh = self._access.new_refresh_token(grant)
        found = self._answer(self._access.new_token(grant, scope="user"))
        return {**found, "refresh_token": refresh}

    def _refreshed(self, form: dict[str, str], client: Client) -> dict[str, Any]:
        grant = self._access.refresh_tokens.get(form.get("refresh_token", ""))
        if grant is None or grant.client is not client or self._access.is_over(grant):
            raise unauthorized()
        return self._answer(self._access.new_token(grant, scope="user"))

    def key(self, request: Request) -> Response:
        """Answer `POST /oauth/key`: the API key that a code of the key login is for.

        :raise ApiError: 400 wrong form; 401 wrong credentials, or the code is over
        """
        form, client = self._form(request)
        if form.get("grant_type") != "authorization_code":
            raise refused(400, "Unsupported grant type.", "grant_type")
        grant = self._access.take_code(form.get("code", ""), client)
        if grant is None:
            raise unauthorized()
        key = self._access.new_key(grant.user, grant.company, client)
        return Response.json({"api_key": key})

    def logout(self, request: Request) -> Response:
        """Answer `POST /logout`: the token is worth nothing any more.

        :raise ApiError: 401
        """
        _kind, _, token = request.headers.get("authorization", "").partition(" ")
        if not self._access.forget(token):
            raise unauthorized()
        return Response.json({"message": "Logged out."})

    def keylogin(self, request: Request) -> Response:
        """Answer the page that a person's browser is sent to for an API key.

        GET shows the companies; POST, as the page sends it, names the one chosen.
        """
        client = self._access.clients.get(request.arg("client_id") or "")
        if client is None or request.arg("redirect_uri") != client.redirect_uri:
            return page("Unknown client or redirect address", "", 400)
        if request.arg("response_type") != "code":
            return page("Response type has to be code", "", 400)
        chosen = form_of(request).get("company") if request.method == "POST" else None
        if self._settings["keylogin"] == "instant":
            chosen = str(next(iter(self._access.companies)))
        if chosen is None:
            return self._choice(client)
        return self._home(request, client, chosen)

    def _choice(self, client: Client) -> Response:
        buttons = "".join(
            f"<p><button name='company' value='{company.id}'>"
            f"{html.escape(company.name)}</button></p>"
            for company in self._access.companies.values()
            if not company.integrator
        )
        body = f"<form method='post'>{buttons}</form>"
        return page(f"Create an API key for {client.id}", body)

    def _home(self, request: Request, client: Client, chosen: str) -> Response:
        company = self._access.companies[int(chosen)]
        user = next(
            user for user in self._access.users.values() if company.id in user.companies
        )
        code = self._access.new_code(user, company, client)
        back = {"code": code, "expires_in": self._settings["key_code_seconds"]}
        if request.arg("state") is not None:
            back["state"] = request.arg("state")
        return Response(302, {"Location": f"{client.redirect_uri}?{urlencode(back)}"})
