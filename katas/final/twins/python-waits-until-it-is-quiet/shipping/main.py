"""Waits longer and longer, as long as its breaker is open."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "carrier",
    ("LONGEST_PAUSE = 1.0", "LONGEST_PAUSE = 30.0"),
    ("                pause = FIRST_PAUSE\n", "                pass\n"),
    ("min(2 * pause, LONGEST_PAUSE)", "min(4 * pause, LONGEST_PAUSE)"),
)
