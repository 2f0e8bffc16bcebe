"""The words above an article. In: the article and the outline. Out: kicker, headline, standfirst, byline."""

from __future__ import annotations

from reader.frozen import frozen
from reader.model import Outline
from reader.ui import words
from reader.ui.article_pane.pages import ReadyPage
from reader.ui.words import tr


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
    details = [row.author] if row.author and row.author.casefold() != source.casefold() else []
    details.append(words.say_date(row.at))
    details.append(words.say_reading_time(row.minutes))
    if all(address in ready.sizes for address in page.pictures()):
        details.append(tr("available offline"))
    standfirst = "" if page.begins_with(row.standfirst) else row.standfirst
    former = article.former_titles[-1] if article.former_titles else ""
    return Heading(section, row.title or tr("Without a headline"), standfirst, source, tuple(details), former)
