"""What to do with a feed, and when next. Pure: the clock is an argument.

Enters: what an answer said, what the feed's document wishes, how often it brings something, how
often it failed. Leaves: a moment before which it is left alone and the name of the rule that
decided it (`Pace`), or a yes or no. Knows no store, no network, no tasks.

    success   max(floor, server's hint, document's wish, own rhythm) -> jitter -> skipHours/skipDays
    failure   Retry-After, else 1 h doubling to 24 h, weekly after a fortnight; 410 and 401 stop
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from reader.errors import BroadsheetError, BrowserCheck, HttpFailed
from reader.fetch.freshness import Freshness
from reader.frozen import frozen

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600

FLOOR = HOUR  # where the server can say "not modified"
FLOOR_WITHOUT_VALIDATORS = DAY
CEILING = DAY
RHYTHM_OF = 20  # newest items that tell a feed's rhythm
RHYTHM_LEAST = 4  # gaps below which there is no telling
REST = 15 * MINUTE  # first pause of a host that is overloaded and names no time
FIRST_BACK_OFF = HOUR
PATIENCE = timedelta(days=14)  # of failures, after which a feed is asked once a week
WEEK = 7 * DAY
BY_HAND_GAP = timedelta(minutes=5)
DOUBTED_AFTER = timedelta(days=8)  # of nothing but "not modified"
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # the `not_before` of a feed that is not polled any more
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@frozen
class Pace:
    """Not fetched by itself before `at`, because of `rule`."""

    at: datetime
    rule: str


@frozen
class Wishes:
    """What a feed's document asks of those who fetch it."""

    ttl: int = 0  # minutes
    update_period: int = 0  # seconds
    skip_hours: tuple[int, ...] = ()  # 0..23, GMT
    skip_days: tuple[str, ...] = ()


# ---- after a good answer --------------------------------------------------------------------


def decide_next(
    feed_id: int,
    now: datetime,
    freshness: Freshness,
    wishes: Wishes,
    *,
    has_validators: bool,
    rhythm: int | None = None,
    usual: int = HOUR,
) -> Pace:
    """When a feed that answered is due again. `rhythm`, `usual`: seconds (`measure_rhythm`, settings)."""
    reasons = [
        (FLOOR, "floor") if has_validators else (FLOOR_WITHOUT_VALIDATORS, "no-validators"),
        (min(CEILING, freshness.max_age or 0), "max-age"),
        (min(CEILING, freshness.expires or 0), "expires"),
        (freshness.retry_after or 0, "retry-after"),
        (min(CEILING, wishes.ttl * MINUTE), "ttl"),
        (min(CEILING, wishes.update_period), "update-period"),
    ]
    least, rule = max(reasons, key=lambda reason: reason[0])
    own = (
        (max(FLOOR, min(CEILING, rhythm)), "rhythm") if rhythm is not None else (min(usual, CEILING), "usual")
    )
    seconds = least
    if own[0] > least:
        seconds, rule = own
    at = now + timedelta(seconds=_jitter(feed_id, seconds, least))
    moved = skip_hours(at, wishes.skip_hours, wishes.skip_days, feed_id)
    return Pace(moved, rule) if moved == at else Pace(moved, "skip-hours")


