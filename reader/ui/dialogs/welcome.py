"""First start, inside the window: three ways in, and any address.

In: nothing but the library. Out: `Subscribe` for picked sections; wishes for everything else
(import a file, open the sample newspaper, add an address), which the window fulfils.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader import paths
from reader.engine.commands import Subscribe
from reader.ui import fonts, sheet, words
from reader.ui.dialogs.catalogue import Catalogue, find_own_language
from reader.ui.dialogs.flow import FlowLayout
from reader.ui.dialogs.ticks import Card, Chip
from reader.ui.scroll_bar import OverlayScrollBar
from reader.ui.theme import Theme
from reader.ui.words import tr

WIDTH = 760
MARGIN = 24
BAR = 62  # px: the line at the bottom, with the button that is the next step
CARD, WAY = 190, 190  # px: the narrowest columns


class WelcomePage(QScrollArea):
    """Shown while there is no feed."""

    import_requested = Signal()
    sample_requested = Signal()
    address_entered = Signal(str)
    subscribed = Signal(int)  # how many feeds were picked

    def __init__(self, library: Any, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library, self._theme = library, theme
        self.catalogue: Catalogue | None = None
        self.languages: dict[str, Chip] = {}
        self.topics: dict[str, Card] = {}
        self.setAccessibleName(tr("Welcome"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(0, 0, 0, BAR)
        self._build()
        self._bar = OverlayScrollBar(self)
        self._next_step.raise_()
        sheet.dress(self)
        theme.changed.connect(self._recolour)
        self._recolour()
        self._ticket = library.read_opml(paths.resources() / "starter.opml", self._take)

    def say(self, sentence: str) -> None:
        self._sentence.setText(sentence)

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the next step, wherever it means nothing else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.address.hasFocus():
            self.start.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._next_step.setGeometry(0, self.height() - BAR, self.width(), BAR)

    # ---- the catalogue ----------------------------------------------------------------

    def _take(self, outline: Any) -> None:
        if not hasattr(outline, "places"):
            self.say(tr("The starter catalogue could not be read."))
            return
        self.catalogue = Catalogue(outline)
        names = self.catalogue.list_languages()
        own = find_own_language(names, QLocale.system().name())
        for name in names:
            chip = self.languages[name] = Chip(name, self._theme)
            chip.setChecked(name == own)
            chip.toggled.connect(self._show_topics)
            self._language_flow.addWidget(chip)
        self._show_topics()
        first = next(iter(self.topics.values()), None)
        if first is not None and not self.address.text():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_topics(self) -> None:
        """The topics of the chosen languages; what was ticked stays ticked."""
        if self.catalogue is None:
            return
        chosen = self._chosen_languages()
        wanted = self.catalogue.list_topics(chosen)
        ticked = {name for name, card in self.topics.items() if card.isChecked()}
        for card in self.topics.values():
            self._topic_flow.removeWidget(card)
            card.deleteLater()
        self.topics = {}
        before: QWidget | None = next(reversed(self.languages.values()), None)
        for name in wanted:
            card = self.topics[name] = Card(name, self._theme)
            titles = self.catalogue.list_titles(name, chosen)
            card.tell(f"{words.count_feeds(len(titles))} · {', '.join(titles)}")
            card.setChecked(name in ticked)
            card.toggled.connect(self._count)
            self._topic_flow.addWidget(card)
            if before is not None:
                QWidget.setTabOrder(before, card)
            before = card
        if before is not None:
            QWidget.setTabOrder(before, self.start)
        self._count()

    def _chosen_languages(self) -> set[str]:
        return {name for name, chip in self.languages.items() if chip.isChecked()}

    def _pick(self) -> tuple[Any, ...]:
        topics = {name for name, card in self.topics.items() if card.isChecked()}
        return self.catalogue.pick(topics, self._chosen_languages()) if self.catalogue else ()

    def _count(self) -> None:
        number = len(self._pick())
        self.start.setEnabled(number > 0)
        self.start.setText(
            tr("Start reading {}", words.count_feeds(number)) if number else tr("Start reading")
        )
        self.say("" if number else tr("Tick the sections you would like to read."))

    def _subscribe(self) -> None:
        places = self._pick()
        if places:
            self.start.setEnabled(False)
            self._library.do(Subscribe(places))
            self.subscribed.emit(len(places))

    def _enter_address(self) -> None:
        address = self.address.text().strip()
        if address:
            self.address_entered.emit(address)

    # ---- how it looks -----------------------------------------------------------------

    def _build(self) -> None:
        ground = QWidget()
        ground.setAutoFillBackground(True)
        column = self._add_column(QHBoxLayout(ground))
        column.setContentsMargins(MARGIN, 40, MARGIN, 32)
        self._add_words(column, tr("Welcome to Broadsheet"), fonts.display(38), False)
        column.addSpacing(4)
        self._add_words(column, tr("Your own newspaper, from the sources you choose."), fonts.serif(20), True)
        column.addSpacing(24)
        self._add_words(column, tr("Pick some sections"), fonts.serif(20, 600), False)
        column.addSpacing(8)
        self._language_flow = FlowLayout(6)
        column.addLayout(self._language_flow)
        column.addSpacing(14)
        self._topic_flow = FlowLayout(8, CARD)
        column.addLayout(self._topic_flow)
        column.addSpacing(32)
        self._add_words(column, tr("Or begin with what you have"), fonts.serif(20, 600), False)
        column.addSpacing(10)
        self._next_step = self._make_next_step()
        ways = FlowLayout(28, WAY)
        self._add_ways(ways)
        column.addLayout(ways)
        column.addStretch(1)
        self.setWidget(ground)

    def _add_ways(self, ways: FlowLayout) -> None:
        self.address = QLineEdit()
        self.address.setPlaceholderText(tr("example.org"))
        self.address.setAccessibleName(tr("Address of a site or feed"))
        self.address.returnPressed.connect(self._enter_address)
        self.import_button = QPushButton(tr("Import an OPML file…"))
        self.import_button.clicked.connect(self.import_requested)
        self.sample_button = QPushButton(tr("Open the sample"))
        self.sample_button.clicked.connect(self.sample_requested)
        for title, told, widget in (
            (tr("An address"), tr("Paste the address of a site or feed and press Enter."), self.address),
            (tr("Your subscriptions"), tr("Bring the list of another reader."), self.import_button),
            (tr("A look around"), tr("Open a made-up newspaper that needs no network."), self.sample_button),
        ):
            if isinstance(widget, QPushButton):
                widget.setAutoDefault(True)  # Enter presses it
            way = QWidget()
            column = QVBoxLayout(way)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            self._add_words(column, title, fonts.serif(17, 600), False)
            self._add_words(column, told, fonts.sans(13), True)
            column.addStretch(1)
            column.addSpacing(6)
            if widget is self.address:
                column.addWidget(widget)
            else:
                column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
            ways.addWidget(way)

    def _make_next_step(self) -> QWidget:
        """Always on view, however little of the page is."""
        bar = QFrame(self)
        bar.setObjectName("next_step")
        bar.setAutoFillBackground(True)
        column = self._add_column(QHBoxLayout(bar))
        column.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.start = QPushButton(tr("Start reading"))
        self.start.setDefault(True)
        self.start.setEnabled(False)
        self.start.clicked.connect(self._subscribe)
        row.addWidget(self.start)
        self._sentence = QLabel()
        self._sentence.setFont(fonts.sans(13))
        self._sentence.setProperty("is_muted", True)
        row.addWidget(self._sentence, 1)
        column.addLayout(row)
        return bar

    @staticmethod
    def _add_column(outer: QHBoxLayout) -> QVBoxLayout:
        """A column of at most `WIDTH` in the middle."""
        outer.setContentsMargins(0, 0, 0, 0)
        widget = QWidget()
        widget.setMaximumWidth(WIDTH + 2 * MARGIN)
        outer.addStretch(1)
        outer.addWidget(widget, 100)
        outer.addStretch(1)
        column = QVBoxLayout(widget)
        column.setSpacing(0)
        return column

    @staticmethod
    def _add_words(column: QVBoxLayout, text: str, font: QFont, is_muted: bool) -> None:
        label = QLabel(text)
        label.setFont(font)
        label.setWordWrap(True)
        label.setProperty("is_muted", is_muted)
        column.addWidget(label)

    def _recolour(self) -> None:
        colours = self._theme.colours
        for label in self.findChildren(QLabel):
            ink = colours.muted if label.property("is_muted") else colours.ink
            label.setStyleSheet(f"color: {ink.name()}")
        self._next_step.setStyleSheet(f"#next_step {{ border-top: 1px solid {colours.line.name()} }}")
