import asyncio
from dataclasses import dataclass
from typing import Any, Callable, Optional

from pika import BasicProperties, DeliveryMode
from pika.exceptions import AMQPError, ChannelClosedByBroker

from .connection import Connection

# A broker that is short of memory or disk confirms nothing, for as long as that lasts.
CONFIRM_SECONDS = 3
# It goes along with each message: what comes back must be told from what is confirmed.
PUBLICATION = "x-publication"
PRECONDITION_FAILED = 406


class Unroutable(Exception):
    """No queue took the message: it is nowhere."""


class NotTaken(Exception):
    """The broker broke before it answered, or answers nothing."""


class Refused(NotTaken):
    """The broker is there and says no: it refuses a message, or closes the channel on its account."""


@dataclass
class _Publication:
    confirmed: "asyncio.Future[None]"
    is_returned: bool = False


class Channel:
    """In confirm mode, and knows what the broker returned."""

    def __init__(self, connection: Connection) -> None:
        self.closed: "asyncio.Future[Exception]" = asyncio.get_running_loop().create_future()
        self._published = 0
        self._unconfirmed: dict[int, _Publication] = {}
        self._opened: "asyncio.Future[Any]" = asyncio.get_running_loop().create_future()
        self.pika = connection.pika.channel(on_open_callback=self._opened.set_result)
        self.pika.add_on_close_callback(self._on_closed)
        self.pika.add_on_return_callback(self._on_returned)

    @classmethod
    async def open(cls, connection: Connection) -> "Channel":
        channel = cls(connection)
        await channel._answer(channel._opened)
        await channel.ask(channel.pika.confirm_delivery, channel._on_confirmed)
        return channel

    async def ask(self, method: Callable[..., Any], *words: Any, **named: Any) -> Any:
        """Of a method of pika's channel that answers by its callback: what it answers."""
        answer = asyncio.get_running_loop().create_future()
        method(*words, callback=answer.set_result, **named)
        return await self._answer(answer)

    async def publish(
        self, exchange: str, key: str, body: bytes, properties: Optional[BasicProperties] = None
    ) -> None:
        """Returns once a queue has the message for good."""
        sent = self.send(exchange, key, body, properties)
        try:
            await asyncio.wait_for(sent, CONFIRM_SECONDS)
        except asyncio.TimeoutError:
            raise NotTaken(f"no confirm within {CONFIRM_SECONDS} seconds") from None

    def send(
        self, exchange: str, key: str, body: bytes, properties: Optional[BasicProperties] = None
    ) -> "asyncio.Future[None]":
        """Publishes persistent and mandatory. What is returned waits for the broker's word: a
        confirm alone does not say that it has the message. What no queue takes is confirmed as
        well, and dropped; mandatory has it returned first."""
        properties = properties or BasicProperties()
        properties.delivery_mode = DeliveryMode.Persistent.value
        number = self._published + 1
        properties.headers = {**(properties.headers or {}), PUBLICATION: number}
        confirmed = asyncio.get_running_loop().create_future()
        try:
            self.pika.basic_publish(exchange, key, body, properties, mandatory=True)
        except AMQPError as gone:
            confirmed.set_exception(NotTaken(repr(gone)))
            return confirmed
        self._published = number
        self._unconfirmed[number] = _Publication(confirmed)
        return confirmed

    async def _answer(self, answer: "asyncio.Future[Any]") -> Any:
        await asyncio.wait({answer, self.closed}, return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        raise self.closed.result()

    def _on_returned(self, _channel: Any, _method: Any, properties: Any, _body: bytes) -> None:
        returned = self._unconfirmed.get((properties.headers or {}).get(PUBLICATION))
        if returned is not None:
            returned.is_returned = True

    def _on_confirmed(self, frame: Any) -> None:
        confirm = frame.method
        last = confirm.delivery_tag
        numbers = [n for n in self._unconfirmed if n <= last] if confirm.multiple else [last]
        for number in numbers:
            publication = self._unconfirmed.pop(number)
            if publication.confirmed.done():
                continue  # Whoever waited for it has given up.
            if confirm.NAME == "Basic.Nack":
                publication.confirmed.set_exception(Refused("the broker refuses the message"))
            elif publication.is_returned:
                publication.confirmed.set_exception(Unroutable("no queue takes the message"))
            else:
                publication.confirmed.set_result(None)

    def _on_closed(self, _channel: Any, why: Exception) -> None:
        is_refusal = (
            isinstance(why, ChannelClosedByBroker) and why.reply_code == PRECONDITION_FAILED
        )
        for publication in self._unconfirmed.values():
            if not publication.confirmed.done():
                failure = Refused(repr(why)) if is_refusal else NotTaken(repr(why))
                publication.confirmed.set_exception(failure)
        self._unconfirmed.clear()
        if not self.closed.done():
            self.closed.set_result(why)
