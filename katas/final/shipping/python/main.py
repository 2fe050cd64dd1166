"""Books and cancels the parcels of the shop, in the way that PLAN_STRATEGY names."""

from contextlib import AsyncExitStack, asynccontextmanager
from typing import AsyncIterator

import aiohttp
from breaker import Breaker
from bus import listen
from carrier import Carrier
from happy import listen_happily
from parcels import Parcels

from kit import Environment, Routes, healthy_while, run
from kit.amqp import Worker
from kit.outbox import Relay
from kit.postgres import open_pool
from kit.telemetry import start_logging, start_tracing, with_metrics

# Transactions are short, and two processes may run side by side.
POOL_SIZE = 8


@asynccontextmanager
async def shop(environment: Environment) -> AsyncIterator[Routes]:
    broker = environment.text("AMQP_URL")
    within = environment.integer("PLAN_TIMEOUT_MS", 400) / 1000
    breaker = Breaker(
        environment.integer("PLAN_BREAKER_FAILURES", 5),
        environment.integer("PLAN_BREAKER_OPEN_MS", 500) / 1000,
    )
    carrier = Carrier(environment.text("CARRIER_URL"), within, breaker)
    start_logging()
    flush = start_tracing()
    try:
        async with open_pool(environment.text("DATABASE_URL"), POOL_SIZE) as pool:
            relay = Relay(pool, broker)
            parcels = Parcels(pool, carrier, relay.wake)
            commands = {"BookParcel": parcels.book, "CancelParcel": parcels.cancel}
            worker = await listen(broker, commands)
            yield _routes(worker)
            carrier.stop()
            await worker.stop()
            await relay.stop()
            await carrier.close()
    finally:
        flush()


@asynccontextmanager
async def happy_path(environment: Environment) -> AsyncIterator[Routes]:
    async with AsyncExitStack() as opened:
        pool = await opened.enter_async_context(
            open_pool(environment.text("DATABASE_URL"), POOL_SIZE)
        )
        client = await opened.enter_async_context(
            aiohttp.ClientSession(environment.text("CARRIER_URL"))
        )
        worker = await listen_happily(environment.text("AMQP_URL"), pool, client)
        yield _routes(worker)
        await worker.stop()


def _routes(worker: Worker) -> Routes:
    return with_metrics(healthy_while(worker.is_consuming))


@asynccontextmanager
async def _opening(environment: Environment) -> AsyncIterator[Routes]:
    strategies = {"shop": shop, "happy-path": happy_path}
    name = environment.text("PLAN_STRATEGY", "shop")
    if name not in strategies:
        raise ValueError(f'there is no strategy "{name}"')
    async with strategies[name](environment) as routes:
        yield routes


if __name__ == "__main__":
    run(_opening)
