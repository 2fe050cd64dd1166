import asyncio
import random
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import quote

import aiohttp
from breaker import Breaker, Open
from bus import PREFETCH, Stopping
from message import Order
from opentelemetry.trace import SpanKind

from kit.telemetry import carried, log, tracer

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0


class Unknown(Exception):
    """The carrier failed, or said nothing in time: nobody knows what it has done."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any


class Carrier:
    """Books and cancels parcels. Asked again with the same key, it says what it did and does nothing
    twice."""

    def __init__(self, url: str, within: float, breaker: Breaker) -> None:
        self._breaker = breaker
        self._stopping = asyncio.Event()
        self._client = aiohttp.ClientSession(
            url,
            # The whole call, until the last byte of the answer.
            timeout=aiohttp.ClientTimeout(total=within),
            connector=aiohttp.TCPConnector(limit=PREFETCH),
        )

    async def book(self, order: Order) -> Optional[str]:
        """The tracking number, or None where the carrier refuses."""
        body = {"order": order.order, "address": order.address, "quantity": order.quantity}
        answer = await self._answer("POST", "/parcels", "/parcels", order.order, body)
        return None if answer.status == 409 else answer.body["tracking"]

    async def cancel(self, order: Order) -> None:
        """Of what was not booked yet, nothing will be any more."""
        path = f"/parcels/{quote(order.order, safe='')}"
        await self._answer("DELETE", path, "/parcels/{order}", order.order)

    def stop(self) -> None:
        """Asks no more; who waits goes back to the queue."""
        self._stopping.set()

    async def close(self) -> None:
        await self._client.close()

    async def _answer(
        self, method: str, path: str, route: str, key: str, body: Any = None
    ) -> Answer:
        """Asks until there is an answer. Commands wait here, and not by going round through the
        queue; while the breaker is open they wait without a call."""
        pause = FIRST_PAUSE
        while True:
            try:
                return await self._breaker.call(
                    lambda: self._ask(method, path, route, key, body)
                )
            except Open:
                pause = FIRST_PAUSE
            except Unknown as problem:
                log.warning("the carrier is asked again", error=str(problem))
            await self._wait(pause * random.uniform(0.5, 1.5))
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except asyncio.TimeoutError:
            return
        raise Stopping

    async def _ask(self, method: str, path: str, route: str, key: str, body: Any) -> Answer:
        attributes = {"http.request.method": method, "url.template": route}
        with tracer.start_as_current_span(
            f"{method} {route}", kind=SpanKind.CLIENT, attributes=attributes
        ) as span:
            headers = {**carried(), "Idempotency-Key": key}
            try:
                async with self._client.request(
                    method, path, json=body, headers=headers
                ) as response:
                    span.set_attribute("http.response.status_code", response.status)
                    return await _answer_in(response)
            except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as problem:
                raise Unknown(repr(problem)) from problem


async def _answer_in(response: aiohttp.ClientResponse) -> Answer:
    if response.status not in (200, 201, 409):
        raise Unknown(f"the carrier answered {response.status}")
    return Answer(response.status, await response.json(content_type=None))
