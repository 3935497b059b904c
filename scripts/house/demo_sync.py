# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs every flow of the Norwegian connection; prints what came, as JSON.

Fed to `odoo shell`, after demo_setup.py.
"""

import json
import sys

MARK = "ledger-demo:"
# More would only hide the first ones.
REASONS = 5


def sync(env):
    """Pull everything.

    :param env: Odoo's environment, of the superuser
    :return: what each job did, and the numbers of records that came
    """
    connection = env["ledger.connection"].search([("system", "=", "tripletex")])
    jobs = [flow.run() for flow in connection.flow_ids if flow.direction == "pull"]
    return {
        "jobs": {job.flow_id.entity: _read(job) for job in jobs},
        "counts": _counts(env, connection),
        "reasons": _reasons(connection),
    }


def _read(job):
    names = ("state", "received", "created", "updated", "linked", "failed", "error")
    return {name: job[name] for name in names}


def _counts(env, connection):
    links = env["ledger.binding"].search(
        [("connection_id", "=", connection.id), ("state", "=", "linked")]
    )
    customers = _records(env, links, "res.partner").filtered("customer_rank")
    return {
        "customers": len(customers),
        "products": len(_records(env, links, "product.product")),
        "invoices": len(_records(env, links, "account.move")),
    }


def _reasons(connection):
    failed = connection.binding_ids.filtered("error")
    return failed.mapped("error")[:REASONS]


def _records(env, links, model):
    # Two links may lead to one record: a customer who is a supplier too.
    of_model = links.filtered(lambda link: link.res_model == model)
    return env[model].browse(set(of_model.mapped("res_id"))).exists()


if __name__ == "__main__" and "env" in globals():
    sys.stdout.write(MARK + json.dumps(sync(globals()["env"])) + "\n")
