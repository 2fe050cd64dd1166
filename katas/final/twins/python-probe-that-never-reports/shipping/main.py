"""Throws away the call of a booking that is called off, and with it what its breaker learns of it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "carrier",
    (
        "        self._breaker = breaker\n",
        "        self._breaker = breaker\n        self._asking: dict[str, asyncio.Task[Answer]] = {}\n",
    ),
    (
        '        answer = await self._answer("POST", "/parcels", "/parcels", order.order, body)\n',
        """        asking = asyncio.create_task(
            self._answer("POST", "/parcels", "/parcels", order.order, body)
        )
        self._asking[order.order] = asking
        await asyncio.wait([asking])
        if asking.cancelled():
            raise Stopping
        answer = asking.result()
""",
    ),
    (
        "        path = f\"/parcels/{quote(order.order, safe='')}\"\n",
        """        path = f"/parcels/{quote(order.order, safe='')}"
        if order.order in self._asking:
            self._asking[order.order].cancel()
""",
    ),
    # Only who comes to an end gives back that it may try.
    breaker=(
        (
            """        finally:
            if is_half_open:
                self._is_trying = False
        self._failed = 0
""",
            "        self._failed = 0\n        self._is_trying = False\n",
        ),
        (
            "            self._failed += 1\n",
            "            self._failed += 1\n            self._is_trying = False\n",
        ),
    ),
)
