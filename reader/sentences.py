"""Errors -> one English sentence each: what the command line prints and the window translates.

Errors carry data only (see `errors`); these are the sentences, apart from Qt so that the
command line needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable

from reader.errors import BroadsheetError
from reader.model import Failure

# One sentence for each class of `errors`: the first where there is a detail, the second where not.
SENTENCES: dict[str, tuple[str, str]] = {
    "AddressRefused": ("{} is not a web address.", "That is not a web address."),
    "Offline": ("This computer is offline.", "This computer is offline."),
    "HostNotFound": ("There is no site called {}.", "The site was not found."),
    "ConnectionFailed": ("{} could not be reached.", "The site could not be reached."),
    "ProxyFailed": ("The proxy {} cannot be reached or says no.", "The proxy cannot be reached or says no."),
    "TlsFailed": ("The secure connection to {} failed.", "The secure connection failed."),
    "CertificateExpired": (
        "The certificate of {} is out of date, so nobody can tell whether it is the real site.",
        "The site's certificate is out of date.",
    ),
    "CertificateForOther": (
        "The certificate that {} showed is another site's.",
        "The site showed another site's certificate.",
    ),
    "CertificateUntrusted": (
        "The certificate of {} is signed by nobody this computer trusts.",
        "The site's certificate is signed by nobody this computer trusts.",
    ),
    "TimedOut": ("{} did not answer in time.", "The site did not answer in time."),
    "TooManyRedirects": (
        "The address only leads on to other addresses, without end.",
        "The address only leads on to other addresses, without end.",
    ),
    "BodyTooLarge": ("The document is too large ({}).", "The document is too large."),
    "BrowserCheck": ("{} lets only browsers in.", "The site lets only browsers in."),
    "CaptivePortal": (
        "This network wants you to log in first, at {}.",
        "This network wants you to log in first.",
    ),
    "Cancelled": ("Stopped.", "Stopped."),
    "EmptyDocument": ("The site sent an empty document.", "The site sent an empty document."),
    "NotAFeed": ("The address leads to {}, not to a feed.", "The address does not lead to a feed."),
    "BrokenFeed": ("The feed is too damaged to read.", "The feed is too damaged to read."),
    "ForbiddenXml": (
        "The feed was refused: it holds XML that could harm this computer.",
        "The feed was refused: it holds XML that could harm this computer.",
    ),
    "WorkerFailed": (
        "The feed took too much time or memory to read.",
        "The feed took too much time or memory to read.",
    ),
    "NoFeedFound": ("No feed was found at {}.", "No feed was found there."),
    "AlreadySubscribed": ("You already read {}.", "You already read this feed."),
    "OutlineError": ("There is no feed in this file.", "There is no feed in this file."),
    "KeyringMissing": (
        "This system has no keyring, so the password is kept only until Broadsheet is closed.",
        "This system has no keyring, so the password is kept only until Broadsheet is closed.",
    ),
    "KeyringRefused": (
        "The system's keyring is locked or said no ({}).",
        "The system's keyring is locked or said no.",
    ),
    "PictureError": ("The picture could not be read.", "The picture could not be read."),
    "StoreTooNew": (
        "Your news was written by a newer version of Broadsheet ({}). Please update.",
        "Your news was written by a newer version of Broadsheet. Please update.",
    ),
    "StoreDamaged": (
        "The file with your news cannot be opened: {}.",
        "The file with your news cannot be opened.",
    ),
    "StoreFull": ("The disk is full: nothing new can be kept.", "The disk is full: nothing new can be kept."),
    "StoreError": ("Your news could not be written: {}.", "Your news could not be written."),
    "ProfileTaken": (
        "{} holds news of your own; the sample newspaper needs a folder of its own.",
        "The sample newspaper needs a folder of its own.",
    ),
    "InstanceError": ("Another Broadsheet does not answer.", "Another Broadsheet does not answer."),
}

# What an address may lead to instead of a feed (`NotAFeed`).
THINGS = {
    "HTML": "a web page",
    "text": "plain text",
    "image": "a picture",
    "video": "a video",
    "audio": "a sound file",
    "archive": "an archive",
    "font": "a font",
    "program": "a program",
    "database": "a database",
    "sitemap": "a map of a site",
    "OPML": "a list of feeds",
    "XML": "an XML document of another kind",
    "JSON": "a JSON document of another kind",
}

STATUSES = {
    "401": "The site asks for a password.",
    "403": "The site refuses to show the feed (403).",
    "404": "There is nothing at this address any more (404).",
    "410": "The site has taken the feed down for good (410).",
    "429": "The site asks for a pause; it will be tried again later (429).",
}


def describe_error(error: BroadsheetError, say: Callable[[str], str] = str) -> str:
    """One sentence. `say` may translate the template before its {} is filled."""
    return describe_kind(error.kind, error.detail, say)


def describe_failure(failure: Failure, say: Callable[[str], str] = str) -> str:
    return describe_kind(failure.kind, failure.detail, say)


def describe_kind(kind: str, detail: str = "", say: Callable[[str], str] = str) -> str:
    """One sentence for an error, by the name of its class and its detail."""
    if kind == "HttpFailed":
        return _describe_status(detail, say)
    if kind == "BroadsheetError" and detail:
        return detail
    if kind == "BodyTooLarge" and detail.isdigit():
        detail = f"more than {int(detail) >> 20} MB"
    if kind == "NotAFeed":
        detail = say(THINGS.get(detail, detail))
    with_detail, without = SENTENCES.get(kind, ("Something went wrong: {}.", "Something went wrong."))
    return say(with_detail).format(detail) if detail else say(without)


def _describe_status(status: str, say: Callable[[str], str]) -> str:
    if status in STATUSES:
        return say(STATUSES[status])
    if status.startswith("5"):
        return say("The site has trouble of its own ({}).").format(status)
    if status:
        return say("The site answered with an error ({}).").format(status)
    return say("The site answered with an error.")
