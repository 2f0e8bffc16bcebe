"""The words above an article. In: the article and the outline. Out: kicker, headline, standfirst, byline."""

from __future__ import annotations

import re

from reader.frozen import frozen
from reader.model import Outline
from reader.ui import words
from reader.ui.article_pane.pages import ReadyPage
from reader.ui.words import tr

MOST_AUTHORS = 56  # letters of a byline's names


@frozen
class Heading:
    kicker: str  # the section's name, "" where unknown
    headline: str
    standfirst: str
    source: str
    details: tuple[str, ...]  # author, date, reading time, what was changed
    former: str = ""  # the headline it carried before


def make_heading(ready: ReadyPage, outline: Outline) -> Heading:
    """A standfirst that only repeats how the page begins is left out."""
    article, page = ready.article, ready.page
    row = article.row
    section = next((s.name for s in outline.sections if s.id == row.section_id), "")
    source = next((f.title for f in outline.feeds if f.id == row.feed_id), "")
    is_told = row.author and row.author.casefold() != source.casefold()
    details = [shorten_authors(row.author)] if is_told else []
    details.append(words.say_date(row.at))
    details.append(words.say_reading_time(row.minutes))
    if all(address in ready.sizes for address in page.pictures()):
        details.append(tr("available offline"))
    standfirst = "" if page.begins_with(row.standfirst) else row.standfirst
    former = article.former_titles[-1] if article.former_titles else ""
    return Heading(section, row.title or tr("Without a headline"), standfirst, source, tuple(details), former)


_BETWEEN_NAMES = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+and\s+")


def shorten_authors(names: str) -> str:
    """ "Ana Lima, Bo Ek and 7 others" for a long list; whole where it is short."""
    if len(names) <= MOST_AUTHORS:
        return names
    found = [name for name in _BETWEEN_NAMES.split(names) if name]
    taken = [_cut(found[0], MOST_AUTHORS - 16)] if found else [_cut(names, MOST_AUTHORS)]
    for name in found[1:]:
        if len(", ".join((*taken, name))) > MOST_AUTHORS - 16:
            break
        taken.append(name)
    rest = len(found) - len(taken)
    if rest <= 0:
        return ", ".join(taken)
    others = tr("1 other") if rest == 1 else tr("{} others", rest)
    return tr("{} and {}", ", ".join(taken), others)


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
