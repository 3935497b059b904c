# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the vendor did not do, but says something about: it exists, it was changed."""

from __future__ import annotations

from typing import Any

from . import links, recovery, verdicts
from .contract import Result
from .links import Out
from .problems import Problem
from .run import Run

#: A record that is changed there again and again waits for the next run.
ATTEMPTS = 3


class NotDone:
    """The part of a sending that merges and asks instead of sending again."""

    run: Run
    client: Any
    push: Any
    finish: Any

    def _exists(self, pairs: list[tuple[Out, Result]]) -> None:
        """The vendor says that it has it already: find it and link it.

        It is another's record as well as ours, so it is merged as one that was read.
        """
        run = self.run
        if not pairs:
            return
        creates = [out for out, _result in pairs if out.kind == "create"]
        wrong = {id(out) for out, _result in pairs} - {id(out) for out in creates}
        if creates:
            resource = creates[0].resource
            operations = [self._operation(out) for out in creates]
            found = recovery.find(run, self.client, resource, operations)
            for out, records in zip(creates, found, strict=True):
                if len(records) == 1:
                    self._adopt(out, records[0])
                elif records:
                    verdicts.several(run, {**out.row, "label": out.name}, records)
                else:
                    wrong.add(id(out))
        self._refused([pair for pair in pairs if id(pair[0]) in wrong])
        self.push.commit()

    def _adopt(self, out: Out, record: dict[str, Any]) -> None:
        """Link *out* to what is there; what differs is merged, and compared next."""
        intent = {"values": out.values, "whole": out.now, "number": out.number}
        row = {**out.row, "label": out.name, "intent": intent}
        recovery.adopt(self.run, self.client, row, record)

    def _stale(self, outs: list[Out]) -> None:
        """Somebody changed them there: read, merge, and send what is left."""
        tired = [out for out in outs if out.attempts + 1 >= ATTEMPTS]
        links.put_back(self.run, tired)
        self.push.leave([(out.resource, out.res_id) for out in tired])
        fresh = [out for out in outs if out not in tired]
        if fresh:
            links.put_back(self.run, fresh)
            self.push.commit()
            ready = self._looked_at(fresh[0].resource, fresh)
            if ready:
                self._call(ready)

    def _looked_at(self, resource: str, outs: list[Out]) -> list[Out]:
        """Read what is going to be changed; return what there still is to send."""
        run = self.run
        ids = [out.external_id for out in outs]
        records = recovery.read(run, self.client, resource, ids)
        self._gone([out for out in outs if out.external_id not in records])
        recovery.refresh(run, self.client, resource, records)
        if run.reading_plan(resource) is None:
            self._compare_told(outs, records)
        self.push.commit()
        here = [out for out in outs if out.external_id in records]
        self._reload(here)
        for out in here:
            out.attempts += 1
            out.values = {}
        # What could not be read cannot be merged, and is not written over.
        unread = ("failed", "waiting", "orphan")
        merged = run.reading_plan(resource) is not None
        here = [
            out
            for out in here
            if not out.problem and not (merged and out.row["state"] in unread)
        ]
        self.push.prepare(here)
        self.push.store_failures([out for out in here if out.problem])
        idle = [out for out in here if not out.problem and not out.values]
        links.unchanged(run, idle)
        self.push.commit()
        # It was opened there for an edit that is none any more.
        self.finish([out for out in idle if out.unfinished])
        return [out for out in here if out.values and not out.problem]

    def _compare_told(self, outs: list[Out], records: dict[str, dict]) -> None:
        """Hold back what was edited there too, where no flow reads such records.

        Without a reading there are no values to choose from: a person compares.
        """
        for out in outs:
            record = records.get(out.external_id)
            told = (out.row or {}).get("sent") or {}
            both = [
                path
                for path, value in out.values.items()
                if record is not None
                and not path.endswith("[]")
                and not recovery.arrived(record, path, told.get(path))
                and not recovery.arrived(record, path, value)
            ]
            if both:
                out.problem = self._edited_there(out, both)
        self.push.store_failures([out for out in outs if out.problem])

    def _edited_there(self, out: Out, paths: list[str]) -> Problem:
        return Problem(
            "record",
            self.run.env._(
                "%(record)s was edited in Odoo and in %(system)s (%(fields)s). Make "
                "both the same, then retry.",
                record=out.name,
                system=self.run.system.label,
                fields=", ".join(sorted(paths)),
            ),
            cause="edited_on_both_sides",
            summary=self.run.env._(
                "Records were edited in Odoo and in %(system)s. Make both the same, "
                "then retry.",
                system=self.run.system.label,
            ),
        )
