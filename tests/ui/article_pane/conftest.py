"""What tests of the article pane share: a library whose articles have the bodies a test gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fake_library import FakeLibrary, fill_harbour
from pytestqt.qtbot import QtBot

from reader.engine import questions as q
from reader.model import Article, ArticleId, Enclosure, Outline, PictureSize, Row
from reader.ui.article_pane import ArticlePane
from reader.ui.mailbox import Mailbox
from reader.ui.theme import Theme


class Newsroom(FakeLibrary):
    """A library whose articles have the bodies a test gives them."""

    def __init__(self, post: Callable[[Any], None]) -> None:
        super().__init__(post)
        self.bodies: dict[int, str] = {}
        self.enclosures: tuple[Enclosure, ...] = ()
        self.sizes: dict[str, PictureSize] = {}
        self.body_pictures: tuple[str, ...] = ()

    def _answer(self, question: q.Question) -> Any:
        if isinstance(question, q.PictureSizes):
            return {name: self.sizes[name] for name in question.addresses if name in self.sizes}
        answer = super()._answer(question)
        if isinstance(answer, Article):
            body = self.bodies.get(answer.row.id, answer.body_html)
            return replace(answer, body_html=body, enclosures=self.enclosures, pictures=self.body_pictures)
        return answer


@pytest.fixture
def library(mailbox: Mailbox) -> Newsroom:
    made = Newsroom(mailbox.post)
    fill_harbour(made)
    return made


@pytest.fixture
def outline(library: Newsroom) -> Outline:
    value: Outline = library._answer(q.Outlined())
    return value


@pytest.fixture
def pane(library: Newsroom, theme: Theme, mailbox: Mailbox, qtbot: QtBot) -> Iterator[ArticlePane]:
    made = ArticlePane(library, theme)
    qtbot.addWidget(made)
    mailbox.changed.connect(made.apply)
    made.resize(618, 824)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_pictures()


@pytest.fixture
def show(pane: ArticlePane, library: Newsroom, outline: Outline, qtbot: QtBot) -> Callable[..., Row]:
    def show_article(body: str = "", number: int = 1) -> Row:
        row = library.rows[ArticleId(number)]
        if body:
            library.bodies[number] = body
        with qtbot.waitSignal(pane.article_shown):
            pane.show_row(row, outline)
        qtbot.waitUntil(pane.is_complete)
        return row

    return show_article
