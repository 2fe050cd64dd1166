"""Takes what is in progress as it starts for left over, and tidies it up: another process is at it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "parcels",
    (
        "        self._carrier = carrier\n",
        "        self._carrier = carrier\n        self._tidying = asyncio.create_task(self._tidy())\n",
    ),
    (
        "    async def book(",
        """    async def _tidy(self) -> None:
        async with transaction(self._pool) as tx:
            await tx.execute("DELETE FROM parcels WHERE status = 'PENDING'")

    async def book(""",
    ),
    ("from bus import tell\n", "import asyncio\n\nfrom bus import tell\n"),
)
