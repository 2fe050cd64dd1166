"""Right: one lock for every account, held while thinking too, and a thread a connection."""

import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from twin import done, refused, serve, think  # noqa: E402

balances = {}
lock = threading.Lock()


def act(account, kind, amount):
    with lock:
        before = balances.get(account, 0)
        if kind != "read":
            think()
        after = before - amount if kind == "withdrawal" else before + amount
        if after < 0:
            return refused(before)
        balances[account] = after
        return done(after)


serve(act)
