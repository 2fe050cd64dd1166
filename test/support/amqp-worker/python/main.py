import asyncio
import json
import os
from contextlib import asynccontextmanager
from pathlib import Path
from typing import AsyncIterator

from pika import BasicProperties

from kit import Environment, Routes, healthy_while, run
from kit.amqp import Channel, Consumption, Message, Refused, Unroutable, Verdict, start_worker
from kit.inbox import Inbox
from kit.outbox import Post, Relay
from kit.postgres import Connection, open_pool


@asynccontextmanager
async def worker(environment: Environment) -> AsyncIterator[Routes]:
    gate = Path(environment.text("WORKER_GATE", "gate"))

    async def handle(message: Message, channel: Channel) -> Verdict:
        try:
            kind = json.loads(message.body)["kind"]
        except ValueError:
            return Verdict.DISCARD
        if kind == "fails-once" and not message.delivery.redelivered:
            raise RuntimeError("not this time")
        if kind == "held":
            await channel.publish("", "begun", b"{}")
            while not gate.exists():
                await asyncio.sleep(0.01)
        done = {"id": message.id, "outcome": await outcome_of(kind, channel)}
        properties = BasicProperties(message_id=message.id)
        await channel.publish("", "done", json.dumps(done).encode(), properties)
        return Verdict.ACK

    consuming = await start_worker(
        Consumption(environment.text("AMQP_URL"), queue="work", prefetch=5, handle=handle)
    )
    yield healthy_while(consuming.is_consuming)
    await consuming.stop()


async def outcome_of(kind: str, channel: Channel) -> str:
    if kind not in ("full", "nowhere"):
        return "done"
    try:
        await channel.publish("", kind, b"{}")
    except Refused:
        return "refused"
    except Unroutable:
        return "unroutable"
    return "published"


@asynccontextmanager
async def boxes(environment: Environment) -> AsyncIterator[Routes]:
    async def answer(tx: Connection, order: str) -> None:
        await Post("events", "Answered", order, {"order": order}).write(tx)

    url = environment.text("AMQP_URL")
    async with open_pool(environment.text("DATABASE_URL"), size=4) as pool:
        relay = Relay(pool, url)
        consuming = await Inbox(
            url,
            pool,
            queue="work",
            reactions={"Asked": answer},
            read=read_order,
            key_of=lambda order: order,
            on_committed=relay.wake,
        ).open()
        yield healthy_while(consuming.is_consuming)
        await consuming.stop()
        await relay.stop()


def read_order(text: bytes) -> str:
    body = json.loads(text)
    if not (isinstance(body, dict) and isinstance(body.get("order"), str)):
        raise ValueError("the body names no order")
    return body["order"]


run(boxes if os.environ.get("DATABASE_URL") else worker)
