"""Takes the orders of kata 1, in the way that PLAN_STRATEGY names."""

import os

from all_cores import all_cores
from blocking import blocking
from one_core import one_core
from orders import orders

STRATEGIES = {"one-core": one_core, "all-cores": all_cores, "blocking": blocking}

name = os.environ.get("PLAN_STRATEGY") or "one-core"
if name not in STRATEGIES:
    raise SystemExit(f'there is no strategy "{name}"')
STRATEGIES[name](orders)
