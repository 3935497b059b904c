# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import keys_file

#: A list of clients is small; a film is not a list.
MOST_BYTES = 5 * 1024 * 1024


class LedgerKeysImport(models.TransientModel):
    """Keys of many clients from a spreadsheet: read, look at, connect.

    What is tested is worked off by a scheduled action, client by client, so that
    nobody waits for hundreds of calls.
    """

    _name = "ledger.keys.import"
    _description = "Import of Clients' Keys"
    # Hundreds of tests may take hours where a vendor is slow.
    _transient_max_hours = 24.0

    state = fields.Selection(
        selection=[
            ("file", "File"),
            ("preview", "Preview"),
            ("running", "Being tested"),
            ("done", "Done"),
        ],
        default="file",
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain="[('company_ids', 'in', company_id), ('share', '=', False)]",
        help="Runs work with this user's rights, and problems are reported to them.",
    )
    system = fields.Selection(
        selection=lambda self: self.env["ledger.statistics.plan"]._counting_systems(),
        required=True,
        default=lambda self: self.env["ledger.client.keys"]._default_system(),
    )
    environment = fields.Selection(
        selection=lambda self: (
            self.env["ledger.credential"]
            ._fields["environment"]
            ._description_selection(self.env)
        ),
        required=True,
        default="production",
    )
    custom_url = fields.Char(string="Address")
    file = fields.Binary(
        string="CSV or XLSX file",
        compute="_compute_file",
        inverse="_inverse_file",
        help="The first line heads the columns: name, registry code, VAT number or "
        "reference of the client, and one column for each key.",
    )
    file_name = fields.Char()
    line_ids = fields.One2many("ledger.keys.import.line", "wizard_id")
    found_count = fields.Integer(string="To be connected", compute="_compute_counts")
    line_count = fields.Integer(string="Lines", compute="_compute_counts")
    good_count = fields.Integer(string="Connected", compute="_compute_counts")
    bad_count = fields.Integer(string="Refused", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")

    # === COMPUTE METHODS === #

    def _compute_display_name(self):
        self.display_name = self.env._("Import keys")

    def _compute_file(self):
        """The file holds keys: it is read at once, and kept nowhere."""
        self.file = False

    def _inverse_file(self):
        for wizard in self.filtered("file"):
            wizard._read(base64.b64decode(wizard.file))
        self.invalidate_recordset(["file"])

    @api.depends("line_ids.chosen", "line_ids.verdict", "line_ids.status")
    def _compute_counts(self):
        for wizard in self:
            lines = wizard.line_ids
            chosen = lines.filtered("chosen")
            wizard.line_count = len(lines)
            wizard.found_count = len(chosen)
            wizard.good_count = len(chosen.filtered(lambda x: x.verdict == "good"))
            wizard.bad_count = len(chosen.filtered(lambda x: x.verdict == "bad"))
            ended = wizard.good_count + wizard.bad_count
            wizard.progress = 100.0 * ended / len(chosen) if chosen else 0.0

    # === READING === #

    def _read(self, content):
        """Make a line for each row of the file.

        :param bytes content: as it was uploaded
        :raises odoo.exceptions.UserError: says what is wrong with the file
        """
        if len(content) > MOST_BYTES:
            raise UserError(self._too_large())
        try:
            rows = keys_file.read(content, self._needed())
        except keys_file.Unreadable as error:
            raise UserError(self._unreadable(error)) from None
        self.line_ids.unlink()
        self.env["ledger.keys.import.line"]._make(self, rows)
        self.state = "preview"

    def _needed(self):
        """Return the labels of the keys that the system needs, by technical name."""
        connector = self.env["ledger.connector"]._for(self.system)
        return {
            key.name: str(key.label)
            for key in connector._describe().credential_fields
            if key.required
        }

    def _unreadable(self, error):
        if error.reason == "keys":
            return self.env._(
                "The first line names no column for: %(keys)s. Head the columns with "
                "these words.",
                keys=", ".join(error.names),
            )
        if error.reason == "client":
            return self.env._(
                "The first line names no column for the client. Head a column “Name”, "
                "“Registry code”, “VAT number” or “Reference”."
            )
        if error.reason == "empty":
            return self.env._("This file holds no client.")
        if error.reason == "large":
            return self._too_large()
        return self.env._("This is neither a CSV nor an XLSX file.")

    def _too_large(self):
        return self.env._("This file is too large for a list of keys.")

    # === ACTIONS === #

    def action_read(self):
        """Show what was read; the file itself is read as soon as it is there.

        :raises odoo.exceptions.UserError: there is no file
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Choose a file first."))

    def action_connect(self):
        """Connect and test the chosen clients, in the background.

        :raises odoo.exceptions.UserError: a chosen line names no client, or none is
            chosen
        """
        self.ensure_one()
        self.env["ledger.credential"].check_access("create")
        chosen = self.line_ids.filtered("chosen")
        if not chosen:
            raise UserError(self.env._("Choose at least one client."))
        chosen._refuse_unready()
        # What is not chosen is not needed any more.
        (self.line_ids - chosen)._forget()
        self.state = "running"
        # Waking a scheduled action is open to all; finding it is not.
        self.env.ref("ledger_connector_statistics.ir_cron_keys").sudo()._trigger()

    def action_refresh(self):
        """Show how far the tests have come: pressing a button loads the screen."""

    def action_open_connections(self):
        """Open the connections that were made."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "ledger_connector_base.ledger_connection_action"
        )
        connections = self.line_ids.connection_id
        return {**action, "domain": [("id", "in", connections.ids)]}

    # === IN THE BACKGROUND === #

    @api.model
    def _cron(self):
        """Connect and test clients one after the other, one commit each.

        Never raises for a client: Odoo would call again at once.
        """
        cron = self.env["ir.cron"]
        lines = self.env["ledger.keys.import.line"]
        left = lines.search_count(lines._waiting())
        cron._commit_progress(remaining=left)
        while line := lines.search(lines._waiting(), order="id", limit=1):
            wizard = line.wizard_id
            line.with_user(wizard.create_uid).with_context(
                allowed_company_ids=wizard.company_id.ids,
                lang=wizard.create_uid.lang,
            )._work()
            wizard._finish()
            if not cron._commit_progress(1):
                return

    def _finish(self):
        """Tell who asked, once nothing is left to be tested."""
        lines = self.env["ledger.keys.import.line"]
        if lines.search_count([*lines._waiting(), ("wizard_id", "=", self.id)]):
            return
        self.state = "done"
        words = self.with_context(lang=self.create_uid.lang)
        bad = self.line_ids.filtered(lambda line: line.verdict == "bad")
        message = words.env._(
            "%(good)s of %(count)s clients are connected.",
            good=self.good_count,
            count=self.found_count,
        )
        self.create_uid._bus_send(
            "simple_notification",
            {
                "type": "warning" if bad else "success",
                "title": words.env._("Keys were tested"),
                "message": "\n".join(
                    [message, *(f"{x.partner_id.name}: {x.result}" for x in bad)]
                ),
                "sticky": bool(bad),
            },
        )
