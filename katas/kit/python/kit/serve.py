import asyncio
import signal
import socket
import sys
import traceback
from contextlib import AsyncExitStack
from typing import AsyncContextManager, Callable, Optional

from .environment import Environment
from .http1 import LONGEST_HEAD, Head, Refused, receive_body, receive_head, response
from .routes import BadRequest, Reply, Request, Routes

BACKLOG = 4096

# The contract gives five seconds from SIGTERM to the end.
DRAIN_SECONDS = 4


# Opens what its routes need, and closes it at the end: an @asynccontextmanager that yields them.
Opening = Callable[[Environment], AsyncContextManager[Routes]]


def run(opening: Opening, listening: Optional[socket.socket] = None) -> None:
    """The life of an implementation: open, be healthy, serve, drain on SIGTERM, end with 0.

    /health answers only once everything is open: with 200, unless the routes have a GET /health of
    their own. listening is a socket that the program listens on already, and shares with others of
    its kind.
    """
    try:
        drained = asyncio.run(_live(opening, listening))
    except Exception:
        traceback.print_exc()
        sys.exit(1)
    sys.exit(0 if drained else 1)


async def _live(opening: Opening, listening: Optional[socket.socket]) -> bool:
    told_to_stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told_to_stop.set)
    environment = Environment()
    async with AsyncExitStack() as opened:
        routes = await _unless(told_to_stop, opened, opening(environment))
        if routes is None:
            # Before anything is served there is nothing to drain.
            return True
        service = _Service(routes)
        if listening is None:
            listening = socket.create_server(("127.0.0.1", environment.port), backlog=BACKLOG)
        server = await asyncio.start_server(
            service.connected, sock=listening, backlog=BACKLOG, limit=LONGEST_HEAD
        )
        await told_to_stop.wait()
        server.close()
        return await service.drain()


async def _unless(
    told_to_stop: asyncio.Event, opened: AsyncExitStack, opening: AsyncContextManager[Routes]
) -> Optional[Routes]:
    stop = asyncio.ensure_future(told_to_stop.wait())
    routes = asyncio.ensure_future(opened.enter_async_context(opening))
    await asyncio.wait({stop, routes}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if routes.done():
        return routes.result()
    routes.cancel()
    await asyncio.wait({routes})
    return None


class _Service:
    def __init__(self, routes: Routes) -> None:
        self._routes = routes
        self._draining = False
        self._connections: set[asyncio.Task[None]] = set()
        # Connections with a request under way.
        self._busy: set[asyncio.Task[None]] = set()

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._converse(reader, writer, task)
        except (asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
            pass  # The client has gone, or a connection without a request is closed.
        except asyncio.LimitOverrunError:
            pass  # A chunk's size line or a trailer without an end.
        finally:
            self._connections.discard(task)
            self._busy.discard(task)
            writer.close()

    async def drain(self) -> bool:
        """Finishes what is under way. False where that took too long."""
        # What has come in already is under way, but its task may not have run since.
        await asyncio.sleep(0)
        self._draining = True
        for task in self._connections - self._busy:
            task.cancel()
        if not self._busy:
            return True
        _, late = await asyncio.wait(self._busy, timeout=DRAIN_SECONDS)
        return not late

    async def _converse(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, task: "asyncio.Task[None]"
    ) -> None:
        keep_alive = True
        while keep_alive:
            try:
                head = await receive_head(reader)
                self._busy.add(task)
                body = await receive_body(head.headers, reader, writer)
            except Refused as refused:
                writer.write(response(refused.status, {"error": str(refused)}, False))
                return
            reply = await self._answer(head, body)
            keep_alive = head.keep_alive and not self._draining
            writer.write(response(reply.status, reply.body, keep_alive, reply.content_type))
            await writer.drain()
            self._busy.discard(task)

    async def _answer(self, head: Head, body: bytes) -> Reply:
        found = self._routes.find(head.method, head.path)
        if found is None and (head.method, head.path) == ("GET", "/health"):
            return Reply(200, {"status": "ok"})
        if found is None:
            return Reply(404, {"error": "not found"})
        handle, parameters = found
        try:
            return await handle(Request(parameters, body))
        except BadRequest as bad:
            return Reply(400, {"error": str(bad)})
        except Exception:
            print(f"{head.method} {head.path}", file=sys.stderr)
            traceback.print_exc()
            return Reply(500, {"error": "internal error"})
