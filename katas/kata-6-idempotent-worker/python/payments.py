import json
from dataclasses import dataclass
from typing import Any, Awaitable, Callable

from kit.postgres import Connection, Pool

# PostgreSQL's integer ends at 2^31 − 1.
LARGEST_AMOUNT = 2**31 - 1


@dataclass(frozen=True)
class Payment:
    payment: str
    account: str
    amount: int


@dataclass(frozen=True)
class Received:
    # The property message_id: the same for every delivery of the message and every copy.
    id: str
    payment: Payment


# One way to take a payment. The message is acknowledged once it returns, and not before.
Strategy = Callable[[Pool, Received], Awaitable[None]]


def read_payment(text: bytes) -> Payment:
    """Raises ValueError where it is no payment; null is JSON, too, and has no fields."""
    body = json.loads(text)
    fields = body if isinstance(body, dict) else {}
    payment, account, amount = (fields.get(name) for name in ("payment", "account", "amount"))
    if not (is_name(payment) and is_name(account) and _is_amount(amount)):
        raise ValueError("the body is no payment")
    return Payment(payment, account, amount)


def is_name(value: Any) -> bool:
    """PostgreSQL stores no text with a zero in it: such a message would be offered again for ever."""
    return isinstance(value, str) and value != "" and "\0" not in value


def _is_amount(value: Any) -> bool:
    # True is an int, too.
    return type(value) is int and 1 <= value <= LARGEST_AMOUNT


async def charge(on: Connection, payment: Payment) -> None:
    await on.execute(
        "INSERT INTO charges (payment, account, amount) VALUES (%s, %s, %s)",
        [payment.payment, payment.account, payment.amount],
    )


async def mark_as_seen(on: Connection, message_id: str) -> bool:
    """Whether it is there for the first time."""
    marked = await on.execute(
        "INSERT INTO inbox (message_id) VALUES (%s) ON CONFLICT DO NOTHING", [message_id]
    )
    return marked.rowcount == 1
