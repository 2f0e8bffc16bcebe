"""What the network libraries raise -> our errors. Knows their exceptions so that nobody else must."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

import httpx

from reader.errors import (
    AddressRefused,
    ConnectionFailed,
    FetchError,
    HostNotFound,
    Offline,
    TimedOut,
    TlsFailed,
)

NO_ROUTE = {errno.ENETUNREACH, errno.ENETDOWN, getattr(errno, "WSAENETUNREACH", errno.ENETUNREACH)}
# "Ask again later" from the resolver: it reaches no name server, so the fault is at this end.
ASK_AGAIN = {socket.EAI_AGAIN}


def translate(error: BaseException, host: str) -> FetchError:
    """The error to tell. The deepest cause says most: libraries wrap it once or twice."""
    chain = list(_causes(error))
    for fault in chain:
        if isinstance(fault, FetchError):
            return fault
        if isinstance(fault, ssl.SSLError):
            return TlsFailed(host)
        if isinstance(fault, socket.gaierror):
            return Offline(host) if fault.errno in ASK_AGAIN else HostNotFound(host)
    for fault in chain:
        if isinstance(fault, TimeoutError | httpx.TimeoutException):
            return TimedOut(host)
        if isinstance(fault, OSError) and fault.errno in NO_ROUTE:
            return Offline(host)
        if isinstance(fault, httpx.InvalidURL | httpx.UnsupportedProtocol):
            return AddressRefused(host)
    return ConnectionFailed(host)


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        fault = waiting.pop(0)
        if fault is None or id(fault) in seen:
            continue
        seen.add(id(fault))
        yield fault
        waiting += [fault.__cause__, fault.__context__]
        if isinstance(fault, BaseExceptionGroup):  # one for each address of a host
            waiting += fault.exceptions
