"""How long the store takes, at any size: fills one with made-up articles and times what a reader does.

    python packaging/bench_store.py FOLDER [ARTICLES ...] [--json FILE]

makes FOLDER/15000, FOLDER/100000 ... (kept, and used again the next time) and prints one column
for each size. `fill` is used by the window's benchmark too. The feeds' addresses are on the
loopback network and nothing is ever fetched.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reader.model import ArticleId, Draft, FeedId, Listing, Selection
from reader.store import articles, database, eras, feeds, fetching, search

SIZES = (15_000, 100_000, 1_000_000)
PER_SECTION = 50  # feeds
PER_DOCUMENT = 30  # drafts a feed brings at a time
PER_TRANSACTION = 10  # feeds
ROUND = timedelta(days=10)  # between two refreshes of all feeds
COMMON, UNCOMMON, RARE = "meridian", "quillwort", "zephyrine"  # in 10 %, 1 %, and five articles

_HEADS = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "st",
    "tr",
    "pl",
    "br",
    "ch",
    "sh",
]
_HEARTS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
_TAILS = ["", "", "", "n", "r", "s", "t", "l", "nd", "st"]


class Prose:
    """Text with a vocabulary and word frequencies like a language's. The same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.dice = random.Random(seed)
        words = {self._make_word() for _ in range(90_000)}
        vocabulary = sorted(words, key=lambda x: (len(x), blake2b(x.encode()).digest()))[:50_000]
        weights = itertools.accumulate(1 / (rank + 3) for rank in range(len(vocabulary)))
        self._words, self._weights = vocabulary, list(weights)
        self._paragraphs = [self.write(70) for _ in range(6_000)]

    def write(self, count: int) -> str:
        words = self.dice.choices(self._words, cum_weights=self._weights, k=count)
        return " ".join(words).capitalize() + "."

    def pick_paragraphs(self, count: int) -> list[str]:
        return self.dice.choices(self._paragraphs, k=count)

    def make_name(self) -> str:
        return self._words[self.dice.randrange(2_000, len(self._words))].capitalize()

    def _make_word(self) -> str:
        dice = self.dice
        count = dice.choices((1, 2, 3, 4), (2, 5, 4, 1))[0]
        return "".join(dice.choice(_HEADS) + dice.choice(_HEARTS) + dice.choice(_TAILS) for _ in range(count))


