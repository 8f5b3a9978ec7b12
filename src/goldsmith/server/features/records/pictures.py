"""What kind of image bytes are, told by the bytes alone, and how many pixels a browser would have to hold for it.

Only PNG, JPEG, WebP and GIF are images here. SVG is a document that can carry script, so it is none.
"""

from dataclasses import dataclass

MOST_PIXELS = 64_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A kind of image and its size in pixels."""

    media_type: str
    width: int
    height: int


def picture_in(data: bytes) -> Picture | None:
    """The image that these bytes are; None for anything else, also for one whose size cannot be read."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return Picture("image/png", _big(data[16:20]), _big(data[20:24]))
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return Picture("image/gif", _little(data[6:8]), _little(data[8:10]))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return _jpeg(data) if data.startswith(b"\xff\xd8\xff") else None


def _webp(data: bytes) -> Picture | None:
    kind, body = data[12:16], data[20:34]
    if kind == b"VP8X":
        return Picture("image/webp", _little(body[4:7]) + 1, _little(body[7:10]) + 1)
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        return Picture("image/webp", _little(body[6:8]) & 0x3FFF, _little(body[8:10]) & 0x3FFF)
    if kind == b"VP8L" and body[:1] == b"\x2f":
        bits = _little(body[1:5])
        return Picture("image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    return None


def _jpeg(data: bytes) -> Picture | None:
    """Walks over the segments to the frame's header, which tells the size."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], _big(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return Picture("image/jpeg", _big(data[at + 7 : at + 9]), _big(data[at + 5 : at + 7]))
        at += 2 + max(length, 2)
    return None


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
