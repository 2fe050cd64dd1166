from kit import run


def one_core(orders) -> None:
    """One process, one event loop. A request that waits is a coroutine, no thread; what is to be
    computed runs one after the other. Threads would not help: the interpreter's lock lets one of
    them compute at a time."""
    run(orders)
