"""Ask before something that cannot be undone; whatever can be undone is not asked about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from reader.ui.dialogs.dialog import Dialog


class ConfirmDialog(Dialog):
    """`accepted` when the person said yes. Enter says no: the harmless answer has the focus."""

    def __init__(self, title: str, words: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent, button=button)
        text = QLabel(words)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        self.column.addWidget(text)
        cancel = self.buttons.button(self.buttons.StandardButton.Cancel)
        if self.accept_button is not None:
            self.accept_button.setAutoDefault(False)
            self.accept_button.setDefault(False)
        cancel.setDefault(True)
        cancel.setFocus()
