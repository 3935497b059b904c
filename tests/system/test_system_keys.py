# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The encryption key: where it comes from, and how it is changed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from sandbox.control import World
from tests.conftest import OdooProcess
from tests.support.books import Books, connect
from tests.support.client import OdooClient
from tests.support.database import Database

Serve = Callable[..., OdooProcess]
Login = Callable[[OdooProcess], OdooClient]
KEY_FILE = "ledger_connector_key"


class OwnHome:
    """An odoo.conf and a data folder of this test's own."""

    def __init__(self, folder: Path, database: str) -> None:
        self._source = Path(os.environ["LEDGER_ODOO_CONF"]).read_text()
        self._file = folder / "odoo.conf"
        self.data = folder / "data"
        stores = self.data / "filestore"
        stores.mkdir(parents=True)
        shared = re.search(r"^data_dir = (.*)$", self._source, re.MULTILINE)[1]
        (stores / database).symlink_to(Path(shared, "filestore", database))

    def arguments(self, keys: str = "") -> tuple[str, ...]:
        """Write the file and return the arguments that make a server read it.

        :param keys: the option ``ledger_connector_key``
        """
        text = re.sub(r"(?m)^data_dir = .*$", f"data_dir = {self.data}", self._source)
        self._file.write_text(
            text + (f"ledger_connector_key = {keys}\n" if keys else "")
        )
        return "--config", str(self._file)


@pytest.fixture
def expected_in_logs() -> tuple[str, ...]:
    """Odoo says of every option that is not its own that it does not know it."""
    return ("unknown option 'ledger_connector_key'",)


@pytest.fixture
def home(tmp_path: Path, database: Database) -> OwnHome:
    """A configuration that the test may change."""
    return OwnHome(tmp_path, database.name)


def _key_source(books: Books) -> str:
    domain = [("id", "=", books.credential)]
    return books.odoo.read("ledger.credential", domain, "key_source")[0]["key_source"]


def _again(books: Books, server: OdooProcess, login: Login) -> None:
    books.odoo = login(server)


def test_without_a_key_one_is_made_that_only_odoo_can_read(
    serve: Serve, login: Login, home: OwnHome, world: World
) -> None:
    """The credential's screen says where it lies."""
    assert not (home.data / KEY_FILE).exists()
    books = connect(login(serve(*home.arguments())), world, [])
    file = home.data / KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Fernet(file.read_text())
    assert "data folder" in _key_source(books)
    assert file.read_text() not in "".join(books.odoo.answers)


def test_a_new_key_in_front_of_the_old_one_works_and_then_alone(
    serve: Serve, login: Login, home: OwnHome, world: World
) -> None:
    """Rotation: put the new key first, press the button, take the old one out."""
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    server = serve(*home.arguments(old))
    books = connect(login(server), world, [])
    assert "odoo.conf" in _key_source(books)
    assert not (home.data / KEY_FILE).exists()
    server.stop()
    server = serve(*home.arguments(f"{new},{old}"))
    _again(books, server, login)
    assert books.test()["type"] == "success"
    books.odoo.call("ledger.credential", "action_rotate_keys", [books.credential])
    server.stop()
    _again(books, serve(*home.arguments(new)), login)
    assert books.test()["type"] == "success"


def test_a_wrong_key_is_told_in_words_and_mended_by_entering_the_secrets_again(
    serve: Serve, login: Login, home: OwnHome, world: World
) -> None:
    """No traceback, no key in the answer, and no call to the vendor."""
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    server = serve(*home.arguments(old))
    books = connect(login(server), world, ["partner"])
    books.press("action_go_live")
    server.stop()
    server = serve(*home.arguments(new))
    _again(books, server, login)
    world.clear_calls()
    said = books.test()
    assert said["type"] == "danger"
    assert "ledger_connector_key" in said["message"]
    assert books.state()["state"] == "reconnect"
    job = books.run("partner")
    assert (job["state"], job["owner"]) == ("failed", "reconnect"), job
    assert world.count_calls() == 0
    answers = "".join(books.odoo.answers) + server.log.read_text()
    assert "Traceback" not in answers
    assert new not in answers
    tokens = {
        name: world.credentials[name] for name in ("consumer_token", "employee_token")
    }
    books.odoo.call("ledger.credential", "set_secrets", [books.credential], tokens)
    assert books.test()["type"] == "success"
    assert books.run("partner")["state"] == "done"


def test_a_malformed_key_is_told_on_the_screen(
    serve: Serve, login: Login, home: OwnHome, world: World
) -> None:
    """A typing error in odoo.conf shows neither a traceback nor the key."""
    good = Fernet.generate_key().decode()
    server = serve(*home.arguments(good))
    books = connect(login(server), world, [])
    server.stop()
    server = serve(*home.arguments(good[:-9]))
    _again(books, server, login)
    said = books.test()
    assert said["type"] == "danger"
    assert "ledger_connector_key" in _key_source(books)
    answers = "".join(books.odoo.answers) + server.log.read_text()
    assert "Traceback" not in answers
    assert good[:-9] not in answers
