"""Content encodings are undone within a limit."""

from __future__ import annotations

import gzip
import os
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.content.unpacking import decode_body
from reader.errors import BodyTooLarge, HttpFailed

TEXT = b"<rss>" + os.urandom(200).hex().encode() * 300 + b"</rss>"
LIMIT = 1_000_000


def deflate_raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "Deflate ": deflate_raw(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
    "gzip, br": brotli.compress(gzip.compress(TEXT)),
    "identity": TEXT,
    "": TEXT,
}


@pytest.mark.parametrize("encoding", PACKED)
def test_a_body_is_unpacked(encoding: str) -> None:
    assert decode_body(PACKED[encoding], encoding, LIMIT) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "Deflate ", "br", "zstd"])
def test_a_body_cut_off_yields_what_was_there(encoding: str) -> None:
    whole = PACKED[encoding]
    read = decode_body(whole[: len(whole) - 8], encoding, LIMIT)
    assert TEXT.startswith(read)
    assert decode_body(whole[:1], encoding, LIMIT) in (b"", whole[:1])


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_stops_at_the_limit(encoding: str) -> None:
    bomb = b"\0" * 30_000_000
    packed = {
        "gzip": gzip.compress(bomb), "deflate": zlib.compress(bomb), "br": brotli.compress(bomb, quality=1),
        "zstd": zstandard.compress(bomb),
    }  # fmt: skip
    with pytest.raises(BodyTooLarge):
        decode_body(packed[encoding], encoding, LIMIT)


def test_a_body_too_large_as_sent_is_refused() -> None:
    with pytest.raises(BodyTooLarge):
        decode_body(b"x" * 11, "", 10)
    with pytest.raises(BodyTooLarge):
        decode_body(b"x", "gzip," * 50, 10)


def test_several_gzip_members_are_one_body() -> None:
    assert decode_body(gzip.compress(b"a") + gzip.compress(b"b"), "gzip", LIMIT) == b"ab"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd"])
def test_a_body_that_was_never_packed_comes_back_as_it_is(encoding: str) -> None:
    assert decode_body(b"<rss/>", encoding, LIMIT) == b"<rss/>"


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(HttpFailed):
        decode_body(b"x", "compress", LIMIT)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_any_bytes_are_read_or_refused(data: bytes, encoding: str) -> None:
    assert len(decode_body(data, encoding, LIMIT)) <= LIMIT
