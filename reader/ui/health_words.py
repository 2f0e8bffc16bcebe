"""How a feed is doing -> the words a person reads: its state, its answers, when next and why then.

In: the health of a feed and a time in the reader's zone (`now`). Out: text. Pure, like `words`; what
is the matter with a feed is `feeds_page.judging`'s to find.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from reader.model import Failure, FeedHealth, VisitRecord
from reader.ui import words
from reader.ui.feeds_page import judging
from reader.ui.feeds_page.judging import State
from reader.ui.words import tr

NOTHING = "–"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# ---- what is the matter --------------------------------------------------------------------


def say_state(health: FeedHealth, now: datetime) -> str:
    """One phrase, without a full stop: Not modified, 5 min ago."""
    match judging.find_state(health, now):
        case State.GONE:
            return tr("Gone for good (410)")
        case State.CREDENTIALS:
            return tr("Does not accept the password") if health.signs_in else tr("Asks for a password")
        case State.MOVED:
            return tr("Moved to {}", _name_new_place(health))
        case State.PAUSED:
            assert health.paused_until is not None
            return tr("Its host asked for a pause until {}", say_moment(health.paused_until, now))
        case State.SILENT:
            assert health.newest_at is not None
            return tr("Silent for {}", say_span(now - health.newest_at))
        case State.UNASKED:
            return tr("Not asked yet")
        case State.FINE:
            return _say_fine(health, now)
    assert health.failure is not None
    return _say_trouble(health.failure, now)


def _say_fine(health: FeedHealth, now: datetime) -> str:
    if health.status == 304 and health.checked_at is not None:
        return tr("Not modified, {}", say_ago(health.checked_at, now))
    return tr("Fine")


def _say_trouble(failure: Failure, now: datetime) -> str:
    sentence = words.say_failure(failure).rstrip(".")
    if failure.since_at is not None and now - failure.since_at >= timedelta(days=1):
        return tr("{} · for {}", sentence, say_span(now - failure.since_at))
    return tr("{} · {} times", sentence, failure.count) if failure.count > 1 else sentence


def _name_new_place(health: FeedHealth) -> str:
    """The host where that is another, else all of the address."""
    old, new = words.say_host(health.address), words.say_host(health.moved_to)
    return new if new != old else words.say_address(health.moved_to)


# ---- when next, and why then ----------------------------------------------------------------

# What decided the next request: for the table, and as a sentence of its own. The names are those of
# `engine.decide`; {} is how often the feed brings something.
RULES: dict[str, tuple[str, str]] = {
    "floor": (
        "once an hour at most",
        "No feed is asked more than once an hour by itself.",
    ),
    "no-validators": (
        "once a day, it sends all each time",
        "This server cannot say “not modified” and sends everything each time, so it is asked once a day.",
    ),
    "max-age": (
        "the server said so (max-age)",
        "The server said how long its answer stays good (max-age), and asking sooner would bring nothing new.",
    ),
    "expires": (
        "the server said so (Expires)",
        "The server said until when its answer stays good (Expires).",
    ),
    "retry-after": (
        "the server asked for a pause",
        "The server has too much to do and asked to be left alone until then.",
    ),
    "ttl": (
        "the feed said so (ttl)",
        "The feed itself says how long it stays good (ttl).",
    ),
    "update-period": (
        "the feed said so (update period)",
        "The feed itself says how often it changes (update period).",
    ),
    "rhythm": (
        "its own rhythm, {}",
        "It follows its own rhythm, {}, and is asked about twice as often as something comes.",
    ),
    "rhythm-slow": (
        "its own rhythm",
        "It follows its own rhythm and is asked about twice as often as it used to bring something.",
    ),
    "usual": (
        "as set for all feeds",
        "It is asked as often as the settings say for all feeds.",
    ),
    "skip-hours": (
        "the feed keeps quiet hours",
        "The feed names hours or days at which it does not want to be asked, and this is the first moment after.",
    ),
    "gone": (
        "it is gone",
        "The site said that this feed is gone for good (410), so it is not asked any more. "
        "Its articles stay here.",
    ),
    "credentials": (
        "it waits for a password",
        "It asks for a password and is not asked again before you sign in.",
    ),
    "refused-password": (
        "it waits for another password",
        "It does not accept the password it was given, and is not asked again before you sign in anew.",
    ),
    "browser-check": (
        "once a day, it wants a browser",
        "The site lets only browsers in. It is asked once a day, in case that changes.",
    ),
    "weekly": (
        "once a week, it fails for long",
        "It has failed for more than two weeks and is asked once a week.",
    ),
    "back-off": (
        "less often while it fails",
        "While it fails it is asked less and less often, up to once a day.",
    ),
    "host-pause": (
        "its host asked for a pause",
        "Its host asked to be left alone, so none of its feeds is asked before then.",
    ),
}


def find_rule(health: FeedHealth, now: datetime) -> str:
    """The name of what decides: a key of `RULES`, or "" where nothing does."""
    if health.is_gone:
        return "gone"
    if health.rule == "credentials" and health.signs_in:
        return "refused-password"
    if judging.is_stopped(health):
        return health.rule
    if judging.is_paused(health, now) and judging.find_next(health) == health.paused_until:
        return "host-pause"
    return "rhythm-slow" if health.rule == "rhythm" and health.per_week <= 0 else health.rule


def say_rule(health: FeedHealth, now: datetime) -> str:
    """Why it is asked then and not sooner: a few words. "" where nothing decided."""
    return _fill_rule(health, now, 0)


def explain_rule(health: FeedHealth, now: datetime) -> str:
    """The same as a sentence or two."""
    if (at := judging.find_next(health)) is None and not judging.is_stopped(health):
        return tr("Nothing holds it back: it is asked with the next round.")
    due = at is not None and at <= now and not judging.is_stopped(health)
    return tr("It is due and is asked with the next round.") if due else _fill_rule(health, now, 1)


def _fill_rule(health: FeedHealth, now: datetime, which: int) -> str:
    texts = RULES.get(find_rule(health, now))
    return tr(texts[which]).replace("{}", say_pace(health.per_week)) if texts else ""


def say_next(health: FeedHealth, now: datetime) -> str:
    """When it may be asked by itself: 14:20, tomorrow 09:00, never by itself."""
    if judging.is_stopped(health):
        return tr("never by itself")
    at = judging.find_next(health)
    return tr("now") if at is None or at <= now else say_moment(at, now)


def say_next_and_why(health: FeedHealth, now: datetime) -> str:
    reason = say_rule(health, now)
    return " · ".join(filter(None, (say_next(health, now), reason)))


# ---- answers --------------------------------------------------------------------------------

_STATUSES = {
    200: "new document",
    226: "only what is new",
    304: "not modified",
    401: "asks for a password",
    403: "refused",
    404: "nothing there",
    410: "gone for good",
    429: "asks for a pause",
    451: "withheld for legal reasons",
    503: "overloaded",
}


def say_status(status: int) -> str:
    """304 not modified."""
    if status in _STATUSES:
        return f"{status} {tr(_STATUSES[status])}"
    if status >= 500:
        return tr("{} trouble of its own", status)
    return str(status) if status else tr("no answer")


def say_last_answer(health: FeedHealth) -> str:
    """304 not modified, 0.2 s."""
    if health.checked_at is None:
        return tr("not asked yet")
    return ", ".join(filter(None, (say_status(health.status), say_seconds(health.elapsed))))


def say_visit(visit: VisitRecord) -> str:
    """What came of one request, without a full stop."""
    if visit.failure is not None:
        return words.say_failure(visit.failure).rstrip(".")
    if visit.status == 304:
        return tr("Not modified")
    return tr("New document") if 200 <= visit.status < 300 else say_status(visit.status).capitalize()


def say_yield(visit: VisitRecord) -> str:
    """What it brought: 2 new · 31 KB; "" where nothing."""
    new = tr("{} new", words.say_number(visit.added)) if visit.added else ""
    return " · ".join(filter(None, (new, say_bytes(visit.size) if visit.size else "")))


def say_seconds(seconds: float) -> str:
    """0.2 s; "" where it was not measured."""
    if seconds <= 0:
        return ""
    return tr("{} s", round(seconds)) if seconds >= 10 else tr("{} s", f"{max(0.1, seconds):.1f}")


# ---- amounts --------------------------------------------------------------------------------


def say_bytes(size: int) -> str:
    return words.say_size(size) if size else NOTHING


def say_share(unchanged: int, requests: int) -> str:
    """How many of the requests were answered "not modified"; "" where none was."""
    return tr("{}% not modified", max(1, round(100 * unchanged / requests))) if unchanged else ""


def say_weekly(per_week: float) -> str:
    """Articles a week as a number."""
    if per_week <= 0:
        return NOTHING
    return words.say_number(round(per_week)) if per_week >= 9.95 else f"{max(0.1, per_week):.1f}"


def say_pace(per_week: float) -> str:
    """about 3 a day, about 2 a week, about 1 a month."""
    if per_week >= 10:
        return tr("about {} a day", words.say_number(round(per_week / 7)))
    if per_week >= 0.75:
        return tr("about {} a week", round(per_week))
    if per_week > 0:
        return tr("about {} a month", max(1, round(per_week * 52 / 12)))
    return tr("nothing lately")


# ---- times ----------------------------------------------------------------------------------


def say_ago(at: datetime, now: datetime) -> str:
    """Within a sentence: 5 min ago, yesterday, 9 Mar."""
    said = words.say_ago(at, now)
    if said == tr("Yesterday"):
        return tr("yesterday")
    return tr("today {}", said) if ":" in said else said


def say_since(at: datetime | None, now: datetime) -> str:
    """For a column: 5 min ago, yesterday, 9 Mar; a dash where never."""
    return NOTHING if at is None else say_ago(at, now)


def say_newest(at: datetime | None, now: datetime) -> str:
    """How old the newest article is, in round words: 4 months ago."""
    if at is None:
        return NOTHING
    passed = now - at
    return tr("{} ago", say_span(passed)) if passed >= timedelta(days=2) else say_ago(at, now)


def say_moment(at: datetime, now: datetime) -> str:
    """A time to come: 14:20, tomorrow 09:00, Thursday 09:00, 9 Mar 09:00."""
    here = at.astimezone(now.tzinfo)
    clock = f"{here.hour:02}:{here.minute:02}"
    days = (here.date() - now.date()).days
    if days <= 0:
        return clock
    if days == 1:
        return tr("tomorrow {}", clock)
    if days < 7:
        return f"{tr(_WEEKDAYS[here.weekday()])} {clock}"
    return f"{words.say_when(at, now)} {clock}"


def say_span(passed: timedelta) -> str:
    """In the largest unit of which there are two or more: 40 minutes, 3 days, 6 weeks, 4 months."""
    minutes = max(0, int(passed.total_seconds() // 60))
    units = (
        (730 * 1440, 365 * 1440, "{} years"),
        (60 * 1440, 1440 * 365 / 12, "{} months"),
        (14 * 1440, 7 * 1440, "{} weeks"),
        (2 * 1440, 1440, "{} days"),
        (120, 60, "{} hours"),
        (2, 1, "{} minutes"),
    )
    for least, unit, text in units:
        if minutes >= least:
            return tr(text, max(2, int(minutes / unit)))
    return tr("a minute")
