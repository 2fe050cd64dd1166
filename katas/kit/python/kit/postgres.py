"""What the Python implementations with a database share: a warm pool, and transactions. Needs psycopg
and psycopg_pool."""

from contextlib import asynccontextmanager
from typing import Any, AsyncIterator

from psycopg import AsyncConnection, IsolationLevel
from psycopg_pool import AsyncConnectionPool

POOL_SIZE = 20
OPEN_SECONDS = 10
# How long to wait for a free connection. Without a limit a database that is away, or one slow query in
# all of them, lets requests pile up for ever. A service of your own waits less than its callers do;
# some experiments let a crowd stand in line for most of a minute.
WAIT_SECONDS = 60

Connection = AsyncConnection[Any]
Pool = AsyncConnectionPool[Connection]


@asynccontextmanager
async def open_pool(url: str, size: int = POOL_SIZE) -> AsyncIterator[Pool]:
    """Opens every connection at once, so that no measured request pays for opening one. A statement
    outside of a transaction is one of its own."""
    pool: Pool = AsyncConnectionPool(
        url,
        min_size=size,
        max_size=size,
        timeout=WAIT_SECONDS,
        kwargs={"autocommit": True},
        open=False,
    )
    try:
        await pool.open(wait=True, timeout=OPEN_SECONDS)
        yield pool
    finally:
        await pool.close(timeout=1)


@asynccontextmanager
async def transaction(
    pool: Pool, isolation: IsolationLevel = IsolationLevel.READ_COMMITTED
) -> AsyncIterator[Connection]:
    """Commits what is done in it, or rolls all of it back when that raises."""
    async with pool.connection() as connection:
        if connection.isolation_level != isolation:
            await connection.set_isolation_level(isolation)
        async with connection.transaction():
            yield connection
