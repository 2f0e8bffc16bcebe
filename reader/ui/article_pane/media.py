"""Files that come with an article: a podcast's episode, a video. In: enclosures. Out: a box each.

Played or opened outside; nothing is fetched here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from PySide6.QtGui import QTextCharFormat

from reader.model import Enclosure
from reader.ui import words
from reader.ui.words import tr

if TYPE_CHECKING:
    from reader.ui.article_pane.typesetter import Galley

MOST = 20


def set_media(galley: Galley, enclosures: tuple[Enclosure, ...]) -> Iterator[None]:
    """One box for each file that is not a picture of the article."""
    shown = [enclosure for enclosure in enclosures if not enclosure.media_type.startswith("image/")]
    styles = galley.styles
    for enclosure in shown[:MOST]:
        galley.start_block(styles.media_title.block, styles.media_title.letters)
        link = QTextCharFormat(styles.inline(styles.media_title, 64))
        link.setAnchorHref(enclosure.address)
        galley.cursor.insertText(name_file(enclosure), link)
        galley.set_line(styles.media_detail, describe(enclosure))
        yield


def name_file(enclosure: Enclosure) -> str:
    if enclosure.title:
        return enclosure.title
    try:
        name = unquote(urlsplit(enclosure.address).path.rsplit("/", 1)[-1])
    except ValueError:
        name = ""
    return name or enclosure.address


def describe(enclosure: Enclosure) -> str:
    """Audio · 42 min · 31 MB · opens outside"""
    kind = enclosure.media_type.split("/")[0]
    named = {"audio": tr("Audio"), "video": tr("Video")}.get(kind, tr("File"))
    parts = [named]
    if enclosure.duration:
        parts.append(say_length(enclosure.duration))
    if enclosure.length > 1:
        parts.append(words.say_size(enclosure.length))
    parts.append(tr("opens outside"))
    return " · ".join(parts)


def say_length(seconds: int) -> str:
    """38 s, 42 min, 1 h 05 min"""
    if seconds < 60:
        return tr("{} s", seconds)
    minutes = round(seconds / 60)
    return tr("{} min", minutes) if minutes < 60 else tr("{} h {} min", minutes // 60, f"{minutes % 60:02}")
