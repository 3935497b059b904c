# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from datetime import timedelta

from odoo import api, fields, models

BATCH = 5000

# One statement: it looks at the door again, stores what is new, and says what is to be
# done. What no active flow reads is kept for people to see, and ignored.
_STORE = """
WITH door AS (
    SELECT id, company_id
      FROM ledger_connection
     WHERE webhook_digest = %(digest)s AND webhook_active AND active
       AND state = 'live'
), flow AS (
    SELECT entity, webhook_delay
      FROM ledger_flow
     WHERE connection_id = (SELECT id FROM door) AND active AND direction = 'pull'
), stored AS (
    INSERT INTO ledger_event (connection_id, company_id, received_at, delivery_key,
                              topic, resource, external_id, deleted, state)
    SELECT door.id, door.company_id, now() AT TIME ZONE 'UTC', NULLIF(key, ''),
           topic, resource, external_id, deleted,
           CASE WHEN EXISTS (
               SELECT FROM flow WHERE entity = ANY(string_to_array(readers, ','))
           ) THEN 'new' ELSE 'ignored' END
      FROM door, unnest(
           %(keys)s::varchar[], %(topics)s::varchar[], %(resources)s::varchar[],
           %(ids)s::varchar[], %(deleted)s::boolean[], %(readers)s::varchar[]
      ) AS notice (key, topic, resource, external_id, deleted, readers)
    ON CONFLICT DO NOTHING
    RETURNING state
)
SELECT EXISTS (SELECT FROM door),
       CASE WHEN EXISTS (SELECT FROM stored WHERE state = 'new')
            THEN (SELECT COALESCE(min(webhook_delay), 0) FROM flow) END
"""
_TAKE = """
SELECT array_agg(id ORDER BY id), resource, external_id,
       (array_agg(deleted ORDER BY id DESC))[1]
  FROM ledger_event
 WHERE connection_id = %s AND state = 'new' AND resource = ANY(%s)
 GROUP BY resource, external_id
 ORDER BY min(id)
 LIMIT %s
"""
_WAITING = """
SELECT connection_id, resource, min(received_at)
  FROM ledger_event
 WHERE state = 'new'
 GROUP BY connection_id, resource
"""
_SETTLE = """
UPDATE ledger_event SET state = %s, job_id = %s, error = %s WHERE id = ANY(%s)
"""
_IGNORE = """
UPDATE ledger_event
   SET state = 'ignored'
 WHERE state = 'new' AND connection_id = %s AND resource = ANY(%s)
"""


