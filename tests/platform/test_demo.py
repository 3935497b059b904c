# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the demonstration's check calls right, and which databases it goes on with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from house import demo
from house.demo_check import compare_orders
from house.odoo_runtime import OdooRuntime
from house.odoo_source import OdooSource
from house.postgres import Postgres

REASON = "Line 1 of S2 has no tax. Choose one, then retry."
SENT = {
    "name": "S1",
    "is_confirmed": True,
    "is_taxed": True,
    "state": "linked",
    "number": "1001",
    "stage": "unfinished",
    "problem": False,
}
UNSENT = {**SENT, "number": False, "stage": False}
FAULTY = {
    **UNSENT,
    "name": "S2",
    "is_taxed": False,
    "state": "attention",
    "problem": REASON,
}
DRAFT = {**UNSENT, "name": "S3", "is_confirmed": False, "state": False}
THERE = {
    "originalInvoiceNumber": "S1",
    "invoiceNumber": 1001,
    "status": "UNFINISHED",
}


def _there(name: str, number: int = 1002) -> dict[str, Any]:
    return {**THERE, "originalInvoiceNumber": name, "invoiceNumber": number}


def test_a_check_is_content_when_each_order_is_as_it_should_be(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The sent one is known by number and status, the faulty one by its sentence."""
    assert compare_orders([SENT, FAULTY, DRAFT], [THERE]) == 0
    lines = capsys.readouterr().out.splitlines()
    shown = next(line for line in lines if line.startswith("S1 "))
    assert shown.split() == ["S1", "1001", "unfinished", "1001", "unfinished"]
    assert REASON in lines


@pytest.mark.parametrize(
    ("orders", "invoices"),
    [
        pytest.param([SENT], [], id="never-arrived"),
        pytest.param([SENT], [THERE, _there("S1")], id="arrived-twice"),
        pytest.param([{**SENT, "number": "1002"}], [THERE], id="another-number"),
        pytest.param([{**SENT, "stage": "sent"}], [THERE], id="another-status"),
        pytest.param([{**UNSENT, "state": "outgoing"}], [THERE], id="no-number-back"),
        pytest.param([{**SENT, "problem": REASON}], [THERE], id="a-problem-left"),
        pytest.param([FAULTY], [_there("S2")], id="faulty-but-sent"),
        pytest.param([{**FAULTY, "problem": False}], [], id="failed-without-a-word"),
        pytest.param([{**FAULTY, "state": "outgoing"}], [], id="fault-not-noticed"),
        pytest.param([DRAFT], [_there("S3")], id="quotation-sent"),
        pytest.param([SENT], [THERE, _there("S9")], id="invoice-of-nothing"),
    ],
)
def test_a_check_finds_what_went_wrong(
    orders: list[dict[str, Any]], invoices: list[dict[str, Any]]
) -> None:
    """Each difference alone is enough."""
    assert compare_orders(orders, invoices) == 1


@pytest.fixture
def shown(
    postgres: Postgres,
    new_database: Callable[[], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> OdooRuntime:
    """An Odoo whose demonstration is in a database of this test's own."""
    monkeypatch.setattr(demo, "DATABASE", new_database())
    nowhere = OdooSource(tmp_path, (), "none")
    return OdooRuntime(nowhere, tmp_path, postgres, tmp_path)


def test_a_demo_is_gone_on_with_where_it_stopped(shown: OdooRuntime) -> None:
    """What a start remembers is what the next one finds."""
    state = {"version": demo.VERSION, "addons": "x", "url": "y", "sandbox_port": 1}
    demo.remember(shown, state)
    assert demo.remembered(shown) == state


@pytest.mark.parametrize("version", [{}, {"version": demo.VERSION - 1}])
def test_a_demo_of_another_set_up_is_begun_again(
    shown: OdooRuntime, version: dict[str, int]
) -> None:
    """A database from before the shop was there would never get one."""
    old = {"addons": "x", "url": "y", "sandbox_port": 1, **version}
    shown.postgres.query(f"COMMENT ON DATABASE {demo.DATABASE} IS '{json.dumps(old)}'")
    assert demo.remembered(shown) == {}


def test_a_demo_whose_set_up_was_interrupted_is_begun_again(shown: OdooRuntime) -> None:
    """The state is written last."""
    assert demo.remembered(shown) == {}
