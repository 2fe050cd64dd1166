from typing import Callable

from .routes import Reply, Request, Routes


def healthy_while(is_ready: Callable[[], bool]) -> Routes:
    """GET /health of a program that may lose what it works on and live on: 503 for so long. Whoever
    watches over a worker that consumes nothing has to hear of it; its port is open all the while."""

    async def health(_: Request) -> Reply:
        if is_ready():
            return Reply(200, {"status": "ok"})
        return Reply(503, {"status": "the broker is away"})

    return Routes().on("GET /health", health)
