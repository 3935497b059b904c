# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import re
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.orm.models import NO_ACCESS

from odoo.addons.ledger_connector_base.transport.secrets import hint

#: Which field of a partner a column of the file is compared with; the surest first.
LOOKED_FOR = (
    ("registry", "company_registry"),
    ("vat", "vat"),
    ("ref", "ref"),
    ("name", "name"),
)


class LedgerKeysImportLine(models.TransientModel):
    _name = "ledger.keys.import.line"
    _description = "Client's Keys to Import"
    _order = "number, id"
    # Hundreds of tests may take hours where a vendor is slow.
    _transient_max_hours = 24.0

    wizard_id = fields.Many2one(
        "ledger.keys.import", required=True, ondelete="cascade", index=True
    )
    number = fields.Integer(string="Line", readonly=True)
    label = fields.Char(string="In the file", readonly=True)
    client = fields.Json(string="Client in the file", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Client", domain="[('parent_id', '=', False)]"
    )
    status = fields.Selection(
        selection=[
            ("found", "Found"),
            ("chosen", "Chosen by hand"),
            ("ambiguous", "Several clients fit"),
            ("missing", "No client fits"),
            ("connected", "Has keys already"),
            ("doubled", "Twice in the file"),
            ("no_key", "Key missing"),
        ],
        readonly=True,
    )
    chosen = fields.Boolean(string="Connect")
    keys_hint = fields.Char(
        string="Keys", readonly=True, help="The last characters of each key."
    )
    secret_data = fields.Text(copy=False, groups=NO_ACCESS)
    connection_id = fields.Many2one("ledger.connection", readonly=True)
    verdict = fields.Selection(
        selection=[("good", "Connected"), ("bad", "Refused")], readonly=True
    )
    result = fields.Text(readonly=True)

    # === ONCHANGE METHODS === #

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        if self.partner_id and self.status in ("ambiguous", "missing"):
            self.status = "chosen"
            self.chosen = True

    # === FINDING CLIENTS === #

    @api.model
    def _make(self, wizard, rows):
        """Make a line for each row of a file and find its client.

        :param rows: ``keys_file.Row``
        """
        box = self.env["ledger.credential"]._box()
        # The column of the keys is closed to everyone, as a credential's.
        lines = self.sudo().create(
            [
                {
                    "wizard_id": wizard.id,
                    "number": row.number,
                    "label": row.label,
                    "client": row.client,
                    "keys_hint": ", ".join(map(hint, row.secrets.values())),
                    "secret_data": box.encrypt(row.secrets),
                }
                for row in rows
            ]
        )
        lines.sudo(False)._find_clients()

    def _find_clients(self):
        """Find the client of each line, and say where that is not clear."""
        index = {field: self._index(field) for _column, field in LOOKED_FOR}
        for line in self:
            found = line._candidates(index)
            line.partner_id = found if len(found) == 1 else False
            line.status = "ambiguous" if len(found) > 1 else "found"
            if not found:
                line.status = "missing"
        self._note_obstacles()

    def _candidates(self, index):
        """Return the partners that fit best: by the surest thing the file tells."""
        for column, field in LOOKED_FOR:
            value = _plain((self.client or {}).get(column))
            if value and (ids := index[field].get(value)):
                return self.env["res.partner"].browse(ids)
        return self.env["res.partner"]

    def _index(self, field):
        """Return ids of partners by a field, of companies and people on their own."""
        partners = self.env["res.partner"]
        company = self.wizard_id.company_id
        rows = partners.search_read(
            [
                *partners._check_company_domain(company),
                ("parent_id", "=", False),
                (field, "!=", False),
            ],
            [field],
            load=None,
        )
        index = {}
        for row in rows:
            index.setdefault(_plain(row[field]), []).append(row["id"])
        return index

    def _note_obstacles(self):
        needed = set(self.wizard_id._needed())
        connected = self._connected()
        secrets = self._all_secrets()
        doubled = self._doubled(secrets)
        for line in self:
            if needed - set(secrets[line]):
                line.status = "no_key"
            elif line in doubled:
                line.status = "doubled"
            elif line.partner_id in connected:
                line.status = "connected"
            line.chosen = line.status == "found"

    def _connected(self):
        wizard = self.wizard_id
        return (
            self.env["ledger.connection"]
            .search(
                [
                    ("system", "=", wizard.system),
                    ("company_id", "=", wizard.company_id.id),
                    ("partner_id", "in", self.partner_id.ids),
                ]
            )
            .partner_id
        )

    def _doubled(self, secrets):
        """Return the lines whose client or keys stand in another of these lines.

        :param dict secrets: keys by line: each is decrypted once, there are hundreds
        """
        clients = Counter(line.partner_id.id for line in self if line.partner_id)
        keys = Counter(_unordered(secrets[line]) for line in self)
        return self.filtered(
            lambda line: (
                clients[line.partner_id.id] > 1 or keys[_unordered(secrets[line])] > 1
            )
        )

    def _refuse_unready(self):
        """
        :raises odoo.exceptions.UserError: one of the lines cannot be connected as it is
        """
        connected = self._connected()
        doubled = self._doubled(self._all_secrets())
        for line in self:
            if reason := line._why_unready(connected, doubled):
                raise UserError(
                    self.env._(
                        "Line %(number)s, %(label)s: %(reason)s, or do not choose it.",
                        number=line.number,
                        label=line.label,
                        reason=reason,
                    )
                )

    def _why_unready(self, connected, doubled):
        if not self.partner_id:
            return self.env._("choose the client")
        if self.status == "no_key":
            return self.env._("a key is missing in the file")
        if self.partner_id in connected:
            return self.env._("the client has keys already; press the key on it")
        if self in doubled:
            return self.env._("the client or the keys stand in another chosen line")
        return ""

    # === KEYS === #

    def _all_secrets(self):
        return {line: line._secrets() for line in self}

    def _secrets(self):
        """Return the keys of the line; none once they are where they belong."""
        # As in _make().
        data = self.sudo().secret_data
        return self.env["ledger.credential"]._box().decrypt(data) if data else {}

    def _forget(self):
        # As in _make().
        self.sudo().secret_data = False

    # === IN THE BACKGROUND === #

    @api.model
    def _waiting(self):
        return [
            ("wizard_id.state", "=", "running"),
            ("chosen", "=", True),
            ("verdict", "=", False),
        ]

    def _work(self):
        """Connect the client and test the keys; what is wrong stands on the line."""
        self.ensure_one()
        try:
            if not self.connection_id:
                self._connect()
            result, sentence = self.connection_id._ask_who()
            if result:
                self.connection_id._go_live_with(result)
            else:
                self.connection_id.error = sentence
            verdict = "good" if result else "bad"
        except Exception as error:
            # The outermost boundary of one client: whatever happened becomes a
            # sentence on its line, and the other clients go on.
            self.env.cr.rollback()
            problem = self.env["ledger.connector"]._explain(error, self.label)
            verdict, sentence = "bad", problem.sentence
        self.write({"verdict": verdict, "result": sentence})

    def _connect(self):
        wizard = self.wizard_id
        secrets = self._secrets()
        connections = self.env["ledger.connection"]
        taken = connections._same_keys_elsewhere(
            wizard.system, wizard.company_id, secrets
        )
        if taken := taken.filtered(lambda x: x.partner_id != self.partner_id):
            raise UserError(
                self.env._(
                    "These are the keys of %(other)s.",
                    other=taken[0].partner_id.display_name,
                )
            )
        connections._refuse_keys_of_others(wizard.system, wizard.company_id, secrets)
        self.connection_id = connections._connect_client(
            self.partner_id,
            {
                "system": wizard.system,
                "environment": wizard.environment,
                "custom_url": wizard.custom_url,
                "company_id": wizard.company_id.id,
                "user_id": wizard.user_id.id,
            },
            secrets,
        )
        self._forget()
        # Limits are counted, and calls noted, in transactions of their own: the
        # connection has to be there for them. A line that was connected and not
        # tested, whatever happens, is tested at the next turn.
        self.env.cr.commit()  # pylint: disable=invalid-commit


def _plain(value):
    """Compare numbers and names without blanks, dots and case."""
    return re.sub(r"[\W_]+", "", str(value or "")).casefold()


def _unordered(secrets):
    return tuple(sorted(secrets.items()))
