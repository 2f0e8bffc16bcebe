"""What is said of a feed: its state, when it is asked next, and why then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reader.engine import decide
from reader.errors import BrowserCheck, HttpFailed, TimedOut
from reader.fetch.freshness import Freshness
from reader.model import Failure, FeedHealth, FeedId, SectionId, VisitRecord
from reader.ui import health_words as say

NOW = datetime(2026, 3, 11, 13, 40, tzinfo=UTC)  # a Wednesday


def feed(**more: Any) -> FeedHealth:
    values: dict[str, Any] = {
        "id": FeedId(1), "section_id": SectionId(1), "section": "World", "title": "The Daily Harbour",
        "address": "https://harbour.example/feed", "site": "https://harbour.example/", "icon": "", "total": 40,
        "status": 200, "checked_at": NOW - timedelta(minutes=5), "succeeded_at": NOW - timedelta(minutes=5),
        "next_at": NOW + timedelta(minutes=40), "rule": "floor", "newest_at": NOW - timedelta(hours=2),
    } | more  # fmt: skip
    return FeedHealth(**values)


def failed(kind: str, detail: str = "", count: int = 1, **ago: int) -> Failure:
    return Failure(kind, detail, count, NOW - timedelta(**ago))


STATES = {
    "Fine": feed(),
    "Not modified, 5 min ago": feed(status=304),
    "Gone for good (410)": feed(is_gone=True, failure=failed("HttpFailed", "410")),
    "Asks for a password": feed(failure=failed("HttpFailed", "401"), rule="credentials"),
    "Does not accept the password": feed(failure=failed("HttpFailed", "401"), signs_in="basic"),
    "wall.example lets only browsers in": feed(failure=failed("BrowserCheck", "wall.example")),
    "far.example did not answer in time · for 3 days": feed(
        failure=failed("TimedOut", "far.example", 9, days=3)
    ),
    "far.example did not answer in time · 4 times": feed(
        failure=failed("TimedOut", "far.example", 4, hours=2)
    ),
    "far.example did not answer in time": feed(failure=failed("TimedOut", "far.example", 1, minutes=2)),
    "Moved to news.example": feed(moved_to="https://news.example/feed"),
    "Moved to harbour.example/atom.xml": feed(moved_to="https://harbour.example/atom.xml"),
    "Moved to новини.example": feed(moved_to="https://xn--b1amarcd.example/feed"),
    "Its host asked for a pause until 14:05": feed(paused_until=NOW + timedelta(minutes=25)),
    "Silent for 4 months": feed(newest_at=NOW - timedelta(days=125)),
    "Not asked yet": feed(checked_at=None, succeeded_at=None, status=0),
}


@pytest.mark.parametrize("said", STATES)
def test_every_state_has_its_words(said: str) -> None:
    assert say.say_state(STATES[said], NOW) == said


def test_every_rule_that_decides_has_words_of_its_own() -> None:
    hour = 3600
    some: dict[str, Any] = {"has_validators": True, "rhythm": None, "usual": hour}
    none, wish = Freshness(), decide.Wishes()
    decided = [
        decide.decide_next(1, NOW, none, wish, has_validators=True, usual=60),
        decide.decide_next(1, NOW, none, wish, has_validators=False),
        decide.decide_next(1, NOW, Freshness(max_age=5 * hour), wish, **some),
        decide.decide_next(1, NOW, Freshness(expires=5 * hour), wish, **some),
        decide.decide_next(1, NOW, Freshness(retry_after=5 * hour), wish, **some),
        decide.decide_next(1, NOW, none, decide.Wishes(ttl=300), **some),
        decide.decide_next(1, NOW, none, decide.Wishes(update_period=5 * hour), **some),
        decide.decide_next(1, NOW, none, wish, has_validators=True, rhythm=5 * hour),
        decide.decide_next(1, NOW, none, wish, has_validators=True, usual=5 * hour),
        decide.decide_next(1, NOW, none, decide.Wishes(skip_hours=tuple(range(23))), **some),
        decide.decide_failure(1, NOW, HttpFailed("410"), 1, NOW),
        decide.decide_failure(1, NOW, HttpFailed("401"), 1, NOW),
        decide.decide_failure(1, NOW, HttpFailed("429"), 1, NOW),
        decide.decide_failure(1, NOW, BrowserCheck("x.example"), 1, NOW),
        decide.decide_failure(1, NOW, TimedOut("x.example"), 2, NOW),
        decide.decide_failure(1, NOW, TimedOut("x.example"), 20, NOW - timedelta(days=20)),
    ]
    rules = {pace.rule for pace in decided}
    said = {
        rule: say.say_rule(feed(rule=rule, next_at=NOW + timedelta(days=1), per_week=20), NOW)
        for rule in rules
    }
    assert len(rules) == 15
    assert all(said.values())
    assert len(set(said.values())) == len(rules)


@pytest.mark.parametrize("rule", say.RULES)
def test_every_rule_is_explained_in_whole_sentences(rule: str) -> None:
    health = feed(rule=rule, next_at=NOW + timedelta(hours=2), per_week=20)
    sentence = say.explain_rule(health, NOW)
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_a_rhythm_is_said_in_articles() -> None:
    assert say.say_rule(feed(rule="rhythm", per_week=20), NOW) == "its own rhythm, about 3 a day"
    assert say.say_rule(feed(rule="rhythm", per_week=2), NOW) == "its own rhythm, about 2 a week"
    assert say.say_rule(feed(rule="rhythm", per_week=0.25), NOW) == "its own rhythm, about 1 a month"
    assert say.say_rule(feed(rule="rhythm", per_week=0), NOW) == "its own rhythm"


def test_the_pause_of_a_host_outweighs_an_earlier_time_of_the_feeds_own() -> None:
    paused = feed(rule="max-age", paused_until=NOW + timedelta(hours=2))
    assert say.say_next_and_why(paused, NOW) == "15:40 · its host asked for a pause"
    later = feed(rule="max-age", next_at=NOW + timedelta(hours=3), paused_until=NOW + timedelta(hours=2))
    assert say.say_next_and_why(later, NOW) == "16:40 · the server said so (max-age)"


@pytest.mark.parametrize(
    ("next_at", "said"),
    [
        (NOW + timedelta(minutes=40), "14:20"),
        (NOW + timedelta(hours=19, minutes=20), "tomorrow 09:00"),
        (NOW + timedelta(days=4), "Sunday 13:40"),
        (NOW + timedelta(days=20), "31 Mar 13:40"),
        (NOW - timedelta(hours=1), "now"),
        (None, "now"),
    ],
)
def test_the_next_request_is_said_in_words(next_at: datetime | None, said: str) -> None:
    assert say.say_next(feed(next_at=next_at), NOW) == said


@pytest.mark.parametrize(
    ("rule", "why"), [("gone", "it is gone"), ("credentials", "it waits for a password")]
)
def test_a_feed_that_is_left_alone_is_never_asked_by_itself(rule: str, why: str) -> None:
    assert say.say_next_and_why(feed(rule=rule, next_at=decide.NEVER), NOW) == f"never by itself · {why}"


def test_a_feed_that_is_due_is_said_to_be() -> None:
    assert "due" in say.explain_rule(feed(next_at=NOW - timedelta(minutes=1)), NOW)
    assert "Nothing holds it back" in say.explain_rule(feed(next_at=None, rule=""), NOW)


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=40), "a minute"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=30), "30 hours"),
        (timedelta(days=3), "3 days"),
        (timedelta(days=45), "6 weeks"),
        (timedelta(days=125), "4 months"),
        (timedelta(days=365), "12 months"),
        (timedelta(days=1200), "3 years"),
    ],
)
def test_a_span_is_said_in_its_largest_unit(passed: timedelta, said: str) -> None:
    assert say.say_span(passed) == said


def test_an_answer_is_said_with_its_number_and_how_long_it_took() -> None:
    assert say.say_last_answer(feed(status=304, elapsed=0.21)) == "304 not modified, 0.2 s"
    assert say.say_last_answer(feed(status=0, elapsed=60.0)) == "no answer, 60 s"
    assert say.say_last_answer(feed(status=418)) == "418"
    assert say.say_last_answer(feed(status=502)) == "502 trouble of its own"
    assert say.say_last_answer(feed(checked_at=None)) == "not asked yet"


def test_a_request_is_said_with_what_it_brought() -> None:
    whole = VisitRecord(NOW, FeedId(1), 200, None, 0.5, 31_000, 2)
    assert (say.say_visit(whole), say.say_yield(whole)) == ("New document", "2 new · 31 KB")
    fresh = VisitRecord(NOW, FeedId(1), 304, None, 0.5, 0, 0)
    assert (say.say_visit(fresh), say.say_yield(fresh)) == ("Not modified", "")
    dead = VisitRecord(NOW, FeedId(1), 0, Failure("TimedOut", "a.example"), 60, 0, 0)
    assert say.say_visit(dead) == "a.example did not answer in time"


def test_amounts_are_said_in_short() -> None:
    assert [say.say_weekly(n) for n in (0, 0.04, 0.4, 3, 9.96, 140)] == [
        "–",
        "0.1",
        "0.4",
        "3.0",
        "10",
        "140",
    ]
    assert say.say_bytes(0) == "–"
    assert say.say_share(3, 4) == "75% not modified"
    assert say.say_share(1, 900) == "1% not modified"
    assert say.say_share(0, 4) == ""


def test_the_age_of_the_newest_article_is_round() -> None:
    assert say.say_newest(NOW - timedelta(days=125), NOW) == "4 months ago"
    assert say.say_newest(NOW - timedelta(hours=3), NOW) == "3 h ago"
    assert say.say_newest(NOW - timedelta(hours=30), NOW) == "yesterday"
    assert say.say_newest(None, NOW) == "–"
