# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads a list of clients and their keys, as offices keep them in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word.strip() for line in lines for word in line.split(","))


#: How the columns are headed, in the languages of the offices.
CLIENT_COLUMNS: dict[str, tuple[str, ...]] = {
    "name": _words(
        "name, client, customer, company, client name, klient, ettevõte, nimi",
        "asiakas, yritys, kunde, firma, navn, selskap, bedrift, virksomhed",
        "kund, företag, namn, nazwa, spółka, klant, naam, bedrijf",
    ),
    "registry": _words(
        "registry code, registration number, reg code, company registry, business id",
        "organisation number, organization number, company id, registrikood, reg nr",
        "y tunnus, organisasjonsnummer, organisationsnummer, orgnr, org nr",
        "cvr, cvr nummer, regon, krs, kvk, kvk nummer",
    ),
    "vat": _words(
        "vat, vat number, tax id, kmkr, kmkr nr, alv numero, mva nummer",
        "moms nummer, momsnummer, momsregnr, se nummer, nip, btw, btw nummer",
    ),
    "ref": _words(
        "reference, ref, code, client number, customer number, kood, kliendi number",
        "asiakasnumero, kundenummer, kundnummer, kundenr, numer klienta, klantnummer",
        "referanse, referens, viide, viite, referentie, numer referencyjny",
    ),
}
#: Words for keys, by a part of the key's technical name.
KEY_WORDS: dict[str, tuple[str, ...]] = {
    "public": _words(
        "public key, public, api key, avalik võti, julkinen avain, klucz publiczny",
        "offentlig nøkkel, offentlig nøgle, offentlig nyckel, publieke sleutel",
    ),
    "secret": _words(
        "secret key, secret, private key, salajane võti, salavõti, salainen avain",
        "hemmelig nøkkel, hemmelig nøgle, hemlig nyckel, klucz tajny",
        "klucz prywatny, geheime sleutel",
    ),
}
#: Clients in a file, at the most, and columns that are looked at.
MOST_ROWS, MOST_COLUMNS = 20_000, 200
#: Lines of a sheet, used or not, and bytes of all that is packed into a workbook.
MOST_LINES, MOST_UNPACKED = 1_048_576, 100 * 1024 * 1024
#: What openpyxl raises for files that only look like a workbook.
BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)
ENCODINGS = ("utf-8-sig", "cp1257", "latin-1")


class Unreadable(Exception):
    """The file cannot be taken; ``reason`` is ``format``, ``client``, ``keys``,
    ``large`` or ``empty``."""

    def __init__(self, reason: str, names: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.names = tuple(names)


@dataclass
class Row:
    """One client of the file.

    :param number: line in the file, from 1
    :param client: what names the client, by key of :data:`CLIENT_COLUMNS`
    :param secrets: the keys, by technical name; never shown
    """

    number: int
    client: dict[str, str]
    secrets: dict[str, str] = field(repr=False)

    @property
    def label(self) -> str:
        """What the client is called in the file."""
        return next(filter(None, self.client.values()), "")


def read(content: bytes, keys: Mapping[str, str]) -> list[Row]:
    """Return the rows of a CSV or XLSX file; the first line heads the columns.

    :param keys: label of each key that is needed, by technical name
    :raises Unreadable: no such file, or a column is missing
    """
    table = _table(content)
    lines = [(number, line) for number, line in enumerate(table, 1) if any(line)]
    if not lines:
        raise Unreadable("empty")
    if len(lines) > MOST_ROWS + 1:
        raise Unreadable("large")
    columns = _columns(lines[0][1], keys)
    rows = [_row(number, line, columns, keys) for number, line in lines[1:]]
    if not rows:
        raise Unreadable("empty")
    return rows


def _columns(head: list[str], keys: Mapping[str, str]) -> dict[int, str]:
    names = {
        **{word: name for name, words in CLIENT_COLUMNS.items() for word in words},
        **{
            word: name
            for name in keys
            for part, words in KEY_WORDS.items()
            if part in name
            for word in words
        },
        **{_word(name): name for name in keys},
        **{_word(label): name for name, label in keys.items()},
    }
    columns = {
        number: names[_word(title)]
        for number, title in enumerate(head)
        if _word(title) in names
    }
    found = set(columns.values())
    if missing := [label for name, label in keys.items() if name not in found]:
        raise Unreadable("keys", missing)
    if not found & set(CLIENT_COLUMNS):
        raise Unreadable("client")
    return columns


def _row(
    number: int, line: list[str], columns: dict[int, str], keys: Mapping[str, str]
) -> Row:
    cells = {name: line[at] for at, name in columns.items() if at < len(line)}
    return Row(
        number,
        {name: cells[name] for name in CLIENT_COLUMNS if cells.get(name)},
        {name: cells[name] for name in keys if cells.get(name)},
    )


def _word(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower().replace("_", " ")))


def _table(content: bytes) -> list[list[str]]:
    if content.startswith(b"PK"):
        return _sheet(content)
    text = _text(content)
    sample = text[:4096]
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(sample, ";,\t")
    except csv.Error:
        dialect = csv.excel
    try:
        reader = csv.reader(io.StringIO(text), dialect)
        return [[cell.strip() for cell in line] for line in reader]
    except csv.Error as error:
        raise Unreadable("format") from error


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise Unreadable("format")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("format")


def _sheet(content: bytes) -> list[list[str]]:
    try:
        _refuse_bomb(content)
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        return list(_lines(book.worksheets[0]))
    except BROKEN as error:
        raise Unreadable("format") from error


def _refuse_bomb(content: bytes) -> None:
    """A few kilobytes may be packed gigabytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise Unreadable("large")


def _lines(sheet: Any) -> Iterator[list[str]]:
    """Yield the lines of a sheet, those without content too: they are counted."""
    # What a sheet says of its own size need not be true.
    sheet.reset_dimensions()
    rows = 0
    lines = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
    for number, line in enumerate(lines):
        cells = [_cell(value) for value in line]
        rows += any(cells)
        if number >= MOST_LINES or rows > MOST_ROWS + 1:
            raise Unreadable("large")
        yield cells if any(cells) else []


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        # Spreadsheets keep registry codes as numbers.
        return str(int(value))
    return str(value).strip()
