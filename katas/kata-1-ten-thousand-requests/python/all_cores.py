import os
import signal
import socket
import sys

from kit import Environment, run

BACKLOG = 4096


def all_cores(orders) -> None:
    """As many processes as there are cores, which take connections from one socket, whoever is
    free. They share no memory. This is what gunicorn and uvicorn do with their workers."""
    listening = socket.create_server(("127.0.0.1", Environment().port), backlog=BACKLOG)
    stopping = False

    def stop(*_) -> None:
        nonlocal stopping
        stopping = True

    # The workers get the signal too, and drain.
    signal.signal(signal.SIGTERM, stop)
    workers = set()
    for _ in range(os.cpu_count() or 1):
        worker = os.fork()
        if worker == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            run(orders, listening)
        workers.add(worker)
    listening.close()
    while workers:
        worker, status = os.wait()
        workers.remove(worker)
        # One that dies is missed by its clients: rather none than fewer without a word.
        if status != 0 or not stopping:
            for other in workers:
                os.kill(other, signal.SIGKILL)
            sys.exit(1)
    sys.exit(0)
