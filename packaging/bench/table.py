"""Figures -> the table a person reads, and the JSON file a machine does."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# figure, what it is, unit, aim
BY_SIZE = (
    ("launch_s", "launch to painted list", "s", "0.35; 0.45 at 1,000,000"),
    ("switch_gui_ms", "switch list: GUI thread", "ms", "16"),
    ("switch_ms", "switch list: list right", "ms", "50"),
    ("search_ms", "search: last key to stable list", "ms", "50; 100 at 1,000,000"),
    ("search_worst_ms", "search: the slowest", "ms", ""),
    ("next_median_ms", "next article: key to stable pixels", "ms", "16"),
    ("next_whole_median_ms", "... until sidebar and counts are right too", "ms", ""),
    ("next_p95_ms", "next article: the slowest 5 %", "ms", "50"),
    ("idle_mb", "memory of all processes, idle (PSS)", "MB", "120"),
    ("read_mb", "memory after 20 articles (PSS)", "MB", "130"),
    ("idle_cpu_percent", "idle CPU", "% of a core", "0.05"),
)
REFRESH = (
    (("refresh", "first", "stored_s"), "first refresh: all stored", "s", "5"),
    (("refresh", "first", "searchable_s"), "first refresh: all searchable", "s", "5"),
    (("refresh", "first", "rest_s"), "first refresh: at rest, pictures too", "s", ""),
    (("refresh", "first", "cpu_s"), "first refresh: CPU", "s", ""),
    (("refresh", "peak_mb"), "memory while refreshing, peak (PSS)", "MB", "220"),
    (("refresh", "again", "answered_s"), "again, nothing new: all answered", "s", "0.5"),
    (("refresh", "again", "rest_s"), "again: at rest", "s", "0.5"),
    (("refresh", "again", "cpu_s"), "again: CPU", "s", ""),
    (("refresh", "again", "statuses"), "again: answers by status", "", "all 304"),
    (("refresh", "restarted", "answered_s"), "after a restart: all answered", "s", ""),
    (("refresh", "restarted", "statuses"), "after a restart: answers by status", "", "all 304"),
    (("refresh", "stored"), "articles stored", "", ""),
    (("refresh", "found_rare"), "found of a planted rare word, planted", "", "equal"),
    (("refresh", "found_common"), "found of a planted common word, planted", "", "equal"),
    (("refresh", "disk_kb_per_article"), "disk per article, index included", "KB", "4.5"),
    (("stutter", "event_p99_ms"), "GUI event while refreshing and scrolling, p99", "ms", "8"),
    (("stutter", "event_worst_ms"), "GUI event while refreshing and scrolling, worst", "ms", "50"),
    (("stutter", "late_p99_ms"), "a 5 ms timer is late meanwhile by, p99", "ms", ""),
    (("stutter", "late_worst_ms"), "a 5 ms timer is late meanwhile by, worst", "ms", ""),
)
WEB = (
    (("refreshes", "first", "ended_s"), "first refresh: ended for the user", "s", ""),
    (("refreshes", "first", "slowest_s"), "... the slowest answer was sent", "s", ""),
    (("refreshes", "first", "ratio"), "... ended / slowest", "", "1.3"),
    (("refreshes", "first", "stored_s"), "... stored, % of the answering feeds", "s", ""),
    (("refreshes", "first", "stored"), "... stored in the end", "", "equal"),
    (("refreshes", "first", "complete_ratio"), "... all of them stored / slowest", "", "1.3"),
    (("refreshes", "first", "late"), "... of them behind the end", "", ""),
    (("refreshes", "first", "waiting"), "... silent at the end, those that hang too", "", ""),
    (("refreshes", "first", "asked_s"), "... asked, % of them", "s", ""),
    (("refreshes", "first", "delayed_s"), "... stored later than their host alone explains, %", "s", ""),
    (("refreshes", "first", "most_requests"), "... most requests open at once", "", ""),
    (("refreshes", "first", "most_to_one_host"), "... to one host", "", "1"),
    (("refreshes", "first", "statuses"), "... answers by status", "", ""),
    (("refreshes", "again", "ended_s"), "nothing new: ended for the user", "s", ""),
    (("refreshes", "again", "slowest_s"), "... the slowest answer was sent", "s", ""),
    (("refreshes", "again", "ratio"), "... ended / slowest", "", "1.3"),
    (("refreshes", "again", "complete_ratio"), "... all that answer noted / slowest", "", "1.3"),
    (("refreshes", "again", "late"), "... of them behind the end", "", ""),
    (("refreshes", "again", "stored_s"), "... noted, % of the answering feeds", "s", ""),
    (("refreshes", "again", "delayed_s"), "... noted later than their host alone explains, %", "s", ""),
    (("refreshes", "again", "most_to_one_host"), "... most requests to one host", "", "1"),
    (("refreshes", "again", "statuses"), "... answers by status", "", ""),
    (("window", "first", "ended_s"), "in the window, first: ended", "s", ""),
    (("window", "first", "ratio"), "... ended / slowest", "", "1.3"),
    (("window", "first", "complete_ratio"), "... all of them stored / slowest", "", "1.3"),
    (("window", "first", "stored_s"), "... stored, % of the answering feeds", "s", ""),
    (("window", "again", "ended_s"), "in the window, nothing new: ended", "s", ""),
    (("window", "again", "ratio"), "... ended / slowest", "", "1.3"),
    (("window", "again", "complete_ratio"), "... all that answer noted / slowest", "", "1.3"),
    (("cancel", "last_event_s"), "cancelled: until the last event, worst", "s", "0.2"),
    (("cancel", "last_event_median_s"), "... median", "s", ""),
    (("cancel", "last_request_s"), "... until the last request was given up, worst", "s", "0.2"),
    (("cancel", "icons"), "... icons asked for although it was cancelled", "", ""),
    (("beside", "first", "icons"), "icons asked for after the first refresh, addresses", "", "equal"),
    (("beside", "first", "pictures"), "pictures asked for after it, addresses", "", "equal"),
    (("beside", "again", "icons"), "icons after a second refresh", "", "0"),
    (("beside", "again", "pictures"), "pictures after it", "", "0"),
    (("beside", "restarted", "icons"), "icons after a restart", "", "0"),
    (("beside", "restarted", "pictures"), "pictures after it", "", "0"),
    (("hanging", "ended_s"), "100 feeds, one host hangs: ended", "s", ""),
    (("hanging", "complete_ratio"), "... all that answer stored / slowest", "", "1.3"),
    (("hanging", "stored_s"), "... stored, % of the answering feeds", "s", ""),
)
ELSEWHERE = (
    "elsewhere measured, 100 feeds of which one host hangs: Liferea 10 s, QuiteRSS 20 s, newsboat and "
    "RSS Guard 64 s, Akregator until the host is given up, with 70 % of a core"
)


def draw(results: Mapping[str, Any]) -> str:
    """The whole report as text."""
    sizes = list(results["sizes"])
    lines = [f"{results['machine']}", ""]
    rows = [
        [
            f"{what}{f', {unit}' if unit else ''}",
            *(_show(results["sizes"][size].get(name)) for size in sizes),
            aim,
        ]
        for name, what, unit, aim in BY_SIZE
    ]
    if sizes:
        lines += _align(
            [["articles stored", *(f"{int(size):,}" for size in sizes), "aim"], *_drop_empty(rows)]
        )
    world = results.get("world")
    if world:
        lines += ["", f"{world['feeds']} feeds x {world['items']} items", ""]
        rows = [
            [f"{what}{f', {unit}' if unit else ''}", _show(_dig(results, path)), aim]
            for path, what, unit, aim in REFRESH
        ]
        lines += _align([["", "measured", "aim"], *_drop_empty(rows)])
    lines += _draw_web(results["web"]) if "web" in results else []
    lines += _draw_manners(results["manners"]) if "manners" in results else []
    lines += ["", *(f"not measured: {why}" for why in results.get("skipped", ()))]
    return "\n".join(lines)


def _draw_web(web: Mapping[str, Any]) -> list[str]:
    shape = web["world"]
    rows = [
        [f"{what}{f', {unit}' if unit else ''}", _show(_dig(web, path)), aim] for path, what, unit, aim in WEB
    ]
    return [
        "",
        f"{shape['feeds']} feeds x {shape['items']} items on {shape['hosts']} hosts far away, some broken",
        "",
        *_align([["", "measured", "aim"], *_drop_empty(rows)]),
        ELSEWHERE,
    ]


def _draw_manners(manners: Mapping[str, Any]) -> list[str]:
    """One column for each reader that was simulated."""
    readers = manners["readers"]
    names = list(readers)
    rows = [
        [what, *(_show(readers[name].get(key)) for name in names), ""]
        for key, what in manners["rows"].items()
    ]
    return ["", manners["title"], "", *_align([["", *names, ""], *_drop_empty(rows)])]


def save(results: Mapping[str, Any], folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    place = folder / f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}.json"
    place.write_text(json.dumps(results, indent=1), "utf-8")
    return place


def describe_machine() -> str:
    model, memory = platform.processor() or platform.machine(), ""
    if sys.platform.startswith("linux"):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.split(": ", 1)[1] for line in lines if line.startswith("model name")), model)
        kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
        memory = f", {kilobytes / 2**20:.0f} GB"
    return f"{os.cpu_count()} x {model}{memory}, {platform.platform()}, Python {platform.python_version()}"


def describe_version(root: Path) -> str:
    asked = ["git", "-C", str(root), "rev-parse", "--short", "HEAD"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def _dig(results: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    found: Any = results
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _show(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"
    if isinstance(value, Mapping):
        if all(isinstance(number, float) for number in value.values()):
            return ", ".join(f"{share} %: {_show(number)}" for share, number in value.items())
        return ", ".join(f"{count} x {status}" for status, count in value.items())
    if isinstance(value, list):
        return " of ".join(map(str, value))
    return f"{value:,}"


def _drop_empty(rows: list[list[str]]) -> list[list[str]]:
    return [row for row in rows if any(row[1:-1])]


def _align(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True)]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return lines
