"""What can be taken back."""

from __future__ import annotations

from reader.engine.commands import MarkRead
from reader.engine.history import DEPTH, History
from reader.model import ArticleId


def mark(number: int, read: bool = True) -> MarkRead:
    return MarkRead((ArticleId(number),), read)


def test_the_last_deed_is_taken_back_first():
    history = History()
    history.note(mark(1), mark(1, False))
    history.note(mark(2), mark(2, False))
    assert history.next_undo() == mark(2, False)
    history.undone(mark(2))
    assert history.next_undo() == mark(1, False)


def test_what_was_undone_can_be_done_again():
    history = History()
    history.note(mark(1), mark(1, False))
    history.undone(mark(1))
    assert history.next_undo() is None
    assert history.next_redo() == mark(1)
    history.redone(mark(1, False))
    assert history.next_undo() == mark(1, False)
    assert history.next_redo() is None


def test_a_new_deed_ends_what_could_be_redone():
    history = History()
    history.note(mark(1), mark(1, False))
    history.undone(mark(1))
    history.note(mark(2), mark(2, False))
    assert history.next_redo() is None


def test_an_undo_that_found_nothing_left_to_do_is_forgotten():
    history = History()
    history.note(mark(1), mark(1, False))
    history.undone(None)
    assert history.tops == (None, None)


def test_the_history_is_bounded():
    history = History()
    for number in range(DEPTH + 50):
        history.note(mark(number), mark(number, False))
    undone = 0
    while history.next_undo() is not None:
        history.undone(None)
        undone += 1
    assert undone == DEPTH
