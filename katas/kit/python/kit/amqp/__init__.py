"""What the Python implementations with a queue share: a worker that consumes, goes on after a broken
connection, and drains; and publishing that waits for the broker's word. Needs pika."""

import logging

from .channel import Channel, NotTaken, Refused, Unroutable
from .publisher import Outgoing, Publisher
from .worker import Consumption, Message, Verdict, Worker, start_worker

# What breaks is told once, in the words of the program that it breaks.
logging.getLogger("pika").setLevel(logging.CRITICAL)

__all__ = [
    "Channel",
    "Consumption",
    "Message",
    "NotTaken",
    "Outgoing",
    "Publisher",
    "Refused",
    "Unroutable",
    "Verdict",
    "Worker",
    "start_worker",
]
