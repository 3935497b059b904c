# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..sync.converters import CONVERTERS


class LedgerFieldMapping(models.Model):
    _name = "ledger.field.mapping"
    _description = "Ledger Field Mapping"
    _order = "flow_id, resource, sequence, id"

    flow_id = fields.Many2one(
        "ledger.flow", required=True, index=True, ondelete="cascade"
    )
    connection_id = fields.Many2one(related="flow_id.connection_id", store=True)
    company_id = fields.Many2one(related="connection_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    resource = fields.Char(
        required=True, help="Which kind of the system's records the line reads."
    )
    remote_path = fields.Char(
        string="Field there",
        required=True,
        help="Keys joined by dots; [] after a list, e.g. orders[].orderLines[].count",
    )
    field_path = fields.Char(
        string="Odoo field",
        required=True,
        help="Technical name; list_field/field for the rows of a list.",
    )
    converter = fields.Selection(
        selection="_selection_converter", required=True, default="text"
    )
    argument = fields.Char(
        help="Resource of a linked record, kind of a value, list or constant."
    )
    apply = fields.Selection(
        selection=[("always", "Always"), ("create", "On creation only")],
        required=True,
        default="always",
    )
    default_value = fields.Char(
        string="If empty", help="Used when the system's field is empty."
    )
    required = fields.Boolean(help="Without a value the record is held back.")
    conflict_policy = fields.Selection(
        selection=[("system", "The system wins"), ("odoo", "Odoo wins")],
        string="When both changed",
        help="A decision that was remembered for this field. Empty: as the flow says.",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        # Which edits are noticed follows from the mapping.
        self.env["ledger.flow"]._forget_kept()
        lines = super().create(vals_list)
        lines.flow_id._compare_sent()
        return lines

    def write(self, vals):
        self.env["ledger.flow"]._forget_kept()
        result = super().write(vals)
        if set(vals) - {"sequence", "conflict_policy"}:
            self.flow_id._compare_sent()
        return result

    def unlink(self):
        self.env["ledger.flow"]._forget_kept()
        return super().unlink()

    @api.model
    def _selection_converter(self):
        return [(name, self.env._(x[1])) for name, x in CONVERTERS.items()]

    @api.constrains("field_path", "resource", "flow_id")
    def _check_field_path(self):
        for line in self:
            model = line._model()
            for name in line.field_path.split("/"):
                if model is None or name not in model._fields:
                    raise ValidationError(
                        self.env._(
                            "“%(path)s” is not a field of the Odoo record that "
                            "%(resource)s becomes. Use its technical name.",
                            path=line.field_path,
                            resource=line.resource,
                        )
                    )
                model = self.env.get(model._fields[name].comodel_name)

    @api.constrains("remote_path", "resource", "flow_id", "active")
    def _check_remote_path(self):
        """Refuse to send a value and something inside of it."""
        for flow in self.flow_id.filtered(lambda flow: flow.direction == "push"):
            lines = flow.mapping_ids.filtered("active")
            for group in lines.grouped("resource").values():
                self._check_apart(set(group.mapped("remote_path")))

    def _check_apart(self, paths):
        """Refuse *paths* of which one lies inside another.

        :raises odoo.exceptions.ValidationError: names both
        """
        by_keys = {tuple(path.replace("[]", "").split(".")): path for path in paths}
        for keys, inner in by_keys.items():
            outer = [keys[:n] for n in range(1, len(keys)) if keys[:n] in by_keys]
            if outer:
                raise ValidationError(
                    self.env._(
                        "“%(outer)s” and “%(inner)s” cannot both be sent: the second "
                        "is a part of the first. Remove one of the two lines.",
                        outer=by_keys[outer[0]],
                        inner=inner,
                    )
                )

    def _model(self):
        from ..sync.entities import model_of

        entity = self.flow_id._connector()._describe().resource(self.resource).entity
        return self.env[model_of(entity)]

    def _compiled(self):
        """Return the line as ``sync.mapping.Mapping`` wants it."""
        return {
            "remote": self.remote_path,
            "field": self.field_path,
            "converter": self.converter,
            "argument": self.argument or "",
            "apply": self.apply,
            "default": self.default_value or "",
            "required": self.required,
            "policy": self.conflict_policy or "",
            "label": self._label(),
        }

    def _label(self):
        """What people call the Odoo field."""
        name = self.field_path.partition("/")[0]
        return self._model()._fields[name]._description_string(self.env) or name
