# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A process with Odoo in it that does one task and ends.

``python -m benchmarks.worker REQUEST ANSWER``, two JSON files. A process of its own
for each task, because caches, memory and registries of one would colour the next.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from importlib import import_module
from pathlib import Path

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


def main(request: Path, answer: Path) -> None:
    """Do what *request* asks for and write the result to *answer*."""
    asked = json.loads(request.read_text())
    open_odoo(asked["database"])
    # Tasks import the addons, which Odoo has to find first.
    task = import_module(f"benchmarks.inside.{asked['task']}")
    with Registry(asked["database"]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        result = task.run(env, **asked["arguments"])
    answer.write_text(json.dumps(result))


def open_odoo(database: str) -> None:
    """Set Odoo up for *database*, without a server and without scheduled actions."""
    config.parse_config(
        [
            *("--config", os.environ["LEDGER_ODOO_CONF"], "--database", database),
            *("--no-http", "--max-cron-threads", "0", "--log-level", "warn"),
        ],
        setup_logging=True,
    )
    threading.current_thread().dbname = database
    Registry(database)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
