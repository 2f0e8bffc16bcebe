"""The line at the bottom: how fresh the news is, what just happened, what is kept offline.

In: progress of a refresh, sentences, the connection. Out: the wish to stop a refresh, to log in to
the network, or to see its settings. Words come from `words`; this decides which of them stand where.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from reader.engine.events import RefreshProgressed
from reader.ui import fonts, words
from reader.ui.text_button import TextButton
from reader.ui.theme import Theme
from reader.ui.words import tr

HEIGHT = 28
MINUTE = 60_000


class StatusBar(QWidget):
    cancel_requested = Signal()
    login_requested = Signal()
    settings_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(HEIGHT)
        self._updated_at: datetime | None = None
        self._feeds = 0
        self._stored = 0
        self._online = True
        self._portal = ""
        self._silent = 0  # asked in the last refresh, and waited for behind its end
        self._progress: RefreshProgressed | None = None
        self.freshness, self.news, self.message, self.keys, self.offline = (
            self._make_label() for _ in range(5)
        )
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.cancel = self._make_button(tr("Stop"), tr("Stop refreshing"))
        self.cancel.clicked.connect(self.cancel_requested)
        self.login = self._make_button(tr("Log in…"), tr("Log in to this network"), is_accented=True)
        self.login.clicked.connect(self.login_requested)
        self.settings = self._make_button(tr("Network…"), tr("Settings of the network"), is_accented=True)
        self.settings.clicked.connect(self.settings_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 1, 16, 0)
        layout.setSpacing(18)
        layout.addWidget(self.freshness)
        layout.addWidget(self.cancel)
        layout.addWidget(self.news)
        layout.addWidget(self.message, 1)
        layout.addWidget(self.settings)
        layout.addWidget(self.keys)
        layout.addWidget(self.offline)
        layout.addWidget(self.login)
        # "2 min ago" has to become "3 min ago": once a minute, and only while it can be seen.
        self._minute = QTimer(self)
        self._minute.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self._note_minute)

    # ---- in -----------------------------------------------------------------------------

    def show_feeds(self, number: int, updated_at: datetime | None) -> None:
        self._feeds = number
        self._show_offline()
        if updated_at is not None and (self._updated_at is None or updated_at > self._updated_at):
            self._updated_at = updated_at
        self._show_freshness()

    def show_progress(self, progress: RefreshProgressed) -> None:
        self._progress = progress if progress.active else None
        self._silent = 0 if progress.active or progress.cancelled else progress.waiting
        self.cancel.setVisible(progress.active)
        if not progress.active and not progress.cancelled and self._online:
            self._updated_at = datetime.now(UTC)
        self._show_freshness()

    def show_news(self, sentence: str) -> None:
        self.news.setText(sentence)

    def say(self, sentence: str) -> None:
        """Something quiet about what was just done; stays until the next thing is done."""
        self.message.setText(sentence)
        self.message.setAccessibleName(sentence)
        self.settings.hide()

    def say_of_network(self, sentence: str) -> None:
        """Something that the settings of the network put right, with the way there."""
        self.say(sentence)
        self.settings.show()

    def show_keys(self, keys: str) -> None:
        self.keys.setText(f"{keys} …" if keys else "")

    def show_stored(self, size: int) -> None:
        self._stored = size
        self._show_offline()

    def show_online(self, online: bool, portal: str = "") -> None:
        """`portal`: the log-in page that the network puts in front of everything."""
        self._online, self._portal = online, portal
        self.login.setVisible(bool(portal))
        self._show_offline()

    # ---- inside -------------------------------------------------------------------------

    def _note_minute(self) -> None:
        self._silent = 0  # no request lasts longer: those have answered, or failed
        self._show_freshness()

    def _show_freshness(self) -> None:
        if self._progress is not None:
            text = tr("Refreshing {} of {}", self._progress.done, self._progress.total)
            if self._progress.failed:
                text += " · " + tr("{} failed", self._progress.failed)
        else:
            parts = (
                [tr("Updated {}", words.say_ago(self._updated_at, datetime.now().astimezone()))]
                if self._updated_at
                else []
            )
            if self._silent:
                parts.append(words.count_silent(self._silent))
            elif self._feeds:
                parts.append(words.count_feeds(self._feeds))
            text = " · ".join(parts)
        if text != self.freshness.text():
            self.freshness.setText(text)

    def _show_offline(self) -> None:
        size = words.say_size(self._stored) if self._stored else ""
        if self._portal:
            text = tr("Offline: this network wants you to log in")
        elif not self._online:
            text = tr("Offline · {} kept here", size) if size else tr("Offline")
        else:
            text = tr("{} kept for offline reading", size) if size and self._feeds else ""
        self.offline.setText(text)

    def _make_button(self, text: str, name: str, *, is_accented: bool = False) -> TextButton:
        button = TextButton(self._theme, 11.5, self, is_accented=is_accented)
        button.setText(text)
        button.setAccessibleName(name)
        button.hide()
        return button

    def _make_label(self) -> QLabel:
        label = QLabel(self)
        label.setFont(fonts.sans(11.5))
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    def showEvent(self, event: QEvent) -> None:
        self._minute.start()

    def hideEvent(self, event: QEvent) -> None:
        self._minute.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colours.line)
