# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Finnish web shop with its customers and products, as persons set it up."""

from __future__ import annotations

from typing import Any

from odoo.fields import Command, Datetime

from .books import open_books

#: The vendor's code of a tax, and its percentage.
TAXES = {"1:25.5": 25.5, "1:13.5": 13.5}
SECRETS = ("client_id", "client_secret", "api_key")


def run(env: Any, world: str, customers: int, products: int) -> dict[str, Any]:
    """Make the shop, and a live connection that sends its orders; commits.

    What is in the books is in the shop as well, by customer number and product code,
    and so much more that there are as many as asked for. Nothing is linked, and no
    call is made.

    :param world: name of the books in the sandbox
    :param customers: of the shop, at least those of the books
    :param products: likewise
    :return: number of ``customers`` and ``products`` that are in the books
    """
    books = open_books(world)
    there = books.objects("businesspartners"), books.objects("products")
    company = _company(env)
    taxes = _taxes(env, company)
    shop = env["res.partner"].with_company(company)
    shop.create(_customers(env, company, there[0], customers))
    goods = _products(company, taxes, there[1], products)
    env["product.product"].with_company(company).create(goods)
    _connect(env, company, books, taxes)
    env.cr.commit()
    return {"customers": len(there[0]), "products": len(there[1])}


def _company(env: Any) -> Any:
    euro = env.ref("base.EUR")
    euro.active = True
    # Otherwise Odoo installs Finland's chart of accounts: minutes, for nothing.
    companies = env["res.company"].with_context(chart_template_load=True)
    company = companies.create(
        {"name": "Verkkokauppa Oy", "country_id": env.ref("base.fi").id}
    )
    company.partner_id.tz = "Europe/Helsinki"
    env.ref("base.user_admin").company_ids += company
    env["account.chart.template"].try_loading(
        "generic_coa", company=company, install_demo=False
    )
    company.currency_id = euro
    company.tax_calculation_rounding_method = "round_globally"
    return company.with_env(env)


def _taxes(env: Any, company: Any) -> Any:
    return env["account.tax"].create(
        [
            {
                "name": f"Sales {percent} %",
                "amount": percent,
                "type_tax_use": "sale",
                "company_id": company.id,
                "country_id": company.account_fiscal_country_id.id,
                "price_include_override": "tax_excluded",
            }
            for percent in TAXES.values()
        ]
    )


def _customers(env: Any, company: Any, there: list[dict], count: int) -> list[dict]:
    """Return values of those in the books, and of others that are not."""
    known = [
        {
            "name": one["name"],
            "ref": one["invoicingInfo"]["customerNumber"],
            "company_registry": one["invoicingInfo"]["identifier"],
            "email": one["invoicingInfo"]["email"],
            "street": one["address"]["street"],
            "zip": one["address"]["zip"],
            "city": one["address"]["city"],
        }
        for one in there
    ]
    others = [
        {
            "name": f"Asiakas {number} Oy",
            "ref": f"A{number}",
            "email": f"asiakas{number}@example.org",
            "street": f"Kauppakatu {number}",
            "zip": "00100",
            "city": "Helsinki",
        }
        for number in range(len(there), count)
    ]
    term = env.ref("account.account_payment_term_15days")
    common = {
        "is_company": True,
        "customer_rank": 1,
        "company_id": company.id,
        "country_id": env.ref("base.fi").id,
        "property_payment_term_id": term.id,
    }
    return [{**common, **one} for one in known + others]


def _products(company: Any, taxes: Any, there: list[dict], count: int) -> list[dict]:
    """Return values of those in the books, and of others that are not."""
    known = [
        {"name": one["name"], "default_code": one["code"], "list_price": one["price"]}
        for one in there
    ]
    others = [
        {
            "name": f"Tuote {number}",
            "default_code": f"T-{number}",
            "list_price": 1 + number * 0.37,
        }
        for number in range(len(there), count)
    ]
    return [
        {
            **one,
            # Those of the books have the first tax there.
            "taxes_id": [Command.set(_tax(taxes, place, len(known)).ids)],
            "company_id": company.id,
        }
        for place, one in enumerate(known + others)
    ]


def _tax(taxes: Any, place: int, known: int) -> Any:
    return taxes[0 if place < known else place % len(taxes)]


def _connect(env: Any, company: Any, books: Any, taxes: Any) -> None:
    credential = env["ledger.credential"].create(
        {
            "name": "Benchmark",
            "system": "procountor",
            "environment": "custom",
            "custom_url": books.base_url,
            "company_id": company.id,
        }
    )
    credential.set_secrets({name: books.credentials[name] for name in SECRETS})
    connection = env["ledger.connection"].create(
        {
            "name": "Benchmark",
            "credential_id": credential.id,
            "company_id": company.id,
            "user_id": env.ref("base.user_admin").id,
        }
    )
    env["ledger.value.mapping"].create(
        [
            {
                "connection_id": connection.id,
                "kind": "tax",
                "remote_code": code,
                "res_id": tax.id,
            }
            for code, tax in zip(TAXES, taxes, strict=True)
        ]
    )
    connection.write({"state": "ready", "tested_at": Datetime.now()})
    connection.action_go_live()
    connection.flow_ids.start_date = "2000-01-01"
