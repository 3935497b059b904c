# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from markupsafe import Markup

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from odoo.addons.ledger_connector_base.sync import writing

from .. import blocks, titles


class LedgerStatisticsPlan(models.Model):
    """What becomes of figures when a period is counted."""

    _name = "ledger.statistics.plan"
    _inherit = "ledger.statistics.plan"

    def _deliver(self, periods):
        """Tell people of the figures of *periods*, once for each period.

        Called in the transaction that completes them, with the rights of the
        connection's responsible user. Called again it brings what it made up to date
        and makes nothing a second time.

        :param periods: ledger.statistics.period records of this set-up
        :raises odoo.exceptions.AccessError: the responsible user may not write there
        """
        self.ensure_one()
        for period in periods:
            receiver = self._receiver(period)
            # They read it in their own language, whoever runs this.
            there = period.with_context(lang=receiver.lang or self.env.lang)
            plan = self.with_env(there.env)
            refused = [*plan.measure_ids._missing(), *plan._write_client(there)]
            plan._deliver_one(there, receiver, plan._summary(there, refused))
            # The engine's own note of what it told, see _told_otherwise().
            period.sudo().delivered = period._totals()

    def _deliver_one(self, period, receiver, summary):
        """Make or update what this set-up makes for a period.

        :param receiver: res.users who has to know
        :param Markup summary: the figures for people
        """
        if self.delivery == "activity":
            self._deliver_activity(period, receiver, summary)

    # === WHO === #

    def _receiver(self, period):
        """Return the user who has to know: the client's, the connection's, the last.

        People who left, or who do not work in this company, are passed over.
        """
        # Whom a client belongs to is no secret to the engine; where users work is
        # theirs to see.
        candidates = (
            period.partner_id.user_id,
            period.connection_id.user_id,
            self.user_id,
        )
        for user in candidates:
            known = user.sudo()
            works_here = self.company_id in known.company_ids
            if known.active and not known.share and works_here:
                return user
        return self.user_id

    # === WORDS === #

    def _title(self, client, period, totals):
        """Return the title for a period.

        :param str client: name of the client
        :param dict totals: figure by code of its kind
        """
        month = format_date(self.env, period.date_to, date_format="LLLL y")
        label = period._label(lang=self.env.lang)
        words = {"client": client, "month": month, "period": label}
        return titles.fill(self.title or "", {**totals, **words})

    def _period_title(self, period):
        return self._title(period.partner_id.display_name, period, period._totals())

    def _summary(self, period, refused=()):
        """Return the figures, corrections and warnings of a period, for people.

        :param refused: sentences about what could not be written
        :rtype: markupsafe.Markup
        """
        warnings = [*(period.warning or "").splitlines(), *refused]
        lines = Markup().join(
            Markup("<li>%s</li>") % line for line in warnings if line.strip()
        )
        return (
            Markup("<p>%s</p>") % self._summary_head(period)
            + self._summary_table(period)
            + (Markup("<ul>%s</ul>") % lines if lines else Markup())
            + Markup('<p><a href="%s">%s</a></p>')
            % (period._address(), self.env._("Open the figures"))
        )

    def _summary_head(self, period):
        return self.env._(
            "Documents of %(client)s from %(since)s to %(until)s:",
            client=period.partner_id.display_name,
            since=format_date(self.env, period.date_from),
            until=format_date(self.env, period.date_to),
        )

    def _summary_table(self, period):
        corrected = any(period.figure_ids.mapped("correction"))
        head = [self.env._("Figure"), self.env._("Number")]
        if corrected:
            head += [self.env._("Corrections of earlier periods"), self.env._("Total")]
        rows = [head]
        for figure in period._shown_figures():
            row = [figure.kind_id.name, figure.count]
            rows.append([*row, figure.correction, figure.total] if corrected else row)
        return Markup('<table class="table table-sm"><tbody>%s</tbody></table>') % (
            Markup().join(
                Markup("<tr>%s</tr>")
                % Markup().join(Markup("<td>%s</td>") % cell for cell in row)
                for row in rows
            )
        )

    # === FIELDS OF THE CLIENT === #

    def _write_client(self, period):
        """Write the figures that belong on the client, of all its books together.

        Only of the last period: figures of an old one, counted again, leave the newer
        ones alone.

        :return: sentences about what Odoo refused
        """
        values = self._measured(period, "client")
        if not values or period._is_superseded():
            return []
        client = period.partner_id.with_company(self.company_id)
        return self._write_measured(client, values)

    def _measured(self, period, target):
        """Return the values of fields that figures are written to, by field name."""
        totals = period._client_totals() if target == "client" else period._totals()
        mapped = self.measure_ids._mapped_to(target)
        return {name: totals.get(code, 0) for name, code in mapped.items()}

    def _write_measured(self, record, values):
        """Write what differs; return sentences about what Odoo refused."""
        changed = {name: x for name, x in values.items() if record[name] != x}
        if not changed:
            return []
        (result,) = writing.write(record.browse(), [(record.id, changed)])
        if not isinstance(result, Exception):
            return []
        reason = str(result) if isinstance(result, UserError) else ""
        return [
            self.env._(
                "The figures could not be written to %(record)s. %(reason)s",
                record=record.display_name,
                reason=reason,
            )
        ]

    # === ACTIVITY === #

    def _deliver_activity(self, period, receiver, summary):
        """One activity on the client; one that is done is left alone."""
        activity = period.activity_id
        title = self._period_title(period)
        if activity.active:
            note = blocks.replaced(activity.note, summary)
            title = period._retitled(activity.summary, title)
            activity.write({"summary": title, "note": note})
        elif not activity:
            # Activities are no business records: sync/writing.py would make none.
            activity = self._new_activity(period, receiver, title, summary)
            period.sudo().write({"activity_id": activity.id, "given_title": title})
        elif period._told_otherwise():
            period.partner_id._message_log(body=summary)

    def _new_activity(self, period, receiver, title, summary):
        # A night's run is no conversation: nobody gets hundreds of mails.
        client = period.partner_id.with_context(mail_activity_quick_update=True)
        if not client.has_access("read"):
            raise AccessError(
                self.env._(
                    "%(user)s may not see client %(client)s.",
                    user=self.env.user.name,
                    client=client.id,
                )
            )
        return client.activity_schedule(
            "ledger_connector_statistics.mail_activity_type_figures",
            date_deadline=period.date_to,
            summary=title,
            note=blocks.wrapped(summary),
            user_id=receiver.id,
        )
