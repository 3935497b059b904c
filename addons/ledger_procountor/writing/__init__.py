# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is sent, how it is sent, and how it is found again.

``addresses``, ``bodies``, ``checkdigits``, ``choices``, ``rows`` and ``words`` import
no Odoo.
"""
