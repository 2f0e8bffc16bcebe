"""Real feeds and lists: how many are read, by which reader. `pytest -s` prints the shares."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from reader.errors import OutlineError, ParseError
from reader.parse import dates, feed, opml

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real feeds is not here")

# Set -> the least share of its documents that must be read as feeds. What is missing from 100% are
# pages, images, fragments and documents that are no feeds, which the sets hold on purpose.
FLOORS = {
    "arminreiter": 1.0,
    "fastfeedparser": 0.98,
    "feed-rs": 0.92,
    "feeder-android": 1.0,
    "feedjira": 0.79,
    "feedparser": 0.98,
    "gofeed": 0.97,
    "lemon24-reader": 1.0,
    "miniflux": 0.7,
    "netnewswire": 0.92,
    "node-feedparser": 0.94,
    "prof18": 1.0,
    "rome": 0.97,
    "rss-parser": 1.0,
    "timeseries-news": 0.97,
    "w3c-feedvalidator": 0.85,
}
NO_FEEDS = {".txt", ".jsonl", ".ico", ".html", ".html-result", ".opml", ".md"}
JSON_IS_EXPECTED = {"gofeed", "rss-parser", "fastfeedparser", "feed-rs"}
TIMESERIES_STEP = 6  # the captures of one feed resemble each other


def list_documents(name: str) -> list[Path]:
    found = sorted(path for path in (CORPUS / "feeds" / name).rglob("*") if path.is_file())
    kept = [path for path in found if not path.name.startswith("_") and path.suffix not in NO_FEEDS]
    if name in JSON_IS_EXPECTED:
        kept = [
            path
            for path in kept
            if path.suffix != ".json" or (path.parent.name == "jsonfeed" and "serde" not in path.name)
        ]
    return kept[::TIMESERIES_STEP] if name == "timeseries-news" else kept


@pytest.mark.parametrize("name", FLOORS)
def test_the_feeds_of_a_set_are_read(name):
    documents = list_documents(name)
    outcomes: Counter[str] = Counter()
    begun = time.process_time()
    for path in documents:
        try:
            outcomes[feed.parse(path.read_bytes(), "https://feed.example/feed").parser] += 1
        except ParseError as error:
            outcomes[f"{error.kind} {error.detail}".strip()] += 1
    seconds = time.process_time() - begun
    parsed = sum(outcomes[reader] for reader in ("fast", "feedparser", "json"))
    print(f"\n{name}: {parsed} of {len(documents)} in {seconds:.2f} s, {dict(outcomes.most_common())}")
    assert parsed >= FLOORS[name] * len(documents)


def test_most_real_dates_are_read():
    lines = [json.loads(line) for line in (CORPUS / "feeds" / "dates.jsonl").read_text().splitlines()]
    agreed = sum(agrees(line) for line in lines)
    print(f"\ndates: {agreed} of {len(lines)}")
    assert (
        agreed >= 126
    )  # of the rest, nine expectations are contradicted by others; four are read otherwise here (IST, IRST ...)


def agrees(line: dict[str, object]) -> bool:
    moment = dates.parse(str(line["input"]))
    if line["valid"] is False:
        return moment is None
    return moment is not None and line["expected_unix"] in (None, int(moment.timestamp()))


def test_every_feed_of_every_list_is_found():
    lines = (CORPUS / "opml" / "awesome_opml_expected.jsonl").read_text().splitlines()
    found = wanted = 0
    for line in map(json.loads, lines):
        path = CORPUS / "opml" / "opml-awesome-rss-feeds" / line["file"]
        found += len(opml.read(path.read_bytes()).places)
        wanted += line["xmlUrl_occurrences"]
    print(f"\nlists: {found} of {wanted} feeds in {len(lines)} files")
    assert found == wanted


def test_the_odd_lists_are_read_as_expected():
    for line in map(json.loads, (CORPUS / "opml" / "miniflux_opml_expected.jsonl").read_text().splitlines()):
        data = (CORPUS / "opml" / "opml-miniflux-cases" / line["file"]).read_bytes()
        if line["error_expected"]:
            with pytest.raises(OutlineError):
                opml.read(data)
            continue
        places = opml.read(data).places
        assert len(places) == line["count"]
        for place, wanted in zip(places, line["expected"], strict=False):
            assert (place.title, place.address, place.site) == (
                wanted["Title"],
                wanted["FeedURL"],
                wanted["SiteURL"],
            )


@pytest.mark.parametrize(
    "name", ["xmlbomb.xml", "cyclic.xml", "external.xml", "external_file.xml", "dtd.xml"]
)
def test_bombs_are_refused(name):
    with pytest.raises(ParseError):
        feed.parse((CORPUS / "hostile" / "xml-bombs" / name).read_bytes())
