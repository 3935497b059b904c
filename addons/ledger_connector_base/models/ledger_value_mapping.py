# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

#: Values that hold a record back until somebody has chosen their counterpart.
NEEDED = Domain("is_mapped", "=", False) & Domain("is_optional", "=", False)


class LedgerValueMapping(models.Model):
    _name = "ledger.value.mapping"
    _description = "Ledger Value Mapping"
    _order = "connection_id, is_optional, is_mapped, kind, remote_code, id"
    _rec_name = "remote_code"

    connection_id = fields.Many2one(
        "ledger.connection", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True)
    system = fields.Selection(related="connection_id.system", store=True)
    kind = fields.Selection(
        selection=[
            ("tax", "Tax"),
            ("tax_country", "Tax by country"),
            ("account", "Account"),
            ("account_country", "Revenue account by country"),
            ("payment_term", "Payment term"),
            ("payment_method", "Payment method"),
            ("delivery_method", "Delivery method"),
            ("unit", "Unit of measure"),
            ("category", "Product category"),
            ("journal", "Journal"),
        ],
        required=True,
    )
    remote_code = fields.Char(string="Code there", required=True)
    remote_label = fields.Char(string="Name there")
    res_model = fields.Char(compute="_compute_from_kind", store=True)
    res_id = fields.Many2oneReference(string="Odoo record id", model_field="res_model")
    target_ref = fields.Reference(
        selection="_selection_target_ref",
        string="In Odoo",
        compute="_compute_target_ref",
        inverse="_inverse_target_ref",
    )
    is_nothing = fields.Boolean(
        string="Nothing in Odoo", help="The value is left empty in Odoo on purpose."
    )
    is_preferred = fields.Boolean(
        string="Used for sending",
        help="Where several codes became the same in Odoo: the one that is sent.",
    )
    is_mapped = fields.Boolean(compute="_compute_is_mapped", store=True)
    is_optional = fields.Boolean(
        string="May stay open",
        compute="_compute_from_kind",
        store=True,
        help="Without a counterpart in Odoo the setting of the connection, or what "
        "the other system itself would take, is used. No record waits for it.",
    )
    is_suggested = fields.Boolean(
        string="Suggested", readonly=True, help="Chosen by the connector; please check."
    )

    # Several records of Odoo may be one code there: taxes of goods and of services. The
    # first of them is what the code becomes in Odoo.
    _value_uniq = models.UniqueIndex(
        "(connection_id, kind, remote_code, COALESCE(res_id, 0))",
        "This value is in the list already.",
    )

    #: Odoo model that the values of a kind become, unless the system says otherwise.
    _kind_models = {
        "tax": "account.tax",
        "tax_country": "account.tax",
        "account": "account.account",
        "account_country": "account.account",
        "payment_term": "account.payment.term",
        "payment_method": "account.payment.method.line",
        "unit": "uom.uom",
        "category": "product.category",
        "journal": "account.journal",
    }

    @api.model
    def _selection_target_ref(self):
        models_by_name = self.env["ir.model"].sudo()  # names of models are no secret
        systems = self.env["ledger.connector"]._systems()
        declared = {kind.model for system in systems for kind in system.value_kinds}
        return [
            (model, models_by_name._get(model).name)
            for model in sorted(declared.union(self._kind_models.values()))
            if model in self.env
        ]

    @api.depends("kind", "system")
    def _compute_from_kind(self):
        for system, lines in self.grouped("system").items():
            declared = self._declared_kinds(system)
            for line in lines:
                kind = declared.get(line.kind)
                usual = self._kind_models.get(line.kind)
                line.res_model = kind.model if kind else usual
                line.is_optional = bool(kind) and not kind.required

    @api.model
    def _declared_kinds(self, system):
        """Return the kinds of values that *system* declares, none if it is unknown.

        :return: dict of ``sync.contract.ValueKind`` by technical name
        """
        name = f"ledger.connector.{system}"
        # Its addon may be gone, and the connection is kept.
        kinds = self.env[name]._describe().value_kinds if name in self.env else ()
        return {kind.kind: kind for kind in kinds}

    @api.depends("res_model", "res_id")
    def _compute_target_ref(self):
        for line in self:
            model = line.res_model
            if not model or model not in self.env:
                line.target_ref = False
            else:
                record = self.env[model].browse(line.res_id or ())
                line.target_ref = f"{model},{line.res_id or 0}" if record else False

    def _inverse_target_ref(self):
        for line in self:
            line.write(
                {
                    "res_id": line.target_ref.id if line.target_ref else False,
                    "is_suggested": False,
                }
            )

    @api.depends("res_id", "is_nothing")
    def _compute_is_mapped(self):
        for line in self:
            line.is_mapped = bool(line.res_id or line.is_nothing)

    # === CONSTRAINTS === #

    @api.constrains("res_id", "connection_id")
    def _check_target_company(self):
        for line in self.filtered("res_id"):
            model = self.env[line.res_model]
            if not {"company_id", "company_ids"} & set(model._fields):
                continue
            domain = Domain(model._check_company_domain(line.company_id))
            if not model.search_count(domain & Domain("id", "=", line.res_id), limit=1):
                raise ValidationError(
                    self.env._(
                        "%(target)s does not belong to %(company)s, whose books "
                        "%(connection)s keeps. Choose one of that company for "
                        "“%(code)s”.",
                        target=model.browse(line.res_id).display_name,
                        company=line.company_id.name,
                        connection=line.connection_id.name,
                        code=line.remote_code,
                    )
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered("is_mapped")._release_records()
        return lines

    def write(self, vals):
        # What a person chooses is no suggestion any more.
        if "res_id" in vals:
            vals = {"is_suggested": False, **vals}
        result = super().write(vals)
        if {"res_id", "is_nothing", "target_ref", "is_preferred"} & set(vals):
            self.filtered("is_mapped")._release_records()
        return result

    # === ACTIONS === #

    def action_confirm(self):
        """Keep the counterparts that the connector suggested."""
        self.write({"is_suggested": False})

    # === FOR THE ENGINE === #

    def _release_records(self):
        """Let the records that waited for these values go on by themselves."""
        for line in self:
            keys = {
                f"value:{line.kind}:{line.remote_code}",
                f"code:{line.kind}:{line.res_id}",
            }
            line.connection_id.cause_ids.filtered(
                lambda c, k=keys: c.key in k
            )._resolve()

    @api.model
    def _note_missing(self, connection, value):
        """List a value that a record used and nobody has mapped.

        :param tuple value: ``(kind, remote code, remote label)``
        """
        kind, code, label = value
        domain = [
            ("connection_id", "=", connection.id),
            ("kind", "=", kind),
            ("remote_code", "=", code),
        ]
        if not self.search_count(domain, limit=1):
            self.create(
                {
                    "connection_id": connection.id,
                    "kind": kind,
                    "remote_code": code,
                    "remote_label": label,
                }
            )
