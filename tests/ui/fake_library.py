"""A library in memory: answers the window's questions at once, on the next turn of the mailbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from reader.engine import commands as c
from reader.engine import questions as q
from reader.engine.events import Answered, Changed, CommandFailed, Event, Ticket, UndoChanged
from reader.errors import BroadsheetError
from reader.model import (
    Article,
    ArticleId,
    Changes,
    Counts,
    Credentials,
    Cursor,
    Failure,
    Feed,
    FeedHealth,
    FeedId,
    Listing,
    Origin,
    Outline,
    Picture,
    Row,
    RowPage,
    Section,
    SectionId,
    Selection,
)

NOW = datetime.now(UTC)


def moment(article: Row) -> int:
    return int(article.at.timestamp() * 1_000_000)


class FakeLibrary:
    """`post` is the mailbox's. What was asked and done is kept in `asked` and `done`."""

    def __init__(self, post: Callable[[Event], None]) -> None:
        self.post = post
        self.online = True
        self.sections: list[Section] = []
        self.feeds: list[Feed] = []
        self.rows: dict[ArticleId, Row] = {}
        self.pictures: dict[str, bytes] = {}
        self.asked: list[q.Question] = []
        self.used = 312_000_000  # bytes on disk
        self.done: list[c.Command] = []
        self.calls: list[tuple[str, Any]] = []
        self.held: list[Answered] | None = None  # a list: answers wait for `release`
        self.refusing: BroadsheetError | None = None
        self.health: dict[FeedId, dict[str, Any]] = {}  # what a feed's health says beside its row
        self.private: tuple[str, ...] = ()  # titles of feeds whose address is a secret
        self.keyring: BroadsheetError | None = None  # what it answers to a sign-in
        self._undoable: list[c.Command] = []

    # ---- filling -----------------------------------------------------------------------

    def add_section(self, name: str, parent: SectionId | None = None) -> SectionId:
        section_id = SectionId(len(self.sections) + 1)
        self.sections.append(Section(section_id, name, parent, len(self.sections)))
        return section_id

    def add_feed(self, title: str, section_id: SectionId, **more: Any) -> FeedId:
        feed_id = FeedId(len(self.feeds) + 1)
        host = title.lower().replace(" ", "")
        self.feeds.append(
            Feed(feed_id, section_id, title, f"https://{host}.example/feed", f"https://{host}.example/",
                 len(self.feeds), checked_at=NOW, succeeded_at=NOW, **more)
        )  # fmt: skip
        return feed_id

    def add_row(self, feed_id: FeedId, title: str, at: datetime | None = None, **more: Any) -> Row:
        article_id = ArticleId(len(self.rows) + 1)
        feed = next(feed for feed in self.feeds if feed.id == feed_id)
        values: dict[str, Any] = {
            "standfirst": f"Standfirst of {title}", "link": f"{feed.site}{article_id}", "author": "",
            "minutes": 2, "picture": "", "is_read": False, "is_saved": False,
        } | more  # fmt: skip
        at = at or NOW - timedelta(minutes=len(self.rows))
        row = Row(article_id, feed_id, feed.section_id, title, at=at, **values)
        self.rows[article_id] = row
        return row

    def arrive(self, *rows: Row) -> None:
        """Tell the window of rows that came with a refresh."""
        self.tell(
            Origin.REFRESH, added=tuple(row.id for row in rows), feeds=tuple({row.feed_id for row in rows})
        )

    def fail_feed(self, feed_id: FeedId, kind: str, detail: str = "") -> None:
        self.feeds = [
            replace(feed, failure=Failure(kind, detail)) if feed.id == feed_id else feed
            for feed in self.feeds
        ]
        self.tell(Origin.REFRESH, feeds=(feed_id,))

    # ---- the door ----------------------------------------------------------------------

    def ask(self, question: q.Question, reply: Callable[[Any], None]) -> Ticket:
        self.asked.append(question)
        ticket = Ticket(reply)
        answered = Answered(ticket, self._answer(question))
        if self.held is None:
            self.post(answered)
        else:
            self.held.append(answered)
        return ticket

    def release(self) -> None:
        held, self.held = self.held or [], None
        for answered in held:
            self.post(answered)

    def do(self, command: c.Command, reply: Callable[[Any], None] | None = None) -> Ticket:
        self.done.append(command)
        ticket = Ticket(reply or (lambda _: None))
        if self.refusing is not None:
            self.post(CommandFailed(command, self.refusing))
            self.post(Answered(ticket, self.refusing))
            return ticket
        self._carry_out(command)
        self.post(Answered(ticket, None))
        self._undoable.append(command)
        self.post(UndoChanged(command, None))
        return ticket

    def undo(self) -> None:
        if self._undoable:
            command = self._undoable.pop()
            if isinstance(command, c.MarkRead):
                self._carry_out(replace(command, read=not command.read), Origin.UNDO)
            elif isinstance(command, c.Save):
                self._carry_out(replace(command, saved=not command.saved), Origin.UNDO)
            self.post(UndoChanged(self._undoable[-1] if self._undoable else None, command))

    def redo(self) -> None:
        self.calls.append(("redo", None))

    def refresh(self, feed_ids: Any = None) -> None:
        self.calls.append(("refresh", feed_ids))

    def cancel_refresh(self) -> None:
        self.calls.append(("cancel_refresh", None))

    def reload(self, feed_id: FeedId) -> None:
        self.calls.append(("reload", feed_id))

    def find_feeds(
        self,
        address: str,
        reply: Callable[[Any], None],
        *,
        credentials: Credentials | None = None,
        guess: bool = False,
    ) -> Ticket:
        more = (credentials,) if credentials else ("guess",) if guess else ()
        self.calls.append(("find_feeds", (address, *more) if more else address))
        return Ticket(reply)

    def sign_in(self, feed_id: FeedId, credentials: Credentials, reply: Callable[[Any], None]) -> Ticket:
        self.calls.append(("sign_in", (feed_id, credentials)))
        return self._answer_later(reply, self.keyring)

    def sign_out(self, feed_id: FeedId, reply: Callable[[Any], None]) -> Ticket:
        self.calls.append(("sign_out", feed_id))
        return self._answer_later(reply, self.keyring)

    def find_private(self, reply: Callable[[Any], None]) -> Ticket:
        return self._answer_later(reply, self.private)

    def read_opml(self, path: Any, reply: Callable[[Any], None]) -> Ticket:
        self.calls.append(("read_opml", path))
        return Ticket(reply)

    def write_opml(self, path: Any, reply: Callable[[Any], None], *, with_private: bool = True) -> Ticket:
        self.calls.append(("write_opml", (path, with_private)))
        return Ticket(reply)

    def fetch_pictures_of(self, article_id: ArticleId) -> None:
        self.calls.append(("fetch_pictures_of", article_id))

    def tell(self, origin: Origin, **what: Any) -> None:
        self.post(Changed(Changes(origin, counts=self._count(), **what)))

    # ---- inside ------------------------------------------------------------------------

    def _answer_later(self, reply: Callable[[Any], None], value: Any) -> Ticket:
        ticket = Ticket(reply)
        self.post(Answered(ticket, value))
        return ticket

    def _tell_health(self, feed: Feed) -> FeedHealth:
        section = next(section.name for section in self.sections if section.id == feed.section_id)
        values: dict[str, Any] = {
            "total": feed.total, "failure": feed.failure, "checked_at": feed.checked_at,
            "succeeded_at": feed.succeeded_at, "next_at": feed.next_at,
        } | self.health.get(feed.id, {})  # fmt: skip
        return FeedHealth(
            feed.id, feed.section_id, section, feed.title, feed.address, feed.site, feed.icon, **values
        )

    def _answer(self, question: q.Question) -> Any:
        match question:
            case q.Outlined():
                return self._outline()
            case q.Rows(selection, after, limit):
                return self._page(selection, after, limit)
            case q.RowsNamed(ids, selection):
                rows = (self.rows[i] for i in ids if i in self.rows)
                return tuple(row for row in rows if selection is None or self._belongs(row, selection))
            case q.ArticleNamed(article_id):
                row = self.rows.get(article_id)
                body = "<p>" + "</p><p>".join(["The harbour council wants the next meeting."] * 3) + "</p>"
                return Article(row, body, (), (), (), "en", "", None) if row else None
            case q.Latest(section_id, exclude, limit):
                page = self._page(Selection(Listing.SECTION, section_id), None, 1000)
                return tuple(row for row in page.rows if row.id not in exclude)[:limit]
            case q.Thumbnail(address) | q.PictureNamed(address):
                data = self.pictures.get(address)
                return Picture(address, data, 136, 136) if data else None
            case q.PictureSizes():
                return {}
            case q.NextUnread(section_id, _, exclude):
                return self._next_unread(section_id, exclude)
            case q.Health(feed_id):
                return tuple(self._tell_health(f) for f in self.feeds if feed_id in (None, f.id))
            case q.Visits() | q.TrafficOf():
                return ()
            case q.StorageUsed():
                return self.used
        raise TypeError(question)

    def _belongs(self, row: Row, selection: Selection) -> bool:
        if selection.unread_only and row.is_read:
            return False
        match selection.listing:
            case Listing.TODAY:
                return NOW - row.at < timedelta(hours=24)
            case Listing.UNREAD:
                return not row.is_read
            case Listing.SAVED:
                return row.is_saved
            case Listing.SECTION:
                return row.section_id in self._sections_in(SectionId(selection.id))
            case Listing.FEED:
                return row.feed_id == selection.id
            case Listing.SEARCH:
                return selection.query.lower() in row.title.lower()
        return True

    def _sections_in(self, section_id: SectionId) -> set[SectionId]:
        inside = {section_id}
        for section in self.sections:
            if section.parent_id in inside:
                inside.add(section.id)
        return inside

    def _page(self, selection: Selection, after: Cursor | None, limit: int) -> RowPage:
        turn = 1 if selection.oldest_first else -1
        rows = [row for row in self.rows.values() if self._belongs(row, selection)]
        rows.sort(key=lambda row: (turn * moment(row), turn * row.id))
        if after is not None:
            place = (turn * after.at, turn * after.id)
            rows = [row for row in rows if (turn * moment(row), turn * row.id) > place]
        page = rows[:limit]
        more = Cursor(moment(page[-1]), page[-1].id) if len(rows) > limit else None
        return RowPage(tuple(page), more)

    def _next_unread(self, section_id: SectionId | None, exclude: tuple[ArticleId, ...]) -> Row | None:
        order = [section.id for section in self.sections]
        start = order.index(section_id) if section_id in order else 0
        for place in order[start:] + order[:start]:
            for row in self._page(Selection(Listing.SECTION, place, unread_only=True), None, 1000).rows:
                if row.section_id == place and row.id not in exclude:
                    return row
        return None

    def _count(self) -> Counts:
        unread = [row for row in self.rows.values() if not row.is_read]
        by_feed = {feed.id: sum(row.feed_id == feed.id for row in unread) for feed in self.feeds}
        by_section = {
            section.id: sum(row.section_id in self._sections_in(section.id) for row in unread)
            for section in self.sections
        }
        today = sum(NOW - row.at < timedelta(hours=24) for row in unread)
        saved = sum(row.is_saved for row in self.rows.values())
        return Counts(today, len(unread), saved, len(self.rows), by_feed, by_section)

    def _outline(self) -> Outline:
        return Outline(tuple(self.sections), tuple(self.feeds), self._count())

    def _carry_out(self, command: c.Command, origin: Origin = Origin.USER) -> None:
        match command:
            case c.MarkRead(ids, read):
                self._set(ids, origin, is_read=read)
            case c.Save(ids, saved):
                self._set(ids, origin, is_saved=saved)
            case c.MarkAllRead(selection):
                ids = tuple(row.id for row in self.rows.values() if self._belongs(row, selection))
                self._set(ids, origin, is_read=True)
            case c.RenameFeed(feed_id, title):
                self.feeds = [replace(f, title=title) if f.id == feed_id else f for f in self.feeds]
                self.tell(origin, feeds=(feed_id,), outline_changed=True)
            case c.MoveFeed(feed_id, section_id, _):
                self.feeds = [replace(f, section_id=section_id) if f.id == feed_id else f for f in self.feeds]
                self.tell(origin, feeds=(feed_id,), outline_changed=True)
            case c.RenameSection(section_id, name):
                self.sections = [replace(s, name=name) if s.id == section_id else s for s in self.sections]
                self.tell(origin, outline_changed=True)
            case c.AddSection(name, parent):
                self.add_section(name, parent)
                self.tell(origin, outline_changed=True)
            case c.RemoveFeed(feed_id):
                gone = tuple(row.id for row in self.rows.values() if row.feed_id == feed_id)
                self.rows = {i: row for i, row in self.rows.items() if row.feed_id != feed_id}
                self.feeds = [feed for feed in self.feeds if feed.id != feed_id]
                self.tell(origin, removed=gone, outline_changed=True)

    def _set(self, ids: tuple[ArticleId, ...], origin: Origin, **values: bool) -> None:
        for article_id in ids:
            self.rows[article_id] = replace(self.rows[article_id], **values)
        self.tell(origin, updated=ids, feeds=())


