# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Opens a door for webhooks."""

from __future__ import annotations

from typing import Any


def run(env: Any) -> dict[str, str]:
    """Open the door of the benchmark's connection; commits.

    :return: the address's ``token`` and the ``secret`` to sign with
    """
    connection = env["ledger.connection"].search([], limit=1)
    connection.state = "live"
    # Nobody is asked to call: what is measured is the door, not the vendor.
    connection._make_address()
    connection.webhook_active = True
    env.cr.commit()
    return connection._webhook_secrets()
