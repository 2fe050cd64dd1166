"""Keeps the tracking number of another parcel."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "parcels",
    ("await _set(tx, order, \"BOOKED\", tracking)", "await _set(tx, order, \"BOOKED\", \"t-0\")"),
)
