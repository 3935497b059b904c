# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tasks that run inside a process with Odoo; each module has a ``run(env, …)``."""
