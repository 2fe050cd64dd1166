"""Says in plain text what went wrong with the carrier."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "carrier",
    (
        'log.warning("the carrier is asked again", error=str(problem))',
        'print("the carrier is asked again:", problem, flush=True)',
    ),
)
