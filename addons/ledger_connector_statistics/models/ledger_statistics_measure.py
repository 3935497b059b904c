# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

NUMERIC = ("integer", "float", "monetary")
#: Numbers that Odoo keeps for itself.
ODOOS_OWN = frozenset(
    {"color", "sequence", "customer_rank", "supplier_rank", "message_bounce"}
)


class LedgerStatisticsMeasure(models.Model):
    """Where a figure is written, beside the statistics themselves."""

    _name = "ledger.statistics.measure"
    _description = "Figure of the set-up of statistics"
    _order = "plan_id, sequence, kind_id, id"

    plan_id = fields.Many2one(
        "ledger.statistics.plan", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    kind_id = fields.Many2one(
        "ledger.statistics.kind",
        string="Figure",
        required=True,
        index=True,
        ondelete="cascade",
    )
    code = fields.Char(related="kind_id.code")
    sequence = fields.Integer(related="kind_id.sequence", store=True)
    # Not a link to ir.model.fields: who sets this up may not read those.
    destination = fields.Selection(
        selection=lambda self: self._destinations(),
        string="Written to",
        help="A numeric field that gets this figure with each period.",
    )

    _destination_uniq = models.UniqueIndex(
        "(plan_id, destination) WHERE destination IS NOT NULL",
        "Two figures cannot be written to the same field. Choose another field for one "
        "of them.",
    )

    # === DESTINATIONS === #

    @api.model
    def _destinations(self, names=None):
        """Return (destination, label) of what a figure can be written to.

        A destination names the record and its field, e.g. ``client:x_documents``.

        :param names: of the fields that are asked for; None for all
        """
        label = self.env._("Client")
        return self._numeric_fields("client", "res.partner", label, names)

    @api.model
    def _numeric_fields(self, target, model, label, names=None):
        """Return the destinations among the fields of a model that this user sees."""
        known = self.env[model].fields_get(
            names, attributes=("type", "string", "store", "readonly")
        )
        found = [
            (f"{target}:{name}", f"{label}: {field['string']}")
            for name, field in known.items()
            if field["type"] in NUMERIC
            and field["store"]
            and not field["readonly"]
            and name not in ODOOS_OWN
        ]
        return sorted(found, key=lambda pair: pair[1])

    @api.constrains("destination")
    def _check_destination(self):
        if missing := self._missing():
            raise ValidationError("\n".join(missing))

    def _missing(self):
        """Return a sentence if the figure cannot be written, as a list."""
        known = self._writable()
        return [
            self.env._(
                "Figure “%(figure)s”: the field that it is written to (%(field)s) is "
                "not there, or takes no numbers. Choose another one.",
                figure=measure.kind_id.name,
                field=measure.destination.partition(":")[2],
            )
            for measure in self
            if measure.destination and measure.destination not in known
        ]

    def _writable(self):
        """Return those destinations of these figures that are there.

        Asked for each period of each client: of the hundreds of fields of a client
        only these are looked at.
        """
        wanted = {m.destination for m in self if m.destination}
        names = [destination.partition(":")[2] for destination in wanted]
        return wanted & set(dict(self._destinations(names))) if wanted else set()

    def _mapped_to(self, target):
        """Return the figures that can be written there, by name of the field.

        :param str target: first part of a destination
        :return: dict of field name to code of the kind
        """
        known = self._writable()
        pairs = [
            (measure.destination.partition(":"), measure.code)
            for measure in self
            if measure.destination in known
        ]
        return {name: code for (there, _colon, name), code in pairs if there == target}

    # === NEW FIELDS === #

    def action_create_client_field(self):
        """Make a whole-number field on clients for this figure, and write to it.

        :return: an action that loads the screen again, which must learn of the field
        :raises odoo.exceptions.AccessError: only managers may
        """
        return self._create_field("client", "res.partner")

    def _create_field(self, target, model):
        self.ensure_one()
        self._refuse_others()
        # Managers set this up without being administrators; what they can make here
        # is a whole number with a name of ours, nothing else.
        fields_ = self.env["ir.model.fields"].sudo()
        name = self._field_name()
        if not fields_._get(model, name):
            fields_.create(
                {
                    "name": name,
                    "model_id": self.env["ir.model"]._get_id(model),
                    "field_description": self.kind_id.name,
                    "ttype": "integer",
                    # A client may be one of several companies' of the database.
                    "company_dependent": model == "res.partner",
                    "state": "manual",
                    "help": self.env._(
                        "Filled by Ledger Connectors with the figure of the last "
                        "period."
                    ),
                }
            )
        return self._write_to(f"{target}:{name}")

    def _write_to(self, destination):
        self.destination = destination
        return {"type": "ir.actions.client", "tag": "reload"}

    def _refuse_others(self):
        if not self.env.user.has_group("ledger_connector_base.group_ledger_manager"):
            raise AccessError(
                self.env._("Only managers of Ledger Connectors may create fields.")
            )

    def _field_name(self):
        """Return the technical name: of the system and the figure."""
        word = re.sub(r"[^a-z0-9]+", "_", self.code.lower()).strip("_")
        if ":" in self.code:
            # A vendor's own word may have no Latin letters at all.
            word = f"other_{self.kind_id.id}"
        return f"x_ledger_{self.plan_id.system}_{word}"
