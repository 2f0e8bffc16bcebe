"""What is the matter with the feed whose articles are listed, and what can be done about it.

In: the feed, its health where that is known already, the time. Out: an icon, one sentence, and the
names of one or two repairs; None where there is nothing to say. Pure.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from reader.frozen import frozen
from reader.model import Failure, Feed, FeedHealth
from reader.ui import words
from reader.ui.words import tr

LONG = timedelta(days=2)  # of failing: worth saying how long
NOT_ITS_FAULT = ("Offline", "CaptivePortal", "Cancelled")

DETAILS = ("feed_info", "Details")
TRY = ("try_now", "Try now")
LOOK = ("find_again", "Look for a new address")
SIGN_IN = ("sign_in", "Sign in…")
INTRODUCE = ("user_agent", "Introduce differently…")
REFUSALS = ("403", "406", "451")  # that another name may help with


@frozen
class Notice:
    icon: str
    sentence: str
    repairs: tuple[tuple[str, str], ...]  # name of a repair, or "feed_info"; what its button says


def choose_notice(feed: Feed, health: FeedHealth | None, now: datetime) -> Notice | None:
    """`health` may come later than the feed: until then what the feed says of itself counts."""
    failure = feed.failure
    if (health is not None and health.is_gone) or is_status(failure, "410"):
        told = tr("The site has taken this feed down for good (410).")
        if feed.total:
            told = tr("{} Its articles stay.", told)
        return _make("warning", told, LOOK, ("unsubscribe", "Unsubscribe"))
    if failure is not None and failure.kind not in NOT_ITS_FAULT:
        return _choose_for_failure(feed, failure, health, now)
    if health is not None and health.moved_to:
        told = tr("This feed has moved to {}.", words.say_address(health.moved_to))
        return _make("link", told, ("switch", "Switch"), DETAILS)
    return None


def _choose_for_failure(
    feed: Feed, failure: Failure, health: FeedHealth | None, now: datetime
) -> Notice | None:
    told = words.say_failure(failure)
    if is_status(failure, "401"):
        refused = health is not None and health.signs_in
        return _make(
            "key", tr("The site no longer accepts the password.") if refused else told, SIGN_IN, DETAILS
        )
    if failure.kind == "BrowserCheck":
        return _make("warning", told, ("open_site", "Open the site"), INTRODUCE)
    if failure.kind == "HttpFailed" and failure.detail in REFUSALS:
        return _make("warning", told, INTRODUCE, DETAILS)
    if failure.kind == "NotAFeed" or is_status(failure, "404"):
        return _make("warning", _add_span(told, failure, now), LOOK, DETAILS)
    if health is not None and health.paused_until is not None and health.paused_until > now:
        from reader.ui.health_words import say_moment

        host, until = words.say_host(feed.address), say_moment(health.paused_until, now)
        return _make("warning", tr("{} asked for a pause until {}.", host, until), DETAILS)
    return _make("warning", _add_span(told, failure, now), TRY, DETAILS)


def _add_span(told: str, failure: Failure, now: datetime) -> str:
    """How long it has been so, where that is long."""
    if failure.since_at is None or now - failure.since_at < LONG:
        return told
    from reader.ui.health_words import say_span

    return tr("{} For {} now.", told, say_span(now - failure.since_at))


def is_status(failure: Failure | None, status: str) -> bool:
    return failure is not None and failure.kind == "HttpFailed" and failure.detail == status


def _make(icon: str, sentence: str, *repairs: tuple[str, str]) -> Notice:
    return Notice(icon, sentence, tuple((name, tr(label)) for name, label in repairs))
