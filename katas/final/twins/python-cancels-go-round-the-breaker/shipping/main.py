"""Cancels without its breaker: a carrier that is down gets each of them, again and again."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "carrier",
    (
        '        await self._answer("DELETE", path, "/parcels/{order}", order.order)\n',
        """        while True:
            try:
                await self._ask("DELETE", path, "/parcels/{order}", order.order, None)
                return
            except Unknown:
                await self._wait(random.uniform(0.5, 1))
""",
    ),
)
