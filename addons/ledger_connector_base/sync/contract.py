# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a connector tells the engine about its vendor, as plain data.

A connector's ``_describe()`` returns one :class:`System`; its ``_read()`` and
``_fetch()`` yield :class:`Page`; its ``_write()`` takes :class:`Operation` and returns
:class:`Result`; its ``_parse_webhook()`` returns :class:`Notice`. Nothing here imports
Odoo.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class CredentialField:
    """One thing the user has to enter to open a system.

    :param name: key in the encrypted secrets, e.g. ``consumer_token``
    :param label: what the vendor calls it, translatable
    :param help: where in the vendor's screens it is found, translatable
    :param required: a connection cannot be tested without it
    """

    name: str
    label: Any
    help: Any = ""
    required: bool = True


@dataclass(frozen=True)
class Environment:
    """A host of the vendor. An empty ``base_url`` lets the user enter one."""

    code: str
    label: Any
    base_url: str = ""


@dataclass(frozen=True)
class Resource:
    """One kind of remote record, e.g. Tripletex's *customer*.

    :param entity: our word for it: partner, product, invoice, payment, …
    :param id_field: key of the vendor's id in the record
    :param version_field: key of the vendor's version, empty where it has none
    :param name_fields: keys tried in this order to name the record on screens
    :param child: comes only inside another resource's records, cannot be fetched
    :param batch: operations that one ``_write()`` may take, 0 if it is never written
    :param guarded: the vendor refuses a write that names a stale version. Otherwise
        the engine reads each record again before it changes it there
    :param updates: records can be changed once they are there
    :param domain: Odoo domain of the records that become this resource; of several
        resources the first that fits is taken
    :param follow_up: a new record is finished by further calls once it is linked, see
        ``ledger.connector._follow_up()``
    :param withdraws: what is cancelled in Odoo is taken back there, by an operation
        ``withdraw``; otherwise a person is told to
    :param replaces: what cannot be changed there any more is credited and made anew
        once a person has agreed, by an operation ``replace``
    :param same_as: a resource with the same ids: the vendor keeps both as one kind of
        record, and what is linked as this one is not read as that one
    """

    name: str
    entity: str
    label: Any
    id_field: str = "id"
    version_field: str = "version"
    name_fields: tuple[str, ...] = ("name",)
    child: bool = False
    deletions: bool = True
    batch: int = 0
    guarded: bool = False
    updates: bool = True
    domain: tuple[Any, ...] = ()
    follow_up: bool = False
    withdraws: bool = False
    replaces: bool = False
    same_as: str = ""


@dataclass(frozen=True)
class FlowKind:
    """A flow that the connector offers.

    :param resources: names of the resources it reads or writes, parents first
    :param interval_minutes: default schedule
    :param domain: Odoo domain, as text, of the records that a push sends
    :param warning: what a person has to agree to before the flow is switched on,
        translatable; "" for nothing
    :param deletions: what is gone on one side is switched off on the other, unless
        people say otherwise; False where the vendor can only delete
    :param create_policy: what a pull does with new records, unless people say
        otherwise: ``create``, ``link`` or ``known``
    :param known_only: a pull that reads what is linked already, and nothing else
    :param changes: a push sends later edits too, unless people say otherwise
    """

    entity: str
    direction: str
    label: Any
    resources: tuple[str, ...]
    interval_minutes: int = 60
    active: bool = True
    domain: str = "[]"
    warning: Any = ""
    deletions: bool = True
    create_policy: str = "create"
    known_only: bool = False
    changes: bool = True


@dataclass(frozen=True)
class ValueKind:
    """Values of the vendor that need an Odoo counterpart chosen by a person.

    :param kind: e.g. ``tax``
    :param model: Odoo model of the counterpart, e.g. ``account.tax``
    :param required: an unmapped value holds the record
    """

    kind: str
    label: Any
    model: str
    required: bool = True


@dataclass(frozen=True)
class CallLimits:
    """Calls allowed per credential; ``None`` where the vendor has no such limit.

    :param day_zone: days end at midnight in this time zone; "" for 24 hours from the
        first call
    :param day_parts: more than 1 where the vendor counts any 24 hours: each part of a
        day gets so many calls that no 24 hours hold more than the limit
    """

    per_second: int | None = None
    per_minute: int | None = None
    per_day: int | None = None
    day_zone: str = ""
    day_parts: int = 1


@dataclass(frozen=True)
class System:
    """All the engine needs to know about a vendor's product.

    :param settle_seconds: how long a call whose answer was lost may still be worked on
        there; before that, "not found" proves nothing
    :param default_share: percent of the limits that a new credential uses: less where
        other software shares them
    """

    code: str
    label: Any
    documentation: str
    credential_fields: tuple[CredentialField, ...]
    environments: tuple[Environment, ...]
    resources: tuple[Resource, ...]
    flows: tuple[FlowKind, ...]
    value_kinds: tuple[ValueKind, ...] = ()
    limits: CallLimits = CallLimits()
    webhooks: bool = False
    many_companies: bool = False
    page_size: int = 1000
    settle_seconds: int = 60
    default_share: int = 100

    def resource(self, name: str) -> Resource:
        """Return the resource called *name*.

        :raises KeyError: the connector does not declare it
        """
        for resource in self.resources:
            if resource.name == name:
                return resource
        raise KeyError(name)

    def flow(self, entity: str, direction: str) -> FlowKind | None:
        """Return the flow of *entity* in *direction*, or None if it is not offered."""
        for flow in self.flows:
            if (flow.entity, flow.direction) == (entity, direction):
                return flow
        return None

    def fetchable(self, entity: str) -> Iterator[Resource]:
        """Yield the resources of *entity* that can be read by id."""
        return (r for r in self.resources if r.entity == entity and not r.child)


