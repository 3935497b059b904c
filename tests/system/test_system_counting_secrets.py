# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keys of clients and signatures of calls: looked for wherever they could lie."""

from __future__ import annotations

import hmac
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from cryptography.fernet import Fernet

from house.cache import folder
from house.postgres import Postgres
from sandbox.control import World
from tests.support.client import OdooError
from tests.support.counting import ENTRIES, PAGE, Client, Office, last_month
from tests.support.database import Database
from tests.support.logs import assert_without_secrets
from tests.support.servers import the_sandbox
from tests.support.succession import succession

#: What a supporter switches on to see what goes over the wire.
DEBUGGING = tuple(
    part
    for name in (
        *("odoo.addons.ledger_connector_base", "odoo.addons.ledger_smartaccounts"),
        *("odoo.addons.ledger_connector_statistics", "urllib3", "requests"),
    )
    for part in ("--log-handler", f"{name}:DEBUG")
)
KEYS = ("public_key", "secret_key")
WINDOW, SHEET = "ledger.client.keys", "ledger.keys.import"
#: Ours, and those where people are told something.
MODELS = (
    *("ledger.credential", "ledger.connection", "ledger.exchange", "ledger.sync.job"),
    *("ledger.cause", "ledger.statistics.period", "ledger.statistics.import"),
    *(WINDOW, f"{WINDOW}.line", SHEET, f"{SHEET}.line", "ledger.lane"),
    *("mail.message", "mail.tracking.value", "mail.activity", "project.task"),
)
#: A parameter that carries something, and not what stands in for it.
OPEN = re.compile(r"(?:signature|apikey)=[0-9A-Za-z]+", re.IGNORECASE)
SIGNATURE = re.compile(r"\b[0-9a-fA-F]{64}\b")


class Story:
    """An office that has seen everything: windows, sheets, errors, debugging."""

    def __init__(self, log: Path, office: Office, world: World) -> None:
        self.log = log
        self.office = office
        self.world = world
        self.keys: list[dict[str, Any]] = []

    @property
    def secrets(self) -> set[str]:
        """All keys that were ever entered."""
        return {keys[name] for keys in self.keys for name in KEYS}

    @property
    def signatures(self) -> set[str]:
        """Signatures of the calls for entries, made anew from what was asked."""
        return {
            _signed(call["query"], keys).rpartition("=")[2]
            for call in self.world.calls(path=ENTRIES)
            for keys in self.keys
        }

    def by_window(
        self, company: dict[str, Any], partner: int, *buttons: str
    ) -> dict[str, Any]:
        """Enter keys as the key icon in the list of clients asks for them.

        :param buttons: that are pressed then
        :return: what the window says of the keys
        """
        if company not in self.keys:
            self.keys.append(company)
        odoo = self.office.odoo
        wizard = odoo.create(
            WINDOW,
            partner_id=partner,
            system="smartaccounts",
            environment="custom",
            custom_url=self.world.base_url,
        )
        lines = odoo.read(f"{WINDOW}.line", [("wizard_id", "=", wizard)])
        typed = [
            (1, line["id"], {"value": company[line["technical_name"]]})
            for line in lines
        ]
        odoo.call(WINDOW, "web_save", [wizard], {"line_ids": typed}, _SHOWN)
        for button in buttons:
            odoo.call(WINDOW, button, [wizard])
            odoo.call(WINDOW, "web_read", [wizard], _SHOWN)
        return odoo.read(WINDOW, [("id", "=", wizard)], "verdict", "result")[0]

    def by_sheet(self, company: dict[str, Any], name: str) -> None:
        """Upload a list of keys and look at it."""
        self.keys.append(company)
        rows = ["Name;Public key;Secret key"]
        rows.append(f"{name};{company['public_key']};{company['secret_key']}")
        self.office.odoo.create(
            SHEET,
            system="smartaccounts",
            environment="custom",
            custom_url=self.world.base_url,
            file=b64encode("\n".join(rows).encode()).decode(),
            file_name="keys.csv",
        )


_SHOWN = {
    "result": {},
    "line_ids": {"fields": {"name": {}, "value": {}, "hint": {}}},
}


def _signed(query: list[list[str]], keys: dict[str, Any]) -> str:
    """Return the query of a call as it went over the wire with these keys."""
    pairs = [
        (name, keys["public_key"] if name == "apikey" else value)
        for name, value in query
        if name != "signature"
    ]
    asked = urlencode(pairs)
    secret = keys["secret_key"].encode()
    return f"{asked}&signature={hmac.new(secret, asked.encode(), 'sha256').hexdigest()}"


@pytest.fixture(scope="module")
def story(
    postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Story]:
    """Connect, mistype, upload, count, fail in every way, with everything logged."""
    home, month = tmp_path_factory.mktemp("secrets"), last_month()
    with (
        the_sandbox().world("smartaccounts") as world,
        succession(postgres, home, *DEBUGGING) as servers,
    ):
        world.seed_month(f"{month:%Y-%m}", entries=PAGE + 1, documents=False)
        office = Office(servers.login(), Database(servers.database), month)
        office.set_up(with_credits=True)
        story = Story(servers.server().log, office, world)
        (client,) = office.take_on(world, world.companies())
        story.keys.append(client.keys)
        office.odoo.call("ledger.connection", "action_debug", [client.connection])
        _connect_others(story)
        _count_and_fail(story, client)
        yield story


