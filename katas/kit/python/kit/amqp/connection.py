import asyncio

import pika
from pika.adapters.asyncio_connection import AsyncioConnection

HEARTBEAT_SECONDS = 10
CONNECT_SECONDS = 5


class Connection:
    """pika calls back; here that is awaited."""

    def __init__(self, url: str, within: float) -> None:
        loop = asyncio.get_running_loop()
        self._opened: "asyncio.Future[None]" = loop.create_future()
        self._closed: "asyncio.Future[None]" = loop.create_future()
        parameters = pika.URLParameters(url)
        parameters.heartbeat = HEARTBEAT_SECONDS
        parameters.connection_attempts = 1
        parameters.socket_timeout = within
        # A broker that takes the connection and says nothing is away, too.
        parameters.stack_timeout = within
        self.pika = AsyncioConnection(
            parameters,
            on_open_callback=self._on_opened,
            on_open_error_callback=self._on_refused,
            on_close_callback=self._on_closed,
        )

    @classmethod
    async def open(cls, url: str, within: float = CONNECT_SECONDS) -> "Connection":
        """Connects once."""
        connection = cls(url, within)
        try:
            await connection._opened
        except asyncio.CancelledError:
            connection._close_soon()
            raise
        return connection

    @property
    def is_open(self) -> bool:
        return self.pika.is_open

    async def close(self, within: float = 1) -> None:
        """What was written before is sent before."""
        self._close_soon()
        await asyncio.wait({self._closed}, timeout=within)

    def _close_soon(self) -> None:
        if not (self.pika.is_closing or self.pika.is_closed):
            self.pika.close()

    def _on_opened(self, _: AsyncioConnection) -> None:
        if not self._opened.done():
            self._opened.set_result(None)

    def _on_refused(self, _: AsyncioConnection, why: BaseException) -> None:
        if not self._opened.done():
            self._opened.set_exception(ConnectionError(f"no connection to the broker: {why!r}"))

    def _on_closed(self, *_: object) -> None:
        if not self._closed.done():
            self._closed.set_result(None)
