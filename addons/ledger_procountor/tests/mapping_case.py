# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of Procountor that a person chose for records of Odoo."""


class MappingCase:
    """Mixed into a case with a connection and a tax."""

    def maps(self, kind, code, record):
        """Choose a value of Procountor for *record*; the new line."""
        return self.env["ledger.value.mapping"].create(
            {
                "connection_id": self.connection.id,
                "kind": kind,
                "remote_code": code,
                "res_id": record.id,
            }
        )

    def vat(self, code, percent, **values):
        """A tax of Odoo that stands for a status and percentage there."""
        tax = self.tax.copy({"name": f"ALV {code}", "amount": percent, **values})
        self.maps("tax", code, tax)
        return tax

    def refresh(self):
        """Press the button that asks Procountor for its values."""
        with self.committing(self.manager) as env:
            self.connection.with_env(env).action_refresh_values()
        self.env.invalidate_all()
