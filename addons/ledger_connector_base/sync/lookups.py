# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What converters look up in Odoo, each kind once per run."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from .problems import Problem


class Lookups:
    """Odoo ids for codes, names, mapped values and linked records.

    Lives as long as a run. Only ids are kept: a commit empties Odoo's cache.

    :param env: environment of the run, its company is the connection's
    :param connection_id: database id of the connection
    :param zone: zone of the vendor's date-times that name none
    """

    def __init__(self, env, connection_id: int, zone: str = "UTC") -> None:
        self.env = env
        self.connection_id = connection_id
        self.zone = ZoneInfo(zone)
        self.references: dict[tuple[str, str], int] = {}
        self.external_ids: dict[tuple[str, str, int], str] = {}
        #: Why records are not there, by what they are: state and sentence.
        self.troubles: dict[tuple[str, str, int], tuple[str, str]] = {}
        #: Resources that an active flow sends.
        self.sent: frozenset[str] = frozenset()
        self.record_name = ""
        self._cache: dict[tuple[str, str], Any] = {}
        self._values: dict[tuple[str, str], tuple[int | bool, bool]] | None = None
        self._codes: dict[tuple[str, int], list[str]] = {}

    def _once(self, kind: str, key: str, search) -> Any:
        if (kind, key) not in self._cache:
            self._cache[kind, key] = search()
        return self._cache[kind, key]

    # === CODES AND NAMES === #

    def country(self, code: str) -> int | bool:
        """Return the id of the country with the ISO code *code*, or False."""
        code = code.strip().upper()
        return self._once(
            "country",
            code,
            lambda: self.env["res.country"].search([("code", "=", code)], limit=1).id,
        )

    def currency(self, code: str) -> int:
        """Return the id of the currency *code* (ISO 4217).

        :raises Problem: Odoo does not know the currency, or it is not active
        """
        code = code.strip().upper()
        found = self._once("currency", code, lambda: self._find_currency(code))
        if not found:
            raise Problem(
                "mapping",
                self.env._(
                    "%(record)s is in %(code)s, and this currency is not active in "
                    "Odoo. Activate it under Accounting > Configuration > Currencies.",
                    record=self.record_name,
                    code=code,
                ),
                cause=f"currency:{code}",
                summary=self.env._(
                    "Currency %(code)s is used there and not active in Odoo. Activate "
                    "it under Accounting > Configuration > Currencies, then retry.",
                    code=code,
                ),
            )
        return found

    def _find_currency(self, code: str) -> int | bool:
        return self.env["res.currency"].search([("name", "=", code)], limit=1).id

    def unit(self, name: str) -> int | bool:
        """Return the id of the unit called *name* (any case), or False."""
        name = name.strip()
        return self._once(
            "unit",
            name.lower(),
            lambda: self._find_unit(name),
        )

    def _find_unit(self, name: str) -> int | bool:
        units = self.env["uom.uom"]
        # Connectors know standard units by their English names.
        english = units.with_context(lang="en_US")
        domain = [("name", "=ilike", name)]
        return (units.search(domain, limit=1) or english.search(domain, limit=1)).id

    def product_category(self, name: str) -> int | bool:
        """Return the id of the product category called *name*, or False."""
        name = name.strip()
        return self._once(
            "category",
            name,
            lambda: (
                self.env["product.category"].search([("name", "=", name)], limit=1).id
            ),
        )

    # === LINKED RECORDS === #

    def reference(self, resource: str, external_id: str) -> int | bool:
        """Return the Odoo id of a remote record.

        :raises Problem: it is not linked; the record waits for it
        """
        if external_id in ("0", ""):
            return False
        found = self.references.get((resource, external_id))
        if found:
            return found
        raise Problem(
            "record",
            self.env._(
                "%(record)s waits for %(resource)s %(id)s, which is not in Odoo yet. "
                "It goes on by itself as soon as that record arrives.",
                record=self.record_name,
                resource=resource,
                id=external_id,
            ),
            cause=f"parent:{resource}:{external_id}",
            waiting_for=(resource, external_id),
        )

    # === VALUE MAPPINGS === #

    def load_values(self) -> None:
        """Read the connection's value mappings, once for a run."""
        rows = self.env["ledger.value.mapping"].search_fetch(
            [("connection_id", "=", self.connection_id)],
            ["kind", "remote_code", "res_id", "is_nothing", "is_preferred"],
        )
        self._values = {}
        for row in rows.sorted("id"):
            # Of several the first: the others are only sent.
            key, value = (row.kind, row.remote_code), (row.res_id, row.is_nothing)
            if not any(self._values.get(key, ())):
                self._values[key] = value
        self._codes = {}
        for row in rows.filtered("res_id").sorted("is_preferred"):
            known = self._codes.setdefault((row.kind, row.res_id), [])
            if row.is_preferred:
                known.clear()
            known.append(row.remote_code)

    def values_version(self) -> list[Any]:
        """Return what a mapping's version has to cover of the value mappings."""
        if self._values is None:
            self.load_values()
        return sorted(
            [kind, code, res_id, nothing]
            for (kind, code), (res_id, nothing) in self._values.items()
            if res_id or nothing
        )

    def value(self, kind: str, code: str) -> int | bool:
        """Return the Odoo id mapped to *code*, False when it maps to nothing.

        :raises Problem: nobody has mapped it yet
        """
        if self._values is None:
            self.load_values()
        res_id, nothing = self._values.get((kind, code), (0, False))
        if res_id:
            return res_id
        if nothing:
            return False
        raise Problem(
            "mapping",
            self.env._(
                "%(record)s uses %(kind)s %(code)s, which has no counterpart in Odoo "
                "yet. Choose one under Value mappings; the record then goes on by "
                "itself.",
                record=self.record_name,
                kind=kind,
                code=code,
            ),
            cause=f"value:{kind}:{code}",
            summary=self.env._(
                "%(kind)s %(code)s has no counterpart in Odoo yet. Choose one under "
                "Value mappings; the records that use it then go on by themselves.",
                kind=kind,
                code=code,
            ),
            value=(kind, code, ""),
        )

    # === THE OTHER WAY: FROM ODOO TO THE VENDOR === #

    def external_id(self, resource: str, record: Any) -> str | None:
        """Return the vendor's id of *record*, None for an empty one.

        :param resource: with a question mark at its end where the vendor does without:
            None then, if the record is not there and no flow sends it
        :raises Problem: it is not there yet; the record waits for it
        """
        if not record:
            return None
        name = resource.removesuffix("?")
        key = (name, record._name, record.id)
        found = self.external_ids.get(key)
        if found:
            return found
        if resource != name and name not in self.sent:
            return None
        raise Problem(
            "record",
            self._waits_for(record, *self.troubles.get(key, ("", ""))),
            cause=f"parent:{name}:{record._name},{record.id}",
            waiting_for=(name, f"{record._name},{record.id}"),
        )

    def _waits_for(self, parent: Any, state: str, reason: str) -> str:
        names = {"record": self.record_name, "parent": parent.display_name}
        if state == "candidate":
            return self.env._(
                "%(record)s waits for %(parent)s, which may be there already under "
                "another name. Decide it under Records, filter “To decide”; it then "
                "goes on by itself.",
                **names,
            )
        if reason:
            return self.env._(
                "%(record)s waits for %(parent)s, which could not be sent: %(reason)s "
                "It goes on by itself as soon as that record is there.",
                reason=reason,
                **names,
            )
        return self.env._(
            "%(record)s waits for %(parent)s, which has not been sent yet. It goes on "
            "by itself as soon as that record is there.",
            **names,
        )

    def remote_code(self, kind: str, record: Any) -> str | None:
        """Return the vendor's code of *record*, None for an empty one.

        :raises Problem: it has none, or several
        """
        if not record:
            return None
        if self._values is None:
            self.load_values()
        if len(record) > 1:
            raise self._several(kind, record)
        codes = self._codes.get((kind, record.id), [])
        if len(codes) == 1:
            return codes[0]
        raise (
            self._no_code(kind, record)
            if not codes
            else self._two_codes(kind, record, codes)
        )

    def _no_code(self, kind: str, record: Any) -> Problem:
        names = {"kind": kind, "value": record.display_name}
        return Problem(
            "mapping",
            self.env._(
                "%(record)s uses %(kind)s “%(value)s”, which has no code in the system "
                "yet. Choose it for one of the codes under Value mappings; the record "
                "then goes on by itself.",
                record=self.record_name,
                **names,
            ),
            cause=f"code:{kind}:{record.id}",
            summary=self.env._(
                "%(kind)s “%(value)s” has no code in the system yet. Choose it for one "
                "of the codes under Value mappings; the records that use it then go on "
                "by themselves.",
                **names,
            ),
        )

    def _two_codes(self, kind: str, record: Any, codes: list[str]) -> Problem:
        names = {
            "kind": kind,
            "value": record.display_name,
            "codes": ", ".join(sorted(codes)),
        }
        return Problem(
            "mapping",
            self.env._(
                "%(record)s uses %(kind)s “%(value)s”, which stands for several codes "
                "(%(codes)s). Tick “Used for sending” on one of them under Value "
                "mappings; the record then goes on by itself.",
                record=self.record_name,
                **names,
            ),
            cause=f"code:{kind}:{record.id}",
            summary=self.env._(
                "%(kind)s “%(value)s” stands for several codes (%(codes)s). Tick “Used "
                "for sending” on one of them under Value mappings; the records that "
                "use it then go on by themselves.",
                **names,
            ),
        )

    def _several(self, kind: str, records: Any) -> Problem:
        return Problem(
            "record",
            self.env._(
                "%(record)s has more than one %(kind)s in one place (%(values)s), and "
                "the system takes one. Leave one of them.",
                record=self.record_name,
                kind=kind,
                values=", ".join(records.mapped("display_name")),
            ),
            cause=f"several:{kind}",
        )

    def required_missing_here(self, line) -> Problem:
        """Return the problem of a required Odoo field that is empty."""
        label = line.label or line.field
        return Problem(
            "record",
            self.env._(
                "%(record)s has no %(field)s, and the system asks for it. Fill it in; "
                "the record is then sent by itself.",
                record=self.record_name,
                field=label,
            ),
            cause=f"missing:{line.field}",
            summary=self.env._(
                "Some records have no %(field)s, and the system asks for it. Fill it "
                "in; they are then sent by themselves.",
                field=label,
            ),
        )

    def not_sendable(self, line, value) -> Problem:
        """Return the problem of an Odoo value that the converter cannot write."""
        return Problem(
            "mapping",
            self.env._(
                "%(record)s: the field mapping cannot write %(field)s (“%(value)s”) as "
                "%(kind)s. Correct the mapping line.",
                record=self.record_name,
                field=line.label or line.field,
                value=str(value)[:80],
                kind=line.converter,
            ),
            cause=f"convert:{line.remote}",
        )

    # === SENTENCES === #

    def empty(self, line) -> Any:
        """Return what an empty remote value becomes."""
        return [] if line.converter == "values" else False

    def required_missing(self, line) -> Problem:
        """Return the problem of a required value that is empty."""
        return Problem(
            "record",
            self.env._(
                "%(record)s has no %(field)s. Fill it in there; it is read again at "
                "the next run.",
                record=self.record_name,
                field=line.label or line.remote,
            ),
            cause=f"required:{line.remote}",
            summary=self.env._(
                "Some records have no %(field)s. Fill it in there; they are read again "
                "at the next run.",
                field=line.label or line.remote,
            ),
        )

    def not_convertible(self, line, value) -> Problem:
        """Return the problem of a value that the converter does not understand."""
        return Problem(
            "mapping",
            self.env._(
                "%(record)s: %(field)s is “%(value)s”, which the field mapping cannot "
                "read as %(kind)s. Change the value there, or the mapping line.",
                record=self.record_name,
                field=line.label or line.remote,
                value=str(value)[:80],
                kind=line.converter,
            ),
            cause=f"convert:{line.remote}",
            summary=self.env._(
                "%(field)s cannot always be read as %(kind)s. Change the values there, "
                "or the field mapping.",
                field=line.label or line.remote,
                kind=line.converter,
            ),
        )