class LedgerEvent(models.Model):
    """Something a vendor told us by webhook, stored before it is answered."""

    _name = "ledger.event"
    _description = "Ledger Event"
    _order = "id desc"
    _rec_name = "topic"
    _log_access = False

    connection_id = fields.Many2one(
        "ledger.connection", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True)
    received_at = fields.Datetime(
        string="Received",
        required=True,
        default=lambda self: fields.Datetime.now(),
        readonly=True,
        index=True,
    )
    delivery_key = fields.Char(readonly=True, help="The vendor's key of the delivery.")
    topic = fields.Char(readonly=True)
    resource = fields.Char(readonly=True)
    external_id = fields.Char(readonly=True)
    deleted = fields.Boolean(readonly=True, help="The system says that it is gone.")
    state = fields.Selection(
        selection=[
            ("new", "New"),
            ("done", "Done"),
            ("ignored", "Ignored"),
            ("failed", "Failed"),
        ],
        default="new",
        required=True,
        readonly=True,
        help="Ignored: no active flow reads records of this kind.",
    )
    error = fields.Text(string="What is wrong", readonly=True)
    job_id = fields.Many2one(
        "ledger.sync.job", readonly=True, ondelete="set null", index="btree_not_null"
    )

    _delivery_uniq = models.UniqueIndex(
        "(connection_id, delivery_key, resource, external_id)"
        " WHERE delivery_key IS NOT NULL",
        "This delivery was stored already.",
    )
    _new_idx = models.Index("(connection_id, resource) WHERE state = 'new'")

    # === ACTIONS === #

    def action_replay(self):
        """Have the records that these events name read again.

        :return: a notification action
        """
        self.check_access("read")
        # As with retries of records: users may ask, only the engine writes its diary.
        self.sudo().write({"state": "new", "error": False, "job_id": False})
        self.flush_model()
        self.sudo()._enqueue_webhook_jobs(at_once=True)
        self.env["ledger.lane"]._wake()
        idle = self.filtered(lambda event: event.state == "ignored")
        return self.connection_id[:1]._notification(self._replay_sentence(idle), "info")

    def _replay_sentence(self, idle):
        if not idle:
            return self.env._(
                "%(count)s events are new again: their records are read in a moment.",
                count=len(self),
            )
        return self.env._(
            "%(count)s events are new again. %(idle)s stay ignored: their connection "
            "is not live, or no active flow reads records of their kind.",
            count=len(self - idle),
            idle=len(idle),
        )

    # === FOR THE DOOR === #

    @api.model
    def _store(self, items):
        """Store what deliveries say, one statement for each door.

        What was stored before, by the vendor's key of the delivery, is left as it is.

        :param list items: ``(controllers.door.Door, list of sync.contract.Notice)``
        :return: for each item whether the door is open, and in how many seconds the
            lanes should look at what was stored there; None if there is nothing for
            them
        :raises psycopg2.errors.SerializationFailure: somebody stored the same just now
        """
        doors, by_digest = {}, {}
        for door, notices in items:
            doors[door.digest] = door
            by_digest.setdefault(door.digest, []).extend(notices)
        # Always in one order, or two processes could wait for each other.
        results = {
            digest: self._store_at(doors[digest], by_digest[digest])
            for digest in sorted(by_digest)
        }
        return [results[door.digest] for door, _notices in items]

    def _store_at(self, door, notices):
        columns = {
            "keys": [notice.key for notice in notices],
            "topics": [notice.topic for notice in notices],
            "resources": [notice.resource for notice in notices],
            "ids": [notice.external_id for notice in notices],
            "deleted": [notice.deleted for notice in notices],
            "readers": [door.readers.get(notice.resource, "") for notice in notices],
        }
        # Not logged as an error: the caller tries again.
        self.env.cr.execute(
            _STORE, {"digest": door.digest, **columns}, log_exceptions=False
        )
        return self.env.cr.fetchone()

    # === FOR THE ENGINE === #

    @api.model
    def _take(self, connection_id, resources, limit):
        """Return what is to be read again, each record once.

        What the newest of a record's events says counts; it is a hint and no more.

        :param list resources: names of the resources that a flow reads
        :param int limit: number of records
        :return: list of ``(event ids, resource, external id, deleted)``
        """
        self.env.cr.execute(_TAKE, (connection_id, list(resources), limit))
        return self.env.cr.fetchall()

    @api.model
    def _done(self, event_ids, job_id):
        """Note that these events have been followed."""
        self._settle(event_ids, "done", job_id)

    @api.model
    def _failed(self, event_ids, job_id, error):
        """Note that these events could not be followed.

        :param str error: sentence for people
        """
        self._settle(event_ids, "failed", job_id, error)

    def _settle(self, event_ids, state, job_id, error=None):
        self.env.cr.execute(_SETTLE, (state, job_id or None, error, list(event_ids)))
        self.invalidate_model()

    @api.model
    def _enqueue_webhook_jobs(self, at_once=False):
        """Make jobs for the flows whose events have waited long enough.

        Asked by the lanes at each turn. Events that nobody reads any more are ignored.

        :param bool at_once: do not wait for the coalescing window to pass
        :return: the jobs
        """
        self.env.cr.execute(_WAITING)
        waiting = {}
        for connection_id, resource, since in self.env.cr.fetchall():
            waiting.setdefault(connection_id, {})[resource] = since
        due = self.env["ledger.flow"]
        for connection in self.env["ledger.connection"].browse(waiting).exists():
            due += self._due_flows(connection, waiting[connection.id], at_once)
        return due._enqueue("webhook", wake=False) if due else due.job_ids

    def _due_flows(self, connection, oldest, at_once):
        """Return the flows of *connection* whose time has come.

        :param dict oldest: time of the oldest new event, by resource
        """
        readers = connection._readers()
        self._ignore(connection, [name for name in oldest if name not in readers])
        if connection._is_aside():
            return self.env["ledger.flow"]
        now = fields.Datetime.now()
        due = set()
        for resource in oldest.keys() & readers.keys():
            flow = readers[resource]
            since = now - timedelta(seconds=0 if at_once else flow.webhook_delay)
            if at_once or oldest[resource] <= since:
                due.add(flow.id)
        return self.env["ledger.flow"].browse(sorted(due))

    def _ignore(self, connection, resources):
        if resources:
            self.env.cr.execute(_IGNORE, (connection.id, resources))
            self.invalidate_model(["state"])

    @api.autovacuum
    def _gc_events(self):
        days = self.env["ledger.lane"]._retention_days()
        limit = fields.Datetime.now() - timedelta(days=days)
        old = self.search([("received_at", "<", limit)], limit=BATCH)
        old.unlink()
        return len(old), len(old) == BATCH
