"""Put a feed into another section. In: the outline and where it is. Out: `moved(id, new name)`."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reader.model import Outline, SectionId
from reader.ui.dialogs.dialog import Dialog
from reader.ui.dialogs.section_box import SectionBox
from reader.ui.words import tr


class MoveDialog(Dialog):
    """The section's id, or None and the name of a section to be made."""

    moved = Signal(object, str)  # SectionId | None, new section's name

    def __init__(
        self, name: str, outline: Outline, section_id: SectionId | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Move {}", name), parent, button=tr("Move"))
        self._before = section_id
        self.section = SectionBox(outline, section_id)
        self.add_labelled(tr("To &section"), self.section)
        self.section.changed.connect(lambda: self.say(""))
        self.section.setFocus()

    def accept(self) -> None:
        if not self.section.is_complete():
            self.say(tr("Type the name of the new section."))
            self.section.name.setFocus()
            return
        if self.section.section_id is None or self.section.section_id != self._before:
            self.moved.emit(self.section.section_id, self.section.new_name)
        super().accept()
