"""Which feed a key or a menu means, and what is wanted with it.

In: wishes without an argument, from the table of actions, and those of the notice above the list.
Out: repairs, the page of feeds, a list of articles.
"""

from __future__ import annotations

from reader.model import FeedHealth, FeedId, Listing
from reader.ui.article_list import ArticleList
from reader.ui.pages import Pages
from reader.ui.repairs import Repairs
from reader.ui.section_list import SectionList
from reader.ui.words import tr


class CurrentFeed:
    def __init__(self, sections: SectionList, articles: ArticleList, pages: Pages, repairs: Repairs) -> None:
        self._sections, self._articles, self._pages, self._repairs = sections, articles, pages, repairs

    def find(self) -> FeedId | None:
        """The one chosen on the page of feeds, else in the section list, else that of the article."""
        if self._pages.has_feeds:
            chosen: FeedHealth | None = self._pages.feeds.chosen
            return chosen.id if chosen is not None else None
        place = self._sections.current_place
        if place is not None and place.feed is not None:
            return place.feed.id
        row = self._articles.current_row
        return row.feed_id if row is not None else None

    def run(self, name: str, feed_id: FeedId) -> None:
        """A repair by its name, or "feed_info"."""
        if name == "feed_info":
            self._pages.show_feeds(feed_id)
        else:
            self._repairs.run(name, feed_id)

    def open_articles(self, feed_id: FeedId) -> None:
        self._sections.choose(Listing.FEED, feed_id)

    def show_health(self) -> None:
        self._run("feed_info")

    def try_now(self) -> None:
        self._run("try_now")

    def sign_in(self) -> None:
        self._run("sign_in")

    def change_address(self) -> None:
        self._run("change_address")

    def set_user_agent(self) -> None:
        self._run("user_agent")

    def reload(self) -> None:
        self._run("reload")

    def copy_address(self) -> None:
        self._run("copy_address")

    def open_site(self) -> None:
        self._run("open_site")

    def _run(self, name: str) -> None:
        feed_id = self.find()
        if feed_id is None:
            self._repairs.said.emit(tr("Choose a feed first."))
        else:
            self.run(name, feed_id)
