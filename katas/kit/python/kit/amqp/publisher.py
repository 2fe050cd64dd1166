import asyncio
from dataclasses import dataclass
from typing import Optional, Sequence

from pika import BasicProperties

from .channel import Channel, NotTaken
from .connection import Connection

# How long a connection, or the confirms of one batch, may take.
PATIENCE = 1.0


@dataclass(frozen=True)
class Outgoing:
    exchange: str
    key: str
    body: bytes
    properties: BasicProperties


class Publisher:
    """Publishes with confirms, and connects again once the connection has broken."""

    def __init__(self, url: str) -> None:
        """It connects when there is something to publish."""
        self._url = url
        self._connecting = asyncio.Lock()
        self._connection: Optional[Connection] = None
        self._channel: Optional[Channel] = None

    async def all(self, messages: Sequence[Outgoing]) -> None:
        """In this order; returns once a queue has every one of them for good. What no queue takes is
        not published: whoever is to hear it may come back, and the outbox keeps it until then.
        Raises Unroutable, NotTaken, or Refused where the broker is there and says no."""
        channel = await self._opened()
        sent = [channel.send(m.exchange, m.key, m.body, m.properties) for m in messages]
        try:
            await asyncio.wait_for(asyncio.gather(*sent), PATIENCE)
        except BaseException as failure:
            # What was not confirmed in time may still be: this channel is not to be used any more.
            if channel is self._channel:
                await self.close()
            if isinstance(failure, asyncio.TimeoutError):
                raise NotTaken(f"no confirm within {PATIENCE} seconds") from None
            raise

    async def close(self) -> None:
        connection, self._connection, self._channel = self._connection, None, None
        if connection is not None:
            await connection.close()

    async def _opened(self) -> Channel:
        async with self._connecting:
            if self._channel is None or self._channel.closed.done():
                await self.close()
                self._connection = await Connection.open(self._url, within=PATIENCE)
                self._channel = await Channel.open(self._connection)
            return self._channel
