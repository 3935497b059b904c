# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def uninstall_hook(env):
    """Leave no activity behind that points to a connection that is gone."""
    env["mail.activity"].with_context(active_test=False).search(
        [("res_model", "=like", "ledger.%")]
    ).unlink()
