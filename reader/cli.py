"""Broadsheet without a window: the same engine and store, plain words out.

Enters: what `arguments` read. Leaves: text (or JSON, one object a line) on standard output,
one sentence a failure on standard error, an exit code: 0 all went well, 1 something did not,
2 the words made no sense (argparse's).
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from reader import instance, sample
from reader.arguments import Asked
from reader.engine import commands as c
from reader.engine import events as e
from reader.engine.library import Library, local_now
from reader.engine.questions import Health, Outlined, Question, Rows
from reader.errors import BroadsheetError, HttpFailed, InstanceError, Offline
from reader.model import (
    Credentials,
    Feed,
    FeedHealth,
    FeedId,
    Listing,
    Outline,
    Row,
    RowPage,
    Section,
    Selection,
)
from reader.sentences import describe_error, describe_failure, describe_kind
from reader.settings import Settings

PAGE = 500  # rows asked for at once
PICTURE_SECONDS = 60.0  # a refresh waits no longer for pictures; the rest comes with the next one


def run(asked: Asked) -> int:
    """Do what was asked. Returns the exit code."""
    try:
        if asked.command in ("parse", "extract", "sanitize"):
            from reader import cli_look

            return cli_look.run(asked)
        return _RUNS[asked.command](asked)
    except BroadsheetError as error:
        return _complain(describe_error(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor may the flush at exit complain
        return 0
    except OSError as error:
        return _complain(f"{error.filename or asked.command}: {error.strerror or error}")
    except KeyboardInterrupt:
        return 130


def _complain(sentence: str) -> int:
    print(f"broadsheet: {sentence}", file=sys.stderr)
    return 1


# ---- a library that can be waited for -----------------------------------------------------


@dataclass
class Desk:
    """The library, used step by step: every event comes through one queue."""

    asked: Asked
    seen: list[e.Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._queue: queue.Queue[e.Event] = queue.Queue()
        transport = None
        if self.asked.sample:
            transport = sample.make_transport(sample.prepare(self.asked.profile, local_now()))
        self.library = Library(
            self.asked.profile,
            Settings(self.asked.profile.settings),
            self._queue.put,
            make_transport=transport,
            fetches_new=self.asked.command == "add",
        )

    def __enter__(self) -> Desk:
        self.library.open()
        if self.asked.sample:
            self._deliver_sample()
        return self

    def _deliver_sample(self) -> None:
        """A sample newspaper that has not been printed yet is printed first."""
        if self.ask(Outlined()).feeds:
            return
        outline = self.wait_for_answer(self.library.read_opml(sample.outline_file(), _ignore))
        self.do(sample.subscription(outline))
        self.library.refresh()
        self.wait_for(e.RefreshProgressed, lambda event: not event.active)

    def __exit__(self, *_: object) -> None:
        self.library.close()

    def next(self) -> e.Event:
        """The next event. Raises the BroadsheetError of a store that failed."""
        event = self._queue.get()
        self.seen.append(event)
        if isinstance(event, e.StoreFailed):
            raise event.error
        return event

    def finish_refresh(self) -> int:
        """Wait for the feeds that keep silent, too. Returns how many articles came of it."""
        before = len(self.seen)
        self.wait_for_answer(self.library.finish_refresh(_ignore))
        return sum(len(x.changes.added) for x in self.seen[before:] if isinstance(x, e.Changed))

    def finish_pictures(self) -> None:
        """Fetch the pictures, favicons too, so that everything can be read offline. Not for ever."""
        ticket = self.library.finish_pictures(_ignore)
        until = time.monotonic() + PICTURE_SECONDS
        with contextlib.suppress(queue.Empty):
            while (left := until - time.monotonic()) > 0:
                event = self._queue.get(timeout=left)
                if isinstance(event, e.StoreFailed):
                    raise event.error
                if isinstance(event, e.Answered) and event.ticket is ticket:
                    return
        ticket.cancel()

    def wait_for(self, kind: type, enough: Callable[[Any], bool] = lambda event: True) -> Any:
        while True:
            event = self.next()
            if isinstance(event, kind) and enough(event):
                return event

    def ask(self, question: Question) -> Any:
        return self.wait_for_answer(self.library.ask(question, _ignore))

    def wait_for_answer(self, ticket: e.Ticket) -> Any:
        """The answer; raises it where it is an error."""
        answered = self.wait_for(e.Answered, lambda event: event.ticket is ticket)
        if isinstance(answered.value, BroadsheetError | OSError):
            raise answered.value
        return answered.value

    def do(self, command: c.Command) -> None:
        """Carry a command out; raises the error of one that could not be."""
        self.wait_for_answer(self.library.do(command, reply=_ignore))

    def tell_the_window(self) -> None:
        """A window on the same profile shows what was changed behind its back."""
        with contextlib.suppress(InstanceError):
            instance.hand_over(self.asked.profile, ("--store-changed",))


def _ignore(_: Any) -> None:
    pass


# ---- the commands -------------------------------------------------------------------------


def _refresh(asked: Asked) -> int:
    with Desk(asked) as desk:
        before = {feed.id: feed for feed in desk.ask(Outlined()).feeds}
        if not before:
            return _complain("There is nothing to refresh: no feed is subscribed to.")
        if asked.all:
            desk.library.refresh()
        else:
            desk.library.refresh_due()
        progress: e.RefreshProgressed = desk.wait_for(e.RefreshProgressed, lambda event: not event.active)
        if not desk.library.online:
            raise Offline
        added = progress.added + (desk.finish_refresh() if progress.waiting else 0)
        feeds: tuple[Feed, ...] = desk.ask(Outlined()).feeds
        failed = [feed for feed in feeds if feed.failure and feed.checked_at != before[feed.id].checked_at]
        if asked.json:
            print(
                json.dumps({"feeds": progress.total, "new": added, "failed": len(failed)}),
                flush=True,
            )
        else:
            print(f"{_count(progress.total, 'feed')}, {_count(added, 'new article')}.", flush=True)
        for feed in failed:
            assert feed.failure is not None
            print(f"{feed.title}: {describe_failure(feed.failure)}", file=sys.stderr)
        if asked.pictures:
            desk.finish_pictures()
        desk.tell_the_window()
    return 1 if failed and len(failed) >= progress.total else 0


def _add(asked: Asked) -> int:
    credentials = _ask_credentials(asked)
    with Desk(asked) as desk:
        found = desk.wait_for_answer(desk.library.find_feeds(asked.address, _ignore, credentials=credentials))
        if isinstance(found.error, HttpFailed) and found.error.detail == "401" and credentials is None:
            return _complain(f"{describe_error(found.error)} Try --user NAME, or --token.")
        if found.error is not None:
            raise found.error
        address = found.candidates[0].address
        others = [candidate.address for candidate in found.candidates[1:]]
        desk.do(c.AddFeed(address, section_name=asked.section, title=asked.title))
        progress: e.RefreshProgressed = desk.wait_for(e.RefreshProgressed, lambda event: not event.active)
        feed = next(feed for feed in desk.ask(Outlined()).feeds if feed.address == address)
        failure = describe_failure(feed.failure) if feed.failure else ""
        desk.tell_the_window()
    if asked.json:
        said = {"id": feed.id, "title": feed.title, "feed": feed.address, "new": progress.added}
        print(json.dumps({**said, "failure": failure, "others": others}, ensure_ascii=False))
    else:
        print(f"Subscribed to {feed.title} ({feed.address}), {_count(progress.added, 'article')}.")
        if others:
            print("The page names other feeds too:", *others, sep="\n  ")
    if failure:
        print(f"{feed.title}: {failure}", file=sys.stderr)
    for event in desk.seen:
        if isinstance(event, e.Noticed) and event.what == "keyring":
            print(f"{feed.title}: {describe_kind(event.detail)}", file=sys.stderr)
    return 0


def _ask_credentials(asked: Asked) -> Credentials | None:
    """From the terminal or the environment: a command line is seen by everybody on the machine."""
    if not (asked.user or asked.token):
        return None
    name, prompt = ("BROADSHEET_TOKEN", "Token: ") if asked.token else ("BROADSHEET_PASSWORD", "Password: ")
    secret = os.environ.get(name, "")
    if not secret and sys.stdin.isatty():
        import getpass

        secret = getpass.getpass(prompt)
    elif not secret:
        secret = sys.stdin.readline().rstrip("\r\n")
    if not secret:
        raise BroadsheetError(f"Nothing was entered. It is also read from standard input or {name}.")
    return Credentials("bearer" if asked.token else "basic", asked.user, secret)


def _list(asked: Asked) -> int:
    with Desk(asked) as desk:
        outline: Outline = desk.ask(Outlined())
        if asked.only_feeds:
            health: tuple[FeedHealth, ...] = desk.ask(Health()) if asked.json else ()
            return _list_feeds(outline, {feed.id: feed for feed in health}, asked.json)
        selection = _selection(asked, outline)
        by_id = {feed.id: feed for feed in outline.feeds}
        left, after = asked.limit or sys.maxsize, None
        while left > 0:
            page: RowPage = desk.ask(Rows(selection, after, min(PAGE, left)))
            for row in page.rows:
                print(_json_row(row, by_id) if asked.json else _plain_row(row, by_id))
            left -= len(page.rows)
            after = page.next
            if after is None:
                break
    return 0


def _selection(asked: Asked, outline: Outline) -> Selection:
    if asked.section:
        section = _named(outline.sections, asked.section)
        return Selection(Listing.SECTION, section.id, unread_only=asked.unread)
    return Selection(Listing.SAVED if asked.saved else Listing.ALL, unread_only=asked.unread)


def _named(sections: tuple[Section, ...], name: str) -> Section:
    for section in sections:
        if section.name.casefold() == name.casefold():
            return section
    raise BroadsheetError(f"There is no section called {name}.")


def _json_row(row: Row, feeds: dict[FeedId, Feed]) -> str:
    return json.dumps(
        {
            "feed": feeds[row.feed_id].address,
            "source": feeds[row.feed_id].title,
            "id": row.id,
            "title": row.title,
            "link": row.link,
            "published": row.at.isoformat(),
            "author": row.author,
            "read": row.is_read,
            "saved": row.is_saved,
        },
        ensure_ascii=False,
    )


def _plain_row(row: Row, feeds: dict[FeedId, Feed]) -> str:
    mark = "  " if row.is_read else "* "
    return f"{mark}{row.at.astimezone():%Y-%m-%d %H:%M}  {feeds[row.feed_id].title}: {row.title}"


def _list_feeds(outline: Outline, health: dict[FeedId, FeedHealth], as_json: bool) -> int:
    names = {section.id: section.name for section in outline.sections}
    for feed in outline.feeds:
        failure = describe_failure(feed.failure) if feed.failure else ""
        section = names.get(feed.section_id, "")
        if as_json:
            said: dict[str, Any] = {"id": feed.id, "section": section, "title": feed.title}
            said |= {"feed": feed.address}
            said |= {"unread": feed.unread, "failure": failure, **_describe_health(health[feed.id])}
            print(json.dumps(said, ensure_ascii=False))
        else:
            print(f"{section}  {feed.title}  {feed.address}  {failure}".rstrip())
    return 0


def _describe_health(health: FeedHealth) -> dict[str, Any]:
    """How a feed is doing, for programs: moments in ISO 8601 or null, sizes in bytes."""

    def say(at: datetime | None) -> str | None:
        return at.isoformat() if at is not None else None

    return {
        "status": health.status,
        "checked": say(health.checked_at),
        "succeeded": say(health.succeeded_at),
        "next": say(health.next_at),
        "rule": health.rule,
        "requests": health.requests,
        "unchanged": health.unchanged,
        "received": health.received,
        "saved": health.saved,
        "per_week": round(health.per_week, 2),
        "moved_to": health.moved_to,
    }


def _import(asked: Asked) -> int:
    code = added = 0
    with Desk(asked) as desk:
        for name in asked.files:
            try:
                outline = desk.wait_for_answer(desk.library.read_opml(Path(name), _ignore))
            except (BroadsheetError, OSError) as error:
                words = describe_error(error) if isinstance(error, BroadsheetError) else error.strerror
                code = _complain(f"{name}: {words}")
                continue
            places = tuple((p.path, p.title, p.address, p.site) for p in outline.places)
            before = len(desk.ask(Outlined()).feeds)
            desk.do(c.Subscribe(places))
            added += len(desk.ask(Outlined()).feeds) - before
        desk.tell_the_window()
    print(json.dumps({"added": added}) if asked.json else f"Subscribed to {_count(added, 'new feed')}.")
    return code


def _export(asked: Asked) -> int:
    with Desk(asked) as desk:
        secret = desk.wait_for_answer(desk.library.find_private(_ignore)) if asked.private else ()
        if asked.files == ("-",):
            from reader.engine.outline_files import describe_outline
            from reader.parse import opml

            sys.stdout.buffer.write(opml.write(describe_outline(desk.ask(Outlined()), asked.private)))
        else:
            desk.wait_for_answer(
                desk.library.write_opml(Path(asked.files[0]), _ignore, with_private=asked.private)
            )
    if secret:
        print(
            "broadsheet: What was written holds a password or a token (--without-private leaves it out):",
            *secret,
            sep="\n  ",
            file=sys.stderr,
        )
    return 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


_RUNS: dict[str, Callable[[Asked], int]] = {
    "refresh": _refresh,
    "add": _add,
    "list": _list,
    "import": _import,
    "export": _export,
}
