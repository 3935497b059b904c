# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a vendor can reach this server, and this database on it."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from odoo import http

#: Names that mean nothing outside of a house.
_INNER = (".local", ".internal", ".lan", ".home", ".localhost", ".test")


def unreachable(env, base, vendor):
    """Return why a vendor cannot call *base*, in a sentence, or None.

    :param str base: address of this server, scheme and host
    :param str vendor: address of the vendor's API; one on this very machine reaches
        what others do not
    """
    ours, theirs = urlsplit(base), urlsplit(vendor)
    if _is_here(theirs.hostname) and _is_here(ours.hostname):
        return None
    if not is_public(ours.hostname):
        return env._(
            "Nobody outside can reach %(address)s. Enter the address under which this "
            "server is reached from the internet as web.base.url (Settings > Technical "
            "> System Parameters).",
            address=base or env._("an empty address"),
        )
    if ours.scheme != "https":
        return env._(
            "Notices have to come over https, and the address of this server is "
            "%(address)s. Correct web.base.url (Settings > Technical > System "
            "Parameters); Odoo sets it anew when an administrator logs in by https.",
            address=base,
        )
    if not _leads_here(env, ours.netloc):
        return env._(
            "Odoo cannot tell from the host %(host)s alone which database is meant. "
            "Set dbfilter in odoo.conf so that the host leads to one database, or let "
            "the proxy add the header X-Odoo-Database.",
            host=ours.netloc,
        )
    return None


def is_public(host):
    """Tell whether *host* can be reached from the internet, as far as its name says."""
    if not host or host.endswith(_INNER):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host


def _is_here(host):
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


def _leads_here(env, host):
    # Callers have no session and their address no ?db=: Odoo goes by the host.
    return http.db_list(force=True, host=host) == [env.cr.dbname]
