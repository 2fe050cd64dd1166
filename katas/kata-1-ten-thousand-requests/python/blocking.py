import time

from kit import run


def blocking(orders) -> None:
    """The wait holds the thread: time.sleep, requests.get, a synchronous driver inside of an async
    function. The processor has nothing to do, and yet nobody else is served."""

    async def hold_everybody_up(seconds: float) -> None:
        time.sleep(seconds)

    run(lambda environment: orders(environment, hold_everybody_up))
