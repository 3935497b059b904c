# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One pull of one entity, timed."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from odoo.addons.ledger_connector_base.sync import writing

from .engine import keeping_calls, timing
from .meters import Watch, peak_memory
from .pulls import timed_pull, warm_up

MODELS = {
    "partner": "res.partner",
    "product": "product.product",
    "invoice": "account.move",
}


def run(
    env: Any, entity: str, full: bool = False, keep: str | None = None
) -> dict[str, Any]:
    """Pull *entity* once.

    :param full: a full comparison
    :param keep: file for the values that were handed to the ORM, for ``bare``
    :return: ``seconds``, those of them in ``creating``, ``memory`` (peak, bytes) and
        the job's counts
    """
    warm_up(env, MODELS[entity])
    creating = Watch()
    with timing(writing, "create", creating), _keeping(keep):
        seconds, counts = timed_pull(env, entity, full)
    return {
        "seconds": seconds,
        "creating": creating.wall,
        "memory": peak_memory(),
        **counts,
    }


@contextmanager
def _keeping(path: str | None) -> Iterator[None]:
    if path is None:
        yield
        return
    calls: list[dict[str, Any]] = []
    with keeping_calls("create", calls):
        yield
    Path(path).write_bytes(pickle.dumps(calls))
