# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The parts of addons that need no Odoo, importable under the addon's name::

    from tests.support.plain.ledger_tripletex.client import TripletexClient

Every addon has packages called ``client`` or ``writing``: on ``sys.path`` they would
hide each other. An addon's own ``__init__`` is passed over, for it imports Odoo.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

ADDONS = Path(__file__).parents[2] / "addons"

#: Makes this module a package without modules of its own.
__path__: list[str] = []

for manifest in ADDONS.glob("*/__manifest__.py"):
    folder = manifest.parent
    addon = ModuleType(f"{__name__}.{folder.name}", f"Plain parts of {folder.name}.")
    addon.__path__ = [str(folder)]
    sys.modules[addon.__name__] = addon
    globals()[folder.name] = addon
