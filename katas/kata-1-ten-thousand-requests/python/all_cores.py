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
    workers = []
    for _ in range(os.cpu_count() or 1):
        worker = os.fork()
        if worker == 0:
            run(orders, listening)
        workers.append(worker)
    listening.close()
    # The workers get the signal too, and drain.
    signal.signal(signal.SIGTERM, lambda *_: None)
    ended = [os.waitpid(worker, 0)[1] for worker in workers]
    sys.exit(0 if all(status == 0 for status in ended) else 1)
