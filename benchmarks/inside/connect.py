# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connects the database to books in the sandbox, as a person would on the screens."""

from __future__ import annotations

from typing import Any

#: Older than all documents in the sandbox.
FIRST_DATE = "2000-01-01"
CURRENCIES = ("EUR", "SEK", "DKK")


def run(env: Any, url: str, consumer_token: str, employee_token: str) -> dict[str, Any]:
    """Make a credential and a tested connection; commits.

    :param url: address of the stand-in
    :return: the connection's id
    :raises RuntimeError: the connection does not work
    """
    company, admin = env.ref("base.main_company"), env.ref("base.user_admin")
    # As the connector asks for: Tripletex rounds each line of an invoice.
    company.tax_calculation_rounding_method = "round_per_line"
    currencies = env["res.currency"].with_context(active_test=False)
    currencies.search([("name", "in", CURRENCIES)]).active = True
    credential = env["ledger.credential"].create(
        {
            "name": "Benchmark",
            "system": "tripletex",
            "environment": "custom",
            "custom_url": url,
            "company_id": company.id,
        }
    )
    credential.set_secrets(
        {"consumer_token": consumer_token, "employee_token": employee_token}
    )
    connection = env["ledger.connection"].create(
        {
            "name": "Benchmark",
            "credential_id": credential.id,
            "company_id": company.id,
            "user_id": admin.id,
        }
    )
    connection.flow_ids.start_date = FIRST_DATE
    # The session is stored on a cursor of its own, which has to see the credential.
    env.cr.commit()
    connection.action_test_connection()
    if connection.state != "ready":
        raise RuntimeError(f"The connection does not work: {connection.error}")
    connection.action_refresh_values()
    env.cr.commit()
    return {"connection": connection.id}
