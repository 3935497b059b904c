# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models

DEFAULT_DAYS = 30
BATCH = 5000


class LedgerExchange(models.Model):
    _name = "ledger.exchange"
    _description = "Ledger Exchange"
    _order = "at desc, id desc"
    _rec_name = "url"
    _log_access = False

    connection_id = fields.Many2one(
        "ledger.connection", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    job_id = fields.Many2one("ledger.sync.job", ondelete="set null", index=True)
    at = fields.Datetime(string="Time", required=True, index=True)
    method = fields.Char()
    url = fields.Char(string="Address")
    status = fields.Integer(aggregator=None)
    duration_ms = fields.Integer(string="Duration (ms)", aggregator="avg")
    request_id = fields.Char(
        string="Vendor's request id", help="Their support asks for it."
    )
    error = fields.Char()
    request_body = fields.Text()
    response_body = fields.Text()

    @api.model
    def _store(self, connection, exchanges, job_id=False):
        """Keep *exchanges* (``transport.http.Exchange``), masked already."""
        self._store_rows(connection.id, connection.company_id.id, exchanges, job_id)

    @api.model
    def _store_rows(self, connection_id, company_id, exchanges, job_id=False):
        """As :meth:`_store`, without reading the connection."""
        # A diary of the engine: nobody writes it by hand.
        self.sudo().create(
            [
                {
                    "connection_id": connection_id,
                    "company_id": company_id,
                    "job_id": job_id,
                    "at": exchange.at.replace(tzinfo=None),
                    "method": exchange.method,
                    "url": exchange.url,
                    "status": exchange.status or 0,
                    "duration_ms": exchange.duration_ms,
                    "request_id": exchange.request_id,
                    "error": exchange.error,
                    "request_body": exchange.request_body,
                    "response_body": exchange.response_body,
                }
                for exchange in exchanges
            ]
        )

    @api.model
    def _recorder(self, connection):
        """Return a function that keeps an exchange whatever becomes of the caller.

        For calls outside of a job, e.g. a connection test that fails.
        """
        registry, connection_id = self.env.registry, connection.id
        uid = self.env.uid

        def record(exchange):
            with registry.cursor() as cr:
                env = api.Environment(cr, uid, {})
                target = env["ledger.connection"].browse(connection_id).exists()
                if target:
                    env["ledger.exchange"]._store(target, [exchange])

        return record

    @api.autovacuum
    def _gc_exchanges(self):
        days = self.env["ledger.lane"]._retention_days()
        limit = fields.Datetime.now() - timedelta(days=days)
        old = self.search([("at", "<", limit)], limit=BATCH)
        old.unlink()
        return len(old), len(old) == BATCH
