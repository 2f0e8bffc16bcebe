"""Some addresses are secrets: shall they go into the file? In: titles of feeds. Out: `chosen(with them)`."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reader.ui.dialogs.dialog import Dialog, make_text
from reader.ui.words import tr

MOST_NAMED = 5


class PrivateExportDialog(Dialog):
    chosen = Signal(bool)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(tr("Export secrets too?"), parent, button=tr("Leave them out"))
        told = (
            tr("1 address holds a key or a password; whoever has the file can read that feed:")
            if len(titles) == 1
            else tr(
                "{} addresses hold a key or a password; whoever has the file can read those feeds:",
                len(titles),
            )
        )
        named = ", ".join(titles[:MOST_NAMED])
        more = len(titles) - MOST_NAMED
        self.column.addWidget(make_text(told))
        self.column.addWidget(make_text(tr("{} and {} more.", named, more) if more > 0 else f"{named}."))
        self.export_all = self.add_choice(tr("Export all"), self._export_all)
        self.fit()

    def accept(self) -> None:
        self.chosen.emit(False)
        super().accept()

    def _export_all(self) -> None:
        self.chosen.emit(True)
        super().accept()
