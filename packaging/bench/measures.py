"""What is measured, and how. Each function takes a screen and a profile (or a world) and leaves
figures by name: seconds end in _s, milliseconds in _ms, megabytes (2^20) in _mb.

Everything a person would feel is taken from outside: keys pressed through XTest, pixels read
from the screen. Only the time of single events on the GUI thread is taken inside, by
`instrumented.py`, in runs of their own.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

from processes import PeakMemory
from screen import Box, Screen, are_alike
from server import Server
from subject import StoreFigures, Subject, make_profile, run_command
from world import COMMON, COMMON_EVERY, RARE, RARE_EVERY, World

Figures = dict[str, Any]
LONGEST_REFRESH = 300.0
ARTICLE = (560, 60, 440, 800)  # where the article stands on a screen of 1280 x 900


def measure_refresh(screen: Screen, world: World, server: Server, folder: Path) -> Figures:
    """The first refresh, the same again, and once more after a restart."""
    profile = make_profile(folder)
    imported = run_command(profile, "import", str(world.outline))
    with Subject(screen, profile) as subject:
        subject.wait_ready()
        with PeakMemory(subject.tree) as memory:
            first = _follow_refresh(subject, server, world, world.total)
        subject.tree.wait_for_rest(3.0)
        again = _follow_refresh(subject, server, world, 0)
    with Subject(screen, profile) as subject:
        subject.wait_ready()
        restarted = _follow_refresh(subject, server, world, 0)
    figures = StoreFigures(profile)
    stored = figures.count()
    return {
        "import_s": imported,
        "first": first,
        "peak_mb": memory.peak,
        "again": again,
        "restarted": restarted,
        "stored": stored,
        "found_rare": [figures.count_found(RARE), -(-world.total // RARE_EVERY)],
        "found_common": [figures.count_found(COMMON), -(-world.total // COMMON_EVERY)],
        "disk_kb_per_article": figures.bytes_on_disk() / max(1, stored) / 1000,
    }


def _follow_refresh(subject: Subject, server: Server, world: World, wanted: int) -> Figures:
    """Press `r`; until every feed was answered, `wanted` articles are stored, and all is at rest."""
    figures = StoreFigures(subject.profile)
    server.reset()
    cpu = subject.tree.cpu()
    pressed_at = subject.screen.keys.press("r")
    stored_s = searchable_s = None
    while time.monotonic() - pressed_at < LONGEST_REFRESH:
        if wanted and stored_s is None and figures.count() >= wanted:
            stored_s = time.monotonic() - pressed_at
        if stored_s is not None and figures.count_found(RARE) >= -(-wanted // RARE_EVERY):
            searchable_s = time.monotonic() - pressed_at
        if server.stats()["answered"] >= world.feeds and (searchable_s is not None or not wanted):
            break
        time.sleep(0.04)
    rested_at = subject.tree.wait_for_rest(2.0)
    log = server.stats()
    return {
        "stored_s": stored_s,
        "searchable_s": searchable_s,
        "answered_s": log["last_at"] - pressed_at,
        "rest_s": rested_at - pressed_at,
        "cpu_s": subject.tree.cpu() - cpu,
        "statuses": log["feeds"],
        "other_requests": log["others"],
        "most_connections": log["most_connections"],
    }


def measure_stutter(screen: Screen, world: World, server: Server, folder: Path) -> Figures:
    """Every event on the GUI thread while a first refresh runs and keys scroll the list."""
    profile = make_profile(folder)
    run_command(profile, "import", str(world.outline))
    figures = StoreFigures(profile)
    with Subject(screen, profile, folder / "events.json") as subject:
        subject.wait_ready()
        _press_all(screen, "g", "a")
        server.reset()
        begun = screen.keys.press("r")
        pressed = 0
        while figures.count() < world.total and time.monotonic() - begun < LONGEST_REFRESH:
            screen.keys.press("p" if pressed % 40 > 30 else "n")
            pressed += 1
            time.sleep(0.05)
        ended = time.monotonic()
    return {"keys": pressed, "seconds": ended - begun, **_sum_up_events(subject, begun, ended)}


def _sum_up_events(subject: Subject, begun: float, ended: float) -> Figures:
    report = subject.read_events()
    events = [1000 * event[1] for event in report["events"] if begun <= event[0] <= ended]
    delays = [1000 * delay[1] for delay in report["delays"] if begun <= delay[0] <= ended]
    return {
        "events": len(events),
        "event_p99_ms": quantile(events, 0.99),
        "event_worst_ms": max(events, default=0.0),
        "late_p99_ms": quantile(delays, 0.99),
        "late_worst_ms": max(delays, default=0.0),
    }


def measure_launch(screen: Screen, profile: Path, starts: int) -> Figures:
    """Launch to painted list. One start before the counted ones warms the disk's cache."""
    painted = []
    for _ in range(starts + 1):
        screen.wait_still()
        with Subject(screen, profile) as subject:
            painted.append(_follow_launch(screen, subject))
    return {"launch_s": statistics.median(painted[1:]), "launches_s": painted[1:]}


