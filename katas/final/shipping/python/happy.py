"""What most write first. On calm days there is nothing wrong with it: nobody undoes anything, nothing
comes twice, nobody dies between the commit and the message, and the carrier is there, and quick."""

import json
from dataclasses import asdict
from typing import Optional

import aiohttp
from bus import PREFETCH, QUEUE
from message import Order
from pika import BasicProperties

from kit.amqp import Channel, Consumption, Message, Verdict, Worker, start_worker
from kit.postgres import Pool
from kit.telemetry import MESSAGES


async def listen_happily(url: str, pool: Pool, client: aiohttp.ClientSession) -> Worker:
    async def handle(message: Message, channel: Channel) -> Verdict:
        if message.delivery.routing_key != "BookParcel":
            return Verdict.ACK
        try:
            order = Order.read(message.body)
        except ValueError:
            return Verdict.DISCARD
        tracking = await _book(client, order)
        await _store(pool, order, tracking)
        _publish(channel, order, tracking)
        print("parcel of", order.order, "refused" if tracking is None else tracking)
        MESSAGES.labels("BookParcel", "ok").inc()
        return Verdict.ACK

    return await start_worker(Consumption(url, QUEUE, PREFETCH, handle))


async def _book(client: aiohttp.ClientSession, order: Order) -> Optional[str]:
    body = {"order": order.order, "address": order.address, "quantity": order.quantity}
    async with client.post("/parcels", json=body) as response:
        return (await response.json(content_type=None))["tracking"] if response.status == 201 else None


async def _store(pool: Pool, order: Order, tracking: Optional[str]) -> None:
    status = "REFUSED" if tracking is None else "BOOKED"
    async with pool.connection() as connection:
        await connection.execute(
            "INSERT INTO parcels (order_id, address, quantity, status, tracking)"
            " VALUES (%s, %s, %s, %s, %s)",
            [order.order, order.address, order.quantity, status, tracking],
        )


def _publish(channel: Channel, order: Order, tracking: Optional[str]) -> None:
    fact = "ParcelRefused" if tracking is None else "ParcelBooked"
    body = asdict(order) if tracking is None else {**asdict(order), "tracking": tracking}
    properties = BasicProperties(
        message_id=f"{order.order} {fact}",
        correlation_id=order.order,
        content_type="application/json",
        delivery_mode=2,
    )
    channel.pika.basic_publish("events", fact, json.dumps(body).encode(), properties)
