# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The benchmarks run from end to end; what they measure is nobody's pass or failure."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def _bench(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )


def test_a_quick_run_prints_a_table_and_writes_the_same_figures_as_json(tmp_path):
    path = tmp_path / "figures.json"
    done = _bench("--quick", "--only", "partners", "--json", str(path))
    assert done.returncode == 0, done.stderr
    report = json.loads(path.read_text())
    figures = {figure["name"]: figure for figure in report["figures"]}
    kinds = ("pull", "bare_create", "ratio", "create_share")
    assert [*figures] == [f"partners.{kind}" for kind in kinds]
    assert all(name in done.stdout for name in figures)
    assert all(figure["value"] > 0 for figure in figures.values())
    assert figures["partners.create_share"]["value"] < 1
    ratio = figures["partners.ratio"]
    assert ratio["goal"] == 0.8
    assert ratio["met"] == (ratio["value"] >= 0.8)
    assert str(report["sizes"]["partners"]) in ratio["note"]


def test_a_quick_run_of_sending_meets_the_goals_that_are_counted_and_not_timed(
    tmp_path,
):
    path = tmp_path / "figures.json"
    chosen = ("--only", "push", "--only", "bulk_edit", "--only", "webhooks")
    done = _bench("--quick", *chosen, "--json", str(path))
    assert done.returncode == 0, done.stderr
    figures = json.loads(path.read_text())["figures"]
    counted = {
        figure["name"]: figure
        for figure in figures
        if figure["name"].rpartition(".")[2] in ("calls", "extra_queries", "lost")
    }
    assert [*counted] == [
        *(f"push.{kind}.calls" for kind in ("number_comes_back", "numbers_apart")),
        *(
            f"bulk_edit.{kind}.extra_queries"
            for kind in ("one_write", "other_field", "single_writes", "create")
        ),
        *(f"webhooks.{kind}.lost" for kind in ("evented", "threaded", "prefork")),
    ]
    missed = {name: one["value"] for name, one in counted.items() if not one["met"]}
    assert not missed
    assert counted["push.numbers_apart.calls"]["value"] > 0
    timed = [one for one in figures if one["name"].endswith((".total", ".median"))]
    assert len(timed) == 5
    assert all(one["value"] > 0 for one in timed)


def test_a_quick_night_of_an_office_takes_no_call_too_many_and_counts_right(tmp_path):
    path = tmp_path / "figures.json"
    done = _bench("--quick", "--only", "statistics", "--json", str(path))
    assert done.returncode == 0, done.stderr
    report = json.loads(path.read_text())
    figures = {one["name"].partition(".")[2]: one for one in report["figures"]}
    counted = ("calls", "calls_per_client", "wrong")
    missed = {name: figures[name] for name in counted if not figures[name]["met"]}
    assert not missed
    pages = -(-report["sizes"]["entries"] // 100)
    assert figures["calls_per_client"]["value"] == pages
    assert figures["calls"]["value"] == pages * report["sizes"]["clients"]
    costs = ("total", "wire", "processor", "both", "memory", "night")
    assert all(figures[name]["value"] > 0 for name in costs)
    # One call a second for a client: so many pauses, and the work besides.
    assert figures["paced"]["value"] > pages - 1


def test_an_unknown_scenario_is_named_and_nothing_is_measured(tmp_path):
    path = tmp_path / "figures.json"
    done = _bench("--only", "everything", "--json", str(path))
    assert done.returncode == 2
    assert "everything" in done.stderr
    assert not path.exists()


def test_a_quick_day_of_a_shop_takes_no_call_too_many_and_doubles_nothing(tmp_path):
    path = tmp_path / "figures.json"
    done = _bench("--quick", "--only", "orders", "--json", str(path))
    assert done.returncode == 0, done.stderr
    report = json.loads(path.read_text())
    figures = {one["name"].partition(".")[2]: one for one in report["figures"]}
    missed = {x: figures[x] for x in ("calls", "wrong") if not figures[x]["met"]}
    assert not missed
    assert figures["calls"]["value"] >= 1
