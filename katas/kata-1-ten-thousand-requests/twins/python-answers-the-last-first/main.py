import asyncio
import sys

sys.path.insert(0, "..")
from twin import IO_SECONDS, serve, taken  # noqa: E402


orders = []


async def place(order):
    orders.append(order)
    await asyncio.sleep(IO_SECONDS)
    # A stack where a queue was meant: with one user at a time nobody sees it.
    return taken(orders.pop())


serve(place)
