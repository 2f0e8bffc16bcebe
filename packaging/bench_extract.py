"""How well articles are taken out of pages, as a table: ours beside other extractors.

    python packaging/bench_extract.py CORPUS/pages

Enters: a folder with `article_extraction_benchmark_ground_truth.jsonl`, `trafilatura_evaldata.jsonl`,
`postlight_expected.jsonl` and the pages they speak of. Leaves: three tables on standard output.
Article benchmark: the mean over the pages of F1 of the words' 4-grams. Snippets: F1 over all texts
that have to be there and texts that must not. Other extractors are measured where they are installed.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reader.content.extract import extract
from reader.content.extract.choose import bare
from reader.errors import ParseError

Extractor = Callable[[bytes, str], str]
_WORD = re.compile(r"\w+")


def list_extractors() -> dict[str, Extractor]:
    """Those that are installed, by the name they have in the table."""
    found: dict[str, Extractor] = {"broadsheet": lambda data, address: extract(data, address).text}
    import trafilatura

    for name, mode in (
        ("", {}),
        (" precision", {"favor_precision": True}),
        (" recall", {"favor_recall": True}),
    ):
        found[f"trafilatura{name}"] = lambda data, address, mode=mode: (
            trafilatura.extract(data, include_comments=False, **mode) or ""
        )
    try:
        from lxml import html
        from readability import Document

        found["readability"] = lambda data, address: "\n".join(
            html.fromstring(Document(data.decode("utf-8", "replace")).summary(html_partial=True)).itertext()
        )
    except ImportError:
        pass
    try:
        from resiliparse.extract.html2text import extract_plain_text

        found["resiliparse"] = lambda data, address: extract_plain_text(
            data.decode("utf-8", "replace"), main_content=True, links=False, alt_texts=False
        )
    except ImportError:
        pass
    return found


def read_page(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def read_lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def list_files(folder: Path) -> dict[str, Path]:
    return {file.name.removesuffix(".gz"): file for file in folder.rglob("*.html*")}


def count_shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def measure_f1(right: int, found: int, wanted: int) -> float:
    return 2 * right / (found + wanted) if found + wanted else 1.0


def score_articles(folder: Path, run: Extractor) -> float:
    files = list_files(folder / "article-extraction-benchmark")
    scores = []
    for line in read_lines(folder / "article_extraction_benchmark_ground_truth.jsonl"):
        if file := files.get(f"{line['id']}.html"):
            wanted = count_shingles(line["articleBody"])
            found = count_shingles(run(read_page(file), line.get("url", "")))
            scores.append(measure_f1((found & wanted).total(), found.total(), wanted.total()))
    return sum(scores) / len(scores)


def score_snippets(folder: Path, run: Extractor) -> float:
    files = list_files(folder / "trafilatura")
    right = found = wanted = 0
    for line in read_lines(folder / "trafilatura_evaldata.jsonl"):
        if file := files.get(line["file"].removesuffix(".gz")):
            text = run(read_page(file), line["url"])
            hits = sum(words in text for words in line["with"])
            right += hits
            wanted += len(line["with"])
            found += hits + sum(words in text for words in line["without"])
    return measure_f1(right, found, wanted)


def guard(run: Extractor, times: list[float]) -> Extractor:
    """One that notes how long it takes, in milliseconds, and finds nothing where it fails."""

    def measured(data: bytes, address: str) -> str:
        begin = time.perf_counter()
        try:
            return run(data, address)
        except Exception:
            return ""
        finally:
            times.append((time.perf_counter() - begin) * 1000)

    return measured


def print_texts(folder: Path) -> None:
    print("| extractor | article benchmark | snippets | median ms | worst ms |\n|---|---|---|---|---|")
    for name, run in list_extractors().items():
        times: list[float] = []
        timed = guard(run, times)
        articles, snippets = score_articles(folder, timed), score_snippets(folder, timed)
        times.sort()
        row = f"| {name} | {articles:.4f} | {snippets:.4f} | {times[len(times) // 2]:.0f} | {times[-1]:.0f} |"
        print(row, flush=True)


def print_facts(folder: Path) -> None:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for line in read_lines(folder / "postlight_expected.jsonl"):
        file = folder / "postlight-parser" / line["fixture"]
        file = file if file.exists() else file.with_name(file.name + ".gz")
        if not file.exists():
            continue
        try:
            found = extract(read_page(file), line["url"])
        except ParseError:
            continue
        for name, is_right in compare_facts(line["expected"], found):
            asked[name] += 1
            right[name] += is_right
    print("\n| fact | right | pages |\n|---|---|---|")
    for name, pages in asked.items():
        print(f"| {name} | {right[name]} | {pages} |")


def compare_facts(expected: dict[str, Any], found: Any) -> Iterator[tuple[str, bool]]:
    if title := expected.get("title"):
        yield "title", bare(title) == bare(found.title)
    if author := expected.get("author"):
        yield "author", bare(author) == bare(found.author)
    if date := expected.get("date_published"):
        apart = 1e9
        if found.published is not None:
            wanted = datetime.fromisoformat(date.replace("Z", "+00:00"))
            apart = abs((wanted - found.published).total_seconds())
        yield "published, to the day", apart <= 86_400
        yield "published, to the minute", apart < 60
    if picture := expected.get("lead_image_url"):
        yield "lead picture", name_file(picture) == name_file(found.picture)


def name_file(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    place = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpus/pages")
    if not place.exists():
        sys.exit(f"There are no pages in {place}.")
    print_texts(place)
    print_facts(place)
