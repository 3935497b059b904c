# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import time

from odoo import api, models
from odoo.tools import ormcache

#: States of a connection that takes invoices, at once or when it can again.
CONNECTED = ("live", "paused", "reconnect")
#: A link with one of these states needs no sending.
SETTLED = ("linked", "due", "conflict", "ignored", "gone")
#: Seconds of sending while a person waits, and of waiting for another worker.
SEND_SECONDS, PATIENCE = 60, 10


class LedgerFlow(models.Model):
    """What a flow does for people who wait in Odoo's *Send* dialogue."""

    _name = "ledger.flow"
    _inherit = "ledger.flow"

    # === WHO SENDS INVOICES === #

    @api.model
    @ormcache(cache="stable")
    def _invoice_flow_ids(self):
        """Ids of the active flows that send invoices, of all companies."""
        # Whoever may send an invoice need not know about connectors.
        flows = self.sudo().search(
            [
                ("direction", "=", "push"),
                ("res_model", "=", "account.move"),
                ("connection_id.active", "=", True),
            ]
        )
        return tuple(flows.ids)

    @api.model
    def _invoice_flows(self, companies=None):
        """Return the active flows that send invoices, as superuser.

        :param companies: those of these companies only
        """
        ids = self._invoice_flow_ids()
        # For the same reason; where no flow sends invoices that is no query.
        flows = self.sudo().browse(ids).exists() if ids else self.sudo()
        if companies is not None:
            flows = flows.filtered(lambda flow: flow.company_id in companies)
        return flows

    def _edi_key(self):
        """The flow's name among the extra ways to send an invoice."""
        self.ensure_one()
        return f"ledger_{self.id}"

    def _books_label(self):
        """The system and the connection, for people."""
        self.ensure_one()
        return self.env._(
            "%(system)s (%(connection)s)",
            system=self._connector()._describe().label,
            connection=self.connection_id.name,
        )

    def _offers(self, move):
        """Tell whether the flow sends invoices such as *move*."""
        self.ensure_one()
        return move.company_id == self.company_id and bool(
            move.filtered_domain(self._sendable_domain())
        )

    def _takes(self, move):
        """Tell whether *move* is to be sent by this flow and is not there yet."""
        if self.connection_id.state not in CONNECTED or not self._offers(move):
            return False
        return move.id not in self._settled(move.ids)

    def _settled(self, res_ids):
        """Return those of the records that need no sending any more."""
        links = self._links(res_ids).filtered(self._is_settled)
        return set(links.mapped("res_id"))

    @staticmethod
    def _is_settled(link):
        """Tell whether a record is there, and nothing has to follow there."""
        return link.state in SETTLED and not link.unfinished

    def _links(self, res_ids):
        return self.env["ledger.binding"].search(
            [
                ("res_model", "=", self.res_model),
                ("res_id", "in", list(res_ids)),
                ("connection_id", "=", self.connection_id.id),
                ("alias", "!=", True),
                # Posted again, what was taken back becomes a new one.
                ("withdrawn", "!=", True),
            ],
            order="id",
        )

    # === SENDING AT ONCE === #

    def _push_now(self, res_ids):
        """Send these records at once, as far as the vendor lets us.

        Commits several times, as Odoo's dialogue does for networks of its own: what is
        intended must be on disk before the vendor is called, or a crash would book an
        invoice that Odoo knows nothing of. What the caller did before is committed
        too: this is for what a person, or Odoo's queue, asked for and nothing else.

        :param list res_ids: database ids of records that the flow sends
        :return: dict of sentences by id, for those that are not there afterwards
        """
        self.ensure_one()
        missing = set(res_ids) - self._settled(res_ids)
        if not missing:
            return {}
        self._ask_for(sorted(missing))
        # A job of its own: one that waits may be for other records as well.
        job = self.env["ledger.sync.job"].create(self._prepare_job("send"))
        self._run_patiently(job, missing)
        said = self._not_there(job, missing)
        if job.state not in ("waiting", "failed") and (said or self.outbox_count):
            # What is left, or was noted meanwhile, goes with the lanes' next turn.
            self._schedule()
        return said

    def _run_patiently(self, job, res_ids):
        """Run *job*; another worker that has the connection is waited for a while."""
        give_up = time.monotonic() + PATIENCE
        while not job._run(seconds=SEND_SECONDS, only=res_ids):
            if time.monotonic() >= give_up:
                # The lanes take it.
                self.env["ledger.lane"]._wake()
                return
            time.sleep(0.5)

    def _not_there(self, job, res_ids):
        """Return a sentence for each of the records that is not there after *job*."""
        links = {}
        for link in self._links(res_ids):
            if link.res_id not in links or link.state != "candidate":
                links[link.res_id] = link
        return {
            res_id: self._why_not(job, links.get(res_id))
            for res_id in res_ids
            if res_id not in links or not self._is_settled(links[res_id])
        }

    def _why_not(self, job, link):
        """Say why a record is not there, and what is to be done about it."""
        state = link.state if link else ""
        if state == "sending" and job.state == "pending":
            # Somebody else's call is under way: no answer is lost.
            return self._why_not_run(job)
        if state in ("sending", "uncertain") and link.owner != "record":
            return self.env._(
                "It was sent to %(books)s, but the answer was lost. Odoo asks there in "
                "a few minutes whether it arrived; do not enter it there by hand.",
                books=self._books_label(),
            )
        if state in ("failed", "waiting", "uncertain") and link.error:
            return link.error
        if state == "candidate":
            return self.env._(
                "It may be in %(books)s already. Decide under Ledger Connectors > "
                "Records, filter “To decide”; then it is sent by itself.",
                books=self._books_label(),
            )
        return self._why_not_run(job)

    def _why_not_run(self, job):
        """Say why a job did not come to a record."""
        if job.state in ("pending", "waiting", "running"):
            return self.env._(
                "%(books)s could not take it now. %(reason)s It is sent by itself as "
                "soon as possible; do not enter it there by hand.",
                books=self._books_label(),
                reason=job.error or self.env._("Another run is under way."),
            )
        if job.error:
            return self.env._(
                "%(reason)s It is sent by itself when that is mended.", reason=job.error
            )
        return self.env._(
            "%(books)s takes posted customer invoices and credit notes only. Post it, "
            "then send it again.",
            books=self._books_label(),
        )

    # === BEFORE SENDING === #

    def _dialogue_alerts(self, moves):
        """Return what a person should know before *moves* are sent.

        :return: dict as ``account.move.send._get_alerts()`` returns it
        """
        self.ensure_one()
        texts = {
            "state": self._state_text(),
            "customers": self._customers_text(moves),
        }
        return {
            f"{self._edi_key()}_{key}": {"level": "warning", "message": text}
            for key, text in texts.items()
            if text
        }

    def _state_text(self):
        state = self.connection_id.state
        if state == "paused":
            return self.env._(
                "%(books)s is paused: what you send now is noted, and goes there when "
                "the connection is resumed.",
                books=self._books_label(),
            )
        if state == "reconnect":
            return self.env._(
                "%(books)s needs new keys: nothing can be sent there before they are "
                "entered on the connection's credential.",
                books=self._books_label(),
            )
        if state not in CONNECTED:
            return self.env._(
                "%(books)s is not live yet: nothing is sent there.",
                books=self._books_label(),
            )
        return ""

    def _customers_text(self, moves):
        missing = self._unsendable_partners(moves)
        if not missing or self.connection_id.state not in CONNECTED:
            return ""
        return self.env._(
            "%(names)s: not in %(books)s, and no flow sends customers there. Switch on "
            "the flow of partners on the connection, or enter them there by hand.",
            names=", ".join(missing.mapped("display_name")),
            books=self._books_label(),
        )

    def _unsendable_partners(self, moves):
        """Partners of *moves* that are not there and that nothing sends."""
        needed = {
            (resource, res_id)
            for outgoing in self._outgoing().values()
            for move in moves
            for resource, model, res_id in outgoing.references(move)
            if model == "res.partner"
        }
        sent = self._sent_resources()
        missing = {key for key in needed if key[0] not in sent}
        links = self.env["ledger.binding"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("res_model", "=", "res.partner"),
                ("res_id", "in", [res_id for _resource, res_id in missing]),
                ("external_id", "!=", False),
                ("state", "not in", ("candidate", "gone", "orphan", "ignored")),
            ]
        )
        missing -= {(link.resource, link.res_id) for link in links}
        return self.env["res.partner"].browse({res_id for _resource, res_id in missing})

    def _sent_resources(self):
        """Resources that are sent along where they are missing."""
        if not self.send_parents:
            return set()
        system = self._connector()._describe()
        flows = self.connection_id.flow_ids.filtered(lambda f: f.direction == "push")
        kinds = (system.flow(flow.entity, "push") for flow in flows)
        return {name for kind in kinds if kind for name in kind.resources}
