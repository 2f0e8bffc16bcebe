"""Five hundred ordinary feeds and their servers, simulated for a month. Pure; seconds count from the
month's first midnight, GMT.

Measured in 187 real feeds caught in 2020-2026 (news, blogs, podcasts; 137 of them dated well enough
to tell a rhythm): how many articles a week (half of the feeds bring less than one in three weeks, a
tenth 59 or more), how large a document is, packed, that 6 % name a ttl (mostly 60 minutes) and 19 % an
update period (nearly always an hour), and one in 187 each skipHours and skipDays. Measured in the
dated items of seven news sites caught again and again: how the articles spread over the hours of a
day, and that a day at the weekend brings about 0.7 of a weekday.

Assumed, since documents do not tell: which validators and max-age servers give, how many change their
bytes without news, fail, move.
"""

from __future__ import annotations

import bisect
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from weather import interpolate

HOUR, DAY, WEEK = 3600, 24 * 3600, 7 * 24 * 3600
START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
ITEMS = 20  # in a document
HEAD_BYTES = 350  # of an answer's head; all there is of "not modified"

# Share of the feeds -> articles a week, and bytes of a packed document.
RATES = ((0.0, 0.01), (0.05, 0.02), (0.25, 0.07), (0.5, 0.29), (0.75, 1.22), (0.9, 59), (0.95, 186), (1, 400))
SIZES = ((0.0, 400), (0.1, 916), (0.25, 2_614), (0.5, 11_658), (0.75, 27_257), (0.9, 65_276), (1.0, 142_327))
HOURS = (5, 2, 1, 1, 0, 1, 3, 3, 4, 4, 3, 4, 4, 5, 6, 7, 7, 8, 6, 4, 5, 8, 5, 5)  # % of a day's articles
WEEKEND = 0.7
ZONES = (-8, -5, -5, 0, 0, 1, 1, 1, 9, 10)

TTL, TTL_MINUTES = 0.06, 60
UPDATE_PERIOD, UPDATE_SECONDS = 0.19, HOUR
SKIPS = 0.005

VALIDATORS = (("both", 0.6), ("modified", 0.15), ("etag", 0.1), ("none", 0.15))
MAX_AGES = ((None, 0.55), (0, 0.15), (300, 0.1), (600, 0.05), (HOUR, 0.1), (DAY, 0.05))
RESTLESS = 0.1  # of the feeds change their bytes every hour, news or not
MOVED = 0.02  # redirect for good from some day on
DEAD, SICK, BUSY = 0.01, 0.008, 0.002  # not found ever more; 500 for three days; 503 for half of one

T = TypeVar("T")


class Response(NamedTuple):
    """What a server says, as far as anybody simulated here looks at it."""

    status: int
    etag: str = ""
    last_modified: str = ""
    articles: int = 0  # published so far
    version: str = ""  # of the bytes
    bytes: int = HEAD_BYTES
    retry_after: int = 0


@dataclass
class Publisher:
    number: int
    published: list[float]  # when, the first of them before the month
    validators: str
    max_age: int | None
    size: int
    ttl: int
    update_period: int
    skip_hours: tuple[int, ...]
    skip_days: tuple[str, ...]
    restless: int  # seconds between two changes of the bytes without news; 0: none
    troubles: tuple[tuple[float, float, int], ...]  # from, until, status
    moves_at: float

    @property
    def address(self) -> str:
        return f"https://feed{self.number}.example/feed"

    @property
    def new_address(self) -> str:
        return f"https://feed{self.number}.example/new/feed"

    def respond(self, at: float, etag: str = "", last_modified: str = "") -> Response:
        """To a request with these validators."""
        for begin, end, status in self.troubles:
            if begin <= at < end:
                return Response(status, retry_after=HOUR if status == 503 else 0)
        articles = bisect.bisect_right(self.published, at)
        restless = int(at // self.restless) if self.restless else 0
        version = f"{articles}-{restless}"
        tag = f'"{version}"' if self.validators in ("both", "etag") else ""
        changed = max(self.published[articles - 1], restless * self.restless)
        modified = f"at {changed:.0f}" if self.validators in ("both", "modified") else ""
        # Where the tag is asked for, the date does not count.
        unchanged = etag == tag if etag and tag else bool(modified) and last_modified == modified
        if unchanged:
            return Response(304, tag, modified, articles, version)
        return Response(200, tag, modified, articles, version, HEAD_BYTES + self.size)


def make_publishers(count: int, days: int) -> list[Publisher]:
    """The same every time."""
    draw = random.Random("publishers")
    ranks = [(rank + 0.5) / count for rank in range(count)]
    rates, sizes = draw.sample(ranks, count), draw.sample(ranks, count)
    troubles = _deal_troubles(count, days, draw)
    return [
        Publisher(
            number,
            _publish(interpolate(RATES, rates[number]), days, draw),
            _choose(VALIDATORS, draw),
            _choose(MAX_AGES, draw),
            int(interpolate(SIZES, sizes[number])),
            TTL_MINUTES if draw.random() < TTL else 0,
            UPDATE_SECONDS if draw.random() < UPDATE_PERIOD else 0,
            tuple(range(6)) if draw.random() < SKIPS else (),
            ("Saturday", "Sunday") if draw.random() < SKIPS else (),
            HOUR if draw.random() < RESTLESS else 0,
            troubles.get(number, ()),
            draw.uniform(0, days * DAY) if draw.random() < MOVED else math.inf,
        )
        for number in range(count)
    ]


def _deal_troubles(
    count: int, days: int, draw: random.Random
) -> dict[int, tuple[tuple[float, float, int], ...]]:
    """Some are dead from the start, some sick or busy for a while, one is gone for good."""
    kinds = [(404, 0.0)] * round(DEAD * count)
    kinds += [(500, 3.0 * DAY)] * round(SICK * count)
    kinds += [(503, 0.5 * DAY)] * round(BUSY * count)
    kinds += [(410, 0.0)]
    dealt = {}
    for number, (status, lasts) in zip(draw.sample(range(count), len(kinds)), kinds, strict=True):
        begin = 0.0 if status == 404 else draw.uniform(2 * DAY, days * DAY / 2)
        dealt[number] = ((begin, begin + lasts if lasts else math.inf, status),)
    return dealt


def _publish(rate: float, days: int, draw: random.Random) -> list[float]:
    """When its articles come: `ITEMS` before the month, and those of the month."""
    gap = WEEK / rate
    at, before = 0.0, []
    for _ in range(ITEMS + 1):
        at -= draw.expovariate(1 / gap)
        before.append(at)
    zone = draw.choice(ZONES)
    share = rate / (5 + 2 * WEEKEND) / sum(HOURS)
    published = before[::-1]
    for hour in range(days * 24):
        day, of_day = divmod(hour + zone, 24)
        expected = share * HOURS[of_day] * (WEEKEND if day % 7 >= 5 else 1)
        published += sorted((hour + draw.random()) * HOUR for _ in range(_count(expected, draw)))
    return published


def _count(expected: float, draw: random.Random) -> int:
    """How many happen where so many are expected (Poisson)."""
    limit, product, count = math.exp(-expected), draw.random(), 0
    while product > limit:
        product *= draw.random()
        count += 1
    return count


def _choose(shares: Sequence[tuple[T, float]], draw: random.Random) -> T:
    return draw.choices([value for value, _ in shares], [share for _, share in shares])[0]
