"""What it tells is not what it was told."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "bus",
    ("body = {**asdict(order), **more}", "body = {**asdict(order), \"address\": \"a-0\", **more}"),
)
