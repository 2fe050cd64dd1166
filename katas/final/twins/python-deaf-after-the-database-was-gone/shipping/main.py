"""Hears nothing any more, once its database was gone."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "parcels",
    (
        "        async with transaction(self._pool) as tx:\n",
        """        await self._heard()
        async with transaction(self._pool) as tx:
""",
    ),
    (
        "    async def book(",
        """    async def _heard(self) -> None:
        # One connection from the start to the end, and nobody opens it again.
        if self._session is None:
            self._session = await self._pool.getconn()
            await self._session.set_autocommit(True)
        try:
            await self._session.execute("SELECT 1")
        except psycopg.Error:
            await asyncio.sleep(3600)

    async def book(""",
    ),
    (
        "        self._carrier = carrier\n",
        "        self._carrier = carrier\n        self._session: Optional[Connection] = None\n",
    ),
    ("from bus import tell\n", "import asyncio\n\nimport psycopg\nfrom bus import tell\n"),
)
