"""First start, inside the window: three ways in, and any address.

In: nothing but the library. Out: `Subscribe` for picked sections; wishes for everything else
(import a file, open the sample newspaper, add an address), which the window fulfils.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
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
from reader.ui import fonts, words
from reader.ui.dialogs.catalogue import Catalogue, find_own_language
from reader.ui.scroll_bar import OverlayScrollBar
from reader.ui.theme import Theme
from reader.ui.words import tr

WIDTH = 620
TOPICS_ABREAST = 3


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
        self.languages: dict[str, QCheckBox] = {}
        self.topics: dict[str, QCheckBox] = {}
        self.setAccessibleName(tr("Welcome"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._bar = OverlayScrollBar(self)
        self._build()
        theme.changed.connect(self._recolour)
        self._recolour()
        self._ticket = library.read_opml(paths.resources() / "starter.opml", self._take)

    def say(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))

    @property
    def sentence(self) -> str:
        return "" if self._sentence.isHidden() else self._sentence.text()

    # ---- the catalogue ----------------------------------------------------------------

    def _take(self, outline: Any) -> None:
        if not hasattr(outline, "places"):
            self._pick_label.setText(tr("The starter catalogue could not be read."))
            return
        self.catalogue = Catalogue(outline)
        names = self.catalogue.list_languages()
        own = find_own_language(names, QLocale.system().name())
        for name in names:
            box = self.languages[name] = QCheckBox(name)
            box.setChecked(name == own)
            box.toggled.connect(self._show_topics)
            self._language_row.addWidget(box)
        self._language_row.addStretch(1)
        self._show_topics()

    def _show_topics(self) -> None:
        """The topics of the chosen languages; what was ticked stays ticked."""
        if self.catalogue is None:
            return
        ticked = {name for name, box in self.topics.items() if box.isChecked()}
        for box in self.topics.values():
            self._topic_grid.removeWidget(box)
            box.deleteLater()
        self.topics = {}
        for number, name in enumerate(self.catalogue.list_topics(self._chosen_languages())):
            box = self.topics[name] = QCheckBox(name)
            box.setChecked(name in ticked)
            box.toggled.connect(self._count)
            self._topic_grid.addWidget(box, number // TOPICS_ABREAST, number % TOPICS_ABREAST)
        self._count()

    def _chosen_languages(self) -> set[str]:
        return {name for name, box in self.languages.items() if box.isChecked()}

    def _pick(self) -> tuple[Any, ...]:
        topics = {name for name, box in self.topics.items() if box.isChecked()}
        return self.catalogue.pick(topics, self._chosen_languages()) if self.catalogue else ()

    def _count(self) -> None:
        number = len(self._pick())
        self.start.setEnabled(number > 0)
        self.start.setText(
            tr("Start reading {}", words.count_feeds(number)) if number else tr("Start reading")
        )

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
        outer = QHBoxLayout(ground)
        column_widget = QWidget()
        column_widget.setMaximumWidth(WIDTH)
        outer.addStretch(1)
        outer.addWidget(column_widget, 100)
        outer.addStretch(1)
        column = QVBoxLayout(column_widget)
        column.setContentsMargins(16, 48, 16, 32)
        column.setSpacing(10)
        self._add_words(column, tr("Welcome to Broadsheet"), fonts.display(38), False)
        self._add_words(column, tr("Your own newspaper, from the sources you choose."), fonts.serif(20), True)
        column.addSpacing(18)
        self._pick_label = self._add_words(column, tr("Pick some sections"), fonts.serif(20, 600), False)
        self._language_row = QHBoxLayout()
        column.addLayout(self._language_row)
        column.addSpacing(4)
        self._topic_grid = QGridLayout()
        self._topic_grid.setHorizontalSpacing(18)
        column.addLayout(self._topic_grid)
        self.start = QPushButton(tr("Start reading"))
        self.start.setDefault(True)
        self.start.setEnabled(False)
        self.start.clicked.connect(self._subscribe)
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        self._sentence = self._add_words(column, "", fonts.sans(13), True)
        self._sentence.hide()
        column.addSpacing(18)
        self._add_words(column, tr("Or begin with what you have"), fonts.serif(20, 600), False)
        self.address = QLineEdit()
        self.address.setPlaceholderText(tr("Paste the address of a site or feed and press Enter"))
        self.address.setAccessibleName(tr("Address of a site or feed"))
        self.address.returnPressed.connect(self._enter_address)
        column.addWidget(self.address)
        ways = QHBoxLayout()
        self.import_button = QPushButton(tr("Import an OPML file…"))
        self.import_button.clicked.connect(self.import_requested)
        self.sample_button = QPushButton(tr("Open the sample newspaper"))
        self.sample_button.clicked.connect(self.sample_requested)
        ways.addWidget(self.import_button)
        ways.addWidget(self.sample_button)
        ways.addStretch(1)
        column.addLayout(ways)
        column.addStretch(1)
        self.setWidget(ground)

    def _add_words(self, column: QVBoxLayout, text: str, font: Any, is_muted: bool) -> QLabel:
        label = QLabel(text)
        label.setFont(font)
        label.setWordWrap(True)
        label.setProperty("is_muted", is_muted)
        column.addWidget(label)
        return label

    def _recolour(self) -> None:
        colours = self._theme.colours
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, colours.page)
        self.setPalette(palette)
        for label in self.findChildren(QLabel):
            ink = colours.muted if label.property("is_muted") else colours.ink
            label.setStyleSheet(f"color: {ink.name()}")
