from contextlib import asynccontextmanager
from typing import AsyncIterator, Callable, Optional

from bus import tell
from carrier import Carrier
from message import Order

from kit.inbox import lock_key
from kit.postgres import Connection, Pool, transaction
from kit.telemetry import statement


class Parcels:
    """One row an order, which says how far it is: a command that comes again finds that it is done
    already, and no other inbox is needed.

    No transaction is open while the carrier is asked. What is about to be asked is written down before:
    who is killed meanwhile, or is to undo it, knows that there may be a parcel.
    """

    def __init__(self, pool: Pool, carrier: Carrier, committed: Callable[[], None]) -> None:
        self._pool = pool
        self._carrier = carrier
        # There may be something to publish.
        self._committed = committed

    async def book(self, order: Order) -> None:
        """BookParcel."""
        async with self._row(order) as (tx, status):
            if status is None:
                await _insert(tx, order, "PENDING")
        # Also CANCELLED: the cancellation was here first, and then there is nothing to book any more.
        if status not in (None, "PENDING"):
            return
        tracking = await self._carrier.book(order)
        async with self._row(order) as (tx, status):
            if status != "PENDING":
                return
            if tracking is None:
                await _set(tx, order, "REFUSED")
                await tell(tx, "ParcelRefused", order)
            else:
                await _set(tx, order, "BOOKED", tracking)
                await tell(tx, "ParcelBooked", order, tracking=tracking)

    async def cancel(self, order: Order) -> None:
        """CancelParcel, the compensation. It may come twice, and before its step."""
        async with self._row(order) as (tx, status):
            if status is None:
                await _insert(tx, order, "CANCELLED")
            is_owed = status == "PENDING" or (
                status == "BOOKED" and not await _is_called_off(tx, order)
            )
        if not is_owed:
            return
        await self._carrier.cancel(order)
        # Whoever asked for the parcel may have written down by now what came of it.
        async with self._row(order) as (tx, status):
            if status == "PENDING":
                await _set(tx, order, "CANCELLED")
            elif status == "BOOKED" and not await _is_called_off(tx, order):
                await _call_off(tx, order)
                await tell(tx, "ParcelCancelled", order)

    @asynccontextmanager
    async def _row(self, order: Order) -> AsyncIterator[tuple[Connection, Optional[str]]]:
        """Has the row of the order for itself until the transaction ends, with what it says."""
        async with transaction(self._pool) as tx:
            await lock_key(tx, order.order)
            found = await tx.execute(
                "SELECT status FROM parcels WHERE order_id = %s", [order.order]
            )
            row = await found.fetchone()
            yield tx, None if row is None else row[0]
        self._committed()


async def _insert(tx: Connection, order: Order, status: str) -> None:
    with statement("INSERT", "parcels"):
        await tx.execute(
            "INSERT INTO parcels (order_id, address, quantity, status) VALUES (%s, %s, %s, %s)",
            [order.order, order.address, order.quantity, status],
        )


async def _set(tx: Connection, order: Order, status: str, tracking: Optional[str] = None) -> None:
    with statement("UPDATE", "parcels"):
        await tx.execute(
            "UPDATE parcels SET status = %s, tracking = %s WHERE order_id = %s",
            [status, tracking, order.order],
        )


async def _call_off(tx: Connection, order: Order) -> None:
    with statement("INSERT", "cancellations"):
        await tx.execute("INSERT INTO cancellations (order_id) VALUES (%s)", [order.order])


async def _is_called_off(tx: Connection, order: Order) -> bool:
    found = await tx.execute("SELECT FROM cancellations WHERE order_id = %s", [order.order])
    return await found.fetchone() is not None
