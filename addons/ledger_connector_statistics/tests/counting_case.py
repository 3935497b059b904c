# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of counting share: an office, its clients, and books of no vendor."""

from dataclasses import replace
from datetime import date, datetime

from freezegun import freeze_time

from odoo import api, models
from odoo.orm.model_classes import add_to_registry

from odoo.addons.ledger_connector_base.sync.contract import FlowKind, Resource, System
from odoo.addons.ledger_connector_base.tests.screen_case import ScreenCase
from odoo.addons.ledger_connector_base.transport.errors import VendorError

from ..contract import DOCUMENT_DATE, ENTERED, ENTRY_DATE, Document, DocumentPage
from ..sync import windows

NAME = "ledger.connector.counted"


class Books:
    """A client's books: documents, when each was changed, and who asks for what."""

    def __init__(self, page_size=100):
        self.page_size = page_size
        self.documents = {}
        self.dates = {}
        self.changed = {}
        self.deleted = {}
        self.asked = []
        self.pages = 0
        self.fails_at = None
        self.between = None

    def add(self, external_id, kind, day, entry_day=None, **values):
        """Add or change a document; *day* is the one that it is counted by."""
        self.documents[external_id] = Document(
            external_id, kind, _day(day), number=f"N-{external_id}", **values
        )
        self.dates[external_id] = _day(entry_day or day)
        self.changed[external_id] = datetime.now()

    def add_many(self, kind, day, count, prefix="d"):
        """Add *count* documents of one kind and day."""
        for number in range(count):
            self.add(f"{prefix}{kind}{number}", kind, day)

    def delete(self, external_id):
        """Delete a document."""
        del self.documents[external_id]
        self.deleted[external_id] = datetime.now()

    def window(self, window, cursor):
        """Yield the pages of a window."""
        self.asked.append((str(window.since), str(window.until), window.basis, cursor))
        found = [
            replace(doc, rows=doc.rows if window.rows else 0)
            for doc in self.documents.values()
            if window.since <= doc.day <= window.until
        ]
        yield from self._paged(found, cursor)

    def changes(self, moment, cursor):
        """Yield the pages of what changed since *moment*."""
        self.asked.append(("changed", str(moment), cursor))
        found = [
            replace(doc, day=self.dates[doc.external_id], rows=0, document_day=doc.day)
            for doc in self.documents.values()
            if self.changed[doc.external_id] >= moment
        ]
        gone = [x for x, at in self.deleted.items() if at >= moment]
        yield from self._paged(found, cursor, gone)

    def _paged(self, found, cursor, gone=()):
        start = cursor or 0
        while True:
            self.pages += 1
            if self.fails_at == self.pages:
                raise VendorError("Out of order.", code="", status=500)
            stop = start + self.page_size
            last = stop >= len(found)
            yield DocumentPage(found[start:stop], stop, gone, last)
            if last:
                return
            if self.between:
                self.between()
            start, gone = stop, ()


class LedgerConnectorCounted(models.AbstractModel):
    """A vendor whose books are in :attr:`books`, by id of the connection."""

    _name = NAME
    _inherit = "ledger.connector"
    _description = "Ledger Connector: counted"
    _module = None

    books = {}

    @api.model
    def _describe(self):
        return System(
            code="counted",
            label="Counted",
            documentation="",
            credential_fields=(),
            environments=(),
            resources=(Resource("entry", "statistics", "Entries"),),
            flows=(FlowKind("statistics", "pull", "Statistics", ("entry",)),),
        )

    @api.model
    def _zone(self):
        return "Europe/Tallinn"

    @api.model
    def _bases(self):
        return (ENTRY_DATE, DOCUMENT_DATE, ENTERED)

    @api.model
    def _default_mapping(self, entity, direction):
        return []

    @api.model
    def _client(self, connection, run=None):
        return type(self).books[connection.id]

    @api.model
    def _read_documents(self, client, flow, window, cursor):
        return client.window(window, cursor)

    @api.model
    def _read_changed_documents(self, client, flow, moment, cursor):
        return client.changes(moment, cursor)


