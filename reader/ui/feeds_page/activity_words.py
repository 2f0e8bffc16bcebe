"""What was asked of the network -> lines and a sentence. In: visits, traffic. Out: text and records.

Pure but for the clock's zone, which is that of `now`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from reader.model import FeedId, Traffic, VisitRecord
from reader.ui import health_words as say
from reader.ui import words
from reader.ui.feeds_page.records import Record
from reader.ui.words import tr

_KINDS = {"feed": "Feeds", "page": "Full pages", "picture": "Pictures", "icon": "Icons"}
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def say_summary(feeds: int, attention: int, traffic: Sequence[Traffic], now: datetime) -> str:
    """368 feeds · 12 need attention · today 812 requests, 640 of them “not modified” ..."""
    parts = [words.count_feeds(feeds)]
    if attention:
        said = tr("1 needs attention") if attention == 1 else tr("{} need attention", attention)
        parts.append(said)
    else:
        parts.append(tr("none needs attention"))
    today = {each.kind: each for each in traffic if each.day == now.date().isoformat()}
    if said := _say_today(today):
        parts.append(tr("today {}", said))
    return " · ".join(parts)


def _say_today(today: Mapping[str, Traffic]) -> str:
    asked = today.get("feed")
    parts = []
    if asked is not None and asked.requests:
        parts.append(count_requests(asked.requests))
        if asked.unchanged:
            parts.append(tr("{} of them “not modified”", words.say_number(asked.unchanged)))
    saved = sum(each.saved for each in today.values())
    if saved:
        parts.append(tr("{} not sent", words.say_size(saved)))
    pictures = today.get("picture")
    if pictures is not None and pictures.requests:
        parts.append(
            tr("1 picture")
            if pictures.requests == 1
            else tr("{} pictures", words.say_number(pictures.requests))
        )
    return ", ".join(parts)


def count_requests(number: int) -> str:
    return tr("1 request") if number == 1 else tr("{} requests", words.say_number(number))


# ---- lines ------------------------------------------------------------------------------------


def list_visits(
    visits: Sequence[VisitRecord], titles: Mapping[FeedId, str] | None, now: datetime
) -> list[Record]:
    """The requests of one feed, or, with `titles`, of all."""
    return [_line_visit(visit, titles, now) for visit in visits]


def _line_visit(visit: VisitRecord, titles: Mapping[FeedId, str] | None, now: datetime) -> Record:
    said, brought = say.say_visit(visit), say.say_yield(visit)
    is_trouble = visit.failure is not None
    seconds = say.say_seconds(visit.elapsed)
    time = words.say_when(visit.at, now)
    if ":" not in time:
        here = visit.at.astimezone(now.tzinfo)
        clock = f"{here.hour:02}:{here.minute:02}"
        time = f"{_shorten_day(here.date(), now.date())} {clock}"
    if titles is None:
        return Record(time, " · ".join(filter(None, (said, brought))), "", seconds, is_trouble)
    below = " · ".join(filter(None, (said, brought)))
    title = titles.get(visit.feed_id, "")
    return Record(
        time, title or tr("A feed you left"), below, seconds, is_trouble, visit.feed_id if title else 0
    )


def list_traffic(traffic: Sequence[Traffic], now: datetime) -> list[Record]:
    """A line for each day and kind, newest day first."""
    order = list(_KINDS)
    days = sorted({each.day for each in traffic}, reverse=True)
    lines = []
    for day in days:
        kinds = sorted(
            (each for each in traffic if each.day == day and each.requests),
            key=lambda each: order.index(each.kind) if each.kind in order else len(order),
        )
        for number, each in enumerate(kinds):
            lines.append(_line_traffic(each, _name_day(day, now) if number == 0 else ""))
    return lines


def _line_traffic(traffic: Traffic, day: str) -> Record:
    parts = [tr("{} not modified", words.say_number(traffic.unchanged))] if traffic.unchanged else []
    if traffic.received:
        parts.append(tr("{} received", words.say_size(traffic.received)))
    if traffic.saved:
        parts.append(tr("{} not sent", words.say_size(traffic.saved)))
    kind = tr(_KINDS.get(traffic.kind, traffic.kind))
    return Record(day, kind, " · ".join(parts), count_requests(traffic.requests))


def _name_day(day: str, now: datetime) -> str:
    then = date.fromisoformat(day)
    passed = (now.date() - then).days
    if passed in (0, 1):
        return tr("Today") if passed == 0 else tr("Yesterday")
    return _shorten_day(then, now.date())


def _shorten_day(day: date, today: date) -> str:
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    if 0 < (today - day).days < 7:
        return tr(names[day.weekday()])
    return f"{day.day} {tr(_SHORT_MONTHS[day.month - 1])}"
