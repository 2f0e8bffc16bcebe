"""The network as far as a person has a hand in it: a proxy, the hours of refreshing, a log-in page.

In: the log-in page that bars the way, where one does. Out: that page in the browser, the dialog of
settings, sentences for the status bar.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from reader.settings import Settings
from reader.ui.words import tr


class Network(QObject):
    said = Signal(str)

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings, self._window = settings, window
        self.portal = ""  # address or host of the log-in page, "" where there is none

    def open_settings(self) -> None:
        from reader.ui.dialogs.network import NetworkDialog

        NetworkDialog(self._settings, self._window).open()

    def open_portal(self) -> None:
        url = QUrl(self.portal if "://" in self.portal else f"http://{self.portal}")
        if self.portal and url.isValid() and url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
        else:
            self.said.emit(tr("This network asks for no log-in."))
