# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Carrying out what a person decided about a conflict."""

from __future__ import annotations

from typing import Any

from . import told, writing
from .entities import entity_of
from .problems import Problem
from .run import Item, Run


def carry_out(binding: Any, conflicts: Any, winner: str) -> None:
    """Let *winner* win in the fields of *conflicts*.

    Odoo's value is noted to be sent; the system's is written to the Odoo record, with
    the rights of the user who decides.

    :param binding: ``ledger.binding`` record
    :param conflicts: ``ledger.conflict`` records of it
    :param winner: ``odoo`` or ``system``
    :raises Problem: the record is closed for that, or Odoo refuses it
    """
    fields = set(conflicts.mapped("field_name"))
    if winner == "odoo":
        _forget_told(binding, fields)
        binding._note_for_sending()
        return
    env, entity = binding.env, entity_of(binding.entity)
    record = env[binding.res_model].browse(binding.res_id)
    values = {conflict.field_name: conflict.system_value for conflict in conflicts}
    flow = binding._flow_of("pull")
    run = Run(env, flow)
    item = Item(
        resource=binding.resource,
        external_id=binding.external_id,
        name=binding.label or record.display_name,
        data={},
        values=(),
        digest="",
        plan=run.reading_plan(binding.resource),
    )
    entity.check_open(run, item, record, dict(values))
    vals = {name: entity.command(run, name, value) for name, value in values.items()}
    [result] = writing.write(env[binding.res_model], [(record.id, vals)])
    if isinstance(result, Exception):
        raise run.connector._explain(result, item.name)
    _agree(run, binding, record, set(values))


def _forget_told(binding: Any, fields: set[str]) -> None:
    """Odoo's value is sent, even if the vendor was told it before and lost it."""
    # The link is the engine's; the user decided about the record.
    own = binding.sudo()
    flow = own._flow_of("push")
    outgoing = flow._outgoing().get(binding.resource) if flow else None
    if outgoing and own.sent:
        own.sent = {
            path: value
            for path, value in own.sent.items()
            if not outgoing.fields_of(path) & fields
        }


def _agree(run: Run, binding: Any, record: Any, fields: set[str]) -> None:
    """What was taken over from the vendor need not be sent back to it."""
    outgoing = run.outgoing(binding.resource)
    # The link is the engine's; the user decided about the record.
    own = binding.sudo()
    if not outgoing or own.sent is None or own.sent is False:
        return
    now = told.flats(run, outgoing, record).get(record.id, {})
    taken = {
        path: value for path, value in now.items() if outgoing.fields_of(path) <= fields
    }
    own.sent = {**own.sent, **taken}


__all__ = ["Problem", "carry_out"]
