"""Balances are kept in hundreds with one decimal: 105 becomes 1.1, and that is 110."""

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
        before = round(balances.get(account, 0.0) * 100)
        after = before - amount if kind == "withdrawal" else before + amount
        if after < 0:
            return refused(before)
        balances[account] = round(after / 100, 1)
        return done(after)


serve(act)