def _connect_others(story: Story) -> None:
    odoo, world = story.office.odoo, story.world
    good, wrong, listed = world.add_companies(3)
    partner, other = odoo.call(
        "res.partner", "create", [{"name": "Tamm OÜ"}, {"name": "Kask OÜ"}]
    )
    mistyped = {**wrong, "secret_key": f"{wrong['secret_key']}mistyped"}
    refused = story.by_window(mistyped, other, "action_test", "action_save")
    assert refused["verdict"] == "bad", refused
    tested = story.by_window(good, partner, "action_test")
    assert tested["verdict"] == "good", tested
    story.by_window(good, partner, "action_save_untested")
    assert odoo.count("ledger.connection", [("partner_id", "=", partner)]) == 1
    story.by_sheet(listed, "Kask OÜ")


def _count_and_fail(story: Story, client: Client) -> None:
    office, world = story.office, story.world
    office.fall_due([client])
    office.wait_until_ended([client])
    assert office.job(client)["state"] == "done", office.job(client)
    faults = (
        {"text": "<html>"},
        {"status": 500, "body": "<html>"},
        {"drop": True},
        # A bug: what nobody has foreseen comes with a traceback.
        {"status": 200, "body": {"entries": [{"id": {}, "date": 7, "docType": []}]}},
    )
    for number, fault in enumerate(faults, 2):
        world.fault(ENTRIES, **fault)
        _count_again(office, client, number)
        world.clear_faults()
    world.change_keys(client.number)
    _count_again(office, client, len(faults) + 2)
    office.odoo.call("ledger.connection", "action_test_connection", [client.connection])


def _count_again(office: Office, client: Client, jobs: int) -> None:
    office.database.rows("UPDATE ledger_budget SET used = 0")
    office.odoo.call("ledger.flow", "run", [client.flow])
    assert len(office.jobs([client])) == jobs


def test_no_key_and_no_signature_is_in_log_backup_export_or_answer(
    story: Story,
) -> None:
    """In any coat, of good keys, mistyped ones, and ones that were only uploaded."""
    assert len(story.secrets) == 8, "four public keys, and four secret ones"
    _assert_signatures_are_those_of_the_wire(story)
    exported = _exports(story)
    log, dump = story.log.read_text(), story.office.database.dump()
    assert ENTRIES in log, "calls are logged at all"
    assert "Traceback" in log, "a bug was among them"
    assert ENTRIES in exported, "exchanges are kept"
    places = {
        "the log": log,
        "the backup": dump,
        "an export": exported,
        "an answer": "".join(story.office.odoo.answers),
    }
    for place, text in places.items():
        assert_without_secrets(place, text, story.secrets | story.signatures)
        assert not OPEN.search(text), f"{place}: {OPEN.search(text)}"
    assert not SIGNATURE.search(log)


def _assert_signatures_are_those_of_the_wire(story: Story) -> None:
    """What is looked for would open the door: the vendor's stand-in says so."""
    world, (keys, *_others) = story.world, story.keys
    world.change_keys(keys["company_id"], **{name: keys[name] for name in KEYS})
    call = world.calls(path=ENTRIES, user=str(keys["company_id"]))[0]
    address = f"{world.base_url}/{call['path'].lstrip('/')}"
    answer = requests.get(f"{address}?{_signed(call['query'], keys)}", timeout=60)
    assert answer.status_code == 200, answer.text


def test_encrypted_columns_hold_ciphertext_only(story: Story) -> None:
    """Every one of them opens with the server's key, and only so."""
    box = Fernet((folder("data") / "ledger_connector_key").read_text())
    database = story.office.database
    columns = database.rows(
        "SELECT table_name FROM information_schema.columns"
        " WHERE column_name = 'secret_data' AND table_schema = 'public'"
    )
    assert {"ledger_credential", "ledger_keys_import_line"} <= {x for (x,) in columns}
    opened = ""
    for (table,) in columns:
        kept = f"SELECT secret_data FROM {table} WHERE secret_data IS NOT NULL"
        for (data,) in database.rows(kept):
            opened += box.decrypt(data.encode()).decode()
    entered = [keys["secret_key"] for keys in story.keys]
    assert [one for one in entered if one not in opened] == []


def _exports(story: Story) -> str:
    """All fields of all records, as `read` and `export_data` give them."""
    odoo, parts = story.office.odoo, []
    for model in MODELS:
        for domain in ([], [("active", "=", False)]):
            try:
                ids = odoo.find(model, domain)
            except OdooError:
                # It has no such field, or no table.
                continue
            fields = list(odoo.call(model, "fields_get", attributes=["type"]))
            parts.append(str(odoo.call(model, "read", ids)))
            parts.append(str(odoo.call(model, "export_data", ids, fields)))
    return "".join(parts)
