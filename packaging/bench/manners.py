"""A month of 500 ordinary feeds (`publishers`): how often each reader asks, and how late news comes.

Ours is the program's own judgement, called with a clock that is set: `schedule.take_turn` says whom
to ask and when to look again, `visits.judge` what an answer means for the next visit. Against it two
readers as they are often written, which ask everybody at every full hour, with and without
validators. Nothing is sent. The first day, on which everything is fetched once, is not counted.
"""

from __future__ import annotations

import heapq
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from publishers import DAY, HOUR, ITEMS, START, Publisher, Response, make_publishers

from reader.engine.decide import decide_rest, measure_rhythm, should_doubt
from reader.engine.schedule import take_turn
from reader.engine.visits import Visit, asks_for_rest, hash_body, judge, read_known, read_retry
from reader.errors import HttpFailed
from reader.fetch.answer import Answer, Hop
from reader.model import Digest, Draft, FeedHead, FeedId
from reader.settings import DECLARED
from reader.store.fetching import FetchNote, FetchPlan

FEEDS, DAYS = 500, 30
WARM_UP = DAY
END = WARM_UP + DAYS * DAY
OFFICE = (9 * HOUR, 17 * HOUR)  # of each day, GMT
USUAL = next(setting.default for setting in DECLARED if setting.name == "refresh_minutes") * 60

ROWS = {
    "requests": "requests a day",
    "per_feed": "... for each feed",
    "unchanged": '... answered "not modified"',
    "news": "... answered with news",
    "stale": "... with a document that brought none",
    "failed": "... that failed",
    "megabytes": "megabytes (10^6) a day",
    "delay_minutes": "article published -> fetched, mean, minutes",
    "delay_median_minutes": "... median",
    "delay_of_feeds_hours": "... mean of the feeds' means, hours",
    "missed": "articles that left their document unseen",
}


def measure() -> dict[str, Any]:
    """The month for each reader; about 20 s."""
    publishers = make_publishers(FEEDS, DAYS + 1)
    readers: dict[str, Callable[[Tally], None]] = {
        "ours, always on": lambda tally: _run_ours(tally, always),
        "ours, 8 hours a day": lambda tally: _run_ours(tally, in_office),
        "hourly, always on": lambda tally: _run_hourly(tally, always, asks_conditionally=False),
        "hourly with validators": lambda tally: _run_hourly(tally, always, asks_conditionally=True),
        "the same, 8 hours": lambda tally: _run_hourly(tally, in_office, asks_conditionally=True),
    }
    figures = {}
    for name, run in readers.items():
        tally = Tally(publishers)
        run(tally)
        figures[name] = tally.describe()
    articles = sum(at >= WARM_UP for publisher in publishers for at in publisher.published)
    title = f"{FEEDS} ordinary feeds for {DAYS} days, simulated; {articles:,} articles"
    return {"title": title, "rows": ROWS, "readers": figures}


def always(at: float) -> float:
    """The computer is on: the moment itself."""
    return at


def in_office(at: float) -> float:
    """The next moment at which a computer is on that runs for eight hours a day."""
    day, of_day = divmod(at, DAY)
    if of_day < OFFICE[0]:
        return day * DAY + OFFICE[0]
    return at if of_day < OFFICE[1] else (day + 1) * DAY + OFFICE[0]


# ---- counting --------------------------------------------------------------------------------


