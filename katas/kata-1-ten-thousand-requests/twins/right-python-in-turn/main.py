import asyncio
import sys

sys.path.insert(0, "..")
from twin import IO_SECONDS, serve, taken  # noqa: E402


gate = asyncio.Semaphore(400)


async def place(order):
    async with gate:
        await asyncio.sleep(IO_SECONDS)
    return taken(order)


serve(place)