def fill(folder: Path, articles_wanted: int, feeds_wanted: int = 500, now: datetime | None = None) -> Path:
    """Make `folder`/news.db with so many articles, unless it is there. Returns the folder.

    The articles arrive as they would: all feeds bring 30, again and again, the last time just
    now. Nine in ten of what came before the last time are read; one in 500 is saved.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "filled"
    if done.exists():
        return folder
    db = database.open_writing(folder / "news.db", folder / "pictures.db")
    prose = Prose()
    ids = _subscribe(db, feeds_wanted, prose)
    rounds = -(-articles_wanted // (len(ids) * PER_DOCUMENT))
    end = now or datetime.now(UTC)
    left = articles_wanted
    serial = itertools.count()
    for number in range(rounds):
        at = end - ROUND * (rounds - 1 - number)
        for start in range(0, len(ids), PER_TRANSACTION):
            documents = []
            for feed in ids[start : start + PER_TRANSACTION]:
                count = min(PER_DOCUMENT, left)
                left -= count
                documents.append((feed, _make_document(prose, feed, at, count, serial)))
            results = articles.put_documents(db, documents, at)
            _read_most(db, [x for result in results for x in result.added], is_last=number == rounds - 1)
        if rounds > 3:
            print(f"\r{folder.name}: {articles_wanted - left:,}", end="", file=sys.stderr, flush=True)
    if rounds > 3:
        print(file=sys.stderr)
    for feed in ids:
        note = fetching.FetchNote(end, 200, not_before=end + timedelta(hours=1), validators=('"1"', ""))
        fetching.note_answer(db, feed, note)
    while eras.tidy(db):  # as the program does whenever it is idle
        pass
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    done.write_text(f"{articles_wanted} articles\n")
    return folder


def _subscribe(db: database.Connection, count: int, prose: Prose) -> list[FeedId]:
    ids = []
    with database.transaction(db):
        for number in range(count):
            if number % PER_SECTION == 0:
                section = feeds.add_section(db, prose.make_name())
            address = f"http://127.0.{number // 200}.{number % 200 + 1}:8765/{number}/feed.xml"
            ids.append(feeds.add_feed(db, address, section, f"{prose.make_name()} {prose.make_name()}"))
    return ids


def _make_document(prose: Prose, feed: int, at: datetime, count: int, serial: Iterator[int]) -> list[Draft]:
    gap = ROUND / PER_DOCUMENT
    return [
        _make_draft(prose, feed, at - gap * place - gap * prose.dice.random(), next(serial))
        for place in range(count)
    ]


def _make_draft(prose: Prose, feed: int, at: datetime, number: int) -> Draft:
    title = prose.write(prose.dice.randint(6, 14))
    paragraphs = prose.pick_paragraphs(8)
    paragraphs[3] += f" {prose.make_name()}{number % 9973} wrote to {prose.make_name()}{number}."
    for word, every in ((COMMON, 10), (UNCOMMON, 100)):
        if number % every == 3:
            paragraphs[5] += f" {word.capitalize()}."
    if number < 15_000 and number % 3_000 == 7:
        paragraphs[5] += f" {RARE.capitalize()}."
    base = f"http://127.0.{feed // 200}.{feed % 200 + 1}:8765"
    picture = f"{base}/pictures/{number}.jpg"
    html = f'<p><img src="{picture}" alt=""></p>' + "".join(
        f'<p>{x} <a href="{base}/{number}/{place}">{x[:20]}</a></p>' for place, x in enumerate(paragraphs)
    )
    text = "\n".join(paragraphs)
    return Draft(
        uid=f"tag:{feed},{number}",
        title=title,
        link=f"{base}/articles/{number}.html",
        author=f"{prose.make_name()} {prose.make_name()}",
        published_at=at,
        updated_at=None,
        standfirst=text[:280],
        body=_pack(html),
        text=text,
        minutes=3,
        picture=picture,
        pictures=(picture,),
        categories=("news",),
        enclosures=(),
        language="en",
        comments="",
        fingerprint=blake2b(html.encode(), digest_size=16).digest(),
    )


def _pack(html: str) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor(level=3).compress(html.encode())


def _read_most(db: database.Connection, ids: list[ArticleId], *, is_last: bool) -> None:
    articles.save(db, [x for x in ids if x % 500 == 0], True)
    if not is_last:
        articles.mark_read(db, [x for x in ids if x % 10], True)


# ---- timing -------------------------------------------------------------------------------


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds by name (the median of several runs, on fresh caches of ours), and bytes per article."""
    now = datetime.now(UTC).astimezone()
    news, pictures = folder / "news.db", folder / "pictures.db"
    found: dict[str, float] = {}
    found["open for reading"] = _time(lambda: database.open_reading(news, pictures).close())
    db = database.open_reading(news, pictures)
    outline = feeds.read_outline(db, now)
    section, feed = outline.sections[4].id, outline.feeds[220].id
    total = outline.counts.total
    selections = {
        "outline": None,
        "counts": None,
        "first page: all": Selection(Listing.ALL),
        "first page: all, oldest first": Selection(Listing.ALL, oldest_first=True),
        "first page: today": Selection(Listing.TODAY),
        "first page: unread": Selection(Listing.UNREAD),
        "first page: saved": Selection(Listing.SAVED),
        "first page: section of 50 feeds": Selection(Listing.SECTION, section),
        "first page: its unread": Selection(Listing.SECTION, section, unread_only=True),
        "first page: feed": Selection(Listing.FEED, feed),
    }
    for name, selection in selections.items():
        if selection is None:
            question = feeds.read_outline if name == "outline" else feeds.read_counts
            found[name] = _time(lambda question=question: question(db, now))
        else:
            found[name] = _time(lambda selection=selection: articles.read_rows(db, selection, None, 100, now))
    page = articles.read_rows(db, Selection(Listing.ALL), None, 100, now)
    turn = itertools.cycle(page.rows)
    found["read an article"] = _time(lambda: articles.read_article(db, next(turn).id), runs=20)
    found["next unread"] = _time(lambda: articles.find_next_unread(db, section, None, [page.rows[0].id]))
    queries = {
        "search: in five articles": RARE,
        "search: in 1 %": UNCOMMON,
        "search: in 10 %": COMMON,
        "search: in every article": "be",
        "search: two letters begun": "tr",
        "search: three words": f"{COMMON} {UNCOMMON[:4]} {prose_word()}",
        "search: in none": "zzyzx",
    }
    for name, query in queries.items():
        found[name] = _time(lambda query=query: search.find(db, query, None, 100, False))
    found["search: in 10 %, unread only"] = _time(lambda: search.find(db, COMMON, None, 100, True))
    db.close()
    found |= _measure_writing(folder, now, section, FeedId(feed))
    size = sum((folder / x).stat().st_size for x in ("news.db", "pictures.db"))
    found["bytes per article"] = size / total
    return found