class CountingCase(ScreenCase):
    """An office in Tallinn with one client; it is 5 March 2026, 05:00 there."""

    now = "2026-03-05 03:00:00"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_to_registry(cls.registry, LedgerConnectorCounted)
        cls.registry._setup_models__(cls.env.cr, [NAME])
        cls.addClassCleanup(cls._forget_vendor)
        cls.vendor = cls.registry[NAME]
        cls.company.partner_id.tz = "Europe/Tallinn"
        cls.plan = cls._insert(
            "ledger.statistics.plan",
            company_id=cls.company.id,
            system="counted",
            state="on",
            delivery="activity",
            title="{client}: {period}",
            user_id=cls.responsible.id,
            recurrence="monthly",
            fetch_day=5,
            fetch_hour=3,
            again_count=1,
            basis="entry_date",
            entries="all",
            with_rows=False,
            with_credits=True,
            jump_percent=50,
        )
        cls.client = cls.env["res.partner"].create({"name": "Tamm Ehitus OÜ"})
        cls.connection, cls.flow = cls._add_connection(cls.client)

    @classmethod
    def _forget_vendor(cls):
        del cls.registry.models[NAME]
        cls.registry["ledger.connector"]._inherit_children.discard(NAME)

    @classmethod
    def _insert(cls, model, **values):
        """Override of the screens' case: what a record has to have, it has."""
        fields = cls.env[model]._fields.items()
        required = [name for name, field in fields if field.required and field.store]
        return super()._insert(
            model, **{**cls.env[model].default_get(required), **values}
        )

    @classmethod
    def _add_connection(cls, client, **values):
        connection = cls._insert(
            "ledger.connection",
            name=client.name,
            system="counted",
            state="live",
            active=True,
            credential_id=cls.credential.id,
            remote_company_id=str(client.id),
            partner_id=client.id,
            company_id=cls.company.id,
            user_id=cls.responsible.id,
            **values,
        )
        flow = cls._insert(
            "ledger.flow",
            connection_id=connection.id,
            company_id=cls.company.id,
            system="counted",
            active=True,
            entity="statistics",
            direction="pull",
            interval_minutes=60,
        )
        return connection, flow

    def setUp(self):
        super().setUp()
        clock = freeze_time(self.now, tick=False)
        self.clock = clock.start()
        self.addCleanup(clock.stop)
        self.books = Books()
        self.vendor.books = {self.connection.id: self.books}

    def at(self, moment):
        """From now on it is *moment* (UTC)."""
        self.clock.move_to(moment)

    # === RUNNING === #

    def scheduled(self, flow=None):
        """Let the schedule's job run and return it."""
        with self.committing() as env:
            job = (flow or self.flow).with_env(env)._enqueue("schedule", wake=False)
            job._run()
        self.env.invalidate_all()
        return self.env["ledger.sync.job"].browse(job.id)

    def import_months(self, *months, **place):
        """Read whole months (``2026-01``) as somebody who asks for them."""
        spans = [self._month(month) for month in months]
        with self.committing() as env:
            flow = self.flow.with_env(env)
            job = env["ledger.sync.job"].create(flow._prepare_counting(spans, **place))
            job._run()
        self.env.invalidate_all()
        return self.env["ledger.sync.job"].browse(job.id)

    @staticmethod
    def _month(month):
        return windows.span_of("monthly", _day(f"{month}-01"))

    # === CLAIMS === #

    def period(self, month, connection=None):
        """The client's period of a month."""
        connection = connection or self.connection
        return self.env["ledger.statistics.period"]._of(
            connection.id, *self._month(month)
        )

    def figures(self, month, field="count"):
        """What stands in a month, by code of the kind; zeros are left out."""
        figures = self.period(month).figure_ids
        return {f.kind_id.code: f[field] for f in figures if f[field]}

    def corrections(self, month):
        """(code, difference) of the corrections that a month carries."""
        lines = self.period(month).correction_ids.sorted("id")
        return [(x.kind_id.code, x.difference) for x in lines]

    def freeze(self, month):
        """Freeze a month as a manager does."""
        self.period(month).with_user(self.manager).action_freeze()


def _day(day):
    return day if isinstance(day, date) else date.fromisoformat(day)
