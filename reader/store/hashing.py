"""Sixteen bytes that stand for something longer."""

from __future__ import annotations

try:
    # hashlib gives the same function, and loads OpenSSL to do so: 4 ms and 3 MB at every start.
    from _blake2 import blake2b
except ImportError:  # pragma: no cover
    from hashlib import blake2b


def hash_text(text: str) -> bytes:
    """Of any string, half surrogate pairs included."""
    return hash_bytes(text.encode("utf-8", "surrogatepass"))


def hash_bytes(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
