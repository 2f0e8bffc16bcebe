"""What all dialogs share: a heading, a column of widgets, a line for sentences, buttons.

Enter presses the button that is the next step, or the one that has the keyboard; Escape leaves; every
widget has its place in the Tab order and a name.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from reader.ui import fonts, sheet
from reader.ui.words import tr

WIDTH = 460


def make_text(text: str, *, is_quiet: bool = False) -> QLabel:
    """A paragraph. Plain text: a feed's title in it is no markup."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if is_quiet:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def add_labelled(column: QVBoxLayout, label: str, widget: QWidget) -> QLabel:
    """A widget at the end of a column with its name above it."""
    above = QLabel(label)
    above.setBuddy(widget)
    widget.setAccessibleName(label.replace("&", ""))
    column.addWidget(above)
    column.addWidget(widget)
    return above


class Dialog(QDialog):
    """A window-modal question. Deletes itself when closed."""

    def __init__(self, title: str, parent: QWidget | None = None, *, button: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        sheet.dress(self)
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        heading = QLabel(title)
        heading.setFont(fonts.serif(22, 500))
        outer.addWidget(heading)
        self.inner_layouts: list[QLayout] = []  # of widgets that grow and shrink, innermost first
        self.column = QVBoxLayout()
        self.column.setSpacing(8)
        outer.addLayout(self.column, 1)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setAccessibleName(tr("Message"))
        self._sentence.hide()
        outer.addWidget(self._sentence)
        self.buttons = QDialogButtonBox()
        self.accept_button: QPushButton | None = None
        if button:
            self.accept_button = self.buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
            self.accept_button.setDefault(True)
            close = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        else:
            close = self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        for made in self.buttons.buttons():
            made.setIcon(QIcon())  # the style's own are of another family
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        outer.addWidget(self.buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a button presses that button; Qt would press the default one instead."""
        button = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QPushButton):
            button.click()
            return
        super().keyPressEvent(event)

    def add_choice(self, label: str, call: Callable[[], None]) -> QPushButton:
        """Another button beside the next step and Cancel."""
        made = self.buttons.addButton(label, QDialogButtonBox.ButtonRole.ActionRole)
        made.setAutoDefault(False)
        made.clicked.connect(lambda: call())
        return made

    @property
    def sentence(self) -> str:
        """What the dialog says at the moment, "" if nothing."""
        return "" if self._sentence.isHidden() else self._sentence.text()

    def say(self, sentence: str) -> None:
        """Show a sentence above the buttons; "" takes it away."""
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))

    def tell(self, sentence: str) -> None:
        """Say it, and be tall enough for it."""
        self.say(sentence)
        self.fit()

    def fit(self) -> None:
        """As tall as what is in it at the moment."""
        # Layouts within widgets tell those around them of a change at the next turn only.
        for inner in (*self.inner_layouts, self._outer):
            inner.invalidate()
            inner.activate()
        self.resize(self.width(), self._outer.totalHeightForWidth(self.width()))

    def add_labelled(self, label: str, widget: QWidget) -> QLabel:
        """A widget with its name above it, for the eye and for screen readers alike."""
        return add_labelled(self.column, label, widget)
