"""What the network libraries raise -> our errors. Knows their exceptions so that nobody else must."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

import httpx

from reader.errors import (
    AddressRefused,
    CertificateExpired,
    CertificateForOther,
    CertificateUntrusted,
    ConnectionFailed,
    FetchError,
    HostNotFound,
    Offline,
    ProxyFailed,
    TimedOut,
    TlsFailed,
)

NO_ROUTE = {errno.ENETUNREACH, errno.ENETDOWN, getattr(errno, "WSAENETUNREACH", errno.ENETUNREACH)}
# "Ask again later" from the resolver: it reaches no name server, so the fault is at this end.
ASK_AGAIN = {socket.EAI_AGAIN}

# What a verification says, by its number: OpenSSL's X509_V_ERR_... (x509_vfy.h), Windows' CERT_E_...
# (winerror.h), macOS's errSec... (SecBase.h); the last two as truststore passes them on.
EXPIRED = {9, 10, 0x800B0101, 0x800B0102, -67818, -67819}  # over, or not begun
FOR_OTHER = {62, 64, 0x800B010F, 0x800B0114, -67602}
UNTRUSTED = {2, 18, 19, 20, 21, 24, 27, 0x800B0109, 0x800B010A, 0x800B010D, 0x800B0112, -67843}


def translate(error: BaseException, host: str) -> FetchError:
    """The error to tell. The deepest cause says most: libraries wrap it once or twice."""
    chain = list(_causes(error))
    for fault in chain:
        if isinstance(fault, FetchError):
            return fault
        if isinstance(fault, ssl.SSLError):
            return _translate_tls(chain, host)
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


def blame_proxy(error: BaseException, proxy_host: str) -> FetchError:
    """The error to tell where the way to the proxy failed: this machine's network, or the proxy."""
    fault = translate(error, proxy_host)
    return fault if isinstance(fault, Offline) else ProxyFailed(proxy_host)


def _translate_tls(chain: list[BaseException], host: str) -> TlsFailed:
    """aiohttp's own certificate error is one of ssl's too, but only ssl's knows the number."""
    numbers = {getattr(fault, "verify_code", None) for fault in chain}
    if numbers & FOR_OTHER:
        return CertificateForOther(host)
    if numbers & EXPIRED:
        return CertificateExpired(host)
    return CertificateUntrusted(host) if numbers & UNTRUSTED else TlsFailed(host)


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
