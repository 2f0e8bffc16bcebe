"""A question before something that costs somebody something. In: what and why. Out: Qt's `accepted`."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reader.ui.dialogs.dialog import Dialog, make_text


class AskDialog(Dialog):
    def __init__(self, title: str, why: str, parent: QWidget | None = None, *, button: str) -> None:
        super().__init__(title, parent, button=button)
        self.column.addWidget(make_text(why))
        self.fit()
