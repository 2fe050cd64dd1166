from kit.postgres import Connection, Pool
from payments import Received, charge, mark_as_seen


async def mark_first(pool: Pool, received: Received) -> None:
    """The right two statements, each in a transaction of its own. Whoever crashes between them has
    marked a payment that was never taken: the next delivery is taken for a copy, and it is lost."""
    async with pool.connection() as connection:
        if await mark_as_seen(connection, received.id):
            await charge(connection, received.payment)


async def effect_first(pool: Pool, received: Received) -> None:
    """The other order: a crash in between leaves a charge without a mark, and it is charged again."""
    async with pool.connection() as connection:
        if await _was_seen(connection, received.id):
            return
        await charge(connection, received.payment)
        await mark_as_seen(connection, received.id)


async def _was_seen(on: Connection, message_id: str) -> bool:
    found = await on.execute("SELECT FROM inbox WHERE message_id = %s", [message_id])
    return found.rowcount != 0
