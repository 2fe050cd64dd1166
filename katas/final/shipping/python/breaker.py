import time
from typing import Awaitable, Callable, TypeVar

Result = TypeVar("Result")


class Open(Exception):
    """The call was not made."""


class Breaker:
    """Spares a dependency that does not answer, and whoever would wait for it."""

    def __init__(self, failures: int, open_seconds: float) -> None:
        # So many calls in a row fail, and it opens; so long nobody calls, then one may try.
        self._failures = failures
        self._open_seconds = open_seconds
        self._failed = 0
        self._open_until = 0.0
        self._is_trying = False

    async def call(self, make: Callable[[], Awaitable[Result]]) -> Result:
        """Raises Open, or what the call raises: both are worth asking again later."""
        is_half_open = self._failed >= self._failures
        if is_half_open and (self._is_trying or time.monotonic() < self._open_until):
            raise Open("the breaker is open")
        self._is_trying = is_half_open
        try:
            result = await make()
        except Exception:
            self._failed += 1
            self._open_until = time.monotonic() + self._open_seconds
            raise
        finally:
            if is_half_open:
                self._is_trying = False
        self._failed = 0
        return result
