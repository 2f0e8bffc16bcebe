"""Dialogs about one feed or about the network: what is asked for, refused, and handed on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from office import Office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from reader.errors import (
    AddressRefused,
    BrowserCheck,
    HttpFailed,
    KeyringMissing,
    KeyringRefused,
    NoFeedFound,
)
from reader.model import Credentials, FeedHealth, Outline
from reader.settings import Settings
from reader.ui.dialogs.add_feed import AddFeedDialog
from reader.ui.dialogs.change_address import ChangeAddressDialog, shorten
from reader.ui.dialogs.network import NetworkDialog, read_proxy
from reader.ui.dialogs.private_export import PrivateExportDialog
from reader.ui.dialogs.sign_in import SignInDialog
from reader.ui.dialogs.user_agent import UserAgentDialog, make_browser_agent

Open = Callable[[QDialog], Any]
KEY = Credentials("bearer", "", "opensesame")


@pytest.fixture
def health(office: Office) -> FeedHealth:
    return office._tell_health(office.feeds[0])


def found(*addresses: str, error: Exception | None = None, may_guess: bool = False) -> SimpleNamespace:
    candidates = tuple(SimpleNamespace(address=a, title="", media_type="") for a in addresses)
    return SimpleNamespace(candidates=candidates, error=error, may_guess=may_guess)


# ---- signing in -----------------------------------------------------------------------------


def test_a_password_is_hidden_and_the_host_and_the_place_it_is_kept_are_named(
    office: Office, health: FeedHealth, open_dialog: Open
) -> None:
    dialog = open_dialog(SignInDialog(office, health))
    assert dialog.fields.secret.echoMode() is QLineEdit.EchoMode.Password
    assert dialog.fields.user.hasFocus()
    told = " ".join(label.text() for label in dialog.findChildren(type(dialog._where)))
    assert "thedailyharbour.example only, and kept in this system’s keyring" in told
    assert [w.accessibleName() for w in (dialog.fields.user, dialog.fields.secret)] == [
        "User name", "Password",
    ]  # fmt: skip


def test_a_token_needs_no_user_name(
    office: Office, health: FeedHealth, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog = open_dialog(SignInDialog(office, health))
    dialog.fields.way.setCurrentIndex(1)
    assert not dialog.fields.user.isVisible()
    dialog.accept()
    assert dialog.sentence == "Type the token."
    qtbot.keyClicks(dialog.fields.secret, KEY.secret)
    dialog.accept()
    assert office.calls == [("sign_in", (health.id, KEY))]
    qtbot.waitUntil(lambda: not dialog.isVisible())


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (KeyringMissing(), "kept only until Broadsheet is closed."),
        (
            KeyringRefused("locked"),
            "locked or said no (locked). You are signed in until Broadsheet is closed.",
        ),
    ],
)
def test_without_a_keyring_the_dialog_stays_to_say_so(
    office: Office, health: FeedHealth, open_dialog: Open, qtbot: QtBot, answer: Any, sentence: str
) -> None:
    office.keyring = answer
    dialog = open_dialog(SignInDialog(office, health))
    qtbot.keyClicks(dialog.fields.user, "ann")
    with qtbot.waitSignal(dialog.signed_in):
        dialog.accept()
    assert dialog.sentence.endswith(sentence)
    assert dialog.isVisible()
    dialog.accept()
    assert not dialog.isVisible()
    assert len(office.calls) == 1


def test_who_is_signed_in_can_sign_out(
    office: Office, health: FeedHealth, open_dialog: Open, qtbot: QtBot
) -> None:
    assert not [b for b in SignInDialog(office, health).buttons.buttons() if b.text() == "Sign out"]
    dialog = open_dialog(SignInDialog(office, replace(health, signs_in="bearer")))
    assert dialog.fields.is_token
    (leave,) = [button for button in dialog.buttons.buttons() if button.text() == "Sign out"]
    leave.setFocus()
    with qtbot.waitSignal(dialog.sign_out_requested):
        qtbot.keyClick(leave, Qt.Key.Key_Return)  # on a button, and not the default one
    assert office.calls == []


# ---- adding what asks for a password --------------------------------------------------------


def test_a_site_that_asks_for_a_password_is_shown_one_in_place(
    office: Office, outline: Outline, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog = open_dialog(AddFeedDialog(office, outline, address="https://secret.example/feed"))
    dialog.accept()
    office.tickets[0].reply(found(error=HttpFailed("401")))
    fields = dialog.finder.credentials
    assert fields.isVisible()
    assert fields.user.hasFocus()
    assert dialog.sentence == "The site asks for a password."
    dialog.accept()
    assert dialog.sentence == "Type the user name."
    qtbot.keyClicks(fields.user, "ann")
    qtbot.keyClicks(fields.secret, "tide")
    qtbot.keyClick(fields.secret, Qt.Key.Key_Return)
    assert office.calls[1][1] == ("https://secret.example/feed", Credentials("basic", "ann", "tide"))
    office.tickets[1].reply(found(error=HttpFailed("401")))
    assert dialog.sentence == "The site did not accept that."
    dialog.accept()
    office.tickets[2].reply(found("https://secret.example/feed"))
    assert not fields.isVisible()
    assert dialog.finder.chosen == "https://secret.example/feed"


def test_a_password_is_not_shown_to_another_address(
    office: Office, outline: Outline, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog = open_dialog(AddFeedDialog(office, outline, address="https://secret.example/feed"))
    dialog.accept()
    office.tickets[0].reply(found(error=HttpFailed("401")))
    qtbot.keyClicks(dialog.finder.credentials.user, "ann")
    dialog.finder.address.setText("https://other.example/feed")
    assert not dialog.finder.credentials.isVisible()
    dialog.accept()
    assert office.calls[-1] == ("find_feeds", "https://other.example/feed")
    dialog.reject()


def test_a_dialog_is_as_tall_as_what_is_in_it_whatever_was_in_it_before(
    office: Office, outline: Outline, open_dialog: Open
) -> None:
    heights = []
    for refusals in (0, 2):
        office.tickets.clear()
        dialog = open_dialog(AddFeedDialog(office, outline, address="https://secret.example/feed"))
        dialog.finder.credentials.user.setText("ann")
        for _ in range(refusals):
            dialog.accept()
            office.tickets[-1].reply(found(error=HttpFailed("401")))
        dialog.accept()
        office.tickets[-1].reply(found("https://secret.example/feed"))
        heights.append(dialog.height())
        dialog.reject()
    assert heights[0] == heights[1]


def test_usual_places_are_tried_only_when_the_reader_says_so(
    office: Office, outline: Outline, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog = open_dialog(AddFeedDialog(office, outline, address="coast.example"))
    dialog.accept()
    assert not dialog.finder.guess.isVisible()
    office.tickets[0].reply(found(error=NoFeedFound("coast.example"), may_guess=True))
    assert dialog.finder.guess.hasFocus()
    qtbot.keyClick(dialog.finder.guess, Qt.Key.Key_Return)
    assert office.calls[-1] == ("find_feeds", ("https://coast.example", "guess"))
    office.tickets[1].reply(found(error=NoFeedFound("coast.example")))
    assert not dialog.finder.guess.isVisible()
    dialog.reject()


def test_a_browser_check_is_said_in_words(office: Office, outline: Outline, open_dialog: Open) -> None:
    dialog = open_dialog(AddFeedDialog(office, outline, address="wall.example"))
    dialog.accept()
    office.tickets[0].reply(found(error=BrowserCheck("wall.example")))
    assert dialog.sentence == "wall.example lets only browsers in."


# ---- another address ------------------------------------------------------------------------


def test_an_address_that_leads_to_a_feed_is_taken_at_once(
    office: Office, health: FeedHealth, open_dialog: Open, qtbot: QtBot
) -> None:
    health = replace(health, moved_to="https://harbour.example/all")
    dialog = open_dialog(ChangeAddressDialog(office, health, health.moved_to))
    dialog.accept()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        office.tickets[0].reply(found("https://harbour.example/all"))
    assert chosen.args == ["https://harbour.example/all", None]
    assert not dialog.isVisible()


def test_an_address_of_a_page_shows_what_it_offers(
    office: Office, health: FeedHealth, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog = open_dialog(ChangeAddressDialog(office, health, "harbour.example"))
    dialog.accept()
    office.tickets[0].reply(found("https://harbour.example/a", "https://harbour.example/b"))
    assert dialog.finder.candidates.hasFocus()
    qtbot.keyClick(dialog.finder.candidates, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog.finder.candidates, Qt.Key.Key_Return)
    assert chosen.args == ["https://harbour.example/b", None]


def test_an_address_that_is_none_of_the_web_is_refused(
    office: Office, health: FeedHealth, open_dialog: Open
) -> None:
    dialog = open_dialog(ChangeAddressDialog(office, health, "ftp://harbour.example/feed"))
    dialog.accept()
    office.tickets[0].reply(found(error=AddressRefused("ftp://harbour.example/feed")))
    assert dialog.sentence == "ftp://harbour.example/feed is not a web address."
    assert dialog.isVisible()


def test_the_address_it_has_is_no_new_one(office: Office, health: FeedHealth, open_dialog: Open) -> None:
    dialog = open_dialog(ChangeAddressDialog(office, health, health.address))
    dialog.accept()
    assert dialog.sentence == "That is the address it has."
    assert office.tickets == []


def test_where_it_moved_to_is_offered(office: Office, health: FeedHealth, open_dialog: Open) -> None:
    health = replace(health, moved_to="https://harbour.example/all")
    dialog = open_dialog(ChangeAddressDialog(office, health, "https://harbour.example/"))
    (offer,) = [b for b in dialog.findChildren(type(dialog.accept_button)) if "moved to" in b.text()]
    offer.click()
    assert dialog.finder.address.text() == "https://harbour.example/all"


def test_of_a_long_address_the_middle_gives_way() -> None:
    assert shorten("a" * 30 + "b" * 30, 20) == "aaaaaaaaaa…bbbbbbbbbb"
    assert shorten("short") == "short"


# ---- another name ---------------------------------------------------------------------------


def test_a_browsers_name_is_a_ready_choice_and_our_own_the_usual_one(
    health: FeedHealth, open_dialog: Open, qtbot: QtBot
) -> None:
    dialog = open_dialog(UserAgentDialog(replace(health, user_agent=make_browser_agent())))
    assert dialog.way.currentText() == "A browser: Firefox"
    assert dialog.text.isReadOnly()
    dialog.way.setCurrentIndex(0)
    assert not dialog.text.isVisible()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept()
    assert chosen.args == [""]


@pytest.mark.parametrize("typed", ["", "Čtenář/1.0"])
def test_a_name_that_cannot_be_sent_is_refused(health: FeedHealth, open_dialog: Open, typed: str) -> None:
    dialog = open_dialog(UserAgentDialog(health))
    dialog.way.setCurrentIndex(2)
    dialog.text.setText(typed)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.sentence


@pytest.mark.parametrize(
    ("platform", "part"), [("linux", "(X11; Linux"), ("win32", "(Windows NT"), ("darwin", "(Macintosh;")]
)
def test_the_browser_is_one_of_this_system(platform: str, part: str) -> None:
    agent = make_browser_agent(platform)
    assert part in agent
    assert agent.isascii()


# ---- the network ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "proxy"),
    [
        ("proxy.example:8080", "http://proxy.example:8080"),
        ("https://proxy.example/", "https://proxy.example"),
        ("socks5://me:secret@[::1]:1080", "socks5://me:secret@[::1]:1080"),
        ("gopher://proxy.example", None),
        ("http://", None),
        ("http://proxy.example/path", None),
        ("proxy.example:99999", None),
        ("", None),
        ("not a host", None),
    ],
)
def test_only_the_address_of_a_proxy_is_taken(typed: str, proxy: str | None) -> None:
    assert read_proxy(typed) == proxy


def test_a_proxy_and_the_hours_take_effect_at_once(open_dialog: Open, qtbot: QtBot) -> None:
    settings, told = Settings(), list[str]()
    settings.watch(told.append)
    dialog = open_dialog(NetworkDialog(settings))
    dialog.way.setCurrentIndex(2)
    qtbot.keyClicks(dialog.address, "gopher://x")
    dialog.accept()
    assert dialog.sentence.startswith("Write it as http://")
    assert told == []
    dialog.address.setText("socks5://127.0.0.1:9050")
    dialog.minutes.setCurrentIndex(dialog.minutes.findData(240))
    dialog.accept()
    assert told == ["proxy", "refresh_minutes"]
    assert settings.get("proxy") == "socks5://127.0.0.1:9050"
    assert settings.get("refresh_minutes") == 240
    again = open_dialog(NetworkDialog(settings))
    assert again.address.text() == "socks5://127.0.0.1:9050"
    again.way.setCurrentIndex(1)
    again.by_itself.setCurrentIndex(1)
    assert not again.minutes.isVisible()
    again.accept()
    assert settings.get("proxy") == "direct"
    assert settings.get("refresh_by_itself") is False


# ---- secrets in a file ----------------------------------------------------------------------


def test_secrets_are_left_out_unless_the_reader_says_otherwise(open_dialog: Open, qtbot: QtBot) -> None:
    titles = tuple(f"Feed {n}" for n in range(7))
    for press, wanted in (("accept_button", False), ("export_all", True)):
        dialog = open_dialog(PrivateExportDialog(titles))
        button = getattr(dialog, press)
        button.setFocus()
        with qtbot.waitSignal(dialog.chosen) as chosen:
            qtbot.keyClick(button, Qt.Key.Key_Return)
        assert chosen.args == [wanted]
