"""Refreshing feeds that are far away, some of which hang or fail (`weather`).

Taken from the events of the engine, in one process without a window and once more as the window
gets them; when something was asked and answered comes from the server, when it was stored from the
store (the moment its batch was begun). Seconds count from the wish to refresh.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from measures import Figures, quantile
from screen import Screen, wait_for
from server import Server
from subject import StoreFigures, Subject, Windowless, make_profile, run_command
from weather import forecast
from world import World

CANCEL_AFTER = (0.3, 1.0, 2.0, 3.0, 5.0)  # seconds; hosts that hang have been asked from the second on
LATE = 30.0  # seconds that answers are waited for behind the end of a refresh
NO_PICTURES = {"fetch_pictures": False}


def measure_refreshes(world: World, server: Server, folder: Path) -> Figures:
    """The first refresh and one with nothing new, without a window."""
    profile = _subscribe(world, folder)
    with Windowless(profile) as run:
        return {name: _follow(run, world, server, profile) for name in ("first", "again")}


def measure_window(screen: Screen, world: World, server: Server, folder: Path) -> Figures:
    """The same, in the window."""
    profile = _subscribe(world, folder)
    with Subject(screen, profile, profile / "events.json") as subject:
        subject.wait_ready()
        return {name: _follow_window(subject, world, server) for name in ("first", "again")}


def measure_cancel(world: World, server: Server, folder: Path) -> Figures:
    """Refreshes broken off, the first of them while documents come in."""
    last_event, last_request, icons = [], [], 0
    with Windowless(_subscribe(world, folder)) as run:
        for after in CANCEL_AFTER:
            server.reset()
            told = run.do(f"cancel {after}")
            last_event.append(max(0.0, told["last"] - told["asked"]))
            detail = server.read_detail()
            last_request += [at - told["asked"] for at in detail["given_up_at"]]
            icons += detail["icons"][0]
    return {
        "last_event_s": max(last_event),
        "last_event_median_s": statistics.median(last_event),
        "last_request_s": max(last_request, default=0.0),
        "given_up": len(last_request),
        "icons": icons,
    }


def measure_beside(world: World, server: Server, folder: Path) -> Figures:
    """Requests that are not for feeds, each with how many addresses they were for."""
    profile = make_profile(folder)
    run_command(profile, "import", str(world.outline))
    with Windowless(profile) as run:
        figures = {name: _count_beside(run, world, server, profile) for name in ("first", "again")}
    with Windowless(profile) as run:
        server.reset()
        run.do("start")
        run.do("pictures")
        return {**figures, "restarted": _read_beside(server)}


def measure_hanging(world: World, server: Server, folder: Path) -> Figures:
    """A refresh of which one host hangs."""
    profile = _subscribe(world, folder)
    with Windowless(profile) as run:
        return _follow(run, world, server, profile)


def _subscribe(world: World, folder: Path) -> Path:
    profile = make_profile(folder, **NO_PICTURES)
    run_command(profile, "import", str(world.outline))
    return profile


# ---- one refresh -----------------------------------------------------------------------------


def _follow(run: Windowless, world: World, server: Server, profile: Path) -> Figures:
    server.reset()
    told = run.do("refresh")
    _wait_for_late(world, profile, told["begun"])
    return _sum_up(world, profile, told["begun"], told["ended"], told["waiting"], server.read_detail())


def _follow_window(subject: Subject, world: World, server: Server) -> Figures:
    server.reset()
    begun = subject.screen.keys.press("r")

    def find_end() -> dict[str, Any] | None:
        time.sleep(0.1)  # looking takes processor time from what is looked at
        told = (state for state in subject.read_progress() if state["at"] > begun and not state["active"])
        return next(told, None)

    ended = wait_for(find_end, "the end of the refresh", 300)
    _wait_for_late(world, subject.profile, begun)
    return _sum_up(world, subject.profile, begun, ended["at"], ended["waiting"], server.read_detail())


def _wait_for_late(world: World, profile: Path, begun: float) -> None:
    """Until every feed that answers at all is stored."""
    answering, figures = _list_answering(world), StoreFigures(profile)
    until = time.monotonic() + LATE
    while time.monotonic() < until:
        stored = figures.read_successes()
        if all(stored.get(world.address(feed), 0.0) > begun for feed in answering):
            return
        time.sleep(0.1)


def _list_answering(world: World) -> list[int]:
    return [feed for feed, temper in enumerate(forecast(world)) if not temper.fault]


def _sum_up(
    world: World, profile: Path, begun: float, ended: float, waiting: int, detail: dict[str, Any]
) -> Figures:
    answering = _list_answering(world)
    successes = StoreFigures(profile).read_successes()
    took = {feed: successes.get(world.address(feed), 0.0) - begun for feed in answering}
    stored = {feed: seconds for feed, seconds in took.items() if seconds > 0}
    answered = {feed: detail["answered_at"].get(world.path(feed), begun) - begun for feed in answering}
    asked = {feed: detail["asked_at"].get(world.path(feed), begun) - begun for feed in answering}
    slowest = max(answered.values())
    fair = _find_fair(world, asked)
    return {
        "ended_s": ended - begun,
        "slowest_s": slowest,
        "ratio": (ended - begun) / slowest,
        "complete_ratio": max(stored.values(), default=0.0) / slowest,
        "late": sum(seconds > ended - begun for seconds in stored.values()),
        "waiting": waiting,
        "stored_s": {str(share): quantile(list(stored.values()), share / 100) for share in (50, 90, 99, 100)},
        "stored": [len(stored), len(answering)],
        "asked_s": {str(share): quantile(list(asked.values()), share / 100) for share in (50, 99, 100)},
        "delayed_s": {
            str(share): quantile([stored[feed] - fair[feed] for feed in stored], share / 100)
            for share in (50, 99, 100)
        },
        "most_requests": detail["most_requests"],
        "most_to_one_host": detail["most_to_one_host"],
        "statuses": detail["feeds"],
    }


def _find_fair(world: World, asked: dict[int, float]) -> dict[int, float]:
    """When each feed could be here if nothing but its own host, asked one feed at a time, took time."""
    tempers = forecast(world)
    spent: dict[str, float] = defaultdict(float)
    fair = {}
    for feed in sorted(asked, key=lambda feed: asked[feed]):
        spent[world.host(feed)] += tempers[feed].delay
        fair[feed] = spent[world.host(feed)]
    return fair


def _count_beside(run: Windowless, world: World, server: Server, profile: Path) -> Figures:
    server.reset()
    begun = run.do("refresh")["begun"]
    _wait_for_late(world, profile, begun)
    run.do("pictures")
    return _read_beside(server)


def _read_beside(server: Server) -> Figures:
    detail = server.read_detail()
    return {"icons": detail["icons"], "pictures": detail["pictures"], "feeds": detail["feeds"]}
