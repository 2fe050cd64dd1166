import asyncio
import sys

sys.path.insert(0, "..")
from twin import IO_SECONDS, serve, taken  # noqa: E402


async def place(order):
    await asyncio.sleep(IO_SECONDS)
    return {**taken(order), "amount": str(order["amount"])}


serve(place)
