# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import datetime

from odoo import api, models

from odoo.addons.ledger_connector_base.sync.balance import Rounding
from odoo.addons.ledger_connector_base.sync.contract import Page, TestResult
from odoo.addons.ledger_connector_base.sync.problems import Problem
from odoo.addons.ledger_connector_base.transport.errors import only_reading

from .. import records, taxes, webhooks
from ..checks import check
from ..client import LIMIT_HEADERS, OWN_COMPANY, REQUEST_ID_HEADER, TripletexClient
from ..description import describe
from ..errors import RULES
from ..mapping import DEFAULTS
from ..reading import CHILD_PATHS, DOCUMENTS, LISTINGS, Cursor, Reader
from ..reading.changes import changed_at
from ..reading.listings import asked_paths, field_list
from ..reading.windows import OSLO
from ..rights import missing_rights
from ..writing.finder import Finder
from ..writing.invoices import InvoiceWriter
from ..writing.writer import Writer

#: Records that are asked for by their ids and handed on as one page.
IDS_PER_PAGE = 100


class LedgerConnectorTripletex(models.AbstractModel):
    """Tripletex API v2. Sections (§) are those of the project's dossier."""

    _name = "ledger.connector.tripletex"
    _inherit = "ledger.connector"
    _description = "Ledger Connector: Tripletex"

    # === WHAT THERE IS === #

    @api.model
    def _describe(self):
        return describe(self.env)

    @api.model
    def _default_mapping(self, entity, direction):
        return DEFAULTS.get((entity, direction), [])

    @api.model
    def _error_rules(self):
        return RULES

    @api.model
    def _zone(self):
        return str(OSLO)

    # === WHO WE ARE === #

    @api.model
    def _client(self, connection, run=None):
        secrets = connection.credential_id.secrets()
        http = self._http(
            connection,
            run,
            read_error=TripletexClient.read_error,
            request_id_header=REQUEST_ID_HEADER,
            limit_headers=LIMIT_HEADERS,
        )
        return TripletexClient(
            http,
            self._tokens(connection),
            consumer_token=secrets["consumer_token"],
            employee_token=secrets["employee_token"],
            company=connection.remote_company_id or OWN_COMPANY,
            page_size=connection._page_size(),
        )

    @api.model
    def _test(self, client, connection):
        self._check_office_key(connection)
        me = client.who_am_i()
        # Rights are tried on lists: not on those of other books.
        self._check_answer(connection, me)
        company = me.get("company") or {}
        person = me.get("employee") or {}
        names = filter(None, (person.get("firstName"), person.get("lastName")))
        flows = connection.flow_ids
        return TestResult(
            company_id=str(me.get("companyId") or ""),
            company_name=company.get("name") or "",
            organisation_number=company.get("organizationNumber") or "",
            user_name=" ".join(names),
            missing_rights=missing_rights(
                self.env,
                client,
                {(flow.entity, flow.direction) for flow in flows},
                self._today(),
            ),
        )

    def _check_office_key(self, connection):
        """An office's key with user name 0 opens nothing but the list of clients (§3).

        :raises Problem: the connection names no client
        """
        office = connection.credential_id.tripletex_office_key
        if office and not connection.remote_company_id:
            raise Problem(
                "reconnect",
                self.env._(
                    "%(credential)s is an accounting office's key, and connection "
                    "%(connection)s names no client. Enter the client's company number "
                    "on the connection, or press “Connect client companies” on the "
                    "credential.",
                    credential=connection.credential_id.name,
                    connection=connection.name,
                ),
                cause="office_key",
            )

    def _check_answer(self, connection, me):
        """The books that answer have to be those that the connection names (§3.2).

        :param dict me: answer of ``>whoAmI``
        :raises Problem: they are others
        """
        name = (me.get("company") or {}).get("name") or ""
        self._check_claimed_company(connection, str(me.get("companyId") or ""), name)

    @api.model
    def _companies(self, client):
        return [
            {
                "id": str(company["id"]),
                "name": company.get("name") or str(company["id"]),
                "organisation_number": company.get("organizationNumber") or "",
            }
            for company in client.login_access()
        ]

    # === READING === #

    @api.model
    def _read(self, client, flow, cursor):
        connection = flow.connection_id
        if connection.remote_company_id:
            self._check_answer(connection, client.who_am_i())
        resources = self._resources(flow)
        reader = Reader(
            client,
            Cursor.load(cursor, connection._mapping_version()),
            {name: self._asked_fields(connection.flow_ids, name) for name in resources},
            self.env._(
                "Tripletex does not heed the filter for changes of %(resource)s: until "
                "the next full comparison its pages are compared by checksum instead.",
                resource="%(resource)s",
            ),
        )
        today, first = self._today(), flow.start_date or None
        if resources[0] in DOCUMENTS:
            pages = reader.documents(resources[0], first, today)
        else:
            pages = reader.registers(resources)
        for page in pages:
            records.complete(page.resource, page.records)
            yield page

    @api.model
    def _fetch(self, client, flow, resource, external_ids):
        path = LISTINGS[resource].path
        # When it was changed: for those who let the newest win.
        asked = self._asked_fields(self._all_flows(flow.connection_id), resource)
        fields = f"{asked},changes"
        for start in range(0, len(external_ids), IDS_PER_PAGE):
            chunk = external_ids[start : start + IDS_PER_PAGE]
            found = list(client.by_ids(path, chunk, fields))
            yield Page(resource, records.complete(resource, found), partial=True)

    @api.model
    def _changed_at(self, resource, record):
        return changed_at(record)

    @api.model
    def _children(self, resource, record):
        return records.inner(resource, record)

    @api.model
    def _twins(self, resource, record):
        return records.twins(resource, record)

    def _resources(self, flow):
        """Names of the lists that *flow* reads, outer ones for what lies inside."""
        kind = self._describe().flow(flow.entity, flow.direction)
        names = (CHILD_PATHS.get(name, (name,))[0] for name in kind.resources)
        return list(dict.fromkeys(names))

    def _all_flows(self, connection):
        """All flows: one that is off compares what is sent, and fills in the answer."""
        return connection.with_context(active_test=False).flow_ids

    def _asked_fields(self, flows, resource):
        """The ``fields`` parameter for *resource*: what *flows* map, in it or inside.

        Inactive flows are left out of a reading, so the list stays short.
        """
        return field_list(self._asked_paths(flows, resource))

    def _asked_paths(self, flows, resource):
        lines = flows.mapping_ids.filtered("active")
        mapped = {
            name: group.mapped("remote_path")
            for name, group in lines.grouped("resource").items()
        }
        return asked_paths(resource, mapped)

    @api.model
    def _today(self):
        return datetime.now(OSLO).date()

    # === WRITING === #

    @api.model
    def _write(self, client, flow, operations):
        connection = flow.connection_id
        resource = operations[0].resource
        self._check_context(client, connection)
        results = self._writer(client, connection, resource).perform(operations)
        records.complete(resource, [one.record for one in results if one.record])
        return results

    def _writer(self, client, connection, resource):
        kind = InvoiceWriter if resource == "invoice" else Writer
        asked = ("paths", resource)
        if asked not in client.learnt:
            flows = self._all_flows(connection)
            client.learnt[asked] = self._asked_paths(flows, resource)
        return kind(
            self.env,
            client,
            resource,
            client.learnt[asked],
            records.UNITS,
            self._explain,
        )

    def _check_context(self, client, connection):
        """Find out once in a run that we write into the right books (§3.2).

        :raises Problem: they are others
        """
        if not connection.remote_company_id or "context" in client.learnt:
            return
        with only_reading():
            self._check_answer(connection, client.who_am_i())
        client.learnt["context"] = True

    @api.model
    def _find(self, client, flow, operations):
        resource = operations[0].resource
        found = Finder(client, resource).find(operations)
        ids = list(dict.fromkeys(number for numbers in found for number in numbers))
        pages = self._fetch(client, flow, resource, ids)
        known = {str(record["id"]): record for page in pages for record in page.records}
        return [
            [known[number] for number in numbers if number in known]
            for numbers in found
        ]

    @api.model
    def _check_outgoing(self, flow, resource, record, values):
        check(self.env, resource, record, values)

    @api.model
    def _rounding(self):
        """(§9) VAT line by line; that it is so is deduced, not documented."""
        return Rounding(price_decimals=10, vat="line", included="gross", place="hold")

    # === WEBHOOKS === #

    @api.model
    def _verify_webhook(self, secret, headers, body):
        return webhooks.is_genuine(secret, headers, body)

    @api.model
    def _parse_webhook(self, headers, body):
        return webhooks.notices(headers, body)

    @api.model
    def _subscribe(self, client, connection, address, secret):
        events = webhooks.events_of(connection.flow_ids.mapped("entity"))
        return webhooks.subscribe(client, events, address, secret)

    @api.model
    def _unsubscribe(self, client, connection, address):
        webhooks.unsubscribe(client, address)

    # === VALUES === #

    @api.model
    def _value_options(self, client, connection, kind):
        if kind != "tax":
            return []
        lines = connection.value_mapping_ids.filtered(lambda line: line.kind == kind)
        return taxes.options(client, lines.mapped("remote_code"))

    @api.model
    def _suggest_value(self, connection, kind, code, hint):
        if kind != "tax":
            return super()._suggest_value(connection, kind, code, hint)
        return taxes.suggestion(connection._percent_taxes("sale"), hint)
