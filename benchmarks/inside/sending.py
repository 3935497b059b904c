# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Push flows: switched on, run, and what is there to be sent."""

from __future__ import annotations

from typing import Any

#: Of so many customers one is abroad: its country has to be asked for there.
ABROAD = 20


def push_flow(env: Any, entity: str) -> Any:
    """Return the connection's flow that sends *entity*, on or off."""
    flows = env["ledger.flow"].with_context(active_test=False)
    return flows.search([("entity", "=", entity), ("direction", "=", "push")], limit=1)


def switch_on(env: Any, *entities: str, **values: Any) -> Any:
    """Let the connection go live and send *entities*; commits.

    :param values: of the push flows
    :return: the flows
    """
    env["ledger.connection"].search([], limit=1).action_go_live()
    flows = env["ledger.flow"].concat(*(push_flow(env, one) for one in entities))
    flows.write({"active": True, **values})
    env.cr.commit()
    return flows


def customers(env: Any, count: int, first: int = 0) -> list[dict[str, Any]]:
    """Return the values of so many Norwegian and a few Swedish customers.

    :param first: number of the first: no two customers have the same
    """
    norway, sweden = env.ref("base.no").id, env.ref("base.se").id
    company = env.ref("base.main_company").id
    return [
        {
            "name": f"Kunde {number} AS",
            "is_company": True,
            "customer_rank": 1,
            "company_id": company,
            "email": f"kunde{number}@example.org",
            "phone": f"+47 22 {number:06}",
            "street": f"Storgata {number}",
            "zip": "0155",
            "city": "Oslo",
            "country_id": norway if number % ABROAD else sweden,
            "comment": f"<p>Customer no. {number}</p>",
        }
        for number in range(first, first + count)
    ]


def noted(env: Any) -> int:
    """Return how many records wait to be sent."""
    env.cr.execute("SELECT count(DISTINCT (flow_id, res_id)) FROM ledger_outbox")
    return env.cr.fetchone()[0]
