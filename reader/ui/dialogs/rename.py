"""Give a feed or section another name. In: what it is called now. Out: `renamed(str)`."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from reader.ui.dialogs.dialog import Dialog
from reader.ui.words import tr


class RenameDialog(Dialog):
    """`may_be_empty`: an empty name means the feed's own."""

    renamed = Signal(str)

    def __init__(
        self,
        title: str,
        name: str,
        parent: QWidget | None = None,
        *,
        may_be_empty: bool = False,
        button: str = "",
    ) -> None:
        super().__init__(title, parent, button=button or tr("Rename"))
        self._before, self._may_be_empty = name, may_be_empty
        self.name = QLineEdit(name)
        self.name.setMaxLength(200)
        self.name.selectAll()
        self.add_labelled(tr("&Name"), self.name)
        if may_be_empty:
            self.name.setPlaceholderText(tr("The feed’s own name"))
        self.name.textChanged.connect(lambda: self.say(""))
        self.name.setFocus()

    def accept(self) -> None:
        name = " ".join(self.name.text().split())
        if not name and not self._may_be_empty:
            self.say(tr("Type a name."))
            return
        if name != self._before:
            self.renamed.emit(name)
        super().accept()
