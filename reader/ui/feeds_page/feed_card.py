"""All about one feed. In: its health, its last requests. Out: the name of a repair; `closed`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from reader.model import FeedHealth, VisitRecord
from reader.ui import fonts, words
from reader.ui import health_words as say
from reader.ui.dialogs.flow import FlowLayout
from reader.ui.feeds_page.activity_words import count_requests, list_visits
from reader.ui.feeds_page.judging import judge
from reader.ui.feeds_page.labels import AddressLabel, make_heading, make_label, set_text
from reader.ui.feeds_page.records import RecordList
from reader.ui.feeds_page.repair_button import RepairButton
from reader.ui.feeds_page.repairs import Repair, list_repairs
from reader.ui.text_button import TextButton
from reader.ui.theme import Theme
from reader.ui.words import tr

MARGIN, BELOW = 22, 16  # px at either side of the text, at the right of the table and under it


class FeedCard(QWidget):
    repair_pressed = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.repairs: tuple[Repair, ...] = ()
        self.buttons: list[RepairButton] = []
        self._back = TextButton(theme, 12, self)
        self._back.setText(tr("‹ Activity of all feeds"))
        self._back.setToolTip(tr("Key Backspace"))
        self._back.clicked.connect(self.closed)
        self.title = make_label(self, fonts.serif(21, 500))
        self.address = AddressLabel(self)
        self.state = make_label(self, fonts.sans(13, 600))
        self.reason = make_label(self, fonts.sans(13))
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(14)
        self._facts.setVerticalSpacing(5)
        self._facts.setColumnMinimumWidth(0, TERM)
        self._facts.setColumnStretch(1, 1)
        self._shown: list[tuple[str, str]] = []
        self._flow = FlowLayout(6)
        self.visits = RecordList(tr("Recent requests"), theme, self)
        self._heading = make_heading(self, tr("Recent requests"))
        self._lay_out()
        self.stand_below(False)

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setSpacing(4)
        self._top = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._top.setSpacing(4)
        self._top.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._top.addWidget(self.title, 1)
        column.addLayout(self._top)
        column.addWidget(self.address)
        column.addSpacing(8)
        column.addWidget(self.state)
        column.addWidget(self.reason)
        column.addSpacing(8)
        column.addLayout(self._flow)
        column.addWidget(make_heading(self, tr("How it is doing")))
        column.addLayout(self._facts)
        column.addWidget(self._heading)
        column.addWidget(self.visits)
        column.addStretch(1)

    def stand_below(self, is_below: bool) -> None:
        """Under the table there is more room across than down: the way back goes beside the title."""
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.RightToLeft if is_below else direction.TopToBottom)
        side = BELOW if is_below else MARGIN
        self._column.setContentsMargins(side, 10 if is_below else 12, side, 20)
        self._column.setSpacing(2 if is_below else 4)

    # ---- in -----------------------------------------------------------------------------

    def show_feed(self, health: FeedHealth, now: datetime) -> None:
        self.setAccessibleName(health.title)
        set_text(self.title, health.title)
        self.address.show_address(words.say_address(health.address))
        set_text(self.state, say.say_state(health, now))
        self.state.setFont(fonts.sans(13, 600 if judge(health, now).needs_attention else 500))
        set_text(self.reason, say.explain_rule(health, now))
        self._show_facts(list_facts(health, now))
        self._show_repairs(list_repairs(health, now))

    def show_visits(self, visits: Sequence[VisitRecord], now: datetime) -> None:
        self.visits.show_records(list_visits(visits, None, now))
        for widget in (self._heading, self.visits):
            widget.setVisible(bool(visits))

    # ---- inside -------------------------------------------------------------------------

    def _show_facts(self, facts: list[tuple[str, str]]) -> None:
        if [term for term, _ in facts] != [term for term, _ in self._shown]:
            while (item := self._facts.takeAt(0)) is not None:
                _discard(item.widget())
            for row, (term, fact) in enumerate(facts):
                self._add_fact(row, term, fact)
        else:
            for row, (_, fact) in enumerate(facts):
                item = self._facts.itemAtPosition(row, 1)
                if (
                    item is not None
                    and isinstance(label := item.widget(), QLabel)
                    and label.text() != _bind(fact)
                ):
                    label.setText(_bind(fact))
        self._shown = facts

    def _add_fact(self, row: int, term: str, fact: str) -> None:
        name = make_label(self, fonts.sans(12), is_muted=True)
        name.setText(term)
        name.setFixedWidth(TERM)
        value = make_label(self, fonts.sans(12))
        value.setText(_bind(fact))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{term}: {fact}")
        top = Qt.AlignmentFlag.AlignTop
        self._facts.addWidget(name, row, 0, top)
        self._facts.addWidget(value, row, 1, top)

    def _show_repairs(self, repairs: tuple[Repair, ...]) -> None:
        """Made anew only when they are others: a button keeps the keyboard while the feed is asked."""
        if repairs == self.repairs:
            return
        held = next((button.repair.name for button in self.buttons if button.hasFocus()), "")
        self.repairs = repairs
        while self._flow.takeAt(0) is not None:
            pass
        old, self.buttons = self.buttons, [RepairButton(repair, self._theme, self) for repair in repairs]
        before: QWidget = self._back
        for button in self.buttons:
            button.clicked.connect(lambda _=False, name=button.repair.name: self.repair_pressed.emit(name))
            self._flow.addWidget(button)
            QWidget.setTabOrder(before, button)
            before = button
            button.show()
            if button.repair.name == held:
                button.setFocus()
        QWidget.setTabOrder(before, self.visits)
        for button in old:
            _discard(button)
        self._flow.invalidate()


TERM = 92  # px, for the names of the facts


_SCHEMES = {"basic": "with user name and password", "bearer": "with a token"}


def list_facts(health: FeedHealth, now: datetime) -> list[tuple[str, str]]:
    """What is known of a feed, each with its name."""
    facts = [(tr("Section"), health.section)] if health.section else []
    answer = say.say_last_answer(health)
    if health.checked_at is not None:
        answer = f"{answer} · {say.say_ago(health.checked_at, now)}"
    facts.append((tr("Last answer"), answer))
    facts.append((tr("Last success"), say.say_since(health.succeeded_at, now)))
    facts.append((tr("Asked again"), say.say_next_and_why(health, now)))
    facts.append((tr("Articles"), _say_articles(health, now)))
    facts.append((tr("Requests"), _say_requests(health)))
    if health.moved_to:
        facts.append((tr("Moved to"), words.say_address(health.moved_to)))
    if health.signs_in:
        facts.append((tr("Signs in"), tr(_SCHEMES.get(health.signs_in, health.signs_in))))
    if health.user_agent:
        facts.append((tr("Introduces itself as"), health.user_agent))
    return facts


def _say_articles(health: FeedHealth, now: datetime) -> str:
    parts = [tr("{} kept", words.say_number(health.total))]
    if health.per_week > 0:
        parts.insert(0, say.say_pace(health.per_week))
    if health.newest_at is not None:
        parts.append(tr("newest {}", say.say_newest(health.newest_at, now)))
    return " · ".join(parts)


def _say_requests(health: FeedHealth) -> str:
    if not health.requests:
        return say.NOTHING
    parts = [count_requests(health.requests), say.say_share(health.unchanged, health.requests)]
    if health.received:
        parts.append(tr("{} received", words.say_size(health.received)))
    if health.saved:
        parts.append(tr("{} not sent", words.say_size(health.saved)))
    return " · ".join(filter(None, parts))


def _bind(fact: str) -> str:
    """No line begins with a dot."""
    return fact.replace(" · ", "\u00a0· ")


def _discard(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()
