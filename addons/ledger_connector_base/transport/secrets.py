# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Secrets at rest: encrypted with a key that lies outside of the database."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from .errors import WrongKey

ENVIRONMENT_VARIABLE = "LEDGER_CONNECTOR_KEY"
KEY_FILE = "ledger_connector_key"
HINT_LENGTH = 4
#: Four characters of anything shorter would give away too much of it.
SHORTEST_HINTED = 12

Source = Literal["config", "environment", "file"]


def new_key() -> str:
    """Return a new random key: 32 bytes, base64 for URLs."""
    return Fernet.generate_key().decode()


def hint(value: str) -> str:
    """Return "…" with the last four characters of *value*, none of a short one."""
    shown = value[-HINT_LENGTH:] if len(value) >= SHORTEST_HINTED else ""
    return f"…{shown}"


class SecretBox:
    """Encrypts and decrypts dicts of secrets.

    :param keys: the first one encrypts, all of them decrypt
    :raises WrongKey: there is no key, or one is not made of 32 base64 bytes
    """

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise WrongKey("there is no encryption key")
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            broken = True
        else:
            broken = False
        # Raised out here: the exception above has the key in its frames.
        if broken:
            raise WrongKey(
                "an encryption key is malformed: it takes 32 bytes, base64 for URLs"
            )

    def encrypt(self, values: Mapping[str, str]) -> str:
        """Return *values* as encrypted text."""
        return self._fernet.encrypt(json.dumps(dict(values)).encode()).decode()

    def decrypt(self, data: str) -> dict[str, str]:
        """Return the secrets in *data*.

        :raises WrongKey: none of the keys opens it
        """
        try:
            clear = self._fernet.decrypt(data.encode())
        except InvalidToken:
            raise WrongKey("secrets were encrypted with another key") from None
        return cast("dict[str, str]", json.loads(clear))

    def rotate(self, data: str) -> str:
        """Return *data* encrypted with the first key.

        :raises WrongKey: none of the keys opens it
        """
        try:
            return self._fernet.rotate(data.encode()).decode()
        except InvalidToken:
            raise WrongKey("secrets were encrypted with another key") from None


@dataclass(frozen=True)
class KeyRing:
    """The encryption keys, newest first, and where they come from."""

    keys: tuple[str, ...] = field(repr=False)
    source: Source


def load_keys(
    configured: str | None,
    environ: Mapping[str, str] | None,
    folder: Path | str,
) -> KeyRing:
    """Return the encryption keys of this server.

    :param configured: option of odoo.conf, keys separated by commas, newest first
    :param environ: environment, None for that of the process; its variable
        ``LEDGER_CONNECTOR_KEY`` counts when nothing is configured
    :param folder: where a key file is kept, and made, when neither is set
    :raises WrongKey: the key file can be neither read nor made
    """
    if keys := _split(configured):
        return KeyRing(keys, "config")
    environ = os.environ if environ is None else environ
    if keys := _split(environ.get(ENVIRONMENT_VARIABLE)):
        return KeyRing(keys, "environment")
    return KeyRing(_keys_of_file(Path(folder) / KEY_FILE), "file")


def _split(text: str | None) -> tuple[str, ...]:
    parts = (part.strip() for part in (text or "").split(","))
    return tuple(part for part in parts if part)


def _keys_of_file(path: Path) -> tuple[str, ...]:
    try:
        if not path.exists():
            _make_key_file(path)
        text = path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        reason = type(error).__name__
        raise WrongKey(f"key file {path} cannot be read or made: {reason}") from None
    if keys := _split(text):
        return keys
    raise WrongKey(f"key file {path} is empty")


def _make_key_file(path: Path) -> None:
    """Put a new key at *path* unless somebody else does so first.

    The file appears complete, by one link: a process that starts at the same time finds
    no file or a whole one, and the first link wins.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp opens with mode 0600.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(new_key())
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)
    except FileExistsError:
        return
    finally:
        os.unlink(name)
