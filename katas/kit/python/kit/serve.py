import asyncio
import signal
import socket
import sys
import traceback
from typing import Awaitable, Callable, Optional

from .environment import Environment
from .http1 import LONGEST_HEAD, Head, Refused, receive_body, receive_head, response
from .routes import BadRequest, Reply, Request, Routes

BACKLOG = 4096

# The contract gives five seconds from SIGTERM to the end.
DRAIN_SECONDS = 4


OpenRoutes = Callable[[Environment], Awaitable[Routes]]


def run(open_routes: OpenRoutes, listening: Optional[socket.socket] = None) -> None:
    """The life of an implementation: open, be healthy, serve, drain on SIGTERM, end with 0.

    open_routes opens what its routes need; /health answers only once it is there. listening is a
    socket that the program listens on already, and shares with others of its kind.
    """
    try:
        drained = asyncio.run(_live(open_routes, listening))
    except Exception:
        traceback.print_exc()
        sys.exit(1)
    sys.exit(0 if drained else 1)


async def _live(open_routes: OpenRoutes, listening: Optional[socket.socket]) -> bool:
    told_to_stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told_to_stop.set)
    environment = Environment()
    service = _Service(await open_routes(environment))
    if listening is None:
        listening = socket.create_server(("127.0.0.1", environment.port), backlog=BACKLOG)
    server = await asyncio.start_server(
        service.connected, sock=listening, backlog=BACKLOG, limit=LONGEST_HEAD
    )
    await told_to_stop.wait()
    server.close()
    return await service.drain()


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
            writer.write(response(reply.status, reply.body, keep_alive))
            await writer.drain()
            self._busy.discard(task)

    async def _answer(self, head: Head, body: bytes) -> Reply:
        if (head.method, head.path) == ("GET", "/health"):
            return Reply(200, {"status": "ok"})
        found = self._routes.find(head.method, head.path)
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
