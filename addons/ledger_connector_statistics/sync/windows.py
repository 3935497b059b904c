# Copyright 2026 Ledger Connectors for Odoo
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Periods on the calendar: months, quarters, weeks, and when they are fetched."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

#: First and last day of a period, both counted in.
Span = tuple[date, date]
#: Months that a period has; a week has none.
MONTHS = {"monthly": 1, "quarterly": 3}

_DAY = timedelta(days=1)


def span_of(recurrence: str, day: date) -> Span:
    """Return the period that *day* lies in.

    :param recurrence: monthly, quarterly or weekly (Monday to Sunday)
    """
    if recurrence == "weekly":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    months = MONTHS[recurrence]
    month = (day.month - 1) // months * months + 1
    last_month = month + months - 1
    last_day = calendar.monthrange(day.year, last_month)[1]
    return date(day.year, month, 1), date(day.year, last_month, last_day)


def before(recurrence: str, span: Span) -> Span:
    """Return the period before *span*."""
    return span_of(recurrence, span[0] - _DAY)


def after(recurrence: str, last: date) -> Span:
    """Return the period that begins after the day *last*.

    Where *last* lies inside a period it is the rest of that one.
    """
    first = last + _DAY
    return first, span_of(recurrence, first)[1]


def closed(recurrence: str, today: date) -> Span:
    """Return the last period that has ended before *today*."""
    return before(recurrence, span_of(recurrence, today))


def covering(recurrence: str, first: date, last: date) -> list[Span]:
    """Return the periods that have a day from *first* to *last*."""
    spans = []
    span = span_of(recurrence, first)
    while span[0] <= last:
        spans.append(span)
        span = after(recurrence, span[1])
    return spans


def around(span: Span, fixed: list[Span]) -> list[Span]:
    """Return the periods that have the days of *span*, some of which are fixed.

    :param fixed: periods that stay as they are, in their order
    """
    if span in fixed:
        return [span]
    first, last = span
    spans = []
    for one in fixed:
        if one[1] < first or one[0] > last:
            continue
        if first < one[0]:
            spans.append((first, one[0] - _DAY))
        spans.append(one)
        first = one[1] + _DAY
    return [*spans, (first, last)] if first <= last else spans


def recurrence_of(first: date, last: date) -> str:
    """Return the recurrence that has a period from *first* to *last*, "" if none."""
    for recurrence in ("monthly", "quarterly", "weekly"):
        if span_of(recurrence, first) == (first, last):
            return recurrence
    return ""


def due(recurrence: str, today: date, until: date | None, most: int) -> list[Span]:
    """Return the periods to be counted: the last one that ended, and missed ones.

    :param until: periods up to this day were counted or are nobody's business
    :param most: how many periods at the most, the latest ones
    """
    span = closed(recurrence, today)
    spans = [span]
    while until and len(spans) < most:
        span = before(recurrence, span)
        if span[1] <= until:
            break
        spans.append(span)
    return spans[::-1]


def next_fetch(
    recurrence: str, day: int, hour: int, zone: ZoneInfo, now: datetime
) -> datetime:
    """Return the next moment at which figures are fetched, as naive UTC.

    :param day: of the month after the period (1–28), or of the week (1–7)
    :param hour: 0–23, in *zone*
    :param now: naive UTC
    """
    today = now.replace(tzinfo=timezone.utc).astimezone(zone).date()
    span = span_of(recurrence, today)
    while True:
        moment = _moment(recurrence, span[0], day, hour, zone)
        if moment > now:
            return moment
        span = after(recurrence, span[1])


def last_fetch(
    recurrence: str, day: int, hour: int, zone: ZoneInfo, now: datetime
) -> datetime:
    """Return the last moment at which figures were to be fetched, see `next_fetch`."""
    today = now.replace(tzinfo=timezone.utc).astimezone(zone).date()
    span = span_of(recurrence, today)
    moment = _moment(recurrence, span[0], day, hour, zone)
    if moment > now:
        earlier = before(recurrence, span)
        moment = _moment(recurrence, earlier[0], day, hour, zone)
    return moment


def _moment(
    recurrence: str, first: date, day: int, hour: int, zone: ZoneInfo
) -> datetime:
    """The moment in the period that begins at *first*."""
    most = 7 if recurrence == "weekly" else 28
    offset = min(max(day, 1), most) - 1
    local = datetime.combine(
        first + timedelta(days=offset), time(min(max(hour, 0), 23)), zone
    )
    return local.astimezone(timezone.utc).replace(tzinfo=None)
