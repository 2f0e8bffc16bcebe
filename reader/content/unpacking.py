"""Bodies as sent -> bodies as meant: the content encodings of HTTP, undone within a limit.

Bytes and the Content-Encoding header enter, bytes leave. Everything is decoded piece by piece, so
that a bomb costs no more memory than the limit.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from reader.errors import BodyTooLarge, HttpFailed

_PIECE = 65_536
_MOST_ENCODINGS = 5

Decoder = Callable[[bytes, int], bytes]


def decode_body(data: bytes, encoding: str, limit: int) -> bytes:
    """Undo the encodings named in `encoding` ("gzip", "br, gzip" ...), last one first.

    A body cut off in transit yields what could be read of it; the parser decides whether that is
    enough. A body that was never encoded, whatever the header says, comes back as it is. Unknown
    encodings raise `HttpFailed`; more than `limit` bytes at any stage raise `BodyTooLarge`.
    """
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if len(names) > _MOST_ENCODINGS:
        raise BodyTooLarge(str(limit))
    for name in reversed(names):
        decoder = _DECODERS.get(name)
        if decoder is None:
            raise HttpFailed(f"encoding {name[:40]}")
        data = decoder(data, limit)
    if len(data) > limit:
        raise BodyTooLarge(str(limit))
    return data


def _gather(pieces: Iterator[bytes], limit: int) -> bytes:
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) > limit:
            raise BodyTooLarge(str(limit))
    return bytes(gathered)


def _inflate(data: bytes, wbits: int) -> Iterator[bytes]:
    """Members one after the other, as gzip allows; ends quietly where the data do."""
    while data:
        member = zlib.decompressobj(wbits)
        rest = data
        while rest and not member.eof:
            try:
                piece = member.decompress(rest, _PIECE)
            except zlib.error:
                return
            yield piece
            rest = member.unconsumed_tail
        data = member.unused_data.lstrip(b"\0")


def _undo_gzip(data: bytes, limit: int) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data  # some servers claim what they did not do
    return _gather(_inflate(data, 31), limit)


def _undo_deflate(data: bytes, limit: int) -> bytes:
    """RFC 9110 means zlib; half the servers send raw deflate."""
    if data[:1].strip()[:1] == b"<":
        return data
    is_zlib = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return _gather(_inflate(data, 15 if is_zlib else -15), limit)


def _undo_brotli(data: bytes, limit: int) -> bytes:
    return _gather(_read_brotli(data), limit)


def _read_brotli(data: bytes) -> Iterator[bytes]:
    import brotli  # type: ignore[import-untyped]

    decoder = brotli.Decompressor()
    try:
        yield decoder.process(data, output_buffer_limit=_PIECE)
        while not decoder.is_finished():
            piece = decoder.process(b"", output_buffer_limit=_PIECE)
            if not piece and decoder.can_accept_more_data():
                return
            yield piece
    except brotli.error:
        return


def _undo_zstd(data: bytes, limit: int) -> bytes:
    if data[:4] != b"\x28\xb5\x2f\xfd" and data[1:4] != b"\x2a\x4d\x18":
        return data
    return _gather(_read_zstd(data), limit)


def _read_zstd(data: bytes) -> Iterator[bytes]:
    import zstandard

    # RFC 9659: no window above 8 MB in HTTP.
    decoder = zstandard.ZstdDecompressor(max_window_size=2**23)
    with decoder.stream_reader(data, read_across_frames=True) as reader:
        while True:
            try:
                piece = reader.read(_PIECE)
            except zstandard.ZstdError:
                return
            if not piece:
                return
            yield piece


_DECODERS: dict[str, Decoder] = {
    "gzip": _undo_gzip,
    "x-gzip": _undo_gzip,
    "deflate": _undo_deflate,
    "br": _undo_brotli,
    "zstd": _undo_zstd,
}
