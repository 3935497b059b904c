# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timezone

from odoo import api, models

from odoo.addons.ledger_connector_base.sync.balance import Rounding
from odoo.addons.ledger_connector_base.sync.contract import TestResult
from odoo.addons.ledger_connector_base.transport.errors import LedgerError
from odoo.addons.ledger_connector_statistics.contract import ENTRY_DATE
from odoo.addons.ledger_connector_statistics.sync.changes import is_direct

from .. import taxes
from ..checks import check, check_articles
from ..client import PATIENCE, TALLINN, SmartAccountsClient, moment_of, text_of
from ..counting import BASES, ChangeReader, WindowReader
from ..description import describe
from ..errors import RIGHTS, RULES
from ..mapping import DEFAULTS
from ..reading import SERVICES, Reader, fetch
from ..reading.moments import aware, today
from ..writing import Finder, Writer

#: (§7) What a flow of an entity without resources reads.
_COUNTED = ("entries",)


class LedgerConnectorSmartaccounts(models.AbstractModel):
    """SmartAccounts API 1.7. Sections (§) are those of the project's dossier."""

    _name = "ledger.connector.smartaccounts"
    _inherit = "ledger.connector"
    _description = "Ledger Connector: SmartAccounts"

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
        return str(TALLINN)

    # === WHO WE ARE === #

    @api.model
    def _client(self, connection, run=None):
        secrets = connection.credential_id.secrets()
        http = self._http(
            connection,
            run,
            read_error=SmartAccountsClient.read_error,
            patience=PATIENCE,
        )
        return SmartAccountsClient(
            http,
            public_key=secrets["public_key"],
            secret_key=secrets["secret_key"],
            language=self._language(),
        )

    def _language(self):
        """Return the language of the vendor's sentences (§1): Estonian or English."""
        return "et" if (self.env.lang or "").startswith("et") else "en"

    @api.model
    def _test(self, client, connection):
        """Prove the keys; whose books they open, only a bank account tells (§6)."""
        client.check_keys()
        bank = self._bank_account(client)
        iban = text_of(bank.get("iban")) or text_of(bank.get("name"))
        if iban:
            name = self.env._("Bank account %(account)s", account=iban)
            sentence = self.env._(
                "Connected. Bank account %(account)s: please check that it is this "
                "company's.",
                account=iban,
            )
        else:
            name = self.env._("Books without a bank account")
            sentence = self.env._(
                "Connected. Books without a bank account: please check in "
                "SmartAccounts that the keys are this company's."
            )
        return TestResult(
            company_id="",  # (§6) no answer has an id of the books
            company_name=name,
            sentence=sentence,
            missing_rights=self._missing_rights(client, connection),
        )

    def _bank_account(self, client):
        """Return the first bank account with an IBAN, empty if none is to be seen."""
        try:
            accounts = client.settings("bankaccounts")
        except LedgerError as error:
            if error.code != RIGHTS:
                raise
            return {}
        return next((one for one in accounts if one.get("iban")), {})

    def _missing_rights(self, client, connection):
        """Return the labels of flows that are on and whose lists are refused.

        What may be written is not tried: it would be done.
        """
        missing = {}
        for flow in connection.flow_ids:
            kind = self._describe().flow(flow.entity, flow.direction)
            names = kind.resources if kind else ()
            services = [SERVICES[name] for name in names] or _COUNTED
            if not all(self._may_read(client, service) for service in services):
                missing[str(kind.label)] = True
        return tuple(missing)

    def _may_read(self, client, service):
        day = today()
        dated = service in ("entries", "client_invoices", "vendor_invoices")
        filters = {"dateFrom": day, "dateTo": day} if dated else {"modifiedFrom": day}
        try:
            next(client.pages(service, filters), None)
        except LedgerError as error:
            if error.code != RIGHTS:
                raise
            return False
        return True

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
        )
        yield from reader.pages()

    @api.model
    def _fetch(self, client, flow, resource, external_ids):
        yield from fetch(client, resource, external_ids)

    @api.model
    def _changed_at(self, resource, record):
        """Return the moment of the last change, unless the vendor only says the day."""
        text = text_of(record.get("dateUpdated"))
        moment = moment_of(text) if ":" in text else None
        return moment and moment.astimezone(timezone.utc).replace(tzinfo=None)

    # === COUNTING === #

    @api.model
    def _bases(self):
        return BASES

    @api.model
    def _read_documents(self, client, flow, window, cursor):
        connection = flow.connection_id
        known = connection._smartaccounts_counts_in()
        reader = WindowReader(client, window, cursor, known)
        for page in reader.pages():
            if reader.counts_in and not known:
                # A fact about the vendor: whoever started the run.
                connection.sudo().smartaccounts_counts_in = known = True
            yield page

    @api.model
    def _read_changed_documents(self, client, flow, moment, cursor):
        periods = self.env["ledger.statistics.period"]
        frozen = periods._frozen_of(flow.connection_id.id)
        apart = frozen.filtered(is_direct).filtered("with_credits")
        reader = ChangeReader(
            client,
            aware(moment),
            credits=[(p.date_from, p.date_to) for p in apart.sorted("date_from")],
            # Those know the ids of invoices, instead of those of their entries.
            invoices=any(period.basis != ENTRY_DATE for period in frozen),
            cursor=cursor,
        )
        yield from reader.pages()

    # === WRITING === #

    @api.model
    def _write(self, client, flow, operations):
        writer = Writer(self.env, client, operations[0].resource, self._outcome)
        return [writer.perform(operation) for operation in operations]

    @api.model
    def _find(self, client, flow, operations):
        finder = Finder(client, operations[0].resource)
        return [finder.find(operation) for operation in operations]

    @api.model
    def _check_outgoing(self, flow, resource, record, values):
        check(self.env, resource, record, values)
        if resource == "client_invoice":
            check_articles(self.env, flow, record, values)

    @api.model
    def _rounding(self):
        """(§7.1) What differs from the total that is sent is booked as rounding.

        That VAT is worked out by rate is deduced, not documented.
        """
        return Rounding(vat="rate", included="net", place="line")

    # === VALUES === #

    @api.model
    def _value_options(self, client, connection, kind):
        if kind != "tax":
            return []
        lines = connection.value_mapping_ids.filtered(lambda line: line.kind == kind)
        return taxes.options(
            client,
            (self.env.lang or "en")[:2],
            self.env._("purchases"),
            set(lines.mapped("remote_code")),
        )

    @api.model
    def _suggest_value(self, connection, kind, code, hint):
        if kind != "tax":
            return super()._suggest_value(connection, kind, code, hint)
        return taxes.suggestion(connection._percent_taxes(), hint)
