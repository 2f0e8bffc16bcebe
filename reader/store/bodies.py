"""The stored body of an article, unpacked."""

from __future__ import annotations

from reader.errors import StoreDamaged

_LONGEST = 8_000_000  # bytes, unpacked


def unpack(body: bytes) -> str:
    """Sanitised HTML. Raises StoreDamaged where it is no zstd frame of UTF-8, or too long a one."""
    import zstandard

    if not body:
        return ""
    try:
        html = zstandard.ZstdDecompressor().decompress(body, max_output_size=_LONGEST)
        return html.decode()
    except (zstandard.ZstdError, UnicodeDecodeError) as error:
        raise StoreDamaged(str(error)) from error
