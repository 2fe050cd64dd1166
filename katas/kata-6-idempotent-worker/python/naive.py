from kit.postgres import Pool
from payments import Received, charge


async def naive(pool: Pool, received: Received) -> None:
    """Take the payment, then acknowledge. Nothing is lost that way, but between the two lies a
    moment: whoever crashes in it, or whose acknowledgement never arrives, gets the message again,
    and charges again. A copy that the publisher sent to be sure is charged, too."""
    async with pool.connection() as connection:
        await charge(connection, received.payment)
