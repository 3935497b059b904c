# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts are written in the characters that Procountor stores, and changes are told."""

from __future__ import annotations

import sys

import pytest
from procountor_client import Replaced, fit, fit_text, fits


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Åkerlund & Söner – €5 “kahvi” œuvre ŠŽ",
        "two  blanks stay ",
        "first\nsecond\tthird",
    ],
)
def test_what_can_be_stored_stays(text):
    assert fit_text(text) == text
    assert fits(text)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("Иван Щукин", "Ivan Shchukin"),
        ("ООО ЩУКА", "OOO SHCHUKA"),
        ("Объект", "Obekt"),
        ("Київ, Ґанок", "Kiyiv, Ganok"),
        ("Ђорђе Љубић", "Djordje Ljubic"),
        ("Αθήνα", "Athina"),
        ("Łódź", "Lódz"),
        ("Ķekava, Šķūņu iela", "Kekava, Škunu iela"),
        ("Dvořák, Đorđe, İzmir, ışık", "Dvorák, Dorde, Izmir, isik"),
        ("No №5, ½ ⅓, −4 ≥ 3", "No No5, ½ 1/3, -4 >= 3"),
        ("a\u202f000\u2011b", "a 000-b"),
        ("東京 Oy", "?? Oy"),
        ("Kiitos 🎉 paljon", "Kiitos paljon"),
        ("👩‍👩‍👧 perhe 👍🏽", "perhe"),
        ("kahvi ☕\ntee 🍵", "kahvi\ntee"),
        ("a\x00b\x07c", "abc"),
    ],
)
def test_what_cannot_is_spelled_or_left_out(text, stored):
    assert fit_text(text) == stored
    assert not fits(text)


@pytest.mark.parametrize("text", ["🎉", "Ь", "🎉 👍"])
def test_nothing_becomes_empty_that_was_not(text):
    assert fit_text(text) == "?"


def test_every_character_there_is_comes_out_storable_and_stays_so():
    for start in range(0, sys.maxunicode + 1, 1024):
        text = "".join(map(chr, range(start, start + 1024)))
        stored = fit_text(f"a{text}b")
        stored.encode("cp1252")
        assert fit_text(stored) == stored


def test_other_ways_to_write_the_same_are_no_change():
    fitted = fit({"a": "a\u0308", "b": "x\r\ny"})
    assert fitted.body == {"a": "ä", "b": "x\ny"}
    assert fitted.replaced == ()


def test_each_change_is_told_with_its_place():
    body = {
        "notes": "ok",
        "invoiceRows": [{"quantity": 1}, {"product": "Чай", "comment": None}],
        "names": ("☕",),
    }
    fitted = fit(body)
    assert fitted.replaced == (
        Replaced("invoiceRows[1].product", "Чай", "Chay"),
        Replaced("names[0]", "☕", "?"),
    )
    assert fitted.body["invoiceRows"] == [
        {"quantity": 1},
        {"product": "Chay", "comment": None},
    ]
    assert body["invoiceRows"][1]["product"] == "Чай"


def test_what_was_changed_is_not_shown_by_accident():
    assert "Чай" not in repr(fit({"product": "Чай"}))
