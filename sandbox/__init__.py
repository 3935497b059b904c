# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Stand-ins of the vendors' services: one server, worlds apart, a control door."""
