"""Above the table: the page's name, a sentence, the filter, the lists as chips, the way back.

In: counts and a sentence. Out: `query_changed`, `group_chosen`, `left`, `entered`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.ui import fonts
from reader.ui.feeds_page.chips import Chips
from reader.ui.search_box import SearchBox
from reader.ui.text_button import TextButton
from reader.ui.theme import Theme
from reader.ui.words import tr

WIDE_FROM = 960  # px: the sentence beside the title, the chips beside the filter
FILTER = 230  # px


class Header(QWidget):
    query_changed = Signal(str)
    group_chosen = Signal(object)  # Group
    filter_left = Signal()  # Esc in the filter
    entered = Signal()  # Enter or Down in the filter
    back_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_wide: bool | None = None
        self._title = QLabel(tr("Feeds"), self)
        self._title.setFont(fonts.display(32))
        self.sentence = QLabel(self)
        self.sentence.setFont(fonts.sans(12.5))
        self.sentence.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.sentence.setWordWrap(True)
        self.filter = SearchBox(theme, self)
        self.filter.field.setPlaceholderText(tr("Filter feeds"))
        self.filter.field.setAccessibleName(tr("Filter feeds by title, address, section or state"))
        self.chips = Chips(theme, self)
        self._back = TextButton(theme, 12.5, self)
        self._back.setText(tr("‹ Back to the news"))
        self._back.setToolTip(tr("Key Esc"))
        self._lay_out()
        self.filter.query_changed.connect(self.query_changed)
        self.filter.left.connect(self.filter_left)
        self.filter.entered.connect(self.entered)
        self.chips.group_chosen.connect(self.group_chosen)
        self._back.clicked.connect(self.back_pressed)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._top, self._tools = QHBoxLayout(), QHBoxLayout()
        self._top.setSpacing(20)
        self._top.addWidget(self._title)
        self._top.addWidget(self.sentence, 1)
        self._tools.setSpacing(14)
        self._tools.addWidget(self.filter)
        self._tools.addWidget(self.chips)
        self._tools.addStretch(1)
        self._column.addLayout(self._top)
        self._column.addSpacing(RULES)
        self._column.addLayout(self._tools)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)

    def show_width(self, width: int, inset: int) -> None:
        """`inset`: px at either side."""
        is_wide = width >= WIDE_FROM
        self._column.setContentsMargins(inset, 14 if is_wide else 8, inset, 12 if is_wide else 8)
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        self._title.setFont(fonts.display(32 if is_wide else 26))
        self.sentence.setFont(fonts.sans(12.5 if is_wide else 12))
        self.sentence.setContentsMargins(0, 0, 0, 6 if is_wide else 0)
        self.filter.setMinimumWidth(FILTER if is_wide else 120)
        self.filter.setMaximumWidth(FILTER)
        self.chips.shorten(not is_wide)
        # Where the chips need the second line, the way back stands in the first.
        (self._top if is_wide else self._tools).removeWidget(self._back)
        (self._tools if is_wide else self._top).addWidget(self._back)

    def say(self, sentence: str) -> None:
        if sentence != self.sentence.text():
            self.sentence.setText(sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A double rule under the name, as on a newspaper's page."""
        painter = QPainter(self)
        margins = self._column.contentsMargins()
        left, right = margins.left(), margins.right()
        y = self._top.geometry().bottom() + 7
        for at in (y, y + 3):
            painter.fillRect(left, at, self.width() - left - right, 1, self._theme.colours.line)


RULES = 22  # px between the name and the filter, for the rules
