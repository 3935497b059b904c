# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging
from datetime import datetime, timezone

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_datetime

from ..sync.contract import NAMED, REFUSED
from ..sync.problems import ErrorRule, Problem
from ..transport.errors import LedgerError
from ..transport.http import HttpClient
from ..transport.masking import Masker
from .ledger_budget import DatabaseBudget
from .ledger_error_rules import TRANSPORT_RULES, UNKNOWN
from .ledger_token import DatabaseTokenStore

_logger = logging.getLogger(__name__)

#: For a vendor that failed at the last run. Reading is given its usual time: one that
#: is slow must be able to come back.
TRIAL = {"connect_timeout": 3.0, "retries": 0}


class LedgerConnector(models.AbstractModel):
    """What the engine asks of a vendor.

    A vendor addon defines ``ledger.connector.<system>`` inheriting this model and adds
    its system to the selection of ``ledger.credential``. It reads pages and writes
    batches; bindings, cursors and SQL are the engine's.
    """

    _name = "ledger.connector"
    _description = "Ledger Connector"

    # === TO BE GIVEN BY EACH VENDOR === #

    @api.model
    def _describe(self):
        """Return what the vendor offers.

        :rtype: sync.contract.System
        """
        raise NotImplementedError

    @api.model
    def _client(self, connection, run=None):
        """Return an opened client for *connection*; nothing is sent yet.

        :param connection: ``ledger.connection`` record
        :param run: the ``sync.run.Run`` that calls, None outside of a run
        """
        raise NotImplementedError

    @api.model
    def _test(self, client, connection):
        """Ask the vendor who we are; :meth:`_identify` compares the answer.

        :rtype: sync.contract.TestResult
        :raises transport.errors.LedgerError: it could not be asked
        """
        raise NotImplementedError

    @api.model
    def _read(self, client, flow, cursor):
        """Yield the pages of *flow* from *cursor* on.

        :param flow: ``ledger.flow`` record, read-only for the connector
        :param cursor: what the last page of the last run said, None for everything
        :rtype: Iterator[sync.contract.Page]
        """
        raise NotImplementedError

    @api.model
    def _fetch(self, client, flow, resource, external_ids):
        """Yield pages with the records of *resource* that have these ids.

        Ids that the vendor does not know are left out. Pages carry no cursor.

        :param list external_ids: ids as text
        """
        raise NotImplementedError

    @api.model
    def _default_mapping(self, entity, direction):
        """Return the lines that a new flow starts with.

        :rtype: list[sync.contract.MapLine]
        """
        raise NotImplementedError

    # === WEBHOOKS, WHERE THE VENDOR HAS THEM === #

    @api.model
    def _verify_webhook(self, secret, headers, body):
        """Tell whether a delivery is the vendor's, by its signature.

        Compares in constant time. Where the vendor signs nothing, the unguessable
        address is all there is, and this returns True.

        :param str secret: what was given to the vendor at :meth:`_subscribe`
        :param headers: mapping of header names, any case, to values
        :param bytes body: raw
        """
        raise NotImplementedError

    @api.model
    def _parse_webhook(self, headers, body):
        """Return what a delivery says.

        :rtype: list[sync.contract.Notice]
        :raises ValueError: it cannot be read
        """
        raise NotImplementedError

    @api.model
    def _subscribe(self, client, connection, address, secret):
        """Make sure that the vendor tells *address* of changes; may be called again.

        What was switched off there is switched on, what is missing is added, what we
        do not want any more is removed.

        :param str address: https address of this connection's door
        :param str secret: for signing
        :return: number of subscriptions that are alive now
        """
        raise NotImplementedError

    @api.model
    def _unsubscribe(self, client, connection, address):
        """Remove the subscriptions to *address*."""
        raise NotImplementedError

    # === MAY BE GIVEN BY A VENDOR === #

    @api.model
    def _changed_at(self, resource, record):
        """Return when *record* was changed there (naive UTC), None if unknown."""
        return None

    @api.model
    def _children(self, resource, record):
        """Yield ``(resource, record)`` for records that lie inside *record*.

        Each has an id and a binding of its own; its mapping refers to the outer record
        by ``^.id``, so the connector puts the
        outer record under the key ``^``.
        """
        return ()

    @api.model
    def _twins(self, resource, record):
        """Yield ``(resource, external id)`` of what may be the same party.

        E.g. the customer that is also a supplier. The engine believes it only where
        the names agree too.
        """
        return ()

    @api.model
    def _match_keys(self, connection, entity):
        """Return by which fields Odoo's records are found for what is there.

        :param entity: ``sync.entities.Entity``
        :return: list of ``(field, reason, sure)``, the best first; *sure* is True,
            False (a person decides) or ``contract.NAMED`` (sure where the name is the
            same): numbers that come from several series
        """
        return [
            (field, reason, NAMED if field in entity.series_fields else sure)
            for field, reason, sure in entity.match_keys
        ]

    @api.model
    def _value_options(self, client, connection, kind):
        """Return the vendor's values of *kind*, to be offered for value mapping.

        :return: list of ``(code, label, hint)``; *hint* is a dict for
            :meth:`_suggest_value`
        """
        return []

    @api.model
    def _suggest_value(self, connection, kind, code, hint):
        """Return the Odoo record that most likely is the vendor's value, or empty.

        Several where they all are that value there; it becomes the first of them.
        """
        return self.env["res.country"]

    @api.model
    def _companies(self, client):
        """Return the client companies that the credential opens.

        :return: list of dicts with ``id``, ``name``, ``organisation_number``
        """
        return []

    @api.model
    def _error_rules(self):
        """Return the vendor's error table, most specific rules first.

        :rtype: list[sync.problems.ErrorRule]
        """
        return []

    @api.model
    def _zone(self):
        """Return the zone of the vendor's date-times that name none."""
        return "UTC"

    # === FOR THE ENGINE === #

    @api.model
    def _for(self, system):
        """Return the connector of *system*.

        :raises odoo.exceptions.UserError: its addon is not installed
        """
        name = f"ledger.connector.{system}"
        if name not in self.env:
            raise UserError(
                self.env._(
                    "The connector for %(system)s is not installed. Install the addon "
                    "ledger_%(system)s under Apps.",
                    system=system,
                )
            )
        return self.env[name]

    @api.model
    def _systems(self):
        """Return what the connectors that are installed offer.

        :rtype: list[sync.contract.System]
        """
        names = self.env.registry.descendants([self._name], "_inherit") - {self._name}
        return [self.env[name]._describe() for name in sorted(names)]

    @api.model
    def _outcome(self, error):
        """Return what *error* says of a write that was surely not worked on.

        :rtype: str
        :return: ``refused``, ``stale``, ``exists`` or ``gone``, see ``sync.contract``
        """
        if not isinstance(error, LedgerError):
            return REFUSED
        return self._rule_of(error).outcome or REFUSED

    @api.model
    def _explain(self, error, record_name="", connection=None):
        """Turn an exception into a :class:`~.sync.problems.Problem`.

        :param record_name: the record being worked on, if it is about one
        :return: Problem; its owner is *bug* when no rule knows the error
        """
        if isinstance(error, Problem):
            return error
        if isinstance(error, LedgerError):
            return self._explain_ledger_error(error, record_name)
        if isinstance(error, AccessError):
            return Problem("reconnect", self._explain_access(error, connection))
        if isinstance(error, UserError | ValidationError):
            return self._explain_refusal(str(error), record_name)
        if isinstance(error, psycopg2.OperationalError):
            return self._explain_race()
        _logger.error("Unexpected error of a connector", exc_info=error)
        return Problem(
            "bug",
            str(UNKNOWN) % {"record": record_name, "kind": type(error).__name__},
            cause=f"bug:{type(error).__name__}",
        )

    def _explain_race(self):
        return Problem(
            "retry",
            self.env._(
                "Somebody else was writing the same records. Tried again by itself."
            ),
            cause="race",
        )

    def _explain_refusal(self, text, record_name):
        return Problem(
            "record",
            self.env._(
                "Odoo refuses %(record)s: %(reason)s",
                record=record_name,
                reason=text,
            ),
            cause=f"odoo:{text}"[:200],
        )

    def _explain_access(self, error, connection):
        return self.env._(
            "The responsible user %(user)s lacks a right in Odoo. Give the right, or "
            "choose another responsible user on the connection. Odoo says: %(reason)s",
            user=connection.user_id.name if connection else self.env.user.name,
            reason=str(error),
        )

    def _rule_of(self, error):
        """Return the first rule of the vendor's and transport's tables that fits."""
        text = self._error_text(error)
        return next(
            rule
            for rule in [*self._error_rules(), *TRANSPORT_RULES]
            if rule.matches(error.code, error.status, text)
        )

    def _explain_ledger_error(self, error, record_name):
        text = self._error_text(error)
        rule = self._rule_of(error)
        wait = int(error.retry_after or 0)
        sentence = self._fill(rule, text, record_name, wait, error.facts)
        return Problem(
            rule.owner,
            sentence,
            cause=f"{rule.owner}:{error.code}:{error.status or ''}",
            retry_after=error.retry_after,
        )

    def _fill(self, rule: ErrorRule, text, record_name, wait, facts):
        label = self._describe().label
        return str(rule.sentence) % {
            **self._shown(facts),
            "system": label,
            "record": record_name or label,
            "message": text,
            "wait": wait,
        }

    def _shown(self, facts):
        """Return the facts of an error as people read them: moments in vendor time."""
        return {
            name: format_datetime(
                self.env,
                value.astimezone(timezone.utc).replace(tzinfo=None),
                tz=self._zone(),
                dt_format="short",
            )
            if isinstance(value, datetime)
            else value
            for name, value in facts.items()
        }

    @staticmethod
    def _error_text(error):
        details = [
            f"{problem.field}: {problem.message}" if problem.field else problem.message
            for problem in error.problems
        ]
        return " ".join(filter(None, [error.message, *details]))

    @api.model
    def _http(self, connection, run=None, **options):
        """Return the HTTP client of *connection*: budget, masking and exchanges set.

        :param options: more options of ``transport.http.HttpClient``
        :raises transport.errors.LedgerError: the secrets cannot be read
        """
        credential = connection.credential_id
        recorder = connection._exchange_recorder(run)
        if run and connection.failures:
            # It failed the last time: one try says whether it is well again.
            options = {**TRIAL, **options}
        return HttpClient(
            credential._base_url(),
            budget=DatabaseBudget(
                credential, self._describe().limits, urgent=bool(run and run.urgent)
            ),
            recorder=recorder,
            masker=Masker(credential.secrets().values()),
            recorder_bodies=connection._debugging(),
            mask_personal=not connection._debugging(),
            deadline=run.seconds_left if run else None,
            **options,
        )

    @api.model
    def _tokens(self, connection):
        """Return the token store of the connection's credential."""
        return DatabaseTokenStore(connection.credential_id)
