"""More than there is, it should say; it says: at least as much."""

import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from twin import done, refused, serve, think  # noqa: E402

balances = {}
lock = threading.Lock()


def act(account, kind, amount):
    if kind != "read":
        think()
    with lock:
        before = balances.get(account, 0)
        if kind == "withdrawal" and amount >= before:
            return refused(before)
        balances[account] = before - amount if kind == "withdrawal" else before + amount
        return done(balances[account])


serve(act)
