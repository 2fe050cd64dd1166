import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Order:
    """What every message of the shop tells: the order, as it was placed."""

    order: str
    customer: str
    sku: str
    quantity: int
    amount: int
    address: str

    @classmethod
    def read(cls, body: bytes) -> "Order":
        """Leaves alone the fields of a newer version; raises ValueError where the body is no order."""
        try:
            fields = json.loads(body)
        except RecursionError:
            raise ValueError("the body is nested too deep") from None
        if not isinstance(fields, dict):
            raise ValueError("the body is no order")
        texts = [fields.get(name) for name in ("order", "customer", "sku", "address")]
        counts = [fields.get(name) for name in ("quantity", "amount")]
        if not (all(map(_is_text, texts)) and all(map(_is_count, counts))):
            raise ValueError("the body is no order")
        return cls(**{name: fields[name] for name in cls.__dataclass_fields__})


def _is_text(value: Any) -> bool:
    """PostgreSQL stores no text with a zero in it, nor half a pair of UTF-16: such a message would be
    offered again for ever."""
    return isinstance(value, str) and value != "" and "\0" not in value and _is_unicode(value)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_count(value: Any) -> bool:
    """PostgreSQL's integer ends at 2^31 − 1; to Python true is a number."""
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value < 2**31
