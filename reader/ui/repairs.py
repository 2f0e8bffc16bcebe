"""What can be done about one feed: done, and said.

In: the name of a repair, and the feed's health or its id (its health is then asked for). Out:
commands and calls to the library, dialogs where something has to be told first, and a sentence for
the status bar; when a feed that was asked again has answered, another.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from reader.engine import commands as c
from reader.engine.questions import Health
from reader.errors import AlreadySubscribed, BroadsheetError
from reader.model import Credentials, Feed, FeedHealth, FeedId
from reader.ui import words
from reader.ui.outline import CurrentOutline
from reader.ui.words import tr

PATIENCE = timedelta(minutes=2)  # no request takes longer; what comes later is not an answer to the reader


class Repairs(QObject):
    said = Signal(str)

    def __init__(self, library: Any, outline: CurrentOutline, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._outline, self._window = library, outline, window
        self._awaited: dict[FeedId, tuple[datetime, datetime | None]] = {}  # since when; asked last before
        self._deeds: dict[str, Callable[[FeedHealth], None]] = {
            "try_now": self._try_now,
            "sign_in": self._sign_in,
            "sign_out": self._sign_out,
            "switch": self._switch,
            "change_address": self._change_address,
            "find_again": self._find_again,
            "user_agent": self._set_user_agent,
            "reload": self._reload,
            "unsubscribe": self._unsubscribe,
            "open_site": self._open_site,
            "copy_address": self._copy_address,
        }
        outline.arrived.connect(self._tell_answers)

    def run(self, name: str, which: FeedHealth | FeedId) -> None:
        """Carry out the repair of this name."""
        deed = self._deeds[name]
        if isinstance(which, FeedHealth):
            deed(which)
        else:
            self._library.ask(Health(which), lambda found: deed(found[0]) if found else None)

    # ---- asking again ---------------------------------------------------------------------

    def _try_now(self, health: FeedHealth) -> None:
        from reader.engine.decide import BY_HAND_GAP
        from reader.ui import health_words

        now = datetime.now().astimezone()
        if health.paused_until is not None and health.paused_until > now:
            until = health_words.say_moment(health.paused_until, now)
            self.said.emit(tr("{} asked for a pause until {}.", words.say_host(health.address), until))
        elif health.checked_at is not None and timedelta() <= now - health.checked_at < BY_HAND_GAP:
            ago = words.say_ago(health.checked_at, now)
            again = health_words.say_moment(health.checked_at + BY_HAND_GAP, now)
            self.said.emit(tr("Checked {}; it may be asked again at {}.", ago, again))
        else:
            self._library.refresh((health.id,))
            self._await(health)

    def _reload(self, health: FeedHealth) -> None:
        from reader.ui.dialogs.ask import AskDialog

        dialog = AskDialog(
            tr("Fetch the whole feed again?"),
            tr(
                "Usually {} is only asked what is new, and answers with a few bytes. This asks it for the "
                "whole feed once more, which costs its publisher a full answer. It helps where articles are "
                "missing or damaged; where the site does not answer, it does not.",
                health.title,
            ),
            self._window,
            button=tr("Fetch it again"),
        )
        dialog.accepted.connect(lambda: self._begin_reload(health))
        dialog.open()

    def _begin_reload(self, health: FeedHealth) -> None:
        self._library.reload(health.id)
        self._await(health)

    def _await(self, health: FeedHealth) -> None:
        self._awaited[health.id] = (datetime.now(UTC), health.checked_at)
        self.said.emit(tr("Asking {} …", health.title))

    def end_refresh(self) -> None:
        """An answer that changed nothing reaches nobody by itself."""
        if self._awaited:
            self._outline.load()

    def _tell_answers(self) -> None:
        for feed_id, (since, before) in [*self._awaited.items()]:
            feed = self._outline.feed(feed_id)
            if feed is None or datetime.now(UTC) - since > PATIENCE:
                del self._awaited[feed_id]
            elif feed.checked_at is not None and (before is None or feed.checked_at > before):
                del self._awaited[feed_id]
                told = words.say_failure(feed.failure) if feed.failure else tr("It answered; all is well.")
                self.said.emit(f"{feed.title}: {told}")

    # ---- credentials ----------------------------------------------------------------------

    def _sign_in(self, health: FeedHealth) -> None:
        from reader.ui.dialogs.sign_in import SignInDialog

        dialog = SignInDialog(self._library, health, self._window)
        dialog.signed_in.connect(lambda: self._await(health))  # the site says whether it takes the password
        dialog.sign_out_requested.connect(lambda: self._sign_out(health))
        dialog.open()

    def _sign_out(self, health: FeedHealth) -> None:
        self._awaited.pop(health.id, None)
        self._library.sign_out(health.id, lambda answer: self._say_signed_out(health, answer))

    def _say_signed_out(self, health: FeedHealth, answer: Any) -> None:
        if isinstance(answer, BroadsheetError):
            self.said.emit(words.say_error(answer))
        else:
            self.said.emit(tr("Signed out of {}; the password is forgotten.", health.title))

    # ---- the address ----------------------------------------------------------------------

    def _switch(self, health: FeedHealth) -> None:
        if health.moved_to:
            self._move(health, health.moved_to)

    def _change_address(self, health: FeedHealth) -> None:
        self._open_address_dialog(health, health.moved_to or health.address, is_site=False)

    def _find_again(self, health: FeedHealth) -> None:
        """A feed is gone or hidden: its site may name another."""
        self._open_address_dialog(health, health.site or find_origin(health.address), is_site=True)

    def _open_address_dialog(self, health: FeedHealth, address: str, *, is_site: bool) -> None:
        from reader.ui.dialogs.change_address import ChangeAddressDialog

        dialog = ChangeAddressDialog(self._library, health, address, self._window)
        dialog.chosen.connect(lambda address, credentials: self._move(health, address, credentials))
        dialog.open()
        if is_site:
            dialog.finder.look()

    def _move(self, health: FeedHealth, address: str, credentials: Credentials | None = None) -> None:
        """Read the feed at another address from now on, or in the feed that has it already."""
        twin = next(
            (f for f in self._outline.value.feeds if f.address == address and f.id != health.id), None
        )
        if twin is not None:
            self._merge(health, twin)
            return
        self._library.do(
            c.ChangeAddress(health.id, address),
            reply=lambda error: self._note_move(health, address, credentials, error),
        )

    def _note_move(
        self, health: FeedHealth, address: str, credentials: Credentials | None, error: Any
    ) -> None:
        if isinstance(error, AlreadySubscribed):
            # The store compares addresses more loosely than `_move`; it names the feed by its title.
            twins = [f for f in self._outline.value.feeds if f.title == error.detail and f.id != health.id]
            if len(twins) == 1:
                self._merge(health, twins[0])
                return
        if isinstance(error, BroadsheetError):
            self.said.emit(words.say_error(error))
            return
        self.said.emit(tr("{} is read from {} now.", health.title, words.say_address(address)))
        if credentials is not None:
            self._library.sign_in(health.id, credentials, self._say_trouble)

    def _merge(self, health: FeedHealth, twin: Feed) -> None:
        told = tr("You read {} already; the articles of {} are there now.", twin.title, health.title)
        self._library.do(c.MergeFeeds(health.id, twin.id), reply=lambda error: self._say_done(error, told))

    # ---- the rest -------------------------------------------------------------------------

    def _set_user_agent(self, health: FeedHealth) -> None:
        from reader.ui.dialogs.user_agent import UserAgentDialog

        dialog = UserAgentDialog(health, self._window)
        dialog.chosen.connect(lambda agent: self._introduce(health, agent))
        dialog.open()

    def _introduce(self, health: FeedHealth, agent: str) -> None:
        told = (
            tr("Broadsheet introduces itself to {} as you said.", health.title)
            if agent
            else tr("Broadsheet introduces itself to {} by its own name.", health.title)
        )
        self._library.do(c.SetUserAgent(health.id, agent), reply=lambda error: self._say_done(error, told))

    def _unsubscribe(self, health: FeedHealth) -> None:
        """No question asked: it can be undone."""
        self._library.do(c.RemoveFeed(health.id))
        self.said.emit(tr("{} removed. Ctrl+Z brings it back.", health.title))

    def _open_site(self, health: FeedHealth) -> None:
        url = QUrl(health.site or find_origin(health.address))
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)

    def _copy_address(self, health: FeedHealth) -> None:
        QGuiApplication.clipboard().setText(health.address)
        self.said.emit(tr("Feed address copied."))

    def _say_done(self, error: Any, told: str) -> None:
        self.said.emit(words.say_error(error) if isinstance(error, BroadsheetError) else told)

    def _say_trouble(self, error: Any) -> None:
        if isinstance(error, BroadsheetError):
            self.said.emit(words.say_error(error))


def find_origin(address: str) -> str:
    """The front page of an address's site: scheme, host and port, without a password."""
    url = QUrl(address)
    port = f":{url.port()}" if url.port() > 0 else ""
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return f"{url.scheme()}://{f'[{host}]' if ':' in host else host}{port}/"
