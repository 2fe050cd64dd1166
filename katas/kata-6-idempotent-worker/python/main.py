"""Takes payments from a queue, in the way that PLAN_STRATEGY names."""

import sys
from contextlib import asynccontextmanager
from typing import AsyncIterator, Optional

from dedup_separate import effect_first, mark_first
from dedup_table import dedup_table
from naive import naive
from natural_key import natural_key
from payments import Received, Strategy, is_name, read_payment

from kit import Environment, Routes, healthy_while, run
from kit.amqp import Channel, Consumption, Message, Verdict, start_worker
from kit.postgres import Pool, open_pool


@asynccontextmanager
async def payments(environment: Environment) -> AsyncIterator[Routes]:
    take = strategy_of(environment)
    async with open_pool(environment.text("DATABASE_URL")) as pool:
        worker = await start_worker(
            Consumption(
                url=environment.text("AMQP_URL"),
                queue="payments",
                prefetch=environment.integer("PLAN_PREFETCH", 20),
                handle=handler(pool, take),
            )
        )
        yield healthy_while(worker.is_consuming)
        await worker.stop()


def strategy_of(environment: Environment) -> Strategy:
    strategies = {
        "naive": naive,
        "dedup-table": dedup_table,
        "dedup-separate": {"mark": mark_first, "effect": effect_first}[
            environment.text("PLAN_FIRST", "mark")
        ],
        "natural-key": natural_key,
    }
    name = environment.text("PLAN_STRATEGY", "naive")
    if name not in strategies:
        raise ValueError(f'there is no strategy "{name}"')
    return strategies[name]


def handler(pool: Pool, take: Strategy):
    async def handle(message: Message, _: Channel) -> Verdict:
        received = read(message)
        if received is None:
            # It will be no more readable the next time, and requeued it would come for ever. It goes
            # to the dead letters, where its queue has any: kata 8.
            return Verdict.DISCARD
        await take(pool, received)
        return Verdict.ACK

    return handle


def read(message: Message) -> Optional[Received]:
    """None where it is no payment, or has no id: all such would be taken for one another."""
    try:
        if not is_name(message.id):
            raise ValueError("there is no message_id")
        return Received(message.id, read_payment(message.body))
    except ValueError as problem:
        print("message", message.id, "is given up:", problem, file=sys.stderr)
        return None


run(payments)
