from kit.postgres import Pool, transaction
from payments import Received, charge, mark_as_seen


async def dedup_table(pool: Pool, received: Received) -> None:
    """The inbox: that the message was seen and what it did are written in one transaction, so that
    there is no moment in which one is true and the other is not. A second delivery at the same time
    waits for the first at the primary key of the inbox, and then finds its row."""
    async with transaction(pool) as tx:
        if await mark_as_seen(tx, received.id):
            await charge(tx, received.payment)
