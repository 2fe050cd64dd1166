import asyncio
from contextlib import asynccontextmanager
from typing import AsyncIterator, Awaitable, Callable

from kit import BadRequest, Environment, Reply, Request, Routes

# By definition of this kata a microsecond of CPU is so many steps, in every language.
STEPS_PER_MICROSECOND = 400

# Waits as a query, or a call to another service, would: so many seconds.
Wait = Callable[[float], Awaitable[None]]


@asynccontextmanager
async def orders(environment: Environment, wait: Wait = asyncio.sleep) -> AsyncIterator[Routes]:
    io_seconds = environment.integer("PLAN_IO_MS", 100) / 1000
    steps = environment.integer("PLAN_CPU_US", 20) * STEPS_PER_MICROSECOND

    async def place(request: Request) -> Reply:
        body = request.json()
        order_id, amount = body.get("id"), body.get("amount")
        if not isinstance(order_id, str) or order_id == "":
            raise BadRequest("id must be a text")
        if type(amount) is not int or amount < 1:
            raise BadRequest("amount must be a whole number from 1")
        await wait(io_seconds)
        checked = checksum(order_id, steps)
        return Reply(201, {"id": order_id, "amount": amount, "checksum": checked})

    yield Routes().on("POST /orders", place)


def checksum(order_id: str, steps: int) -> int:
    """FNV-1a of the id, then one step after the other: none can be left out or done at once."""
    x = 0x811C9DC5
    for byte in order_id.encode():
        x = ((x ^ byte) * 0x01000193) & 0xFFFFFFFF
    for _ in range(steps):
        x = ((x ^ (x >> 15)) * 0x2C1B3C6D + 1) & 0xFFFFFFFF
    return x
