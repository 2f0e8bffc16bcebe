"""The benchmark's own web: feed documents, pictures and an outline that names them.

Enters a folder and a shape, leaves files that `server.py` serves. The same arguments on the
same day give the same bytes: every item is drawn from a generator seeded with its numbers.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import struct
import sys
import zlib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

SECTIONS = ("Harbour", "Council", "Markets", "Science", "Machines", "Stage", "Pitch", "Kitchen", "Letters")
RARE, COMMON = "quillwharf", "lanternmoor"  # planted: the first in 1 of 500 texts, the other in 1 of 20
RARE_EVERY, COMMON_EVERY = 500, 20
PICTURES = 40
BODY_CHARACTERS = 4000


@dataclass(frozen=True)
class World:
    folder: str
    port: int
    feeds: int
    items: int
    hosts: int  # 127.0.x.y addresses the feeds are spread over

    @property
    def total(self) -> int:
        return self.feeds * self.items

    @property
    def outline(self) -> Path:
        return Path(self.folder) / "feeds.opml"

    def address(self, feed: int) -> str:
        return f"http://{self.host(feed)}:{self.port}{self.path(feed)}"

    def path(self, feed: int) -> str:
        return f"/feeds/{feed:05}.xml"

    def host(self, feed: int) -> str:
        place = feed % self.hosts
        return f"127.0.{place // 250}.{place % 250 + 1}"


def make(folder: Path, port: int, feeds: int = 500, items: int = 30, hosts: int = 0) -> World:
    """Write a world. Takes about 10 s for 500 x 30. `hosts` 0: one for each feed."""
    # Only Linux answers on all of 127.0.0.0/8 without being told to.
    hosts = hosts or feeds if sys.platform.startswith("linux") else 1
    world = World(str(folder), port, feeds, items, hosts)
    (folder / "feeds").mkdir(parents=True)
    (folder / "pictures").mkdir()
    begin = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    words = _Words()
    for feed in range(feeds):
        document = _write_feed(world, feed, begin, words).encode()
        place = folder / "feeds" / f"{feed:05}.xml"
        place.write_bytes(document)
        place.with_suffix(".gz").write_bytes(gzip.compress(document, 6, mtime=0))
    for number in range(PICTURES):
        (folder / "pictures" / f"{number}.png").write_bytes(_draw(random.Random(number)))
    world.outline.write_text(_write_outline(world), "utf-8")
    (folder / "world.json").write_text(json.dumps(asdict(world)), "utf-8")
    return world


class _Words:
    """An invented vocabulary with the frequencies of a natural one."""

    def __init__(self) -> None:
        draw = random.Random("vocabulary")
        starts, middles, ends = (
            ["b", "br", "c", "d", "f", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v", "w"],
            "aeiou",
            ["", "n", "r", "st", "l"],
        )
        syllables = ["".join(parts) for parts in itertools.product(starts, middles, ends)]
        self.all = [
            "".join(draw.choices(syllables, k=draw.choice((1, 1, 2, 2, 2, 3, 3, 4)))) for _ in range(12_000)
        ]
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.all))))

    def say(self, draw: random.Random, count: int) -> list[str]:
        return draw.choices(self.all, cum_weights=self.weights, k=count)


def _write_feed(world: World, feed: int, begin: datetime, words: _Words) -> str:
    site = f"http://{world.host(feed)}:{world.port}"
    atom = feed % 5 == 4
    item = _write_entry if atom else _write_item
    items = "".join(item(world, feed, number, site, begin, words) for number in range(world.items))
    if atom:
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
            f"<title>Source {feed}</title><id>urn:bench:{feed}</id><link href='{site}/'/>"
            f"<updated>{begin.isoformat()}</updated>{items}</feed>\n"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Source {feed}</title><link>{site}/</link>"
        f"<description>Benchmark source {feed}</description>{items}</channel></rss>\n"
    )


def _write_item(world: World, feed: int, number: int, site: str, begin: datetime, words: _Words) -> str:
    title, body, at = _compose(world, feed, number, site, begin, words)
    return (
        f"<item><title>{title}</title><link>{site}/{feed}/{number}</link>"
        f'<guid isPermaLink="false">bench:{feed}/{number}</guid><pubDate>{format_datetime(at)}</pubDate>'
        f"<author>desk@{feed}.invalid</author><content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )


def _write_entry(world: World, feed: int, number: int, site: str, begin: datetime, words: _Words) -> str:
    title, body, at = _compose(world, feed, number, site, begin, words)
    safe = body.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f"<entry><title>{title}</title><id>bench:{feed}/{number}</id>"
        f"<link href='{site}/{feed}/{number}'/><updated>{at.isoformat()}</updated>"
        f"<author><name>Desk {feed}</name></author><content type='html'>{safe}</content></entry>"
    )


def _compose(
    world: World, feed: int, number: int, site: str, begin: datetime, words: _Words
) -> tuple[str, str, datetime]:
    """Title, body and date of one item."""
    draw = random.Random(f"{feed}/{number}")
    serial = feed * world.items + number
    title = " ".join(words.say(draw, draw.randint(5, 11))).capitalize()
    paragraphs = []
    length = 0
    aim = draw.gauss(BODY_CHARACTERS, BODY_CHARACTERS / 4)
    while length < aim:
        said = words.say(draw, draw.randint(30, 110))
        said[0] = said[0].capitalize()
        if len(paragraphs) == 1:
            said += [
                word for word, every in ((RARE, RARE_EVERY), (COMMON, COMMON_EVERY)) if serial % every == 0
            ]
            said[3] = f'<a href="{site}/{feed}/{draw.randrange(30)}">{said[3]}</a>'
            said[9] = f"<em>{said[9]}</em>"
        paragraphs.append(f"<p>{' '.join(said)}.</p>")
        length += len(paragraphs[-1])
    if serial % 3 == 0:
        paragraphs.insert(1, f'<p><img src="{site}/pictures/{serial % PICTURES}.png" alt="{title}"></p>')
    at = begin - timedelta(minutes=draw.randrange(60 * 24 * 30))
    return title, "\n".join(paragraphs), at


def _write_outline(world: World) -> str:
    folders = []
    for place, name in enumerate(SECTIONS):
        outlines = "".join(
            f'<outline type="rss" text="Source {feed}" xmlUrl="{world.address(feed)}"/>\n'
            for feed in range(place, world.feeds, len(SECTIONS))
        )
        folders.append(f'<outline text="{name}">\n{outlines}</outline>\n')
    return f'<?xml version="1.0"?>\n<opml version="2.0"><head/><body>\n{"".join(folders)}</body></opml>\n'


def _draw(draw: random.Random, width: int = 480, height: int = 270) -> bytes:
    """A PNG of coloured bands; about 2 KB."""
    top, bottom = ([draw.randrange(256) for _ in range(3)] for _ in range(2))
    rows = []
    for y in range(height):
        share = y / height
        colour = bytes(int(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        rows.append(b"\0" + colour * width)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(rows), 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
