"""Articles made ready to be set. In: an article's id. Out: the article, its blocks, its pictures' sizes.

Keeps the last few, and reads the neighbours of the one on view in advance, so that the next key
finds its page here. Reading HTML into blocks is quick for usual articles; long ones are read in
the background, so that no event of the GUI thread takes long.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.engine.events import Ticket
from reader.engine.questions import ArticleNamed, PictureSizes
from reader.frozen import frozen
from reader.model import Article, ArticleId, PictureSize
from reader.ui.background import Background

if TYPE_CHECKING:
    from reader.content.page import Page

KEPT = 6
FIRST_PICTURES = 2  # of a neighbour: decoded in advance
LEAD_WITHIN = 3  # blocks
LONG = 40_000  # characters of HTML: more is read in the background


@frozen
class ReadyPage:
    article: Article
    page: Page
    sizes: dict[str, PictureSize]  # of the pictures that are stored


class Pages:
    """What the pane asks for pages."""

    def __init__(self, library: Any, background: Background) -> None:
        self._library, self._background = library, background
        self._ready: OrderedDict[ArticleId, ReadyPage] = OrderedDict()
        self._under_way: dict[ArticleId, _Reading] = {}

    def find(self, id: ArticleId) -> ReadyPage | None:
        """Where it is here already."""
        page = self._ready.get(id)
        if page is not None:
            self._ready.move_to_end(id)
        return page

    def ask(self, id: ArticleId, reply: Callable[[ReadyPage | None], Any]) -> None:
        """`reply` gets it as soon as it is ready; None where there is no such article any more."""
        reading = self._under_way.get(id)
        if reading is None:
            reading = self._under_way[id] = _Reading(self, id)
            reading.begin()
        reading.reply = reply

    def prefetch(self, ids: tuple[ArticleId, ...], reply: Callable[[ReadyPage], Any]) -> None:
        """`reply` gets each of them, at once where it is here already."""
        for id in ids:
            ready = self._ready.get(id)
            if ready is not None:
                reply(ready)
            elif id not in self._under_way:
                self.ask(id, lambda page: reply(page) if page is not None else None)

    def list_pictures(self, ids: tuple[ArticleId, ...]) -> tuple[str, ...]:
        """The first pictures of those of them that are here."""
        found = [self._ready[id].page.pictures()[:FIRST_PICTURES] for id in ids if id in self._ready]
        return tuple(address for pictures in found for address in pictures)

    def drop_others(self, ids: tuple[ArticleId, ...]) -> None:
        """Nobody waits any more for pages other than these."""
        for id in [id for id in self._under_way if id not in ids]:
            self._under_way.pop(id).cancel()

    def forget(self, ids: tuple[ArticleId, ...]) -> None:
        """They changed in the store."""
        for id in ids:
            self._ready.pop(id, None)

    def forget_pictures(self, addresses: tuple[str, ...]) -> None:
        """Pictures of these addresses are stored now: sizes must be asked for again."""
        stored = set(addresses)
        self.forget(
            tuple(id for id, page in self._ready.items() if stored.intersection(page.article.pictures))
        )

    def finish(self, id: ArticleId, page: ReadyPage | None) -> None:
        reading = self._under_way.pop(id, None)
        if page is not None:
            self._ready[id] = page
            self._ready.move_to_end(id)
            while len(self._ready) > KEPT:
                self._ready.popitem(last=False)
        if reading is not None:
            reading.reply(page)


class _Reading:
    """One page on its way: the article, then its blocks and its pictures' sizes."""

    def __init__(self, pages: Pages, id: ArticleId) -> None:
        self._pages, self._id = pages, id
        self.reply: Callable[[ReadyPage | None], Any] = lambda page: None
        self._tickets: list[Ticket] = []
        self._article: Article | None = None
        self._page: Page | None = None
        self._sizes: dict[str, PictureSize] | None = None

    def begin(self) -> None:
        self._tickets.append(self._pages._library.ask(ArticleNamed(self._id), self._take_article))

    def cancel(self) -> None:
        for ticket in self._tickets:
            ticket.cancel()

    def _take_article(self, article: Article | None) -> None:
        from reader.content import page  # late: the window starts without it

        if article is None:
            self._pages.finish(self._id, None)
            return
        self._article = article
        if article.pictures:
            question = PictureSizes(article.pictures)
            self._tickets.append(self._pages._library.ask(question, self._take_sizes))
        else:
            self._sizes = {}
        html = article.body_html
        if len(html) > LONG:
            self._tickets.append(self._pages._background.start(lambda: page.build(html), self._take_page))
        else:
            self._take_page(page.build(html))

    def _take_sizes(self, sizes: dict[str, PictureSize]) -> None:
        self._sizes = sizes
        self._finish_when_whole()

    def _take_page(self, page: Page) -> None:
        assert self._article is not None
        lead = self._article.row.picture
        self._page = put_lead_first(page, lead if lead in self._article.pictures else "")
        self._finish_when_whole()

    def _finish_when_whole(self) -> None:
        if self._article is not None and self._page is not None and self._sizes is not None:
            self._pages.finish(self._id, ReadyPage(self._article, self._page, self._sizes))


def put_lead_first(page: Page, lead: str) -> Page:
    """The page with its lead picture, where the feed names one beside a text that begins without.

    A text that shows any picture near its beginning is left alone: the two are mostly one picture
    in two sizes."""
    from reader.content.blocks import Figure  # late: the window starts without it

    if not lead or lead in page.pictures() or any(isinstance(x, Figure) for x in page.blocks[:LEAD_WITHIN]):
        return page
    return replace(page, blocks=(Figure(lead), *page.blocks))
