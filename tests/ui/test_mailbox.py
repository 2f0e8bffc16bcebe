"""The crossing from other threads to the window."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from reader.engine.events import Answered, Changed, ConnectionChanged, RefreshProgressed, Ticket
from reader.model import ArticleId, Changes, Counts, FeedId, Origin
from reader.ui.mailbox import Mailbox, merge_changes


def add(*ids: int, origin: Origin = Origin.REFRESH, unread: int = 0) -> Changed:
    return Changed(Changes(origin, added=tuple(map(ArticleId, ids)), counts=Counts(unread=unread)))


def test_events_of_other_threads_arrive_on_the_windows_thread_in_order(
    mailbox: Mailbox, qtbot: QtBot
) -> None:
    here, seen = threading.get_ident(), []
    tickets = [Ticket(lambda value: seen.append((value, threading.get_ident()))) for _ in range(500)]
    thread = threading.Thread(target=lambda: [mailbox.post(Answered(t, n)) for n, t in enumerate(tickets)])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(seen) == 500)
    assert seen == [(number, here) for number in range(500)]


def test_many_threads_posting_at_once_lose_nothing(mailbox: Mailbox, qtbot: QtBot) -> None:
    seen: list[int] = []
    ticket = Ticket(seen.append)

    def post_many() -> None:
        for number in range(300):
            mailbox.post(Answered(ticket, number))

    threads = [threading.Thread(target=post_many) for _ in range(6)]
    for thread in threads:
        thread.start()
    qtbot.waitUntil(lambda: len(seen) == 1800)
    for thread in threads:
        thread.join()


def test_what_is_posted_while_delivering_is_delivered_and_so_is_what_comes_later(
    mailbox: Mailbox, qtbot: QtBot
) -> None:
    seen: list[str] = []
    inner = Ticket(seen.append)
    outer = Ticket(lambda value: mailbox.post(Answered(inner, "inner")))
    mailbox.post(Answered(outer, None))
    qtbot.waitUntil(lambda: seen == ["inner"])
    mailbox.post(Answered(inner, "later"))
    qtbot.waitUntil(lambda: seen == ["inner", "later"])


def test_an_answer_nobody_wants_any_more_is_dropped(mailbox: Mailbox, qtbot: QtBot) -> None:
    seen: list[str] = []
    unwanted, wanted = Ticket(seen.append), Ticket(seen.append)
    mailbox.post(Answered(unwanted, "unwanted"))
    unwanted.cancel()
    mailbox.post(Answered(wanted, "wanted"))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["wanted"]


def test_changes_that_wait_together_arrive_as_one(mailbox: Mailbox, qtbot: QtBot) -> None:
    seen: list[Changes] = []
    mailbox.changed.connect(seen.append)
    for event in (add(1, 2, unread=2), add(2, 3, unread=3), add(4, origin=Origin.USER)):
        mailbox.post(event)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0].added == (1, 2, 3)
    assert seen[0].counts == Counts(unread=3)
    assert seen[1].origin is Origin.USER


def test_only_the_last_of_several_progress_reports_is_shown(mailbox: Mailbox, qtbot: QtBot) -> None:
    seen: list[int] = []
    mailbox.refresh_progressed.connect(lambda progress: seen.append(progress.done))
    for done in range(50):
        mailbox.post(RefreshProgressed(done, 50, 0, 0, True))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [49]


def test_nothing_is_delivered_after_closing(mailbox: Mailbox, qtbot: QtBot) -> None:
    seen: list[bool] = []
    mailbox.connection_changed.connect(lambda online, portal: seen.append(online))
    mailbox.post(ConnectionChanged(True))
    mailbox.close()
    mailbox.post(ConnectionChanged(False))
    qtbot.wait(1)
    assert seen == []


def test_merging_keeps_every_kind_of_change() -> None:
    first = Changes(Origin.REFRESH, added=(ArticleId(1),), feeds=(FeedId(1),), counts=Counts(unread=1))
    second = Changes(Origin.REFRESH, removed=(ArticleId(2),), outline_changed=True, pictures=("a",))
    merged = merge_changes(first, second)
    assert merged == Changes(
        Origin.REFRESH, (ArticleId(1),), (), (ArticleId(2),), (FeedId(1),), True, ("a",), Counts(unread=1)
    )
