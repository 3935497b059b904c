# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults on demand: rules that spoil the answers of a world.

A rule is a dictionary `{"match": {...}, "action": {...}}`, see sandbox/README.md.
"""

from __future__ import annotations

import itertools
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

from .holds import Holds
from .wire import Request, Response, dump_json

BEFORE = {"status", "drop"}
ACTIONS = {
    *("status", "headers", "body", "delay", "drop", "cut", "truncate", "declare"),
    *("drip", "text", "ignore", "full_result_size", "extra_fields", "set_fields"),
    *("duplicate", "shift", "add_headers", "hold", "when", "set_top"),
}
MATCHES = {"method", "path", "query", "contains", "nth", "times", "after"}
_numbers = itertools.count(1)


class FaultError(ValueError):
    """A rule that cannot be understood."""


@dataclass
class Rule:
    """One rule and how often it has matched and fired."""

    match: dict[str, Any]
    action: dict[str, Any]
    number: int = field(default_factory=lambda: next(_numbers))
    matched: int = 0
    fired: int = 0

    def __post_init__(self) -> None:
        unknown = (set(self.match) - MATCHES) | (set(self.action) - ACTIONS)
        if unknown or not self.action:
            raise FaultError(f"unknown or empty in a fault rule: {sorted(unknown)}")
        if self.action.get("when", "before") not in ("before", "after"):
            raise FaultError(f"when is before or after, not {self.action['when']!r}")
        self._path = re.compile(self.match.get("path", ""))

    def fires(self, request: Request) -> bool:
        """Count the request if it matches; tell whether the rule acts on it."""
        if not self._matches(request):
            return False
        self.matched += 1
        if not self._is_its_turn():
            return False
        self.fired += 1
        return True

    def _matches(self, request: Request) -> bool:
        wanted = self.match.get("query") or {}
        methods = self.match.get("method") or request.method
        text = self.match.get("contains") or ""
        return (
            request.method in ([methods] if isinstance(methods, str) else methods)
            and text.encode() in request.body
            and self._path.search(request.path) is not None
            and all(request.arg(key) == str(value) for key, value in wanted.items())
        )

    def _is_its_turn(self) -> bool:
        turns = self.match.get("nth")
        if isinstance(turns, int):
            turns = [turns]
        if turns is not None and self.matched not in turns:
            return False
        times = self.match.get("times")
        late_enough = self.matched > self.match.get("after", 0)
        return late_enough and (times is None or self.fired < times)

    def as_dict(self) -> dict[str, Any]:
        """Return the rule with its counters."""
        return dict(vars(self), _path=None)


class Faults:
    """The rules of one world. Every rule that fires on a request has its effect."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.holds = Holds()

    def add(self, match: dict[str, Any], action: dict[str, Any]) -> Rule:
        """Add a rule.

        :raise FaultError: a key is unknown, or there is no action
        """
        rule = Rule(match, action)
        self.rules.append(rule)
        if action.get("hold"):
            self.holds.close(action["hold"])
        return rule

    def clear(self, number: int | None = None) -> None:
        """Remove one rule, or all."""
        self.rules = [r for r in self.rules if number not in (None, r.number)]

    def for_request(self, request: Request) -> Plan:
        """Return what the rules want done to this request."""
        fired = [rule for rule in self.rules if rule.fires(request)]
        action: dict[str, Any] = {}
        for rule in fired:
            action.update(rule.action)
        return Plan(action, self.holds)


class Plan:
    """What happens to one request: before the work, and after it."""

    def __init__(self, action: dict[str, Any], holds: Holds) -> None:
        self.action = action
        self._holds = holds

    def _waits(self, side: str, request: Request) -> bool:
        """Wait where the rule says so.

        :param side: before or after the work
        :return: whether the call may go on
        """
        if self.action.get("when", "before") != side:
            return True
        if self.action.get("delay"):
            time.sleep(self.action["delay"])
        name = self.action.get("hold")
        return name is None or self._holds.hang(name, request)

    def before(self, request: Request) -> Response | None:
        """Wait, mislead the stand-in, or answer in its place."""
        if not self._waits("before", request):
            return Response(cut=True)
        ignored = self.action.get("ignore")
        if ignored:
            request.query = [pair for pair in request.query if pair[0] not in ignored]
        if self.action.get("shift"):
            request.shift = int(self.action["shift"])
            _shift(request, request.shift)
        if not BEFORE & set(self.action):
            return None
        return Response(cut=True) if self.action.get("drop") else self._answer()

    def _answer(self) -> Response:
        body = self.action.get("body", "")
        headers = dict(self.action.get("headers") or {})
        if isinstance(body, str):
            headers.setdefault("Content-Type", "text/html;charset=UTF-8")
            return Response(self.action["status"], headers, body.encode())
        headers.setdefault("Content-Type", "application/json;charset=UTF-8")
        return Response(self.action["status"], headers, dump_json(body))

    def after(self, request: Request, answer: Response) -> Response:
        """Spoil the answer of the stand-in."""
        if not self.action:
            return answer
        answer.cut = not self._waits("after", request) or answer.cut
        if answer.status in (200, 201) and LIES & set(self.action):
            answer.body = self._lie(answer.body)
        if "text" in self.action:
            answer.body = self.action["text"].encode()
        answer.headers.update(self.action.get("add_headers") or {})
        self._spoil_transport(answer)
        return answer

    def _spoil_transport(self, answer: Response) -> None:
        answer.cut = answer.cut or bool(self.action.get("cut"))
        if self.action.get("truncate"):
            wanted = self.action["truncate"]
            answer.truncate = len(answer.body) // 2 if wanted is True else wanted
            answer.declare_full = self.action.get("declare", "full") == "full"
        if self.action.get("drip"):
            drip = self.action["drip"]
            answer.drip = (int(drip.get("bytes", 64)), float(drip.get("pause", 0.05)))

    def _lie(self, body: bytes) -> bytes:
        try:
            content = json.loads(body)
        except ValueError:
            return body
        if not isinstance(content, dict):
            return body
        values = _list_in(content)
        records = [content.get("value")] if values is None else values
        for name, value in (self.action.get("extra_fields") or {}).items():
            _set(records, name, value)
        for name, value in (self.action.get("set_fields") or {}).items():
            _set(records, name, value)
        if values is not None and self.action.get("duplicate"):
            values.extend(values[: int(self.action["duplicate"])])
            if "count" in content:
                content["count"] = len(values)
        content.update(self.action.get("set_top") or {})
        if "full_result_size" in self.action and "fullResultSize" in content:
            content["fullResultSize"] = self.action["full_result_size"]
        return dump_json(content)


LIES = {"extra_fields", "set_fields", "duplicate", "full_result_size", "set_top"}


def _list_in(content: dict[str, Any]) -> list[Any] | None:
    """Return the list of records in an answer, whatever the vendor calls it."""
    for value in content.values():
        if isinstance(value, list) and all(isinstance(part, dict) for part in value):
            return value
    return None


def _set(records: list[Any], name: str, value: Any) -> None:
    for record in records:
        if isinstance(record, dict):
            record[name] = value


def _shift(request: Request, by: int) -> None:
    """Let pages after the first begin `by` records too early (or late, if < 0)."""
    start = request.arg("from")
    if start and start.isdigit() and int(start) > 0:
        moved = str(max(0, int(start) - by))
        pairs = [pair for pair in request.query if pair[0] != "from"]
        request.query = [*pairs, ("from", moved)]