@dataclass
class Page:
    """A page of remote records, untouched, with the cursor that follows it.

    :param records: the vendor's records as plain dicts
    :param cursor: what to store once the page is done; None leaves it as it is
    :param total: records in the whole answer, None where the vendor does not say
    :param deleted: ids that the vendor says are gone
    :param unchanged: the vendor answered "not modified": no records, none needed
    :param partial: the answer is filtered, what is missing in it is not gone
    :param last: the resource has no further page in this run
    :param end: the run has no further page at all
    :param note: something a person should know, e.g. that a filter was ignored
    """

    resource: str
    records: list[dict[str, Any]]
    cursor: Any = None
    total: int | None = None
    deleted: list[str] = field(default_factory=list)
    unchanged: bool = False
    partial: bool = False
    last: bool = False
    end: bool = False
    note: Any = ""


#: How sure a key of matching is: where the names agree too.
NAMED = "named"

#: What became of an operation.
DONE = "done"
#: The vendor did not do it and says why; a corrected record may be sent again.
REFUSED = "refused"
#: Nobody knows: the answer was lost. Nothing more is sent before ``_find()`` has said.
UNCERTAIN = "uncertain"
#: The record was changed there since it was read.
STALE = "stale"
#: What was to be created is there already.
EXISTS = "exists"
#: What was to be changed is not there any more.
GONE = "gone"


@dataclass(frozen=True)
class Operation:
    """One record to be written at the vendor.

    :param kind: ``create``, ``update`` or ``deactivate`` (deleted in Odoo); where the
        resource says so, ``withdraw`` (cancelled in Odoo) and ``replace`` (credit what
        is there, and make it anew). The last two may be repeated after a lost answer,
        so they look first at what was done already
    :param key: idempotency key, 32 characters: the same for the same content of the
        same record
    :param name: the record on screens and in errors
    :param number: Odoo's own number of the record, e.g. the invoice's
    :param values: what to write, in the shape of the vendor's records as they are read:
        all that is mapped for a ``create``, only what changed for an ``update``
    :param whole: all that is mapped, also for an ``update``
    :param external_id: the vendor's id, "" for a ``create``
    :param version: the vendor's version that was read last, "" if it has none
    :param difference: ``sync.balance.Difference`` that goes into the vendor's VAT or
        rounding line, None if totals agree
    :param generation: 1, and one more each time the record was replaced or sent anew
        after it had been withdrawn; of a ``replace`` that of the new document
    :param agreed: a person has agreed that a credit note is made
    :param told: all that the vendor was told last, in the shape of ``whole``; empty for
        a ``create``, and where nobody knows
    """

    kind: str
    resource: str
    key: str
    name: str
    number: str
    values: dict[str, Any]
    whole: dict[str, Any]
    external_id: str = ""
    version: str = ""
    difference: Any = None
    generation: int = 1
    agreed: bool = False
    told: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FollowUp:
    """A document that is there and linked, and has still to be finished.

    :param operation: what was sent; ``values`` are empty
    :param record: the Odoo record
    :param there: the vendor's record as ``_write()`` returned it, None if it has to be
        read
    """

    operation: Operation
    record: Any
    there: dict[str, Any] | None = None


@dataclass
class Result:
    """What became of one operation.

    :param outcome: :data:`DONE`, :data:`REFUSED`, …
    :param external_id: the vendor's id as text, of a ``create`` that was done
    :param version: the vendor's version after it
    :param record: the vendor's record after it, complete and as ``_read()`` would give
        it; None where the answer does not hold it
    :param error: the vendor's error, unless it was done
    :param note: what a person should know of what was done, translated: texts that the
        vendor could not store as they were, say
    :param beside: ids of what else stands there because of a ``withdraw`` or
        ``replace``, such as credit notes: none of it is read as a record of its own
    """

    outcome: str = DONE
    external_id: str = ""
    version: str = ""
    record: dict[str, Any] | None = None
    error: Exception | None = None
    note: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notice:
    """What a webhook says: look at this record again. Never believed, only followed.

    :param key: the vendor's own key of the delivery, "" if it has none
    :param topic: the vendor's word for what happened
    :param deleted: the vendor says that the record is gone
    """

    resource: str
    external_id: str
    topic: str = ""
    key: str = ""
    deleted: bool = False


@dataclass
class TestResult:
    """What a connection test found, in words for a bookkeeper.

    :param company_id: the vendor's id of the opened books, as text; "" where it tells
        none
    :param company_name: what the books are called on the connection
    :param sentence: whole, in place of “Connected to …”, where the vendor does not
        tell the company's name; it holds ``company_name``
    :param missing_rights: names of rights that the flows need and the key lacks
    """

    company_id: str
    company_name: str
    organisation_number: str = ""
    user_name: str = ""
    missing_rights: tuple[str, ...] = ()
    sentence: str = ""


@dataclass(frozen=True)
class MapLine:
    """A default field mapping, one line.

    For a push the same line is read from right to left.

    :param remote: path in the record, dots between keys, ``[]`` after a list
    :param target: Odoo field; ``list_field/field`` for a list, and for a push also
        ``many2one_field/field``
    :param converter: name in ``sync.converters.CONVERTERS``, for a push in
        ``sync.outgoing.CONVERTERS``
    :param argument: resource of a reference, kind of a value, text of a constant
    :param apply: ``always`` or ``create``
    :param default: used when the value is empty
    """

    resource: str
    remote: str
    target: str
    converter: str = "text"
    argument: str = ""
    apply: str = "always"
    default: str = ""
    required: bool = False