def fill_harbour(library: FakeLibrary) -> None:
    """The newspaper of the design's pictures."""
    top = library.add_section("Top News")
    harbour = library.add_feed("The Daily Harbour", top)
    coast = library.add_feed("North Coast Wire", top)
    valley = library.add_feed("Valley Observer", top)
    for name in ("World", "Politics", "Business", "Technology", "Sport", "Culture"):
        library.add_section(name)
    world = library.add_feed("Far Shores", SectionId(2))
    stories = (
        (harbour, "Harbour council reopens ferry talks", "Both sides say a deal on the winter timetable is within reach after a third round of meetings ended without a vote", False, 1),
        (coast, "Northern line elects its first woman as chair", "The engineer wins by the narrowest margin in the cooperative’s history after a long campaign", False, 4),
        (valley, "Counting goes on in five river districts", "Early returns put the incumbent ahead in the most populous valley", True, 3),
        (harbour, "No more solo climbs on the high ridge", "Rangers say the rule will keep winter climbers safe on the exposed north side", False, 5),
        (coast, "Grain prices fall as the markets reopen", "Wheat touched its lowest level in two years after a record harvest came in", False, 2),
        (valley, "Neighbouring mayors hold talks on water", "Both towns back a shared reservoir and a common flood warning line", True, 6),
    )  # fmt: skip
    for number, (feed, title, standfirst, is_read, minutes) in enumerate(stories):
        library.add_row(feed, title, NOW - timedelta(minutes=27 * number), standfirst=standfirst,
                        is_read=is_read, minutes=minutes, picture=f"https://pictures.example/{number}.jpg")  # fmt: skip
    for number in range(30):
        library.add_row(
            (harbour, coast, valley)[number % 3], f"Story number {number + 1} from along the coast",
            NOW - timedelta(hours=4 + 5 * number), standfirst="Short words on what happened." if number % 2 else "",
        )  # fmt: skip
    for number in range(8):
        library.add_row(world, f"Far story {number + 1}", NOW - timedelta(hours=3 * number + 1))
