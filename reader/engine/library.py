"""The door the window knocks on: ask, do, events.

`ask` answers from read-only connections, `do` carries a command out on the one writing
connection; neither ever makes the caller wait. Everything comes back through `post`, from
whatever thread: an `Answered` for each question, a `Changed` for each command that changed
something. Knows threads and the store; knows nothing of Qt, and of the network only that
there is a `Newsroom`, which is neither imported nor started before it is needed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.engine import commands as c
from reader.engine import events as e
from reader.engine.answers import answer, lane_of
from reader.engine.carry_out import Deed, carry_out
from reader.engine.history import History
from reader.engine.questions import Question
from reader.engine.threads import Closed, ReaderThreads, Superseded, WriterThread, report
from reader.errors import BroadsheetError, StoreDamaged, StoreError, StoreFull
from reader.model import ArticleId, Changes, Counts, Credentials, FeedId, Origin
from reader.paths import Profile
from reader.settings import Settings
from reader.store import database, feeds
from reader.store.database import Connection

if TYPE_CHECKING:
    from reader.engine.housekeeping import Housekeeping
    from reader.engine.newsroom import Newsroom


def local_now() -> datetime:
    """This moment, aware, in the machine's own time zone: midnight is the reader's midnight."""
    return datetime.now(UTC).astimezone()


class Library:
    """One profile's news. `open`, `start` and `close` belong to the thread that made it; the
    rest may be called from any thread. Nothing here raises for what happens later: it posts."""

    def __init__(
        self,
        profile: Profile,
        settings: Settings,
        post: Callable[[e.Event], None],
        *,
        make_transport: Callable[[], Any] | None = None,
        clock: Callable[[], datetime] = local_now,
        fetches_new: bool = True,
    ) -> None:
        """`make_transport` makes what stands in for the network (an httpx transport); `clock` for the time.
        With `fetches_new` a feed is fetched as soon as it is subscribed to."""
        self.profile = profile
        self.settings = settings
        self.online = True
        self._tell = post
        self._make_transport = make_transport
        self._clock = clock
        self._fetches_new = fetches_new
        self._history = History()
        self._unwritten: list[tuple[c.Command, Origin]] = []
        self._opened = threading.Event()
        self._open_error: Exception | None = None
        self._writer = WriterThread(self._open_writing, database.transaction)
        self._readers = ReaderThreads(self._open_reading)
        self._housekeeping: Housekeeping | None = None
        self._newsroom: Newsroom | None = None
        self._closed = False

    # ---- life ---------------------------------------------------------------------------

    def open(self) -> None:
        """Begin to open the store; returns at once. A store that cannot be opened: StoreFailed."""
        self._writer.put(lambda db: None, lambda _, error: self._note_opened(error))

    def start(self) -> None:
        """Let the feeds that are due be fetched from now on. Called once the window is painted."""
        self._get_newsroom().start_schedule()

    def close(self) -> None:
        """Stop the network, finish what is to be written, close the store. Returns when all is done."""
        if self._closed:
            return
        self._closed = True
        if self._newsroom is not None:
            self._newsroom.close()
        self._readers.close()
        self._retry_unwritten()
        self._writer.close()

    def _open_writing(self) -> Connection:
        try:
            self.profile.make()
            return database.open_writing(self.profile.store, self.profile.pictures)
        except OSError as error:
            raise StoreDamaged(error.strerror or str(error)) from error

    def _open_reading(self) -> Connection:
        self._opened.wait()
        if self._open_error is not None:
            raise self._open_error
        return database.open_reading(self.profile.store, self.profile.pictures)

    def _note_opened(self, error: Exception | None) -> None:
        self._open_error = error
        self._opened.set()
        if isinstance(error, StoreError):
            self._post(e.StoreFailed(error))
        elif error is not None:
            report(error)

    # ---- ask ----------------------------------------------------------------------------

    def ask(self, question: Question, reply: Callable[[Any], None]) -> e.Ticket:
        """`reply(answer)` comes back through the mailbox, unless the ticket is cancelled.

        In the lane of searches a newer question puts an end to an older one, which is then
        never answered."""
        ticket = e.Ticket(reply)
        lane = lane_of(question)

        def work(db: Connection) -> Any:
            if ticket.cancelled:
                return None
            with database.guarded():
                return answer(db, question, self._clock())

        def done(value: Any, error: Exception | None) -> None:
            if error is None:
                if not ticket.cancelled:
                    self._post(e.Answered(ticket, value))
            elif not isinstance(error, Superseded | Closed | StoreError):
                report(error)

        self._readers.put(lane, work, done, supersede=lane == "search")
        return ticket

    # ---- do -----------------------------------------------------------------------------

    def do(
        self,
        command: c.Command,
        origin: Origin = Origin.USER,
        reply: Callable[[Any], None] | None = None,
    ) -> e.Ticket:
        """Carry a command out. Posts Changed, or CommandFailed and a Changed that puts panes back.

        `reply`, where given, gets None when it is done, or the BroadsheetError. Cancelling the
        ticket only silences the reply."""
        ticket = e.Ticket(reply or _ignore)

        def done(deed: Deed | None, error: Exception | None) -> None:
            if error is not None:
                self._note_failure(command, origin, error)
            elif deed is not None:
                self._note_done(command, deed)
            if reply is not None:
                self._post(e.Answered(ticket, error))

        self._write(lambda db: carry_out(db, command, self._clock(), origin), done)
        return ticket

    def undo(self) -> None:
        """Take the last deed back; nothing happens where there is none."""
        self._replay(self._history.next_undo, self._history.undone)

    def redo(self) -> None:
        self._replay(self._history.next_redo, self._history.redone)

    def _replay(
        self,
        find: Callable[[], c.Command | None],
        note: Callable[[c.Command | None], None],
    ) -> None:
        def work(db: Connection) -> Deed | None:
            command = find()
            return None if command is None else carry_out(db, command, self._clock(), Origin.UNDO)

        def done(deed: Deed | None, error: Exception | None) -> None:
            if error is not None:
                self._note_failure(None, Origin.UNDO, error)
            elif deed is not None:
                note(deed.inverse)
                self._post_undo()
                self._fetch_new(deed.new_feeds)
                self._fetch_now(deed.to_fetch)

        self._write(work, done)

    def _write(
        self,
        work: Callable[[Connection], Deed | None],
        done: Callable[[Deed | None, Exception | None], None],
    ) -> None:
        def job(db: Connection) -> tuple[Deed | None, Counts | None]:
            deed = work(db)
            counts = feeds.read_counts(db, self._clock()) if deed is not None and deed.changes else None
            return deed, counts

        def finish(value: Any, error: Exception | None) -> None:
            if error is not None:
                done(None, error)
                return
            deed, counts = value
            if deed is not None and deed.changes:
                self._post(e.Changed(replace(deed.changes, counts=counts)))
            done(deed, None)

        self._writer.put(job, finish)

    def _note_done(self, command: c.Command, deed: Deed) -> None:
        if deed.inverse is not None:
            self._history.note(command, deed.inverse)
            self._post_undo()
        self._fetch_new(deed.new_feeds, command.address if isinstance(command, c.AddFeed) else "")
        self._fetch_now(deed.to_fetch)
        self._retry_unwritten()

    def _note_failure(self, command: c.Command | None, origin: Origin, error: Exception) -> None:
        if isinstance(error, StoreFull) and command is not None and not self._closed:
            # Nothing a person did may be lost: it is done again when there is room.
            self._unwritten.append((command, origin))
            self._post(e.StoreFailed(error))
            return
        if isinstance(error, BroadsheetError):
            if command is not None:
                self._post(e.CommandFailed(command, error))
                self._post(
                    e.Changed(Changes(origin, updated=getattr(command, "ids", ()), outline_changed=True))
                )
            return
        if not isinstance(error, Closed):
            report(error)

    def _retry_unwritten(self) -> None:
        waiting, self._unwritten = self._unwritten, []
        for command, origin in waiting:
            self.do(command, origin)

    def _post_undo(self) -> None:
        self._post(e.UndoChanged(*self._history.tops))

    # ---- the network --------------------------------------------------------------------

    def refresh(self, feed_ids: Iterable[FeedId] | None = None) -> None:
        """Fetch these feeds, or every feed, now (still conditional, still polite)."""
        self._get_newsroom().refresh(None if feed_ids is None else tuple(feed_ids))

    def refresh_due(self) -> None:
        """Fetch the feeds that are due, as the schedule would."""
        self._get_newsroom().refresh_due()

    def cancel_refresh(self) -> None:
        if self._newsroom is not None:
            self._newsroom.cancel_refresh()

    def reload(self, feed_id: FeedId) -> None:
        """Fetch a feed whole, whether it has changed or not."""
        self._get_newsroom().reload(feed_id)

    def finish_refresh(self, reply: Callable[[Any], None]) -> e.Ticket:
        """Answered (None) when nobody is waited for any more, behind the end of a refresh either."""
        return self._get_newsroom().finish_refresh(reply)

    def find_feeds(
        self,
        address: str,
        reply: Callable[[Any], None],
        *,
        credentials: Credentials | None = None,
        guess: bool = False,
    ) -> e.Ticket:
        """The feeds an address offers, as `subscribe.FoundFeeds`; errors are in its `error`.

        `credentials` are shown to the address's own origin, and kept for the feed that is then
        subscribed to. With `guess` usual places are tried where a page names no feed."""
        return self._get_newsroom().find_feeds(address, reply, credentials, guess)

    def sign_in(self, feed_id: FeedId, credentials: Credentials, reply: Callable[[Any], None]) -> e.Ticket:
        """Show these to the feed's server from now on; it is fetched at once. Answered when they are
        kept: None, or KeyringMissing or KeyringRefused where they are for this session only."""
        return self._get_newsroom().sign_in(feed_id, credentials, reply)

    def sign_out(self, feed_id: FeedId, reply: Callable[[Any], None]) -> e.Ticket:
        """Forget them. The answer: None, or KeyringRefused where the keyring still has them."""
        return self._get_newsroom().sign_out(feed_id, reply)

    def fetch_pictures_of(self, article: ArticleId) -> None:
        """The reader asked for the pictures of one article that are not stored."""
        self._get_newsroom().fetch_pictures_of(article)

    def finish_pictures(self, reply: Callable[[Any], None]) -> e.Ticket:
        """Answered (None) when no picture that is wanted is left to fetch."""
        return self._get_newsroom().finish_pictures(reply)

    def _fetch_new(self, new: tuple[FeedId, ...], address: str = "") -> None:
        if new and self._fetches_new and not self._closed:
            self._get_newsroom().fetch_new(new, address)

    def _fetch_now(self, feed_ids: tuple[FeedId, ...]) -> None:
        if feed_ids and self._fetches_new and not self._closed:
            self._get_newsroom().fetch_now(feed_ids)

    def _get_newsroom(self) -> Newsroom:
        if self._newsroom is None:
            from reader.engine.newsroom import Newsroom

            self._newsroom = Newsroom(
                self.profile,
                self._writer,
                self._readers,
                self.settings,
                self._post,
                self._clock,
                self._make_transport,
            )
        return self._newsroom

    # ---- files --------------------------------------------------------------------------

    def read_opml(self, path: Path, reply: Callable[[Any], None]) -> e.Ticket:
        """The places in an OPML file, as `parse.opml.OpmlOutline`; or the error it met."""
        return self._get_newsroom().read_opml(path, reply)

    def write_opml(self, path: Path, reply: Callable[[Any], None], *, with_private: bool = True) -> e.Ticket:
        """Write the subscriptions to `path`, all or nothing. The answer: None, or the error.
        Without `with_private` those are left out whose address is a secret (`find_private`)."""
        from reader.engine.outline_files import write_outline

        ticket = e.Ticket(reply)
        self._readers.put(
            "lists",
            lambda db: write_outline(feeds.read_outline(db, self._clock()), path, with_private),
            lambda _, error: self._post(e.Answered(ticket, error)),
        )
        return ticket

    def find_private(self, reply: Callable[[Any], None]) -> e.Ticket:
        """The titles of the feeds whose address holds a password or a token, as a tuple."""
        from reader.engine.outline_files import list_private

        ticket = e.Ticket(reply)
        self._readers.put(
            "lists",
            lambda db: list_private(feeds.read_outline(db, self._clock())),
            lambda titles, error: self._post(e.Answered(ticket, titles if error is None else error)),
        )
        return ticket

    def save_settings(self) -> None:
        """Write the settings to disk, on the writer's thread."""

        def done(_: Any, error: Exception | None) -> None:
            if isinstance(error, OSError):
                self._post(e.StoreFailed(StoreFull(error.strerror or "")))

        self._writer.put(lambda db: self.settings.save(), done)

    # ---- events -------------------------------------------------------------------------

    def _keep_house(self) -> None:
        if self._housekeeping is None:
            from reader.engine.housekeeping import Housekeeping

            self._housekeeping = Housekeeping(self._writer, self._clock, self._get_newsroom().forget_secrets)
        self._housekeeping.begin()

    def _post(self, event: e.Event) -> None:
        if isinstance(event, e.ConnectionChanged):
            self.online = event.online
        elif isinstance(event, e.RefreshProgressed) and not event.active and not self._closed:
            self._keep_house()
        self._tell(event)


def _ignore(_: Any) -> None:
    pass
