# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where orders become invoices, a sale is booked as its order or as its invoice.

Never as both: whichever went there first stands, the other is held with a sentence.
"""

from __future__ import annotations

from typing import Any

from odoo.addons.ledger_connector_base.sync.problems import Problem

#: Links *b* of what stands there, or may stand there: the answer was lost.
_STANDS = """
    b.connection_id = %(connection)s AND b.resource = ANY(%(resources)s)
    AND b.alias IS NOT TRUE AND b.withdrawn IS NOT TRUE
    AND b.state NOT IN ('candidate', 'gone', 'orphan')
    AND (b.external_id IS NOT NULL OR b.state IN ('sending', 'uncertain'))
"""
#: Lines *r* that an order and its invoices share; down payments are such lines too.
_LINES = """
    sale_order_line_invoice_rel r
    JOIN sale_order_line ordered ON ordered.id = r.order_line_id
    JOIN account_move_line billed ON billed.id = r.invoice_line_id
"""
_ORDERS = f"""
    SELECT DISTINCT ON (billed.move_id) billed.move_id,
           o.name, COALESCE(o.ledger_number, b.external_id, '')
      FROM {_LINES}
      JOIN sale_order o ON o.id = ordered.order_id
      JOIN ledger_binding b ON b.res_model = 'sale.order' AND b.res_id = o.id
     WHERE billed.move_id = ANY(%(records)s) AND {_STANDS}
       AND o.ledger_stage IS DISTINCT FROM 'invalidated'
     ORDER BY billed.move_id, b.id
"""
_INVOICES = f"""
    SELECT DISTINCT ON (ordered.order_id) ordered.order_id,
           m.name, COALESCE(m.ledger_number, b.external_id, '')
      FROM {_LINES}
      JOIN account_move m ON m.id = billed.move_id
      JOIN ledger_binding b ON b.res_model = 'account.move' AND b.res_id = m.id
     WHERE ordered.order_id = ANY(%(records)s) AND {_STANDS}
       AND m.ledger_stage IS DISTINCT FROM 'invalidated'
     ORDER BY ordered.order_id, b.id
"""


def check_invoice(run: Any, move: Any) -> None:
    """Hold an invoice, or credit note, whose order stands there.

    :param run: ``sync.run.Run``
    :param move: ``account.move`` record
    :raises Problem: the order was sent
    """
    orders = [x.name for x in run.system.resources if x.entity == "order" and x.same_as]
    found = _first(run, _ORDERS, orders, move)
    if not found:
        return
    order, number = found
    raise Problem(
        "record",
        run.env._(
            "What %(record)s is about stands in %(system)s as invoice %(number)s, sent "
            "from order %(order)s. Ignore it here, or send invoices instead of orders.",
            record=move.display_name,
            system=run.system.label,
            number=number,
            order=order,
        ),
        cause="sent_as_order",
        summary=run.env._(
            "Invoices were not sent to %(system)s, because their orders stand there as "
            "invoices already. Ignore them under Records, or send invoices instead of "
            "orders.",
            system=run.system.label,
        ),
    )


def check_order(run: Any, order: Any) -> None:
    """Hold an order of which an invoice stands there.

    :param run: ``sync.run.Run``
    :param order: ``sale.order`` record
    :raises Problem: an invoice of it was sent
    """
    names = {x.same_as for x in run.system.resources if x.entity == "order"} - {""}
    found = _first(run, _INVOICES, sorted(names), order)
    if not found:
        return
    invoice, number = found
    raise Problem(
        "record",
        run.env._(
            "%(invoice)s, an invoice of %(record)s, stands in %(system)s as invoice "
            "%(number)s. Ignore the order here, or send orders instead of invoices.",
            record=order.name,
            system=run.system.label,
            number=number,
            invoice=invoice,
        ),
        cause="sent_as_invoice",
        summary=run.env._(
            "Orders were not sent to %(system)s, because invoices of them stand there "
            "already. Ignore them under Records, or send orders instead of invoices.",
            system=run.system.label,
        ),
    )


def _first(run: Any, query: str, resources: list[str], record: Any) -> Any:
    """Return Odoo's and the system's number of what stands there, None if nothing does.

    No query where orders stay orders.
    """
    if not resources:
        return None
    known = run.learnt.setdefault(query, {})
    if record.id not in known:
        # One query for all that are looked at together.
        ids = [one for one in record._prefetch_ids if one] or record.ids
        values = {
            "connection": run.books.connection_id,
            "resources": resources,
            "records": ids,
        }
        # Links are the engine's, and the lines may be another user's.
        run.own.cr.execute(query, values)
        known.update(dict.fromkeys(ids))
        known.update({row[0]: row[1:] for row in run.own.cr.fetchall()})
    return known[record.id]
