# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Partners from CSV through OCA's connector_importer, without its job queue."""

from __future__ import annotations

import base64
import csv
import io
import pickle
from pathlib import Path
from typing import Any

from .meters import stopwatch
from .pulls import warm_up

#: Found by customer number; everything else is the importer's own way.
OPTIONS = """
- model: res.partner
  options:
    importer:
      odoo_unique_key: ref
    mapper:
      name: importer.mapper.dynamic
"""
#: Lines that the importer takes in one go; more is slower there.
CHUNK = 500


def run(env: Any, kept: str) -> dict[str, Any]:
    """Import the partners of a pull, and once more with nothing changed.

    :param kept: file that the task ``pull`` wrote
    :return: seconds ``first`` and ``unchanged``, and the ``count`` of partners
    :raises RuntimeError: the importer refused some
    """
    warm_up(env, "res.partner")
    rows = _rows(env, pickle.loads(Path(kept).read_bytes()))
    recordset = _recordset(env, rows)
    seconds: list[float] = []
    for expected in ("created", "updated"):
        with stopwatch(seconds):
            recordset.run_import()
            env.cr.commit()
        _check(env, recordset, expected, len(rows))
    return {"first": seconds[0], "unchanged": seconds[1], "count": len(rows)}


def _rows(env: Any, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines of the CSV file: numbered partners, without inner addresses."""
    fields = env["res.partner"]._fields
    plain = ("char", "integer", "boolean", "selection")
    rows = []
    for values in (values for call in calls for values in call["values"]):
        if values.get("parent_id") or not values.get("ref"):
            continue
        row = {
            name: int(value) if isinstance(value, bool) else value
            for name, value in values.items()
            if value is not False and fields[name].type in plain
        }
        if country := values.get("country_id"):
            ids = env["res.country"].browse(country).get_external_id()
            row["xid::country_id"] = ids[country]
        rows.append(row)
    return rows


def _recordset(env: Any, rows: list[dict[str, Any]]) -> Any:
    columns = sorted({name for row in rows for name in row})
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    source = env["import.source.csv"].create(
        {
            "csv_file": base64.b64encode(text.getvalue().encode()),
            "csv_filename": "partners.csv",
            "csv_encoding": "utf-8",
            "chunk_size": CHUNK,
        }
    )
    kind = env["import.type"].create(
        {"name": "Partners", "key": "partners", "options": OPTIONS, "use_job": False}
    )
    backend = env["import.backend"].create(
        {"name": "Benchmark", "version": "1.0", "debug_mode": True}
    )
    recordset = env["import.recordset"].create(
        {
            "backend_id": backend.id,
            "import_type_id": kind.id,
            "source_model": source._name,
            "source_id": source.id,
        }
    )
    env.cr.commit()
    return recordset


def _check(env: Any, recordset: Any, expected: str, count: int) -> None:
    counts = recordset._get_report_by_model()[env["ir.model"]._get("res.partner")]
    if counts.get(expected) != count:
        raise RuntimeError(f"{count} partners should be {expected}, it says {counts}")