def measure_rhythm(times: Iterable[datetime | None]) -> int | None:
    """Half the median gap, in seconds, between a feed's newest items; None if they tell nothing."""
    newest = sorted({at for at in times if at is not None}, reverse=True)[:RHYTHM_OF]
    gaps = [(a - b).total_seconds() for a, b in itertools.pairwise(newest)]
    return int(sorted(gaps)[len(gaps) // 2] / 2) if len(gaps) >= RHYTHM_LEAST else None


def skip_hours(at: datetime, hours: Sequence[int], days: Sequence[str], feed_id: int = 0) -> datetime:
    """`at`, moved to the next hour in which the feed may be fetched. A feed that forbids every
    hour or every day forbids nothing."""
    no_hours = {x % 24 for x in hours}
    no_days = {x.strip().lower() for x in days} & set(DAYS)
    if len(no_hours) >= 24 or len(no_days) >= 7 or not (no_hours or no_days):
        return at
    moment = at.astimezone(UTC)
    for _ in range(8 * 24):
        if moment.hour not in no_hours and DAYS[moment.weekday()] not in no_days:
            break
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if moment == at:
        return at
    # Not everybody at the stroke of the hour.
    return moment + timedelta(seconds=abs(_share(feed_id)) * 20 * MINUTE)


def _jitter(feed_id: int, seconds: float, least: float) -> float:
    """Ten per cent more or less, the same for a feed every time, and never less than `least`."""
    share = _share(feed_id)
    wanted = seconds * (1 + 0.1 * share)
    return wanted if wanted >= least else least * (1 + 0.1 * abs(share))


def _share(feed_id: int) -> float:
    """A number of a feed's own between -1 and 1."""
    digest = hashlib.blake2b(str(feed_id).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 0x7FFFFFFF - 1


# ---- after a bad one ------------------------------------------------------------------------


def decide_failure(
    feed_id: int,
    now: datetime,
    error: BroadsheetError,
    failures: int,
    failed_since: datetime | None,
    retry_after: int | None = None,
) -> Pace:
    """When a feed that failed is tried again. `failures`: in a row, this one included (1 or more);
    `retry_after`: seconds the server named."""
    status = error.detail if isinstance(error, HttpFailed) else ""
    if status == "410":
        return Pace(NEVER, "gone")
    if status == "401":
        return Pace(NEVER, "credentials")
    if is_overload(error):
        seconds = retry_after or decide_rest(failures)
        return Pace(now + timedelta(seconds=_jitter(feed_id, seconds, seconds)), "retry-after")
    if isinstance(error, BrowserCheck):
        seconds = max(DAY, retry_after or 0)
        return Pace(now + timedelta(seconds=_jitter(feed_id, seconds, seconds)), "browser-check")
    if failed_since is not None and now - failed_since >= PATIENCE:
        return Pace(now + timedelta(seconds=_jitter(feed_id, WEEK, WEEK)), "weekly")
    seconds = max(_double(FIRST_BACK_OFF, failures), retry_after or 0)
    return Pace(now + timedelta(seconds=_jitter(feed_id, seconds, seconds)), "back-off")


def is_overload(error: BroadsheetError) -> bool:
    """Whether the whole host asked to be left alone."""
    return isinstance(error, HttpFailed) and error.detail in ("429", "503")


def decide_rest(failures: int) -> int:
    """Seconds a host rests that is overloaded and does not say for how long."""
    return _double(REST, failures)


def _double(first: int, times: int) -> int:
    """`first`, doubled with every further time, up to a day."""
    return min(DAY, first << min(max(times - 1, 0), 20))


# ---- yes or no ------------------------------------------------------------------------------


def is_asked_too_soon(checked_at: datetime | None, now: datetime) -> bool:
    """Whether a refresh by hand leaves this feed out because it was asked a moment ago. A moment
    that lies ahead (the clock was set back) does not count."""
    return checked_at is not None and timedelta(0) <= now - checked_at < BY_HAND_GAP


def may_doubt(now: datetime, last_200_at: datetime | None, doubted_at: datetime | None) -> bool:
    """Whether it was nothing but "not modified" for eight days, and as long since that was last tested."""
    if last_200_at is None or now - last_200_at < DOUBTED_AFTER:
        return False
    return doubted_at is None or not timedelta(0) <= now - doubted_at < DOUBTED_AFTER


def should_doubt(
    now: datetime,
    last_200_at: datetime | None,
    newest_at: datetime | None,
    rhythm: int | None,
    doubted_at: datetime | None = None,
) -> bool:
    """Whether "not modified" is no longer believed: eight days of it and nothing else, although
    the feed's own rhythm made items due. Then it is asked once without validators."""
    if not may_doubt(now, last_200_at, doubted_at):
        return False
    if rhythm is None or newest_at is None:
        return True
    return now - newest_at > timedelta(seconds=4 * rhythm)


@frozen
class Move:
    """A permanent redirection as it is remembered; `adopt` once it is believed."""

    to: str = ""
    seen_at: datetime | None = None
    adopt: bool = False


def decide_move(known: str, known_at: datetime | None, moved_to: str, now: datetime) -> Move:
    """`moved_to`: where every hop of this answer, all permanent, led; "" if it did not. Believed
    when it was seen on another day before, so that one bad hour of a server moves nobody."""
    if not moved_to:
        return Move()
    if moved_to != known or known_at is None:
        return Move(moved_to, now)
    return Move(moved_to, known_at, adopt=now.astimezone(UTC).date() > known_at.astimezone(UTC).date())


# ---- a burst after a week away --------------------------------------------------------------

BURST = 60  # feeds that may be fetched at once by themselves
BURST_SECONDS = 60.0  # ... and how often so many
