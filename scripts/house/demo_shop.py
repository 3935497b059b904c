# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sets up the demonstration's Finnish shop inside Odoo: what it sells, and to whom.

Fed to `odoo shell` once, before demo_shop_connect.py.
"""

from odoo.fields import Command

COMPANY = {
    "name": "Kaislan Kahvi Oy",
    "street": "Satamakatu 4",
    "zip": "33200",
    "city": "Tampere",
    "email": "toimisto@kaislankahvi.example",
}
# code: name, price without VAT
PRODUCTS = {
    "KAHVI-500": ("Kahvipavut Kaisla 500 g", 9.40),
    "KAHVI-1000": ("Kahvipavut Kaisla 1 kg", 17.50),
    "KUPPI-1": ("Kahvikuppi", 8.90),
    "MYLLY-1": ("Kahvimylly", 149.00),
    "TERMOS-1": ("Termosmuki", 24.50),
}
# Somebody forgot the tax of this one: that is what there is to mend.
UNTAXED = "TERMOS-1"
# number: name, street, zip, city
CUSTOMERS = {
    "10021": ("Kahvila Kaarna Oy", "Rantakatu 1", "00100", "Helsinki"),
    "10022": ("Leipomo Lumikki Oy", "Puistotie 12", "20100", "Turku"),
    "10023": ("Hotelli Harju Oy", "Harjukatu 30", "40100", "Jyväskylä"),
    "10024": ("Torikahvila Mansikka", "Kauppatori 2", "70100", "Kuopio"),
}
# the customer's reference: the customer's number, what is ordered, confirmed or not
ORDERS = {
    "KAARNA-1": ("10021", {"KAHVI-1000": 6, "KUPPI-1": 24}, True),
    "LUMIKKI-1": ("10022", {"KAHVI-500": 20}, True),
    "HARJU-1": ("10023", {"KAHVI-1000": 15, "MYLLY-1": 1}, True),
    "MANSIKKA-1": ("10024", {"TERMOS-1": 12}, True),
    "KAARNA-2": ("10021", {"MYLLY-1": 2}, False),
}


def set_up(env):
    """Open the shop, with its products, customers and orders.

    :param env: Odoo's environment, of the superuser
    """
    admin = env.ref("base.user_admin")
    company = _company(env, admin)
    env = env(user=admin, context={"allowed_company_ids": company.ids})
    products = _products(env, company)
    customers = _customers(env, company)
    for reference, (number, wanted, confirmed) in ORDERS.items():
        lines = {products[code]: quantity for code, quantity in wanted.items()}
        order = _order(env, customers[number], reference, lines)
        if confirmed:
            order.action_confirm()


def _order(env, customer, reference, quantities):
    lines = [
        Command.create({"product_id": product.id, "product_uom_qty": quantity})
        for product, quantity in quantities.items()
    ]
    return env["sale.order"].create(
        {
            "partner_id": customer.id,
            "client_order_ref": reference,
            "payment_term_id": env.ref("account.account_payment_term_15days").id,
            "order_line": lines,
        }
    )


def _company(env, admin):
    euro = env.ref("base.EUR")
    euro.active = True
    # With the country come the modules of its taxes and its chart of accounts.
    company = env["res.company"].create(
        {
            **COMPANY,
            "country_id": env.ref("base.fi").id,
            "currency_id": euro.id,
            # Procountor computes the VAT of each percentage, not of each line.
            "tax_calculation_rounding_method": "round_globally",
            # Else Odoo would ask its own server who has this e-mail address.
            "iap_enrich_auto_done": True,
        }
    )
    admin.company_ids += company
    # Odoo loads the chart at the end of the transaction.
    env.cr.commit()
    return company


def _products(env, company):
    tax = company.account_sale_tax_id
    return {
        code: env["product.product"].create(
            {
                "name": name,
                "default_code": code,
                "list_price": price,
                "taxes_id": [Command.set([] if code == UNTAXED else tax.ids)],
                "company_id": company.id,
            }
        )
        for code, (name, price) in PRODUCTS.items()
    }


def _customers(env, company):
    return {
        number: env["res.partner"].create(
            {
                "name": name,
                "ref": number,
                "is_company": True,
                "customer_rank": 1,
                "street": street,
                "zip": code,
                "city": city,
                "country_id": company.country_id.id,
                "email": f"laskut@asiakas{number}.example",
                "company_id": company.id,
            }
        )
        for number, (name, street, code, city) in CUSTOMERS.items()
    }


if __name__ == "__main__" and "env" in globals():
    # `odoo shell` gives the name.
    set_up(globals()["env"])
    globals()["env"].cr.commit()
