"""The sample newspaper is what it promises to be: complete, invented, and dated relative to now."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"
MAKER = ROOT / "packaging" / "sample"
ATOM = "{http://www.w3.org/2005/Atom}"
RSS1 = "{http://purl.org/rss/1.0/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DATE = re.compile(r"\{\{(?:rfc822|iso):-(\d+)\}\}")
VOCABULARIES = {"www.w3.org", "purl.org", "www.itunes.com", "search.yahoo.com", "jsonfeed.org"}


@dataclass(frozen=True)
class Item:
    source: str
    title: str
    link: str
    html: str
    date: str
    summary: str

    @property
    def minutes(self) -> int:
        return int(DATE.fullmatch(self.date)[1])  # type: ignore[index]


def find_feeds() -> list[Path]:
    return sorted(SAMPLE.glob("*.example/feed.*"))


@cache
def read_items() -> tuple[Item, ...]:
    return tuple(item for path in find_feeds() for item in read_feed(path))


def read_feed(path: Path) -> list[Item]:
    name = path.parent.name
    if path.suffix == ".json":
        told = json.loads(path.read_text(encoding="utf-8"))
        keys = ("title", "url", "content_html", "date_published", "summary")
        return [Item(name, *(each[key] for key in keys)) for each in told["items"]]
    root = ElementTree.parse(path).getroot()
    if root.tag == f"{ATOM}feed":
        return [read_atom_entry(name, each) for each in root.iter(f"{ATOM}entry")]
    space = RSS1 if root.tag.endswith("RDF") else ""
    when = "{http://purl.org/dc/elements/1.1/}date" if space else "pubDate"
    tags = (f"{space}title", f"{space}link", CONTENT, when, f"{space}description")
    return [Item(name, *((each.findtext(tag) or "") for tag in tags)) for each in root.iter(f"{space}item")]


def read_atom_entry(name: str, entry: ElementTree.Element) -> Item:
    link = entry.find(f"{ATOM}link[@rel='alternate']")
    assert link is not None
    title, html, date, summary = (
        entry.findtext(ATOM + tag) or "" for tag in ("title", "content", "published", "summary")
    )
    return Item(name, title, link.get("href", ""), html, date, summary)


@cache
def read_outlines() -> tuple[tuple[str, dict[str, str]], ...]:
    body = ElementTree.parse(SAMPLE / "sample.opml").getroot().find("body")
    assert body is not None
    return tuple((folder.get("text", ""), feed.attrib) for folder in body for feed in folder)


def test_every_feed_of_the_subscription_list_is_there_and_well_formed() -> None:
    for _, outline in read_outlines():
        parts = urlsplit(outline["xmlUrl"])
        assert read_feed(SAMPLE / parts.netloc / parts.path.lstrip("/")), outline["title"]
    assert len(read_outlines()) == len(find_feeds())


def test_there_are_enough_sections_sources_and_articles() -> None:
    assert len({section for section, _ in read_outlines()}) >= 5
    assert len(find_feeds()) >= 10
    assert len(read_items()) >= 75


def test_all_four_kinds_of_feed_occur() -> None:
    roots = {path.parent.name: path.read_text(encoding="utf-8")[:400] for path in find_feeds()}
    for mark in ('<rss version="2.0"', "<feed xmlns=", "<rdf:RDF", "jsonfeed.org/version/1.1"):
        assert any(mark in head for head in roots.values()), mark


def test_addresses_and_titles_are_told_once() -> None:
    assert max(Counter(item.link for item in read_items()).values()) == 1
    for item in read_items():
        assert item.title.strip(), item.link
        assert item.summary.strip(), item.link
        assert item.html.strip(), item.link
        assert urlsplit(item.link).netloc == item.source


def test_all_dates_are_relative_and_spread_over_nine_days() -> None:
    minutes = sorted(item.minutes for item in read_items())
    assert sum(each <= 600 for each in minutes) >= 25
    assert minutes[0] >= 5
    assert minutes[-1] <= 9 * 24 * 60
    for path in find_feeds():
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"(pubDate|published|updated|date_published|dc:date|lastBuildDate)\W{1,4}\d", text
        ), path


def test_nothing_points_at_a_real_address() -> None:
    for path in [*find_feeds(), *SAMPLE.glob("*.example/index.html"), SAMPLE / "sample.opml"]:
        hosts = set(re.findall(r"https?://([^/\"'<>\s]+)", path.read_text(encoding="utf-8"))) - VOCABULARIES
        assert all(host.endswith(".example") for host in hosts), (path, hosts)


def test_every_picture_named_is_there_and_none_lies_about_unused() -> None:
    named = set()
    for path in find_feeds():
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"https://([a-z-]+\.example/pictures/[a-z-]+\.jpg)", text))
    present = {str(path.relative_to(SAMPLE).as_posix()) for path in SAMPLE.glob("*/pictures/*.jpg")}
    assert named == present
    assert len(present) >= 45


def test_pictures_are_jpeg_of_one_size_and_the_whole_is_small() -> None:
    for path in SAMPLE.glob("*/pictures/*.jpg"):
        data = path.read_bytes()
        frame = re.search(rb"\xff\xc0\x00\x11\x08(....)", data, re.S)
        assert data[:2] == b"\xff\xd8", path
        assert frame is not None, path
        assert struct.unpack(">HH", frame[1]) == (675, 1200), path
        assert len(data) <= 160_000, path
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) <= 4_000_000


def test_every_source_names_its_icon_and_has_it() -> None:
    for path in find_feeds():
        assert f"https://{path.parent.name}/favicon.png" in path.read_text(encoding="utf-8")
        icon = (path.parent / "favicon.png").read_bytes()
        assert icon[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", icon[16:24]) == (64, 64)


def test_every_source_has_a_front_door_that_names_its_feed() -> None:
    for path in find_feeds():
        assert 'rel="alternate"' in (path.parent / "index.html").read_text(encoding="utf-8")
        assert f'href="/{path.name}"' in (path.parent / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "mark",
    ["<table>", "<blockquote>", "<ul>", "<ol>", "<h2>", "<h3>", "<figcaption>", 'class="footnotes"', "<sup>"],
)
def test_every_kind_of_block_occurs(mark: str) -> None:
    assert any(mark in item.html for item in read_items())


def test_code_occurs_in_several_languages() -> None:
    found = {name for item in read_items() for name in re.findall(r'class="language-(\w+)"', item.html)}
    assert {"python", "sql", "rust", "go", "c", "javascript", "bash"} <= found


def test_also_read_lines_lead_to_other_articles_of_the_sample() -> None:
    links = {item.link for item in read_items()}
    found = [
        (item.link, target)
        for item in read_items()
        for target in re.findall(r'ALSO READ:(?:</strong>)? <a href="([^"]+)"', item.html)
    ]
    assert len(found) >= 8
    assert all(target in links and target != link for link, target in found)


def test_one_article_is_a_long_read() -> None:
    assert max(len(re.sub(r"<[^>]+>", " ", item.html).split()) for item in read_items()) >= 2500


def test_arabic_japanese_and_german_occur_and_arabic_runs_from_the_right() -> None:
    scripts = {"ar": r"[\u0600-\u06ff]{3}", "ja": r"[\u3040-\u30ff]{3}", "de": r"\b(der|die|das|nicht)\b"}
    for language, letters in scripts.items():
        told = [item for item in read_items() if f'lang="{language}"' in item.html[:60]]
        assert told, language
        assert all(re.search(letters, item.html) for item in told)
    assert any(item.html.startswith('<div dir="rtl" lang="ar">') for item in read_items())


def test_podcasts_say_how_large_and_how_long_they_are() -> None:
    text = (SAMPLE / "slack-water.example" / "feed.xml").read_text(encoding="utf-8")
    assert len(re.findall(r'<enclosure url="[^"]+\.mp3" length="[1-9]\d+" type="audio/mpeg"/>', text)) >= 4
    assert len(re.findall(r"<itunes:duration>\d\d:\d\d:\d\d</itunes:duration>", text)) >= 4


def test_at_least_six_events_are_told_by_two_to_five_sources() -> None:
    events: dict[str, set[str]] = {}
    for path in MAKER.glob("articles/*/*.md"):
        event = re.search(r'^event = "(.+)"$', path.read_text(encoding="utf-8"), re.M)
        if event:
            events.setdefault(event[1], set()).add(path.parent.name)
    assert len(events) >= 6
    assert all(2 <= len(sources) <= 5 for sources in events.values()), events


def test_one_event_is_wire_copy_in_two_papers() -> None:
    same = [item for item in read_items() if item.title == "Northern line elects its first woman as chair"]
    assert len({item.source for item in same}) == 2
    words = [set(re.sub(r"<[^>]+>", " ", item.html).split()) for item in same]
    assert len(words[0] & words[1]) / len(words[0] | words[1]) > 0.8


def test_the_script_writes_the_very_texts_that_are_committed(tmp_path: Path) -> None:
    subprocess.run([sys.executable, MAKER / "make_sample.py", "--text-only", "--out", tmp_path], check=True)
    made = {path.relative_to(tmp_path): hash_file(path) for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path: hash_file(SAMPLE / path) for path in made}
    assert made == kept
    assert len(made) == 2 * len(find_feeds()) + 1


@pytest.mark.skipif(importlib.util.find_spec("PIL") is None, reason="Pillow is not installed")
def test_the_script_draws_a_picture_of_the_same_size_again(tmp_path: Path) -> None:
    """Bytes differ between Pillow's versions; the picture's measure and existence do not."""
    run = [sys.executable, MAKER / "make_sample.py", "--out", tmp_path, "--pictures", "slack-water/wave-red"]
    subprocess.run(run, check=True)
    drawn = list(tmp_path.glob("*/pictures/*.jpg"))
    assert [path.name for path in drawn] == ["wave-red.jpg"]
    kept = (SAMPLE / drawn[0].relative_to(tmp_path)).stat().st_size
    assert abs(drawn[0].stat().st_size - kept) < kept * 0.2


def hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
