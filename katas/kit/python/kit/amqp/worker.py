import asyncio
import sys
import traceback
from dataclasses import dataclass
from enum import Enum
from typing import Any, Awaitable, Callable, Optional

from pika import BasicProperties
from pika.exceptions import AMQPError

from .channel import Channel
from .connection import Connection

# The broker may restart: the first attempts come fast, and none comes later than the longest.
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0
# A message that failed is not offered again at once: whatever failed needs a moment, too.
REQUEUE_PAUSE = 0.1
# The contract gives five seconds from SIGTERM to the end.
FINISH_SECONDS = 3
CONSUMER_TAG = "worker"


class Verdict(Enum):
    """What becomes of a message.

    RabbitMQ 4.3 and newer tell REQUEUE from RELEASE: a quorum queue counts what is rejected against
    its delivery limit, and what is nacked (basic.nack) it does not count. Older versions count both.
    So what failed is rejected, on every version: nacked, it would come again for ever.
    """

    # Done.
    ACK = "ack"
    # Failed, and offered again.
    REQUEUE = "requeue"
    # Handed back as it came, not tried.
    RELEASE = "release"
    # Given up, to the dead letters if the queue has any.
    DISCARD = "discard"


@dataclass(frozen=True)
class Message:
    body: bytes
    properties: BasicProperties
    # The exchange, the routing key, whether it comes again.
    delivery: Any

    @property
    def id(self) -> Optional[str]:
        return self.properties.message_id


# What it raises means REQUEUE, after a pause. The channel is there to publish. It is cancelled when
# the worker is to end and this message still is not done: that means RELEASE.
Handler = Callable[[Message, Channel], Awaitable[Verdict]]


@dataclass(frozen=True)
class Consumption:
    url: str
    # It is there already: who declares it with other arguments is refused.
    queue: str
    # How many messages are worked on at once.
    prefetch: int
    handle: Handler


async def start_worker(consumption: Consumption) -> "Worker":
    """Returns once it consumes."""
    worker = Worker(consumption)
    await worker.open_patiently()
    return worker


class Worker:
    """Consumes until it is stopped, and goes on after a broken connection."""

    def __init__(self, consumption: Consumption) -> None:
        self._consumption = consumption
        self._session: Optional[_Session] = None
        # Of broken connections, too: what has begun is finished.
        self._under_way: set["asyncio.Task[None]"] = set()
        self._reopening: Optional["asyncio.Task[None]"] = None
        self._stopping = False

    def is_consuming(self) -> bool:
        """False while nothing comes in: the broker is away, or has cancelled the consumer."""
        return self._session is not None

    async def stop(self) -> None:
        """Takes no more messages, finishes and settles those that it has, and closes."""
        self._stopping = True
        if self._reopening is not None:
            self._reopening.cancel()
        session = self._session
        if session is not None:
            # What comes from now on is not touched: pika hands it back.
            session.cancel()
        await self._finish()
        if session is not None:
            await session.connection.close()

    async def open_patiently(self) -> None:
        """Tries until the broker is there and its queue is consumed."""
        pause = FIRST_PAUSE
        while self._session is None:
            try:
                self._session = await _Session.open(self._consumption, self._take)
            except (AMQPError, ConnectionError) as problem:
                print("the broker is not there yet:", problem or repr(problem), file=sys.stderr)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        self._session.ended.add_done_callback(self._on_ended)

    def _on_ended(self, ended: "asyncio.Future[bool]") -> None:
        session, self._session = self._session, None
        if session is None or self._stopping:
            return
        broke = ended.result()
        what = "the connection to the broker broke" if broke else "the broker cancelled the consumer"
        print(what, file=sys.stderr)
        self._reopening = asyncio.create_task(self._reopen(session, broke))

    async def _reopen(self, session: "_Session", broke: bool) -> None:
        if not broke and self._under_way:
            # The broker has cancelled the consumer, as it does where the queue is deleted or moves
            # to another node. What is in hand can still be settled here.
            await asyncio.wait(self._under_way)
        await session.connection.close()
        await self.open_patiently()

    async def _finish(self) -> None:
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=FINISH_SECONDS)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=0.5)

    def _take(self, message: Message, channel: Channel) -> None:
        if self._stopping:
            return
        task = asyncio.create_task(self._process(message, channel))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _process(self, message: Message, channel: Channel) -> None:
        try:
            verdict = await self._verdict_on(message, channel)
        except asyncio.CancelledError:
            verdict = Verdict.RELEASE
        try:
            _settle(channel, message.delivery.delivery_tag, verdict)
        except AMQPError:
            pass  # The channel is gone, and with it the right to settle: it is delivered again.

    async def _verdict_on(self, message: Message, channel: Channel) -> Verdict:
        try:
            return await self._consumption.handle(message, channel)
        except Exception:
            print("message", message.id, "failed and is offered again:", file=sys.stderr)
            traceback.print_exc()
        await asyncio.sleep(REQUEUE_PAUSE)
        return Verdict.REQUEUE


def _settle(channel: Channel, tag: int, verdict: Verdict) -> None:
    if verdict is Verdict.ACK:
        channel.pika.basic_ack(tag)
    elif verdict is Verdict.RELEASE:
        channel.pika.basic_nack(tag, requeue=True)
    else:
        channel.pika.basic_reject(tag, requeue=verdict is Verdict.REQUEUE)


class _Session:
    """One connection's worth of work."""

    def __init__(self, connection: Connection, channel: Channel) -> None:
        self.connection = connection
        self.channel = channel
        # Whether the channel broke; if not, the broker cancelled the consumer.
        self.ended: "asyncio.Future[bool]" = asyncio.get_running_loop().create_future()

    @classmethod
    async def open(
        cls, consumption: Consumption, take: Callable[[Message, Channel], None]
    ) -> "_Session":
        connection = await Connection.open(consumption.url)
        try:
            session = cls(connection, await Channel.open(connection))
            await session._consume(consumption, take)
            return session
        except BaseException:
            await connection.close()
            raise

    def cancel(self) -> None:
        if self.channel.pika.is_open:
            self.channel.pika.basic_cancel(CONSUMER_TAG)

    async def _consume(
        self, consumption: Consumption, take: Callable[[Message, Channel], None]
    ) -> None:
        def on_message(_: Any, delivery: Any, properties: BasicProperties, body: bytes) -> None:
            take(Message(body, properties, delivery), self.channel)

        channel = self.channel
        await channel.ask(channel.pika.basic_qos, prefetch_count=consumption.prefetch)
        await channel.ask(
            channel.pika.basic_consume, consumption.queue, on_message, consumer_tag=CONSUMER_TAG
        )
        channel.pika.add_on_cancel_callback(lambda _: self._end(broke=False))
        channel.closed.add_done_callback(lambda _: self._end(broke=True))

    def _end(self, broke: bool) -> None:
        if not self.ended.done():
            self.ended.set_result(broke)