def _follow_launch(screen: Screen, subject: Subject, quiet: float = 1.0, limit: float = 60.0) -> float:
    """Seconds from exec to the first picture that stayed, but for a caret."""
    frames = [(0.0, screen.grab())]
    began = subject.started_at
    while True:
        now, at = screen.grab(), time.monotonic() - began
        if now != frames[-1][1]:
            frames.append((at, now))
        elif len(frames) > 1 and at - frames[-1][0] > quiet:
            break
        if at > limit or subject.process.poll() is not None:
            raise TimeoutError(f"nothing was painted: {subject.read_log()}")
        time.sleep(0.003)
    painted = frames[-1][0]
    for at, frame in reversed(frames):
        if not are_alike(frame, frames[-1][1]):
            break
        painted = at
    return painted


def measure_reading(screen: Screen, profile: Path, articles: int = 40) -> Figures:
    """Next article: key to stable pixels."""
    with Subject(screen, profile) as subject:
        subject.wait_ready()
        _press_all(screen, "g", "a")
        _press_all(screen, "j")
        took = [_follow_key(screen, "j", ARTICLE) for _ in range(articles)]
        whole = [_follow_key(screen, "j") for _ in range(articles // 2)]
    seen = [pair for pair in took if pair]
    return {
        "next_first_ms": statistics.median(1000 * first for first, _ in seen),
        "next_median_ms": statistics.median(1000 * last for _, last in seen),
        "next_p95_ms": quantile([1000 * last for _, last in seen], 0.95),
        "next_unseen": len(took) - len(seen),
        "next_whole_median_ms": statistics.median(1000 * pair[1] for pair in whole if pair),
    }


def measure_switch(screen: Screen, profile: Path, times: int = 6) -> Figures:
    """From list to list: what it takes on the GUI thread, and until the list is right."""
    took, spans = [], []
    with Subject(screen, profile, profile / "events.json") as subject:
        subject.wait_ready()
        _press_all(screen, "g", "a")
        for keys in [("g", "u"), ("g", "a")] * times + [("ctrl+Down",)] * times:
            _press_all(screen, *keys[:-1])
            before = screen.grab()
            pressed_at = screen.keys.press(keys[-1])
            followed = screen.follow(pressed_at, before, quiet=0.35, limit=3.0)
            if followed:
                took.append(1000 * followed[1])
                spans.append((pressed_at, pressed_at + followed[1]))
    # XTest hands the press over before the call returns, so the span opens a little earlier.
    events = subject.read_events()["events"]
    busy = [
        sum(1000 * event[1] for event in events if begun - 0.002 <= event[0] <= ended)
        for begun, ended in spans
    ]
    return {
        "switch_ms": statistics.median(took),
        "switch_worst_ms": max(took),
        "switch_gui_ms": statistics.median(busy),
        "switch_gui_worst_ms": max(busy),
    }


def measure_search(screen: Screen, profile: Path, words: tuple[str, ...], times: int = 2) -> Figures:
    """Last key of a typed word to the last change of the list."""
    took: dict[str, list[float]] = {word: [] for word in words}
    with Subject(screen, profile) as subject:
        subject.wait_ready()
        for word in [*words] * times:
            _press_all(screen, "/")
            before = screen.grab()
            followed = screen.follow(screen.keys.type(word), before, quiet=1.0, limit=20.0, caret=True)
            if followed:
                took[word].append(1000 * followed[1])
            _press_all(screen, "Escape", "Escape")
    every = [value for values in took.values() for value in values]
    return {"search_ms": statistics.median(every), "search_worst_ms": max(every), "search_by_word": took}


def measure_rest(screen: Screen, profile: Path, seconds: float = 30.0) -> Figures:
    """Memory with nothing to do and after twenty articles; processor time with nothing to do."""
    with Subject(screen, profile) as subject:
        subject.wait_ready()
        time.sleep(8)
        idle_mb = subject.tree.pss()
        cpu, since = subject.tree.cpu(), time.monotonic()
        time.sleep(seconds)
        share = (subject.tree.cpu() - cpu) / (time.monotonic() - since)
        processes = subject.tree.names()
        _press_all(screen, "g", "a")
        for _ in range(20):
            _press_all(screen, "j")
        time.sleep(3)
        read_mb = subject.tree.pss()
    return {"idle_mb": idle_mb, "read_mb": read_mb, "idle_cpu_percent": 100 * share, "processes": processes}


def _follow_key(screen: Screen, key: str, box: Box | None = None) -> tuple[float, float] | None:
    before = screen.grab(box)
    return screen.follow(screen.keys.press(key), before, quiet=0.35, limit=3.0, box=box)


def _press_all(screen: Screen, *keys: str) -> None:
    """Press keys one after the other, each after the one before had its effect."""
    for key in keys:
        screen.keys.press(key)
        screen.wait_still(0.25)


def quantile(values: list[float], share: float) -> float:
    """The value that `share` (0 to 1) of them do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def take_picture(screen: Screen, profile: Path, place: Path) -> None:
    """What all this was measured on, with an article open."""
    with Subject(screen, profile) as subject:
        subject.wait_ready()
        _press_all(screen, "g", "a")
        _press_all(screen, "j")
        screen.save(place)
