"""What the Python implementations share: the environment, JSON replies, and a server's life from
healthy to drained. The standard library is all that it needs (Python 3.9 or newer); kit.amqp,
kit.postgres, and kit.inbox and kit.outbox, which stand on these two, say what else they need."""

from .environment import Environment
from .health import healthy_while
from .routes import BadRequest, Reply, Request, Routes
from .serve import run

__all__ = ["BadRequest", "Environment", "Reply", "Request", "Routes", "healthy_while", "run"]
