# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The same values through a bare ``create()``: what Odoo itself takes for them."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from odoo.addons.ledger_connector_base.sync.writing import QUIET

from .meters import stopwatch
from .pulls import warm_up


def run(env: Any, kept: str) -> dict[str, Any]:
    """Create what a pull created: the same calls by the same user, each committed.

    :param kept: file that the task ``pull`` wrote in a copy of this database
    :return: ``seconds`` and the number of records ``created``
    :raises RuntimeError: other records came out than in the pull
    """
    calls = pickle.loads(Path(kept).read_bytes())
    for model in dict.fromkeys(call["model"] for call in calls):
        warm_up(env, model)
    seconds: list[float] = []
    with stopwatch(seconds):
        created = [_create(env, call) for call in calls]
    if created != [call["results"] for call in calls]:
        raise RuntimeError("The bare create() made other records than the pull.")
    return {"seconds": seconds[0], "created": sum(map(len, created))}


def _create(env: Any, call: dict[str, Any]) -> list[int]:
    own = env(user=call["uid"], context=call["context"])
    records = own[call["model"]].with_context(**QUIET).create(call["values"])
    own.flush_all()
    own.cr.commit()
    return records.ids
