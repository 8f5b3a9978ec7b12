"""Take in what a request sends: written as it comes, and removed again when something goes wrong on the way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import ClientDisconnect

from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.errors import Malformed

_FLUSH_BYTES = 1 << 20


@asynccontextmanager
async def kept_if_all_goes_well(blobs: Blobs, place: str) -> AsyncIterator[None]:
    """Nothing stays under the key `place`, or below it, unless the block ends without an error."""
    try:
        yield
    except BaseException as error:
        await asyncio.to_thread(blobs.remove, place)
        if isinstance(error, ClientDisconnect):
            raise Malformed("The upload broke off before its end. Send the file again.") from None
        raise


async def keep_stream(blobs: Blobs, key: str, body: AsyncIterator[bytes]) -> None:
    """Write a request's body to the blob store as it comes."""
    writing = blobs.write(key)
    file = await asyncio.to_thread(writing.__enter__)
    try:
        held = bytearray()
        async for piece in body:
            held += piece
            if len(held) >= _FLUSH_BYTES:
                await asyncio.to_thread(file.write, bytes(held))
                held.clear()
        await asyncio.to_thread(file.write, bytes(held))
    except BaseException as error:
        if not await asyncio.to_thread(writing.__exit__, type(error), error, error.__traceback__):
            raise
    else:
        await asyncio.to_thread(writing.__exit__, None, None, None)
