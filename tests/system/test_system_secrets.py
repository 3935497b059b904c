# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Secrets are looked for everywhere a person or a backup could come upon them."""

from __future__ import annotations

import re
import xmlrpc.client
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from sandbox.control import World
from tests.conftest import OdooProcess
from tests.support.books import Books, connect
from tests.support.client import OdooClient, OdooError
from tests.support.database import Database
from tests.support.logs import assert_without_secrets

#: What a supporter switches on to see what goes over the wire.
DEBUGGING = (
    *("--log-handler", "odoo.addons.ledger_connector_base:DEBUG"),
    *("--log-handler", "odoo.addons.ledger_tripletex:DEBUG"),
    *("--log-handler", "urllib3:DEBUG"),
    *("--log-handler", "requests:DEBUG"),
)
MODELS = (
    "ledger.credential",
    "ledger.connection",
    "ledger.exchange",
    "ledger.sync.job",
    "ledger.cause",
    "mail.message",
    "mail.tracking.value",
    "mail.activity",
)


class Story:
    """A connection that has seen everything: errors, renewals, debugging."""

    def __init__(self, server: OdooProcess, books: Books) -> None:
        self.server = server
        self.books = books
        self.secrets: set[str] = set()

    @property
    def odoo(self) -> OdooClient:
        """The manager's session."""
        return self.books.odoo

    def note_secrets(self, database: Database, keys: Path) -> None:
        """Remember the tokens of the moment, the sessions too."""
        given = self.books.world.credentials
        self.secrets |= {given["consumer_token"], given["employee_token"]}
        box = Fernet(keys.read_text())
        query = "SELECT secret_data FROM ledger_token WHERE secret_data IS NOT NULL"
        stored = database.rows(query)
        for (data,) in stored:
            clear = box.decrypt(data.encode()).decode()
            self.secrets |= set(re.findall(r'"token": "([^"]+)"', clear))


@pytest.fixture(params=[201, 405], ids=["login_by_post", "login_by_put"])
def story(
    request: pytest.FixtureRequest,
    start_odoo: Callable[..., OdooProcess],
    database: Database,
    make_world: Callable[..., World],
    key_file: Path,
) -> Iterator[Story]:
    """Connect, sync, expire, fail, reconnect, with everything logged."""
    world = make_world(post_session_status=request.param)
    world.seed(customers=12, products=4, invoices=4, seed=61)
    server = start_odoo(*DEBUGGING, database=database.name)
    books = connect(OdooClient(server.url, database.name), world)
    told = Story(server, books)
    told.note_secrets(database, key_file)
    books.press("action_debug")
    for entity in ("partner", "product", "invoice"):
        books.run(entity)
    world.expire_sessions()
    books.run("partner")
    told.note_secrets(database, key_file)
    _fail(world, books)
    told.note_secrets(database, key_file)
    yield told


@pytest.fixture
def key_file() -> Path:
    """The file with the encryption key of servers that are given none."""
    from house.cache import folder

    return folder("data") / "ledger_connector_key"


def _fail(world: World, books: Books) -> None:
    world.fault("^/customer$", times=1, text="<html>")
    books.run("partner")
    world.revoke_key()
    books.run("partner")
    books.test()
    world.revoke_key(restore=True)
    world.recover_key()
    token = {"employee_token": world.credentials["employee_token"]}
    books.odoo.call("ledger.credential", "set_secrets", [books.credential], token)
    assert books.test()["type"] == "success"
    books.run("partner")


def test_no_secret_is_in_log_backup_export_or_answer(
    story: Story, database: Database, key_file: Path
) -> None:
    """In any coat: plain, encoded for an address, in Basic, in Base64."""
    assert len(story.secrets) >= 5, "two keys, a new one, and two sessions"
    exported = _exports(story, database)
    story.server.stop()
    log = story.server.log.read_text()
    assert "/customer" in log, "calls are logged at all"
    assert_without_secrets("the log", log, story.secrets)
    dump = database.dump()
    assert "secret_data" in dump, "the dump holds the credentials"
    assert_without_secrets("the backup", dump, story.secrets)
    assert_without_secrets("an export", exported, story.secrets)
    assert_without_secrets("an answer", "".join(story.odoo.answers), story.secrets)
    key = key_file.read_text()
    assert_without_secrets("the backup", dump, [key])
    assert_without_secrets("the log", log, [key])


def _exports(story: Story, database: Database) -> str:
    """All fields of all records, as `read`, `export_data` and XML-RPC give them."""
    odoo, parts = story.odoo, []
    for model in MODELS:
        ids = odoo.find(model, [])
        fields = list(odoo.call(model, "fields_get", attributes=["type"]))
        parts.append(str(odoo.call(model, "read", ids)))
        parts.append(str(odoo.call(model, "export_data", ids, fields)))
    address = f"{story.server.url}/xmlrpc/2/object"
    with xmlrpc.client.ServerProxy(address) as proxy:
        login = (database.name, odoo.uid, "admin")
        credential = [story.books.credential]
        call = (*login, "ledger.credential", "read", [credential])
        parts.append(str(proxy.execute_kw(*call)))
    return "".join(parts)


def test_the_encrypted_column_is_closed_to_everybody(
    odoo: OdooClient, world: World
) -> None:
    """Not even an administrator can carry the secrets to another place."""
    credential = connect(odoo, world, []).credential
    for method, *args in (
        ("read", ["secret_data"]),
        ("export_data", ["secret_data"]),
        ("write", {"secret_data": "x"}),
    ):
        with pytest.raises(OdooError) as refused:
            odoo.call("ledger.credential", method, [credential], *args)
        assert refused.value.name == "odoo.exceptions.AccessError"
    with pytest.raises(OdooError):
        odoo.call("ledger.credential", "secrets", [credential])


def test_a_copy_of_a_credential_has_no_secrets(
    odoo: OdooClient, shared_database: Database, world: World
) -> None:
    """Duplicating the record does not duplicate the key."""
    credential = connect(odoo, world, []).credential
    (new,) = odoo.call("ledger.credential", "copy", [credential])
    stored = shared_database.rows(
        "SELECT secret_data, secret_hint FROM ledger_credential WHERE id = %s", new
    )
    assert stored == [(None, None)]
