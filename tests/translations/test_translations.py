# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every screen speaks the languages of its users."""

import re
from pathlib import Path

import polib
import pytest

ADDONS = Path(__file__).resolve().parents[2] / "addons"
LANGUAGES = ("da", "et", "fi", "nb", "nl", "pl", "sv")
FILES = [
    addon / "i18n" / f"{language}.po"
    for addon in sorted(path.parent for path in ADDONS.glob("*/__manifest__.py"))
    for language in LANGUAGES
]
TEMPLATES = sorted(ADDONS.glob("*/i18n/*.pot"))
#: Addon, model and field of a choice; and the field's own place.
CHOICE = re.compile(r"selection,name:(\w+)\.selection__(\w+?)__(\w+?)__")
FIELD = "model:ir.model.fields,field_description:{}.field_{}__{}"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
TAG = re.compile(r"</?[a-z]+")


def names(path: Path) -> str:
    """Name a case after its addon and language."""
    return f"{path.parents[1].name}-{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=names)
def test_every_string_of_the_template_is_translated(path: Path) -> None:
    template = polib.pofile(str(path.with_name(f"{path.parents[1].name}.pot")))
    found = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}
    missing = [entry.msgid for entry in template if not found.get(entry.msgid)]
    assert len(template) > 5
    assert missing == []


@pytest.mark.parametrize("path", FILES, ids=names)
def test_translations_keep_placeholders_and_tags(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        for pattern in (PLACEHOLDER, TAG):
            theirs = sorted(pattern.findall(entry.msgstr))
            assert theirs == sorted(pattern.findall(entry.msgid)), entry.msgid


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_choices_are_translated_by_the_addon_that_brings_their_field(
    path: Path,
) -> None:
    """Of an addon that is installed later, earlier files find no record yet."""
    places = {
        place for entry in polib.pofile(str(path)) for place, _line in entry.occurrences
    }
    assert [
        place
        for place in sorted(places)
        if (choice := CHOICE.search(place))
        and FIELD.format(*choice.groups()) not in places
    ] == []
