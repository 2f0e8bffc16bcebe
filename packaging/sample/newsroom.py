"""Read the sample newspaper's own source: sources.toml and articles/<source>/<slug>.md.

Enters: a folder. Leaves: sources with their articles, newest first. An article's file begins with TOML between two
lines of "+++"; its text below is the small Markdown that markup.py understands.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Audio:
    file: str
    bytes: int
    seconds: int


@dataclass(frozen=True)
class Article:
    """One article as written. `minutes_ago` is how old it is whenever the sample is opened."""

    slug: str
    source: str
    title: str
    standfirst: str
    author: str
    minutes_ago: int
    text: str
    picture: str = ""
    caption: str = ""
    event: str = ""  # articles with the same event report the same thing
    tags: tuple[str, ...] = ()
    audio: Audio | None = None

    @property
    def address(self) -> str:
        return f"https://{self.source}.example/{self.slug}"


@dataclass(frozen=True)
class Source:
    name: str
    title: str
    section: str
    format: str  # rss, atom, json or rdf
    language: str
    description: str
    mark: str
    colours: tuple[str, str]
    articles: tuple[Article, ...] = field(default=())

    @property
    def site(self) -> str:
        return f"https://{self.name}.example/"

    @property
    def feed_file(self) -> str:
        return "feed.json" if self.format == "json" else "feed.xml"

    @property
    def feed(self) -> str:
        return self.site + self.feed_file

    @property
    def icon(self) -> str:
        return self.site + "favicon.png"

    def picture_address(self, name: str) -> str:
        return f"{self.site}pictures/{name}.jpg"


def read_sources(folder: Path) -> tuple[Source, ...]:
    """Every source with its articles."""
    told = tomllib.loads((folder / "sources.toml").read_text(encoding="utf-8"))
    sources = []
    for entry in told["source"]:
        paths = sorted((folder / "articles" / entry["name"]).glob("*.md"))
        articles = sorted((read_article(path) for path in paths), key=lambda each: each.minutes_ago)
        colours = (entry["colours"][0], entry["colours"][1])
        sources.append(Source(**{**entry, "colours": colours}, articles=tuple(articles)))
    return tuple(sources)


def read_article(path: Path) -> Article:
    _, head, text = path.read_text(encoding="utf-8").split("+++\n", 2)
    told = tomllib.loads(head)
    audio = Audio(**told.pop("audio")) if "audio" in told else None
    told["tags"] = tuple(told.get("tags", ()))
    return Article(slug=path.stem, source=path.parent.name, text=text.strip(), audio=audio, **told)