def prose_word() -> str:
    return "bea"


def _measure_writing(folder: Path, now: datetime, section: int, feed: FeedId) -> dict[str, float]:
    """What changes is changed back, so that the store can be used again."""
    db = database.open_writing(folder / "news.db", folder / "pictures.db")
    found: dict[str, float] = {}
    one = articles.read_rows(db, Selection(Listing.UNREAD), None, 1, now).rows[0].id
    states = itertools.cycle((True, False))
    found["mark one read"] = _time(lambda: articles.mark_read(db, [one], next(states)), runs=10)
    chosen = Selection(Listing.SECTION, section)
    start = time.perf_counter()
    changed = articles.mark_selection_read(db, chosen, now)
    found[f"mark a section read, each 1,000 of {len(changed):,}"] = (
        _since(start) / max(1, len(changed)) * 1000
    )
    articles.mark_read(db, changed, False)
    start = time.perf_counter()
    removed = feeds.remove_feed(db, feed)
    found["remove a feed"] = _since(start)
    feeds.restore_feed(db, removed)
    prose = Prose(2)
    times = []
    db.execute("BEGIN IMMEDIATE")
    for number in range(5):
        drafts = _make_document(prose, feed, now, PER_DOCUMENT, itertools.count(9_000_000 + number * 100))
        start = time.perf_counter()
        articles.put_drafts(db, feed, drafts, now)
        times.append(_since(start))
    start = time.perf_counter()
    articles.put_drafts(db, feed, drafts, now)
    found["put 30 drafts"] = statistics.median(times)
    found["put 30 drafts that are here"] = _since(start)
    db.execute("ROLLBACK")
    db.close()
    return found


def _time(work: Callable[[], object], runs: int = 5) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(_since(start))
    return statistics.median(times)


def _since(start: float) -> float:
    return (time.perf_counter() - start) * 1000


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("articles", type=int, nargs="*")
    arguments.add_argument("--json", type=Path, help="write the figures there too")
    chosen = arguments.parse_args()
    figures: dict[int, dict[str, float]] = {}
    for size in chosen.articles or SIZES:
        start = time.perf_counter()
        is_new = not (chosen.folder / str(size) / "filled").exists()
        folder = fill(chosen.folder / str(size), size)
        figures[size] = measure(folder)
        if is_new:
            print(f"filled {size:,} in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1))
    names = dict.fromkeys(
        name.partition(" of ")[0] if "mark a section" in name else name
        for column in figures.values()
        for name in column
    )
    print(f"{'ms':40}" + "".join(f"{size:>12,}" for size in figures))
    for name in names:
        cells = (next((v for k, v in x.items() if k.startswith(name)), 0.0) for x in figures.values())
        print(f"{name:40}" + "".join(f"{cell:12.2f}" for cell in cells))


if __name__ == "__main__":
    main()
