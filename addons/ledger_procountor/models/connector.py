# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

from odoo.addons.ledger_connector_base.sync.contract import TestResult
from odoo.addons.ledger_connector_base.sync.entities import ENTITIES
from odoo.addons.ledger_connector_base.transport.errors import VendorError

from .. import choices, records, taxes
from ..client import HELSINKI, MOST, PATIENCE, ProcountorClient, moment_of, text_of
from ..description import ENVIRONMENT, describe
from ..errors import RULES
from ..mapping import DEFAULTS
from ..reading import Reader, fetch
from ..rights import missing_rights


class LedgerConnectorProcountor(models.AbstractModel):
    """Procountor REST API 26.04. Sections (§) are those of the project's dossier."""

    _name = "ledger.connector.procountor"
    _inherit = "ledger.connector"
    _description = "Ledger Connector: Procountor"

    # === WHAT THERE IS === #

    @api.model
    def _describe(self):
        return describe(self.env)

    @api.model
    def _default_mapping(self, entity, direction):
        lines = DEFAULTS.get((entity, direction), [])
        model = ENTITIES[entity].model if entity in ENTITIES else ""
        return [line for line in lines if self._has_field(model, line.target)]

    def _has_field(self, model, path):
        """Tell whether the apps that are installed have the field of a mapping line.

        :param str path: fields joined by slashes
        """
        for name in path.split("/"):
            field = model in self.env and self.env[model]._fields.get(name)
            if not field:
                return False
            model = field.comodel_name
        return True

    @api.model
    def _error_rules(self):
        return RULES

    @api.model
    def _zone(self):
        return str(HELSINKI)

    @api.model
    def _error_text(self, error):
        """Override: each fault is told once, and no status where there are faults."""
        text = super()._error_text(error)
        if not error.problems:
            return text
        told = " ".join(
            dict.fromkeys(
                f"{fault.field}: {fault.message}" if fault.field else fault.message
                for fault in error.problems
            )
        )
        said = error.message.removeprefix(f"HTTP {error.status}").split()
        return told if all(word in told for word in said) else text

    # === WHO WE ARE === #

    @api.model
    def _client(self, connection, run=None):
        credential = connection.credential_id
        secrets = credential.secrets()
        # (§1) The testing server allows fewer calls.
        connector = self.with_context(**{ENVIRONMENT: credential.environment})
        http = connector._http(
            connection,
            run,
            read_error=ProcountorClient.read_error,
            patience=PATIENCE,
        )
        client = ProcountorClient(
            http,
            self._tokens(connection),
            client_id=secrets["client_id"],
            client_secret=secrets["client_secret"],
            api_key=secrets["api_key"],
            redirect_uri=credential.procountor_redirect_uri or "",
            page_size=min(connection._page_size(), MOST),
        )
        self._check_claims(connection, client)
        return client

    @api.model
    def _test(self, client, connection):
        session = client.company.session()
        flows = [(flow.entity, flow.direction) for flow in connection.flow_ids]
        rights = client.company.rights()
        return TestResult(
            company_id=text_of(session.get("companyId")),
            company_name=text_of(session.get("name")),
            organisation_number=self._business_id(client),
            user_name=text_of(session.get("userName")),
            missing_rights=missing_rights(self.env, rights, flows, connection),
        )

    def _business_id(self, client):
        """Return the company's business id, "" where the key may not see it (§2)."""
        try:
            found = client.company.info().get("businessIdentifier") or {}
        except VendorError as error:
            if error.status != 403:
                raise
            return ""
        return text_of(found.get("code"))

    def _check_claims(self, connection, client):
        """Look at what the API key itself says: it costs no call (§2).

        :raises Problem: it is of another company than the connection
        """
        if client.claims and client.claims.company:
            self._check_claimed_company(connection, client.claims.company)

    # === READING === #

    @api.model
    def _read(self, client, flow, cursor):
        kind = self._describe().flow(flow.entity, flow.direction)
        reader = Reader(
            client,
            kind.resources,
            flow.start_date or None,
            flow.connection_id._mapping_version(),
            cursor,
            self._wants_payments(flow.connection_id),
        )
        yield from reader.pages()

    @api.model
    def _fetch(self, client, flow, resource, external_ids):
        payments = self._wants_payments(flow.connection_id)
        yield from fetch(client, resource, external_ids, payments)

    @api.model
    def _children(self, resource, record):
        return records.inner(resource, record)

    @api.model
    def _changed_at(self, resource, record):
        try:
            moment = moment_of(record.get("version"))
        except ValueError:
            return None
        return moment and moment.replace(tzinfo=None)

    def _wants_payments(self, connection):
        """Tell whether payments are read as such, not only what is open."""
        return any(
            (flow.entity, flow.direction) == ("payment", "pull")
            for flow in connection.flow_ids
        )

    # === VALUES === #

    @api.model
    def _value_options(self, client, connection, kind):
        if kind != "tax":
            return choices.options(client, kind)
        lines = connection.value_mapping_ids.filtered(lambda line: line.kind == kind)
        return taxes.options(client.company.vats(), lines.mapped("remote_code"))

    @api.model
    def _suggest_value(self, connection, kind, code, hint):
        if kind != "tax":
            return choices.suggestion(self.env, kind, hint)
        sales = connection._percent_taxes("sale")
        usual = connection.company_id.account_sale_tax_id
        return taxes.suggestion(sales, usual, hint)
