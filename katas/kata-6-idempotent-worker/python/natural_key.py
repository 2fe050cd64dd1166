from kit.postgres import Pool
from payments import Received


async def natural_key(pool: Pool, received: Received) -> None:
    """No table of messages: the effect itself can exist only once, because a payment has an id of its
    own and the database holds it unique. The shortest cure, where the effect has such a key."""
    taken = received.payment
    async with pool.connection() as connection:
        await connection.execute(
            "INSERT INTO charges (payment, account, amount, natural_key) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (natural_key) DO NOTHING",
            [taken.payment, taken.account, taken.amount, taken.payment],
        )
