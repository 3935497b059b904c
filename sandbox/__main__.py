# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Command line: `python -m sandbox --port 0 --ready-file FILE`."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import sys
import tempfile
import threading

from .demo import make_demo_world
from .server import SandboxServer


def main(arguments: list[str] | None = None) -> int:
    """Run the server until SIGTERM or SIGINT."""
    options = _parse(arguments)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: stop.set())
    key = options.key or os.environ.get("LEDGER_SANDBOX_KEY") or secrets.token_hex(16)
    server = SandboxServer(options.host, options.port, key)
    if options.demo:
        make_demo_world(server.worlds, server.url)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    if options.ready_file:
        _announce(options.ready_file, {"url": server.url, "key": key})
    sys.stdout.write(f"sandbox listening on {server.url}\n")
    sys.stdout.flush()
    stop.wait()
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--ready-file", help="written once the server listens")
    parser.add_argument("--key", help="of the control door; made up if left out")
    parser.add_argument("--demo", action="store_true", help="make the world demo")
    return parser.parse_args(arguments)


def _announce(path: str, content: dict[str, str]) -> None:
    folder = os.path.dirname(os.path.abspath(path))
    handle, draft = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(content, stream)
    os.replace(draft, path)


if __name__ == "__main__":
    # worker threads may still be sleeping in a fault; nothing is worth waiting for
    code = main()
    sys.stdout.flush()
    os._exit(code)
