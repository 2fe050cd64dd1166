"""Every account has a lock but the first one: the table of locks is asked for another name."""

import sys
import threading
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from twin import done, refused, serve, think  # noqa: E402

balances = {}
locks = {f"a-{n}": threading.Lock() for n in range(2, 100)}


def act(account, kind, amount):
    with locks.get(account, nullcontext()):
        before = balances.get(account, 0)
        if kind != "read":
            think()
        after = before - amount if kind == "withdrawal" else before + amount
        if after < 0:
            return refused(before)
        balances[account] = after
        return done(after)


serve(act)
