"""Consumes a queue so that each message has its effect once, however often it comes."""

import sys
from dataclasses import dataclass
from typing import Awaitable, Callable, Generic, Mapping, Optional, TypeVar

from .amqp import Channel, Consumption, Message, Verdict, Worker, start_worker
from .postgres import Connection, Pool, transaction

PREFETCH = 20

Body = TypeVar("Body")

# What a message of one name does, in the transaction that also remembers the message.
Reaction = Callable[[Connection, Body], Awaitable[None]]


@dataclass(frozen=True)
class Inbox(Generic[Body]):
    """What comes in, and what it does."""

    url: str
    pool: Pool
    queue: str
    # By routing key. A message of any other name is none of this service's business.
    reactions: Mapping[str, Reaction[Body]]
    # Leaves alone the fields that it does not know; raises ValueError where the body is no such message.
    read: Callable[[bytes], Body]
    # Messages with the same key wait for each other.
    key_of: Callable[[Body], str]
    # After a commit: there may be something to publish.
    on_committed: Callable[[], None]

    async def open(self) -> Worker:
        """Returns once it consumes."""
        return await start_worker(Consumption(self.url, self.queue, PREFETCH, self._handle))

    async def _handle(self, message: Message, _: Channel) -> Verdict:
        react = self.reactions.get(message.delivery.routing_key)
        if react is None:
            return Verdict.ACK
        body = self._readable(message)
        if body is None:
            # It will be no more readable the next time.
            return Verdict.DISCARD
        async with transaction(self.pool) as tx:
            await lock_key(tx, self.key_of(body))
            if await _is_new(tx, message.id):
                await react(tx, body)
        self.on_committed()
        return Verdict.ACK

    def _readable(self, message: Message) -> Optional[Body]:
        try:
            if not message.id:
                # All that have none would be taken for one another.
                raise ValueError("there is no message_id")
            return self.read(message.body)
        except ValueError as problem:
            print("message", message.id, "is given up:", problem, file=sys.stderr)
            return None


async def lock_key(tx: Connection, key: str) -> None:
    """Until the transaction ends: two messages about one order must not pass each other half way."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


async def _is_new(tx: Connection, message_id: Optional[str]) -> bool:
    marked = await tx.execute(
        "INSERT INTO inbox (message_id) VALUES (%s) ON CONFLICT DO NOTHING", [message_id]
    )
    return marked.rowcount == 1
