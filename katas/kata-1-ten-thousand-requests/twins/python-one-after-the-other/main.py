import asyncio
import sys

sys.path.insert(0, "..")
from twin import IO_SECONDS, serve, taken  # noqa: E402


turn = asyncio.Lock()


async def place(order):
    async with turn:
        await asyncio.sleep(IO_SECONDS)
    return taken(order)


serve(place)