@dataclass
class Tally:
    """What one reader asked and got."""

    publishers: list[Publisher]
    kinds: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    missed: int = 0
    delays: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))  # seconds by feed
    seen: dict[int, int] = field(default_factory=dict)  # articles by feed

    def count(self, publisher: Publisher, at: float, response: Response) -> bool:
        """One request. True where it brought news."""
        news = response.status == 200 and response.articles > self.seen.get(publisher.number, 0)
        if at >= WARM_UP:
            self.kinds[_name_kind(response.status, news)] += 1
            self.bytes += response.bytes
        if news:
            self._see(publisher, at, response.articles)
        return news

    def _see(self, publisher: Publisher, at: float, articles: int) -> None:
        fresh = range(self.seen.get(publisher.number, 0), articles)
        self.seen[publisher.number] = articles
        for place in fresh:
            published = publisher.published[place]
            if published < WARM_UP:
                continue
            if place < articles - ITEMS:
                self.missed += 1
            else:
                self.delays[publisher.number].append(at - published)

    def describe(self) -> dict[str, Any]:
        requests = self.kinds.total() / DAYS
        delays = [delay for of_feed in self.delays.values() for delay in of_feed]
        return {
            "requests": round(requests),
            "per_feed": requests / len(self.publishers),
            **{kind: round(self.kinds[kind] / DAYS) for kind in ("unchanged", "news", "stale", "failed")},
            "megabytes": self.bytes / 1e6 / DAYS,
            "delay_minutes": statistics.mean(delays) / 60,
            "delay_median_minutes": statistics.median(delays) / 60,
            "delay_of_feeds_hours": statistics.mean(map(statistics.mean, self.delays.values())) / HOUR,
            "missed": self.missed,
        }


def _name_kind(status: int, news: bool) -> str:
    if status == 304:
        return "unchanged"
    if status == 200:
        return "news" if news else "stale"
    return "failed"


# ---- readers that ask at every full hour -----------------------------------------------------


def _run_hourly(tally: Tally, is_on: Callable[[float], float], *, asks_conditionally: bool) -> None:
    known: dict[int, tuple[str, str]] = {}
    for at in _list_hours(is_on):
        for publisher in tally.publishers:
            validators = known.get(publisher.number, ("", "")) if asks_conditionally else ("", "")
            response = publisher.respond(at, *validators)
            tally.count(publisher, at, response)
            if response.status == 200:
                known[publisher.number] = (response.etag, response.last_modified)


def _list_hours(is_on: Callable[[float], float]) -> Iterator[float]:
    return (float(at) for at in range(0, END, HOUR) if is_on(at) == at)


# ---- ours ------------------------------------------------------------------------------------


def _run_ours(tally: Tally, is_on: Callable[[float], float]) -> None:
    """`Schedule.look`, over and over, from one moment at which something is due to the next."""
    desk = Desk(tally)
    at = is_on(0.0)
    while at < END:
        at = is_on(at + desk.look(at))


class Desk:
    """What the program keeps of its feeds between two looks."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.plans = {
            publisher.number: FetchPlan(FeedId(publisher.number), publisher.address, "", "", "")
            for publisher in tally.publishers
        }
        self.pauses: dict[str, datetime] = {}
        self.queue = [(START, number) for number in self.plans]  # when each is due, a heap

    def look(self, at: float) -> float:
        """Fetch what is due; seconds until something is due again."""
        now = START + timedelta(seconds=at)
        due = self._take_due(now)
        # Of those that are not due yet only the next one matters.
        coming = [self.plans[self.queue[0][1]]] if self.queue else []
        turn = take_turn([*due, *coming], self.pauses, now)
        for plan in turn.plans:
            self._visit(plan, at, now)
        for plan in due:
            self._put_back(self.plans[plan.feed_id])
        if len(turn.plans) < len(due) or not due:
            return turn.wait
        return take_turn([self.plans[self.queue[0][1]]], self.pauses, now).wait

    def _take_due(self, now: datetime) -> list[FetchPlan]:
        due = []
        while self.queue and self.queue[0][0] <= now:
            due.append(self.plans[heapq.heappop(self.queue)[1]])
        return due

    def _put_back(self, plan: FetchPlan) -> None:
        if not plan.is_gone:
            heapq.heappush(self.queue, (plan.not_before or START, plan.feed_id))

    def _visit(self, plan: FetchPlan, at: float, now: datetime) -> None:
        publisher = self.tally.publishers[plan.feed_id]
        doubts = self._doubts(plan, publisher, now)
        validators = ("", "") if doubts else (plan.etag, plan.last_modified)
        response = publisher.respond(at, *validators)
        self.tally.count(publisher, at, response)
        visit = _make_visit(plan, publisher, response, at, doubts)
        note, move = judge(visit, now, USUAL)
        if asks_for_rest(visit):
            seconds = read_retry(visit, now) or decide_rest(plan.failures + 1)
            self.pauses[_host(publisher)] = now + timedelta(seconds=seconds)
        self.plans[plan.feed_id] = _write(plan, note, move.to if move.adopt else "")

    def _doubts(self, plan: FetchPlan, publisher: Publisher, now: datetime) -> bool:
        """Whether the server's "not modified" is tested, as `Round` would."""
        if plan.last_200_at is None or now - plan.last_200_at < timedelta(days=8):
            return False
        seen = self.tally.seen[publisher.number]
        times = [_moment(at) for at in publisher.published[seen - ITEMS : seen]]
        doubted = read_known(plan.wishes).doubted_at
        return should_doubt(
            now,
            plan.last_200_at,
            times[-1],
            measure_rhythm(times),
            datetime.fromtimestamp(doubted, now.tzinfo) if doubted else None,
        )


