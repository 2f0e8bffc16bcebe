"""Everything that can go wrong, as one tree.

    BroadsheetError
      FetchError                 address -> bytes did not happen        (detail)
        AddressRefused           not an http(s) address we may open     (the address)
        Offline                  this machine has no network
        HostNotFound             no such host                           (host)
        ConnectionFailed         refused, reset, unreachable            (host)
          ProxyFailed            ... by the proxy                       (the proxy's host)
        TlsFailed                certificate or protocol                (host)
          CertificateExpired     its certificate is out of date         (host)
          CertificateForOther    its certificate is another site's      (host)
          CertificateUntrusted   signed by nobody we know               (host)
        TimedOut                 no answer in time                      (host)
        TooManyRedirects         loop or more than ten hops
        HttpFailed               an answer that is not a success        (status)
        BodyTooLarge             over the limit, as sent or unpacked    (bytes)
        BrowserCheck             the site asks for a browser check      (host)
        CaptivePortal            the network wants its user to log in   (the log-in page's host)
        Cancelled                the user stopped it
      ParseError                 bytes -> entries did not happen        (detail)
        EmptyDocument            nothing was sent
        NotAFeed                 something else was sent                (what: "HTML", "image" ...)
        BrokenFeed               a feed too broken to read
        ForbiddenXml             entity bombs, external entities
        WorkerFailed             the parser ran out of time or memory
      NoFeedFound                a page that names no feed              (address)
      AlreadySubscribed          (feed title)
      OutlineError               an OPML file without any feed in it
      PictureError               not a picture, or one too large
      StoreError
        StoreTooNew              written by a newer version             (its number)
        StoreDamaged             cannot be opened                       (reason)
        StoreFull                the disk is full
      ProfileTaken               a profile that holds the reader's own news (the folder)
      InstanceError              another instance does not answer

Errors carry data, never sentences: `detail` is the word or number a sentence needs, and
`ui/words.py` (or `cli.py`) makes the sentence.
"""

from __future__ import annotations


class BroadsheetError(Exception):
    """The root of the tree. `detail` is plain text without markup, possibly empty."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    @property
    def kind(self) -> str:
        return type(self).__name__


class FetchError(BroadsheetError): ...


class AddressRefused(FetchError): ...


class Offline(FetchError): ...


class HostNotFound(FetchError): ...


class ConnectionFailed(FetchError): ...


class ProxyFailed(ConnectionFailed): ...


class TlsFailed(FetchError): ...


class CertificateExpired(TlsFailed): ...


class CertificateForOther(TlsFailed): ...


class CertificateUntrusted(TlsFailed): ...


class TimedOut(FetchError): ...


class TooManyRedirects(FetchError): ...


class HttpFailed(FetchError): ...


class BodyTooLarge(FetchError): ...


class BrowserCheck(FetchError): ...


class CaptivePortal(FetchError): ...


class Cancelled(FetchError): ...


class ParseError(BroadsheetError): ...


class EmptyDocument(ParseError): ...


class NotAFeed(ParseError): ...


class BrokenFeed(ParseError): ...


class ForbiddenXml(ParseError): ...


class WorkerFailed(ParseError): ...


class NoFeedFound(BroadsheetError): ...


class AlreadySubscribed(BroadsheetError): ...


class OutlineError(BroadsheetError): ...


class KeyringMissing(BroadsheetError): ...


class KeyringRefused(BroadsheetError): ...


class PictureError(BroadsheetError): ...


class StoreError(BroadsheetError): ...


class StoreTooNew(StoreError): ...


class StoreDamaged(StoreError): ...


class StoreFull(StoreError): ...


class ProfileTaken(BroadsheetError): ...


class InstanceError(BroadsheetError): ...
