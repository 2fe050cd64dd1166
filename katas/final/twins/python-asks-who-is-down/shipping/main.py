"""Its breaker never opens."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from twin import run  # noqa: E402

run(
    "breaker",
    ("is_half_open = self._failed >= self._failures", "is_half_open = False"),
)
