"""Publishes what a transaction has committed, and nothing else."""

import asyncio
import json
import sys
from dataclasses import dataclass
from typing import Any, Mapping, Optional

from pika import BasicProperties
from psycopg.rows import TupleRow
from psycopg.types.json import Json

from .amqp import Outgoing, Publisher
from .postgres import Connection, Pool, transaction

# Between two looks at an outbox with nothing in it, and after one that failed.
IDLE_SECONDS = 0.1


@dataclass(frozen=True)
class Post:
    """To leave with what the transaction does, or not at all."""

    exchange: str
    # The routing key: the name of the message.
    key: str
    correlation_id: str
    body: Any
    # For an outbox that has a column of that name.
    headers: Optional[Mapping[str, str]] = None

    async def write(self, tx: Connection) -> None:
        """Writes it down in the transaction; the relay publishes it once that is committed."""
        if self.headers is None:
            await tx.execute(
                "INSERT INTO outbox (exchange, key, correlation_id, payload) VALUES (%s, %s, %s, %s)",
                [self.exchange, self.key, self.correlation_id, Json(self.body)],
            )
            return
        await tx.execute(
            "INSERT INTO outbox (exchange, key, correlation_id, payload, headers)"
            " VALUES (%s, %s, %s, %s, %s)",
            [self.exchange, self.key, self.correlation_id, Json(self.body), Json(self.headers)],
        )


class Relay:
    """Publishes what is in the outbox until it is stopped, and what fails again."""

    def __init__(self, pool: Pool, url: str) -> None:
        self._pool = pool
        self._publisher = Publisher(url)
        self._woken = asyncio.Event()
        self._stopping = False
        self._running = asyncio.create_task(self._run())

    def wake(self) -> None:
        """Something was committed: look now."""
        self._woken.set()

    async def stop(self) -> None:
        """Returns once it looks no more."""
        self._stopping = True
        self._woken.set()
        await self._running
        await self._publisher.close()

    async def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            try:
                if await self._turn() > 0:
                    continue
            except Exception as problem:
                print("will publish later:", repr(problem), file=sys.stderr)
                await asyncio.sleep(IDLE_SECONDS)
                continue
            try:
                await asyncio.wait_for(self._woken.wait(), IDLE_SECONDS)
            except asyncio.TimeoutError:
                pass

    async def _turn(self) -> int:
        """Publishes, waits for the confirms, and only then takes the rows away: who dies before that
        leaves them to be published again, under the same message ids."""
        async with transaction(self._pool) as tx:
            found = await tx.execute(
                # Not every outbox has headers; of a column that is not there this makes NULL.
                "SELECT position, id::text, exchange, key, correlation_id, payload,"
                " to_jsonb(outbox) -> 'headers' FROM outbox"
                " ORDER BY position LIMIT 100 FOR UPDATE SKIP LOCKED"
            )
            rows = await found.fetchall()
            if rows:
                await self._publisher.all([_message_of(row) for row in rows])
                positions = [row[0] for row in rows]
                await tx.execute("DELETE FROM outbox WHERE position = ANY(%s)", [positions])
        return len(rows)


def _message_of(row: TupleRow) -> Outgoing:
    _, message_id, exchange, key, correlation_id, payload, headers = row
    properties = BasicProperties(
        message_id=message_id,
        correlation_id=correlation_id,
        content_type="application/json",
        headers=headers,
    )
    return Outgoing(exchange, key, json.dumps(payload).encode(), properties)
