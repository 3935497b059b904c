# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from . import masking
from . import shortcut
from . import webhook

# Wherever the route is known, whoever imported the addon first: a `post_load` hook is
# left out when some other module did.
masking.install()
shortcut.install()
