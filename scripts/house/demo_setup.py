# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sets up the demonstration inside Odoo: a company and a tested connection.

Fed to `odoo shell`; LEDGER_DEMO_URL names the sandbox's Tripletex. May run again,
on a sandbox that has moved.
"""

import os
from datetime import date

COMPANY = "Fjordlys Regnskap AS"
CONNECTION = "Fjordlys Handel AS"
SECRETS = {"consumer_token": "demo-consumer", "employee_token": "demo-employee"}
CURRENCIES = ("DKK", "EUR", "GBP", "NOK", "SEK", "USD")
# The sandbox's documents are younger than this.
FIRST_DATE = date(2000, 1, 1)


def set_up(env, url):
    """Name the company and connect it to the sandbox.

    :param env: Odoo's environment, of the superuser
    :param url: address of the sandbox's Tripletex
    :return: the connection, tested
    """
    admin = env.ref("base.user_admin")
    company = env.ref("base.main_company")
    # Tripletex computes VAT line by line, so a company that shares books with it does.
    company.write(
        {"name": COMPANY, "tax_calculation_rounding_method": "round_per_line"}
    )
    currencies = env["res.currency"].with_context(active_test=False)
    currencies.search([("name", "in", CURRENCIES)]).active = True
    connection = _connection(env, _credential(env, company, url), company, admin)
    connection.flow_ids.start_date = FIRST_DATE
    # Tokens are kept on a cursor of their own, which sees only what is committed.
    env.cr.commit()
    # By the responsible, as a person would press the button.
    connection.with_user(admin).action_test_connection()
    if connection.state not in ("ready", "live", "paused"):
        raise SystemExit(f"The demo connection does not work: {connection.error}")
    connection.with_user(admin).action_refresh_values()
    return connection


def _credential(env, company, url):
    credentials = env["ledger.credential"]
    values = {"environment": "custom", "custom_url": url}
    credential = credentials.search([("name", "=", CONNECTION)], limit=1)
    if credential:
        credential.write(values)
    else:
        credential = credentials.create(
            {
                "name": CONNECTION,
                "system": "tripletex",
                "company_id": company.id,
                **values,
            }
        )
    credential.set_secrets(SECRETS)
    return credential


def _connection(env, credential, company, admin):
    connections = env["ledger.connection"]
    found = connections.search([("credential_id", "=", credential.id)], limit=1)
    return found or connections.create(
        {
            "name": CONNECTION,
            "credential_id": credential.id,
            "company_id": company.id,
            "user_id": admin.id,
        }
    )


if __name__ == "__main__" and "env" in globals():
    # `odoo shell` gives the name.
    set_up(globals()["env"], os.environ["LEDGER_DEMO_URL"])
    globals()["env"].cr.commit()
