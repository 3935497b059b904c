# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import Command, models
from odoo.exceptions import UserError

from odoo.addons.ledger_connector_base.sync import writing
from odoo.addons.ledger_connector_statistics import blocks


class LedgerStatisticsPlan(models.Model):
    """Each period becomes one task."""

    _name = "ledger.statistics.plan"
    _inherit = "ledger.statistics.plan"

    def _deliver_one(self, period, receiver, summary):
        """Override of `ledger_connector_statistics`: a task, made once.

        An open task is brought up to date. One that is done or cancelled is left as it
        is, and told of figures that are others by now.
        """
        if self.delivery != "task":
            return super()._deliver_one(period, receiver, summary)
        task = period._task()
        if not task:
            self._refuse_hidden(period)
            self._new_task(period, receiver, summary)
        elif task.is_closed or not task.active:
            if period._told_otherwise():
                task._message_log(body=summary)
            return None
        else:
            self._update_task(task, period, summary)
        return None

    def _refuse_hidden(self, period):
        """
        :raises odoo.exceptions.UserError: there is a task, closed to this user
        """
        if period._has_hidden_task():
            raise UserError(
                self.env._(
                    "%(user)s may not see the task of %(period)s. Let them follow the "
                    "task or its project, or make somebody else responsible for the "
                    "connection.",
                    user=self.env.user.name,
                    period=period.display_name,
                )
            )

    def _new_task(self, period, receiver, summary):
        """Make the task of a period.

        :raises odoo.exceptions.UserError: Odoo refused it
        """
        # A night's run is no conversation: nobody gets hundreds of mails.
        tasks = self.env["project.task"].with_context(
            mail_auto_subscribe_no_notify=True
        )
        title = self._period_title(period)
        # The engine's own note, see _retitled().
        period.sudo().given_title = title
        (result,) = writing.create(
            tasks,
            [
                {
                    "name": title,
                    "project_id": self.project_id.id,
                    "partner_id": period.partner_id.id,
                    "user_ids": [Command.set(receiver.ids)],
                    "tag_ids": [Command.set(self.tag_ids.ids)],
                    "date_deadline": period.date_to,
                    "description": blocks.wrapped(summary),
                    "ledger_period_id": period.id,
                    **self._measured(period, "task"),
                }
            ],
        )
        task = tasks.browse(self._done(result, period))
        self._write_properties(task, period)
        return task

    def _update_task(self, task, period, summary):
        """Bring figures up to date; who does it, when and where is people's to say."""
        values = {
            "name": period._retitled(task.name, self._period_title(period)),
            "description": blocks.replaced(task.description, summary),
            **self._measured(period, "task"),
        }
        changed = {name: x for name, x in values.items() if task[name] != x}
        if changed:
            (result,) = writing.write(task.browse(), [(task.id, changed)])
            self._done(result, period)
        self._write_properties(task, period)

    def _write_properties(self, task, period):
        """Write the figures that are properties of the task's project.

        A task that people moved to another project has others: those are left alone.
        """
        figures = self._measured(period, "property")
        properties = task.read(["task_properties"])[0]["task_properties"]
        changed = False
        for entry in properties:
            figure = figures.get(entry["name"])
            if figure is not None and entry.get("value") != figure:
                entry["value"] = figure
                changed = True
        if changed:
            values = {"task_properties": properties}
            (result,) = writing.write(task.browse(), [(task.id, values)])
            self._done(result, period)

    def _done(self, result, period):
        """Return the id that was written.

        :raises odoo.exceptions.UserError: Odoo refused it
        """
        if not isinstance(result, Exception):
            return result
        if isinstance(result, UserError):
            reason = str(result)
        else:
            reason = self.env._("the server's log says more")
        raise UserError(
            self.env._(
                "The task of %(period)s could not be written: %(reason)s",
                period=period.display_name,
                reason=reason,
            )
        ) from result
