# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import uuid

from odoo import api, fields, models

from odoo.addons.ledger_connector_statistics.models.ledger_statistics_measure import (
    NUMERIC,
)


class LedgerStatisticsMeasure(models.Model):
    """Figures that are written to a task, or to a property of a project's tasks."""

    _name = "ledger.statistics.measure"
    _inherit = "ledger.statistics.measure"

    delivery = fields.Selection(related="plan_id.delivery")

    @api.model
    def _destinations(self, names=None):
        """Override of `ledger_connector_statistics`: tasks and their properties too."""
        return [
            *super()._destinations(names),
            *self._numeric_fields("task", "project.task", self.env._("Task"), names),
            *self._properties(),
        ]

    @api.model
    def _properties(self):
        """Return the numeric properties of the projects that set-ups name."""
        plans = self.env["ledger.statistics.plan"].search([("project_id", "!=", False)])
        return [
            (
                f"property:{definition['name']}",
                f"{project.display_name}: {definition['string']}",
            )
            # Who sets up statistics need not be in Project; what its numbers are
            # called is no secret.
            for project in plans.project_id.sudo()
            for definition in project.task_properties_definition or ()
            if definition.get("type") in NUMERIC
        ]

    def action_create_task_field(self):
        """Make a whole-number field on tasks for this figure, and write to it.

        :return: an action that loads the screen again
        :raises odoo.exceptions.AccessError: only managers may
        """
        return self._create_field("task", "project.task")

    def action_create_task_property(self):
        """Add a whole-number property to the project's tasks, and write to it.

        :return: an action that loads the screen again
        :raises odoo.exceptions.AccessError: only managers may
        """
        self.ensure_one()
        self._refuse_others()
        project = self.plan_id.project_id
        name = uuid.uuid4().hex[:16]
        # Whoever sets up statistics need not manage projects; they add a number here,
        # nothing else.
        project.sudo().task_properties_definition = [
            *(project.task_properties_definition or ()),
            {"name": name, "string": self.kind_id.name, "type": "integer"},
        ]
        return self._write_to(f"property:{name}")
