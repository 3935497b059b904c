# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which addresses secrets may be sent to."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from .errors import InsecureAddress


def check_address(url: str, allow_plain: bool) -> tuple[bool, bool]:
    """Return whether *url* is https and whether its host is this machine.

    :raises InsecureAddress: secrets would cross the network in clear
    """
    parts = urlsplit(url)
    local = _is_loopback(parts.hostname or "")
    if parts.username is not None or parts.query or not parts.hostname:
        raise InsecureAddress(
            "the address needs a host, and takes no user name and no query"
        )
    if parts.scheme == "https":
        return True, local
    if parts.scheme == "http" and (local or allow_plain):
        return False, local
    raise InsecureAddress("the address must begin with https://")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
