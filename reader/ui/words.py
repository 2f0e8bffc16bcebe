"""Errors, counts and times -> the words a person reads.

Everything below the window carries data only; this is where it becomes English, through Qt's
translation so that it can become something else. Pure: no widget, no clock of its own.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QUrl

from reader.engine import commands as c
from reader.engine.events import Noticed
from reader.errors import BroadsheetError
from reader.model import Failure, Listing, Outline, Selection
from reader.sentences import describe_error, describe_failure, describe_kind


def tr(text: str, *values: object) -> str:
    """The text in the reader's language, its {} filled."""
    translated = QCoreApplication.translate("words", text)
    return translated.format(*values) if values else translated


# ---- errors -------------------------------------------------------------------------------


def say_error(error: BroadsheetError) -> str:
    return describe_error(error, tr)


def say_failure(failure: Failure) -> str:
    return describe_failure(failure, tr)


def say_kind(kind: str, detail: str = "") -> str:
    """One sentence for an error by its class name and detail."""
    return describe_kind(kind, detail, tr)


_NOTICES = {
    "gone": "{} was taken down by its site (410); its articles stay.",
    "credentials": "{} asks for a password.",
}


def say_notice(notice: Noticed) -> str:
    """What a person should hear of a feed, once."""
    if notice.what == "moved":
        return tr("{} has moved to {}.", notice.title, say_address(notice.detail))
    if notice.what == "keyring":
        return say_kind(notice.detail)
    if notice.what == "proxy":
        return tr("Nothing is fetched: the proxy in the settings, “{}”, is no address of one.", notice.detail)
    if notice.what == "proxy-silent":
        return tr("Nothing is fetched: the proxy {} cannot be reached or says no.", notice.detail)
    if notice.what == "merged":
        return tr(
            "{} has become {}, which you read already; its articles are there.", notice.title, notice.detail
        )
    return tr(_NOTICES.get(notice.what, "{} needs a look."), notice.title)


# ---- counts -------------------------------------------------------------------------------


def say_number(number: int) -> str:
    return f"{number:,}"


def count_stories(number: int) -> str:
    return tr("1 story") if number == 1 else tr("{} stories", say_number(number))


def count_feeds(number: int) -> str:
    return tr("1 feed") if number == 1 else tr("{} feeds", say_number(number))


def count_silent(number: int) -> str:
    """How many were asked and have not answered."""
    return tr("1 site has not answered yet") if number == 1 else tr("{} sites have not answered yet", number)


def count_unread(number: int) -> str:
    return tr("{} unread", say_number(number)) if number else tr("all read")


def count_new(number: int, place: str = "") -> str:
    return tr("{} new in {}", say_number(number), place) if place else tr("{} new", say_number(number))


def say_minutes(minutes: int) -> str:
    return tr("{} min", max(1, minutes))


def say_reading_time(minutes: int) -> str:
    return tr("{} min read", max(1, minutes))


def say_size(size: int) -> str:
    """Bytes, in the largest unit that leaves a whole number."""
    if size < 1_000_000:
        return tr("{} KB", max(1, round(size / 1000)))
    if size < 1_000_000_000:
        return tr("{} MB", round(size / 1_000_000))
    return tr("{} GB", f"{size / 1_000_000_000:.1f}")


# ---- times --------------------------------------------------------------------------------

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def say_when(at: datetime, now: datetime) -> str:
    """For lists: 10:42, Yesterday, 9 Mar, 9 Mar 2024. Both aware; in the zone of `now`."""
    here = at.astimezone(now.tzinfo)
    days = (now.date() - here.date()).days
    if days == 0:
        return f"{here.hour:02}:{here.minute:02}"
    if days == 1:
        return tr("Yesterday")
    short = f"{here.day} {_short_month(here.month)}"
    return short if here.year == now.year else f"{short} {here.year}"


def say_date(at: datetime) -> str:
    """For a page: 9 March 2026, 10:42, in local time."""
    here = at.astimezone()
    return f"{here.day} {tr(_MONTHS[here.month - 1])} {here.year}, {here.hour:02}:{here.minute:02}"


def say_ago(at: datetime, now: datetime) -> str:
    """2 min ago, 1 h ago, then as in lists."""
    passed = now - at
    if passed < timedelta(minutes=1):
        return tr("just now")
    if passed < timedelta(hours=1):
        return tr("{} min ago", passed // timedelta(minutes=1))
    if passed < timedelta(hours=12):
        return tr("{} h ago", passed // timedelta(hours=1))
    return say_when(at, now)


@lru_cache(maxsize=12)
def _short_month(month: int) -> str:
    return tr(_SHORT_MONTHS[month - 1])


# ---- addresses ----------------------------------------------------------------------------


def say_address(address: str) -> str:
    """To be read, not to be opened: without a password, a host's own letters, https left out."""
    url = QUrl(address)
    if not url.isValid() or not url.host():
        return address.rpartition("@")[2] if "@" in address else address
    place = say_host(address) + (f":{url.port()}" if url.port() > 0 else "")
    query = f"?{url.query()}" if url.hasQuery() else ""
    path = url.path() if query or url.path() != "/" else ""
    scheme = "" if url.scheme() == "https" else f"{url.scheme()}://"
    return f"{scheme}{place}{path}{query}"


def say_host(address: str) -> str:
    """The host of an address, in its own letters."""
    host = QUrl(address).host()
    if "xn--" in host:  # Qt decodes only those of some registries
        try:
            host = host.encode("ascii").decode("idna")
        except UnicodeError:
            return host
    return f"[{host}]" if ":" in host else host or address


# ---- places -------------------------------------------------------------------------------


def name_list(selection: Selection, outline: Outline | None) -> str:
    """The name of a list as its header shows it."""
    match selection.listing:
        case Listing.TODAY:
            return tr("Today")
        case Listing.UNREAD:
            return tr("Unread")
        case Listing.SAVED:
            return tr("Saved")
        case Listing.ALL:
            return tr("All stories")
        case Listing.SEARCH:
            return tr("“{}”", selection.query)
        case Listing.SECTION:
            places = outline.sections if outline else ()
            return next((section.name for section in places if section.id == selection.id), "")
        case _:
            feeds = outline.feeds if outline else ()
            return next((feed.title for feed in feeds if feed.id == selection.id), "")


_DEEDS: dict[type, str] = {
    c.MarkAllRead: "mark all read",
    c.AddFeed: "add feed",
    c.RenameFeed: "rename feed",
    c.MoveFeed: "move feed",
    c.RemoveFeed: "remove feed",
    c.ChangeAddress: "change of address",
    c.MergeFeeds: "merge feeds",
    c.SetUserAgent: "introduce differently",
    c.AddSection: "add section",
    c.RenameSection: "rename section",
    c.MoveSection: "move section",
    c.RemoveSection: "remove section",
    c.Subscribe: "subscribe",
}


def name_deed(command: c.Command) -> str:
    """What Undo would take back."""
    if isinstance(command, c.MarkRead):
        return tr("mark read") if command.read else tr("mark unread")
    if isinstance(command, c.Save):
        return tr("save") if command.saved else tr("remove from saved")
    return tr(_DEEDS.get(type(command), "last change"))
