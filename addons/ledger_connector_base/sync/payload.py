# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What exactly is sent of a few records, for people who want to see it before.

The real preparing and the connector's own body; nothing is sent, nothing is stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from odoo.fields import Domain

from ..transport.errors import LedgerError
from ..transport.masking import Masker
from . import outbox
from .links import Out
from .prepare import is_idle
from .problems import Problem
from .push import Push, _as_change
from .run import Run


@dataclass
class Payload:
    """What is sent of one Odoo record.

    :param res_id: its database id
    :param body: the call's body as text, "" where there is none or nobody can say
    :param change: the same by fields, as ``ledger.flow.preview()`` gives it; empty if
        nothing is sent
    :param problem: why it would not be sent, a sentence
    :param held: the flow does not send it by itself as it is now
    """

    res_id: int
    body: str = ""
    change: dict[str, Any] = field(default_factory=dict)
    problem: str = ""
    held: bool = False


class Showing(Push):
    """A push that sends nothing, and remembers what it would send before."""

    def __init__(self, run: Run, client: Any) -> None:
        super().__init__(run, client)
        self.previewing = True
        self.first: set[tuple[str, str, int]] = set()

    def payloads(self, res_ids: Iterable[int]) -> list[Payload]:
        """Return what is sent of the records, those that are not ready left out."""
        run, ids = self.run, list(res_ids)
        outs = list(outbox.outs_of(run, run.plan, ids, asked=set(ids)))
        self.prepare(outs)
        by_itself = self._sent_by_itself(ids)
        return [self._payload(out, out.res_id not in by_itself) for out in outs]

    def _sent_by_itself(self, ids: list[int]) -> set[int]:
        model = self.run.model(self.run.plan.entity)
        domain = Domain("id", "in", ids) & self.run.flow._sendable_domain()
        return set(model.search(domain).ids)

    def _payload(self, out: Out, held: bool) -> Payload:
        if out.row and out.row["state"] in outbox.BUSY:
            out.problem = self._awaited(out)
        if out.problem:
            return Payload(out.res_id, problem=out.problem.sentence)
        if is_idle(out):
            return Payload(out.res_id)
        shown = Payload(out.res_id, change=_as_change(self.run, out), held=held)
        try:
            shown.body = self._body(out)
        except (LedgerError, Problem) as error:
            shown.problem = self.run.connector._explain(error, out.name).sentence
        return shown

    def _awaited(self, out: Out) -> Problem:
        return Problem(
            "wait",
            self.run.env._(
                "The answer of %(system)s to the last sending of %(record)s is still "
                "awaited; until then nothing more is sent.",
                system=self.run.system.label,
                record=out.name,
            ),
        )

    def _body(self, out: Out) -> str:
        run = self.run
        operation = self.sending._operation(out)
        try:
            body = run.connector._payload(self.client, run.flow, operation)
        except ValueError:
            if not self.first:
                raise
            # Ids of what is sent first are not known yet: the fields are shown.
            return ""
        if body is None:
            return ""
        secrets = run.connection.credential_id.secrets().values()
        masked = json.loads(Masker(secrets).body(body, personal=False))
        return json.dumps(masked, indent=2, ensure_ascii=False)

    def _as_if_sent(self, missing: Iterable[tuple[str, str, int]]) -> None:
        missing = list(missing)
        self.first.update(missing)
        return super()._as_if_sent(missing)
