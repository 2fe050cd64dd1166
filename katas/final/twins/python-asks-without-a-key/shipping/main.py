"""Asks the carrier without the order's key."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "carrier",
    ("headers = {**carried(), \"Idempotency-Key\": key}", "headers = carried()"),
)
