"""The starter catalogue is well-formed, nested by language and topic, and tells every feed once."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

STARTER = Path(__file__).resolve().parents[2] / "resources" / "starter.opml"


@cache
def read_languages() -> tuple[ElementTree.Element, ...]:
    root = ElementTree.parse(STARTER).getroot()
    assert root.tag == "opml"
    assert root.get("version") == "2.0"
    body = root.find("body")
    assert body is not None
    return tuple(body)


def test_feeds_lie_two_folders_deep_and_nowhere_else() -> None:
    for language in read_languages():
        assert "xmlUrl" not in language.attrib
        assert len(language), language.get("text")
        for topic in language:
            assert "xmlUrl" not in topic.attrib
            assert all("xmlUrl" in feed.attrib and not len(feed) for feed in topic)


def test_every_feed_has_its_six_attributes() -> None:
    for language in read_languages():
        for feed in language.iter("outline"):
            if "xmlUrl" not in feed.attrib:
                continue
            assert feed.get("type") == "rss"
            assert feed.get("text") == feed.get("title") != ""
            assert feed.get("language") == language.get("language")
            for name in ("xmlUrl", "htmlUrl"):
                parts = urlsplit(feed.get(name, ""))
                assert parts.scheme in ("http", "https"), feed.attrib
                assert "." in parts.netloc, feed.attrib
                assert " " not in feed.get(name, "")


def test_no_address_is_told_twice() -> None:
    addresses = Counter(
        feed.get("xmlUrl", "").split("://")[-1].rstrip("/").lower()
        for language in read_languages()
        for feed in language.iter("outline")
        if "xmlUrl" in feed.attrib
    )
    assert [address for address, count in addresses.items() if count > 1] == []


def test_english_topics_are_well_stocked_and_others_have_a_choice() -> None:
    languages = {each.get("language"): each for each in read_languages()}
    assert {"en", "de", "fr", "es", "pt", "it", "ru", "uk", "ja", "zh", "ar", "hi"} <= set(languages)
    for code, language in languages.items():
        for topic in language:
            assert len(topic) >= (8 if code == "en" else 3), (code, topic.get("text"))
