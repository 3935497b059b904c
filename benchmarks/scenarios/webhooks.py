# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Webhooks that one process takes: stored, committed and answered."""

from __future__ import annotations

import os
import shlex
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from house.processes import Service

from ..bench import Bench
from ..callers import call, deliveries
from ..figures import AT_MOST, Figure
from ..processor import spent_by_all

#: By server: the one that many deliveries are to be sent to. The others spend more on
#: a connection than on a delivery, whatever is asked.
SPEED_GOALS, MEDIAN_GOALS = {"evented": 1000}, {"evented": 5}
LOST_GOAL = 0
#: Deliveries under way at once.
CALLERS = 4
#: One request for the page that does nothing in so many deliveries.
PAGES = 10
#: How Odoo can be started, with the option of the port that is asked. Evented keeps
#: connections open, as a proxy in front of it does; the others close each. Prefork has
#: one worker here, which takes one request at a time.
SERVERS = {
    "evented": ("gevent", "--gevent-port"),
    "threaded": ("server", "--http-port"),
    "prefork": ("server --workers 1", "--http-port"),
}


@dataclass(frozen=True)
class _Server:
    """A running server of *database*, whose *door* is open."""

    database: str
    door: dict[str, str]
    port: int
    pid: int


def measure(bench: Bench) -> list[Figure]:
    """Deliveries a second and their median time; and those of a page of Odoo's own."""
    figures = []
    with bench.books() as world, bench.connected(world) as name:
        door = bench.run("webhook_door", name)
        for kind in SERVERS:
            with _serving(bench, name, kind) as (port, pid):
                server = _Server(name, door, port, pid)
                figures += _figures(kind, _measure(bench, server))
    return figures


def _measure(bench: Bench, server: _Server) -> list[dict[str, Any]]:
    """Return what was found in each round."""
    # What is made once in the life of a process is made now.
    _deliver(bench, server, 20)
    _ask_pages(server, 20)
    return [
        {
            **_deliver(bench, server, bench.sizes.webhooks),
            "pages": _ask_pages(server, max(1, bench.sizes.webhooks // PAGES)),
        }
        for _round in range(bench.sizes.rounds)
    ]


def _deliver(bench: Bench, server: _Server, count: int) -> dict[str, Any]:
    before = _stored(bench, server)
    requests = deliveries(server.port, **server.door, count=count)
    processor = spent_by_all(server.pid)
    seconds, times, refused = call(server.port, requests, CALLERS)
    processor = spent_by_all(server.pid) - processor
    return {
        "speed": count / seconds,
        "median": 1000 * median(times),
        "processor": 1000 * processor / count,
        "lost": max(refused, count - (_stored(bench, server) - before)),
    }


def _stored(bench: Bench, server: _Server) -> int:
    return bench.rows(server.database, "ledger_event")


def _ask_pages(server: _Server, count: int) -> float:
    """Return how many times a second Odoo's page that does nothing is answered."""
    page = b"GET /web/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    seconds, _times, _refused = call(server.port, [page] * count, CALLERS)
    return count / seconds


def _figures(kind: str, rounds: list[dict[str, Any]]) -> list[Figure]:
    name = f"webhooks.{kind}"
    lost = sum(one["lost"] for one in rounds)
    return [
        _figure(f"{name}.speed", rounds, "deliveries/s", goal=SPEED_GOALS.get(kind)),
        _figure(
            f"{name}.median",
            rounds,
            "ms",
            f"{CALLERS} under way at once",
            goal=MEDIAN_GOALS.get(kind),
            sense=AT_MOST,
        ),
        Figure(f"{name}.lost", lost, "deliveries", LOST_GOAL, AT_MOST),
        _figure(
            f"{name}.processor", rounds, "ms/delivery", "processor time of the server"
        ),
        _figure(f"{name}.pages", rounds, "requests/s", "/web/health does nothing"),
    ]


def _figure(
    name: str, rounds: list[dict[str, Any]], unit: str, note: str = "", **goal: Any
) -> Figure:
    samples = tuple(one[name.rpartition(".")[2]] for one in rounds)
    return Figure(name, median(samples), unit, note=note, samples=samples, **goal)


@contextmanager
def _serving(bench: Bench, name: str, kind: str) -> Iterator[tuple[int, int]]:
    """Run one server of a kind, without scheduled actions.

    :return: its port and its process id
    """
    subcommand, port_option = SERVERS[kind]
    port, other = _free_ports()
    # Prefork opens the evented server's port as well; the last of an option counts.
    command = [
        *shlex.split(os.environ["LEDGER_ODOO_BIN"]),
        *shlex.split(subcommand),
        *("--database", name, "--max-cron-threads", "0"),
        *("--gevent-port", str(other), port_option, str(port)),
    ]
    log = bench.folder / f"{kind}.log"
    server = Service("Odoo", command, dict(os.environ), log)
    try:
        server.wait_until(lambda: _answers(port), 120)
        yield port, server.process.pid
    finally:
        server.stop()


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/web/health", timeout=30) as answer:
            return answer.status == 200
    except (OSError, URLError):
        return False
