"""Make the sample newspaper: resources/sample from articles/, sources.toml and the drawing scripts beside this file.

    python packaging/sample/make_sample.py [--out FOLDER] [--text-only] [--pictures NAME ...]

Needs Pillow for the pictures; --text-only writes feeds, pages and the subscription list with the standard library
alone. The same sources always give the same files.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from feeds import write_feed, write_home, write_opml
from newsroom import Source, read_sources

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "resources" / "sample"


def write_texts(sources: tuple[Source, ...], out: Path) -> None:
    """Feeds, front doors and sample.opml."""
    articles = {each.slug: each for source in sources for each in source.articles}
    for source in sources:
        folder = out / f"{source.name}.example"
        folder.mkdir(parents=True, exist_ok=True)
        _write_text(folder / source.feed_file, write_feed(source, articles))
        _write_text(folder / "index.html", write_home(source))
    _write_text(out / "sample.opml", write_opml("The sample newspaper", sources))


def draw_pictures(sources: tuple[Source, ...], out: Path, wanted: list[str]) -> None:
    """Favicons and pictures; `wanted` limits the pictures to names that contain one of its words."""
    from gallery import PICTURES, draw_picture
    from marks import draw_favicon

    for source in sources:
        folder = out / f"{source.name}.example"
        (folder / "pictures").mkdir(parents=True, exist_ok=True)
        (folder / "favicon.png").write_bytes(draw_favicon(source.mark, source.colours))
    for name in PICTURES:
        if not wanted or any(word in name for word in wanted):
            source_name, picture = name.split("/")
            (out / f"{source_name}.example" / "pictures" / f"{picture}.jpg").write_bytes(draw_picture(name))


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the sample newspaper.")
    parser.add_argument("--out", type=Path, default=SAMPLE)
    parser.add_argument("--text-only", action="store_true")
    parser.add_argument("--pictures", nargs="*", default=[])
    chosen = parser.parse_args()
    sources = read_sources(HERE)
    write_texts(sources, chosen.out)
    if not chosen.text_only:
        draw_pictures(sources, chosen.out, chosen.pictures)


if __name__ == "__main__":
    main()
