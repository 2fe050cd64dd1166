"""Forgets a cancellation that comes before its step."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "parcels",
    ('            if status is None:\n                await _insert(tx, order, "CANCELLED")\n', ""),
)