def _make_visit(plan: FetchPlan, publisher: Publisher, response: Response, at: float, doubts: bool) -> Visit:
    answer = _make_answer(plan, publisher, response, at)
    if response.status not in (200, 304):
        return Visit(plan, answer, error=HttpFailed(str(response.status)), is_doubt=doubts)
    if answer.is_unchanged or hash_body(answer) == plan.body_hash:
        return Visit(plan, answer, is_doubt=doubts)
    newest = range(response.articles - ITEMS, response.articles)
    drafts = tuple(_make_draft(publisher.published[place]) for place in newest)
    head = FeedHead(
        ttl=publisher.ttl,
        update_period=publisher.update_period,
        skip_hours=publisher.skip_hours,
        skip_days=publisher.skip_days,
    )
    return Visit(plan, answer, Digest(head, drafts, ""), is_doubt=doubts)


def _make_answer(plan: FetchPlan, publisher: Publisher, response: Response, at: float) -> Answer:
    moved = at >= publisher.moves_at and plan.address != publisher.new_address
    headers = {"cache-control": "no-cache" if publisher.max_age == 0 else f"max-age={publisher.max_age}"}
    if publisher.max_age is None:
        headers = {}
    if response.retry_after:
        headers["retry-after"] = str(response.retry_after)
    return Answer(
        response.status,
        publisher.new_address if moved else plan.address,
        (Hop(301, plan.address),) if moved else (),
        headers,
        data=f"{publisher.number}/{response.version}".encode() if response.status == 200 else b"",
        etag=response.etag,
        last_modified=response.last_modified,
    )


@cache
def _make_draft(at: float) -> Draft:
    return Draft("", "", "", "", _moment(at), None, "", b"", "", 1, "", (), (), (), "", "", b"")


def _moment(at: float) -> datetime:
    return START + timedelta(seconds=at)


def _host(publisher: Publisher) -> str:
    return f"feed{publisher.number}.example"


def _write(plan: FetchPlan, note: FetchNote, adopted: str) -> FetchPlan:
    """The plan as the store would give it after this note."""
    failed = note.failure is not None
    moved_to = plan.moved_to if note.moved_to is None else note.moved_to
    return replace(
        plan,
        address=adopted or plan.address,
        etag=plan.etag if note.validators is None else note.validators[0],
        last_modified=plan.last_modified if note.validators is None else note.validators[1],
        body_hash=plan.body_hash if note.body_hash is None else note.body_hash,
        not_before=note.not_before,
        failures=plan.failures + 1 if failed else 0,
        failed_since=(plan.failed_since or note.at) if failed else None,
        last_200_at=note.at if note.status == 200 and not failed else plan.last_200_at,
        moved_to="" if adopted else moved_to,
        moved_seen_at=plan.moved_seen_at if moved_to == plan.moved_to else note.at,
        is_gone=plan.is_gone if note.is_gone is None else note.is_gone,
        wishes=plan.wishes if note.wishes is None else note.wishes,
    )
