"""What this program is, its version, and whose work is in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QLabel, QWidget

import reader
from reader.ui import fonts, icons
from reader.ui.dialogs.dialog import Dialog
from reader.ui.words import tr


class AboutDialog(Dialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("About Broadsheet"), parent)
        picture = QLabel()
        picture.setPixmap(icons.application_icon().pixmap(64, 64))
        self.column.addWidget(picture)
        version = QLabel(tr("Version {} · Qt {}", reader.__version__, qVersion()))
        version.setFont(fonts.sans(13, 500))
        version.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.column.addWidget(version)
        for words in (
            tr("A news reader for the desktop: fast, calm, offline, driven from the keyboard."),
            tr(
                "Set in Newsreader by Production Type and Inter by Rasmus Andersson, both under the SIL Open "
                "Font License. Broadsheet itself is free software under the MIT licence."
            ),
        ):
            label = QLabel(words)
            label.setWordWrap(True)
            self.column.addWidget(label)
