"""Writes lines for people."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "bus",
    ("log.info(f\"{name} is done\")", "print(\"INFO\", name, \"of\", order.order, \"is done\")"),
)
