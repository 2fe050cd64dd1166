"""Keeps the three accounts that were used last, as a cache would; there is nothing behind it."""

import sys
import threading
from collections import OrderedDict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from twin import done, refused, serve, think  # noqa: E402

balances = OrderedDict()
lock = threading.Lock()


def act(account, kind, amount):
    if kind != "read":
        think()
    with lock:
        before = balances.pop(account, 0)
        after = before - amount if kind == "withdrawal" else before + amount
        balances[account] = before if after < 0 else after
        if len(balances) > 3:
            balances.popitem(last=False)
        return refused(before) if after < 0 else done(after)


serve(act)
