# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Secrets at rest and the keys that open them."""

import os
import stat
import subprocess
import sys

import pytest
import transport
from hypothesis import given
from hypothesis import strategies as st
from transport.errors import WrongKey
from transport.secrets import SecretBox, hint, load_keys, new_key

KEYS = [new_key() for _ in range(3)]


@given(st.dictionaries(st.text(), st.text()))
def test_secrets_come_back_as_they_went_in(secrets):
    box = SecretBox(KEYS[:1])
    data = box.encrypt(secrets)
    assert box.decrypt(data) == secrets


def test_the_encrypted_text_shows_nothing_and_never_repeats():
    box = SecretBox(KEYS[:1])
    one, two = (box.encrypt({"token": "geheim"}) for _ in range(2))
    assert one != two
    assert "geheim" not in one
    assert "token" not in one


def test_another_key_opens_nothing():
    data = SecretBox(KEYS[:1]).encrypt({"token": "geheim"})
    for use in (SecretBox(KEYS[1:2]).decrypt, SecretBox(KEYS[1:2]).rotate):
        with pytest.raises(WrongKey) as caught:
            use(data)
        assert caught.value.code == "wrong_key"


@pytest.mark.parametrize("data", ["", "nonsense", "gAAAAAB"])
def test_damaged_data_is_a_wrong_key_and_no_crash(data):
    with pytest.raises(WrongKey):
        SecretBox(KEYS[:1]).decrypt(data)


def test_an_old_key_still_opens_what_it_encrypted():
    data = SecretBox([KEYS[0]]).encrypt({"a": "b"})
    assert SecretBox([KEYS[1], KEYS[0]]).decrypt(data) == {"a": "b"}


def test_after_rotation_the_old_key_is_not_needed_any_more():
    data = SecretBox([KEYS[0]]).encrypt({"a": "b"})
    rotated = SecretBox([KEYS[1], KEYS[0]]).rotate(data)
    assert SecretBox([KEYS[1]]).decrypt(rotated) == {"a": "b"}
    with pytest.raises(WrongKey):
        SecretBox([KEYS[0]]).decrypt(rotated)


@pytest.mark.parametrize("keys", [[], ["too short"], [KEYS[0], "æøå"], ["A" * 44]])
def test_missing_and_malformed_keys_are_told_without_showing_them(keys):
    with pytest.raises(WrongKey) as caught:
        SecretBox(keys)
    for key in keys:
        assert key not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("abcdefghijkl", "…ijkl"),
        ("test-1234567890", "…7890"),
        ("abcdefghijk", "…"),
        ("abc", "…"),
        ("", "…"),
    ],
)
def test_a_hint_shows_four_characters_of_long_values_only(value, shown):
    assert hint(value) == shown


def test_the_configured_keys_count_before_all_others(tmp_path):
    environ = {"LEDGER_CONNECTOR_KEY": KEYS[2]}
    ring = load_keys(f" {KEYS[0]}, {KEYS[1]} ,", environ, tmp_path)
    assert (ring.keys, ring.source) == ((KEYS[0], KEYS[1]), "config")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("configured", [None, "", " , "])
def test_the_environments_keys_count_when_nothing_is_configured(tmp_path, configured):
    environ = {"LEDGER_CONNECTOR_KEY": f"{KEYS[2]},{KEYS[0]}"}
    ring = load_keys(configured, environ, tmp_path)
    assert (ring.keys, ring.source) == ((KEYS[2], KEYS[0]), "environment")
    assert not list(tmp_path.iterdir())


def test_the_environment_of_the_process_is_the_default(tmp_path, monkeypatch):
    monkeypatch.setenv("LEDGER_CONNECTOR_KEY", KEYS[1])
    assert load_keys(None, None, tmp_path).source == "environment"


def test_a_key_file_is_made_that_only_its_owner_reads_and_then_kept(tmp_path):
    folder = tmp_path / "data" / "odoo"
    first = load_keys(None, {}, folder)
    again = load_keys(None, {}, str(folder))
    assert first.source == "file"
    assert first == again
    (path,) = folder.iterdir()
    assert path.name == "ledger_connector_key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    SecretBox(first.keys)


def test_a_key_ring_shows_no_key(tmp_path):
    ring = load_keys(None, {}, tmp_path)
    assert ring.keys[0] not in repr(ring)


def test_a_key_file_may_hold_several_keys(tmp_path):
    (tmp_path / "ledger_connector_key").write_text(f"{KEYS[1]},{KEYS[0]}\n")
    assert load_keys(None, {}, tmp_path).keys == (KEYS[1], KEYS[0])


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_broken_key_file_is_told_and_not_replaced(tmp_path, content):
    path = tmp_path / "ledger_connector_key"
    path.write_bytes(content)
    with pytest.raises(WrongKey, match="ledger_connector_key"):
        load_keys(None, {}, tmp_path)
    assert path.read_bytes() == content


def test_a_folder_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongKey, match="cannot be read or made"):
        load_keys(None, {}, tmp_path / "file" / "below")


def test_processes_that_start_at_once_end_with_one_key(tmp_path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from transport.secrets import load_keys\n"
        "sys.stdin.read()\n"
        "print(load_keys(None, {}, sys.argv[2]).keys[0])\n"
    )
    addon = os.path.dirname(transport.__path__[0])
    gate_out, gate_in = os.pipe()
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, addon, str(tmp_path)],
            stdin=gate_out,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    os.close(gate_out)
    # All of them read to the end of one pipe, and go on together when it closes.
    os.close(gate_in)
    keys = {process.communicate()[0].strip() for process in processes}
    assert [process.returncode for process in processes] == [0] * 6
    assert keys == {(tmp_path / "ledger_connector_key").read_text()}
    assert len(list(tmp_path.iterdir())) == 1
