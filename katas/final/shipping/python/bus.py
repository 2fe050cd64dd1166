"""All that knows which broker it is."""

from dataclasses import asdict
from typing import Any, Awaitable, Callable, Mapping, Optional

from message import Order

from kit.amqp import Channel, Consumption, Message, Verdict, Worker, start_worker
from kit.outbox import Post
from kit.postgres import Connection
from kit.telemetry import MESSAGES, consuming, log, producing

QUEUE = "shipping"
# How many commands are worked on at once.
PREFETCH = 20


class Stopping(Exception):
    """This process is about to end: the command goes back as it came, and another process takes it."""


# What a command has done; one that raises is offered again.
Does = Callable[[Order], Awaitable[None]]


async def listen(url: str, commands: Mapping[str, Does]) -> Worker:
    """Hands each command in the queue to what its name stands for, within the thread that it carries
    on; returns once it consumes."""

    async def handle(message: Message, _: Channel) -> Verdict:
        name = message.delivery.routing_key
        if name not in commands:
            return Verdict.ACK
        try:
            order = Order.read(message.body)
        except ValueError as problem:
            # It will be no more readable the next time.
            log.error("a message is given up", message_id=message.id, error=str(problem))
            MESSAGES.labels(name, "rejected").inc()
            return Verdict.DISCARD
        return await _take(name, order, commands[name], _texts_in(message.properties.headers))

    return await start_worker(Consumption(url, QUEUE, PREFETCH, handle))


async def _take(name: str, order: Order, do: Does, headers: Mapping[str, str]) -> Verdict:
    try:
        with consuming(QUEUE, order.order, headers):
            try:
                await do(order)
            except Exception as problem:
                log.error(f"{name} failed, and is offered again", error=repr(problem))
                raise
            log.info(f"{name} is done")
    except Stopping:
        MESSAGES.labels(name, "released").inc()
        return Verdict.RELEASE
    except Exception:
        MESSAGES.labels(name, "error").inc()
        raise
    MESSAGES.labels(name, "ok").inc()
    return Verdict.ACK


async def tell(tx: Connection, fact: str, order: Order, **more: str) -> None:
    """Publishes a fact: it leaves with the transaction that makes it true."""
    body = {**asdict(order), **more}
    await Post("events", fact, order.order, body, producing("events", fact)).write(tx)


def _texts_in(headers: Optional[Mapping[str, Any]]) -> dict[str, str]:
    """Other values of AMQP carry no context."""
    return {name: value for name, value in (headers or {}).items() if isinstance(value, str)}
