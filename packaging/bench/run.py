"""Measures the reader in a world of its own. Run by `dev.py bench`.

Prints a table and writes bench-results/*.json. The filled stores are kept there as well, as
filling a million articles takes minutes; delete bench-results/stores after a change of the store.
"""

from __future__ import annotations

import argparse
import functools
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(ROOT)]

import far  # noqa: E402  the three folders must be known first
import manners  # noqa: E402
import measures  # noqa: E402
import screen  # noqa: E402
import table  # noqa: E402
import world as worlds  # noqa: E402
from server import Server  # noqa: E402
from subject import make_profile  # noqa: E402

SIZES = (15_000, 100_000, 1_000_000)
PARTS = ("launch", "switch", "search", "reading", "rest", "refresh", "stutter", "web", "manners")
FAR_HOSTS = 400  # of the feeds of `web`
HANGING_FEEDS = 100  # of which one host hangs: what other readers were measured with
RESULTS = ROOT / "bench-results"


def main() -> int:
    options = _read_options()
    missing = screen.find_missing()
    if missing:
        print(f"To measure what is on the screen, this is needed: {', '.join(missing)}.", file=sys.stderr)
        print("(Debian: apt install xvfb openbox libxtst6)", file=sys.stderr)
        return 1
    results: dict[str, Any] = {
        "machine": table.describe_machine(),
        "version": table.describe_version(ROOT),
        "sizes": {},
        "skipped": [],
    }
    with screen.Screen() as shown:
        for size in options.sizes:
            _measure_size(shown, size, options, results)
        if {"refresh", "stutter"} & set(options.only):
            _measure_world(shown, options, results)
        if "web" in options.only:
            _measure_web(shown, options, results)
    if "manners" in options.only:
        _attempt("manners", results, lambda: results.update(manners=manners.measure()))
    print(table.draw(results))
    print(f"\nwritten to {table.save(results, RESULTS)}")
    return 1 if results["skipped"] else 0


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help=f"of {', '.join(PARTS)}")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="articles stored; empty: none")
    parser.add_argument("--feeds", type=int, default=500, help="feeds of the refresh")
    parser.add_argument("--items", type=int, default=30, help="items of each")
    parser.add_argument("--latency", type=int, default=0, help="of the feed server, ms")
    parser.add_argument("--starts", type=int, default=7, help="launches counted")
    parser.add_argument("--shots", type=Path, help="a folder for a picture of each size")
    options = parser.parse_args()
    options.only = options.only.split(",")
    options.sizes = [int(size) for size in options.sizes.split(",") if size]
    if not set(options.only) <= set(PARTS):
        parser.error(f"--only takes {', '.join(PARTS)}")
    return options


def _measure_size(
    shown: screen.Screen, size: int, options: argparse.Namespace, results: dict[str, Any]
) -> None:
    parts: dict[str, Callable[[Path], measures.Figures]] = {
        "launch": lambda profile: measures.measure_launch(shown, profile, options.starts),
        "switch": lambda profile: measures.measure_switch(shown, profile),
        "search": lambda profile: measures.measure_search(shown, profile, _choose_words()),
        "reading": lambda profile: measures.measure_reading(shown, profile),
        "rest": lambda profile: measures.measure_rest(shown, profile),
    }
    wanted = [part for part in parts if part in options.only]
    if not wanted:
        return
    figures = results["sizes"].setdefault(str(size), {})
    profile = _fill_store(size)
    for part in wanted:
        _attempt(
            f"{part}, {size:,} articles", results, lambda part=part: figures.update(parts[part](profile))
        )
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
        _attempt(
            "picture", results, lambda: measures.take_picture(shown, profile, options.shots / f"{size}.png")
        )


def _measure_world(shown: screen.Screen, options: argparse.Namespace, results: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as name:
        folder = Path(name)
        _say(f"making {options.feeds} feeds of {options.items} items")
        world = worlds.make(folder / "world", _find_free_port(), options.feeds, options.items)
        results["world"] = {key: asdict(world)[key] for key in ("feeds", "items", "hosts")}
        results["world"]["latency_ms"] = options.latency
        with Server(world, options.latency) as server:
            parts = {"refresh": measures.measure_refresh, "stutter": measures.measure_stutter}
            for part in (part for part in parts if part in options.only):
                _attempt(
                    part,
                    results,
                    lambda part=part: results.update(
                        {part: parts[part](shown, world, server, folder / part)}
                    ),
                )


def _measure_web(shown: screen.Screen, options: argparse.Namespace, results: dict[str, Any]) -> None:
    parts = {
        "refreshes": far.measure_refreshes,
        "window": functools.partial(far.measure_window, shown),
        "cancel": far.measure_cancel,
        "beside": far.measure_beside,
    }
    hosts = min(FAR_HOSTS, options.feeds)
    results["web"] = {"world": {"feeds": options.feeds, "items": options.items, "hosts": hosts}}
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as name:
        _measure_far(parts, options.feeds, hosts, options.items, Path(name), results)
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as name:
        hanging = {"hanging": far.measure_hanging}
        _measure_far(hanging, HANGING_FEEDS, HANGING_FEEDS, options.items, Path(name), results)


def _measure_far(
    parts: Mapping[str, Callable[..., measures.Figures]],
    feeds: int,
    hosts: int,
    items: int,
    folder: Path,
    results: dict[str, Any],
) -> None:
    """Measure in a world of its own, whose hosts are near or far or broken."""
    _say(f"making {feeds} feeds of {items} items on {hosts} hosts")
    world = worlds.make(folder / "world", _find_free_port(), feeds, items, hosts)
    with Server(world, weather=True) as server:
        for part, measure in parts.items():
            _attempt(
                f"web: {part}",
                results,
                lambda part=part, measure=measure: results["web"].update(
                    {part: measure(world, server, folder / part)}
                ),
            )


def _attempt(what: str, results: dict[str, Any], measure: Callable[[], object]) -> None:
    """One part's trouble does not end the others."""
    _say(what)
    try:
        measure()
    except Exception as trouble:
        _say(f"{what}: {type(trouble).__name__}: {trouble}")
        results["skipped"].append(f"{what}: {type(trouble).__name__}: {trouble}"[:300])


def _fill_store(size: int) -> Path:
    import bench_store

    profile = make_profile(RESULTS / "stores" / str(size))
    _say(f"a store with {size:,} articles")
    return bench_store.fill(profile, size)


def _choose_words() -> tuple[str, ...]:
    import bench_store

    return (bench_store.RARE, bench_store.UNCOMMON, bench_store.COMMON)


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
