"""Images that a record names by their address, fetched by this server so that no browser goes elsewhere.

A project blocks them all, or shows those of the hosts it lists. What is fetched must stand in a record that the caller
may see, must be an image, and is kept for the week in which it was fetched.
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Query, Response
from sqlalchemy import Connection

from goldsmith.server.features.accounts import Who
from goldsmith.server.features.projects import judging
from goldsmith.server.features.records.bodies import read_bodies, record_of
from goldsmith.server.features.records.pictures import MOST_PIXELS, Picture, picture_in
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.errors import Elsewhere, Forbidden, NotFound
from goldsmith.server.foundation.networks import Network

KEPT_UNDER = "images"
AT_ONCE = 6
"""Images that one process fetches at the same time; others wait."""
_HEADERS = {
    "Cache-Control": "private, max-age=86400",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
IMAGES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The image itself.",
        "content": {
            f"image/{kind}": {"schema": {"type": "string", "format": "binary"}}
            for kind in ("png", "jpeg", "webp", "gif")
        },
    }
}
"""What the routes of images answer, for the contract."""
ImageUrl = Annotated[str, Query(min_length=8, max_length=2000, description="The address, as the record has it.")]


@dataclass(frozen=True, slots=True)
class WantedImage:
    """An image that somebody may see, and the hosts from which their project shows images."""

    project_id: int
    url: str
    hosts: tuple[str, ...]
    week: str

    @property
    def key(self) -> str:
        """Where it is kept."""
        return f"{KEPT_UNDER}/{self.week}/{self.project_id}/{sha256(self.url.encode()).hexdigest()[:40]}"


def image_of_record(tx: Connection, who: Who, record_id: int, url: str) -> WantedImage:
    """An image of a record of this project."""
    return wanted_from(tx, who, record_of(tx, who.project, record_id).fields, url)


def image_of_held_record(tx: Connection, who: Who, record_id: int, url: str) -> WantedImage:
    """An image of a record that the caller is known to hold."""
    return wanted_from(tx, who, read_bodies(tx, [record_id])[record_id].fields, url)


def wanted_from(tx: Connection, who: Who, fields: Mapping[str, Any], url: str) -> WantedImage:
    """Refused unless the project shows images and these fields name this one."""
    policy = judging(tx, who.project).policy
    if policy.images != "proxied":
        raise Forbidden("This project shows no images from elsewhere. A manager can change that in its settings.")
    if not _stands_in(fields, url):
        raise NotFound("The record does not name this image.")
    return WantedImage(who.project, url, tuple(policy.image_hosts), week_of(who.now))


class Gallery:
    """Where images come from: what was kept, or the web. Its threads are its own, for other servers may be slow."""

    def __init__(self, blobs: Blobs, networks: tuple[Network, ...]) -> None:
        self._blobs, self._networks = blobs, networks
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="images")

    async def show(self, wanted: WantedImage) -> Response:
        """The image, as a response that can be nothing else."""
        data = await asyncio.get_running_loop().run_in_executor(self._threads, self._find, wanted)
        picture = _picture(data)
        return Response(data, media_type=picture.media_type, headers=_HEADERS)

    def close(self) -> None:
        """Fetch nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _find(self, wanted: WantedImage) -> bytes:
        if not self._blobs.exists(wanted.key):
            return _fetched(wanted, self._blobs, self._networks)
        with self._blobs.read(wanted.key) as file:
            return file.read()


def forget_images(blobs: Blobs, now: datetime) -> int:
    """Remove what was fetched before this week; returns how many files."""
    old = [key for key in blobs.keys(KEPT_UNDER) if not key.startswith(f"{KEPT_UNDER}/{week_of(now)}/")]
    for key in old:
        blobs.remove(key)
    return len(old)


def forget_images_of(blobs: Blobs, project_id: int) -> None:
    """Remove what was fetched for a project; whoever looks again fetches again."""
    for key in blobs.keys(KEPT_UNDER):
        if key.split("/")[2] == str(project_id):
            blobs.remove(key)


def week_of(now: datetime) -> str:
    """The week, as images are kept by it."""
    year, week, _ = now.isocalendar()
    return f"{year}w{week:02}"


def _stands_in(value: Any, url: str) -> bool:
    if isinstance(value, str):
        return url in value
    if isinstance(value, Mapping):
        return any(_stands_in(one, url) for one in value.values())
    return isinstance(value, list) and any(_stands_in(one, url) for one in value)


def _fetched(wanted: WantedImage, blobs: Blobs, networks: tuple[Network, ...]) -> bytes:
    """The HTTP client is loaded on first use, so that an idle server does not carry it."""
    from goldsmith.server.foundation.outside import Reach, fetch

    accept = "image/png,image/jpeg,image/webp,image/gif"
    data = fetch(wanted.url, Reach(wanted.hosts, networks, accept))
    _picture(data)
    with blobs.write(wanted.key) as file:
        file.write(data)
    return data


def _picture(data: bytes) -> Picture:
    picture = picture_in(data)
    if picture is None:
        raise Elsewhere("What stands at this address is no PNG, JPEG, WebP or GIF.")
    if picture.width * picture.height > MOST_PIXELS:
        raise Elsewhere(f"An image of {picture.width} by {picture.height} pixels is too large to be shown.")
    return picture
