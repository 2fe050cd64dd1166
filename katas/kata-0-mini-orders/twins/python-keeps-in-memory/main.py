import sys

sys.path.insert(0, "..")
sys.dont_write_bytecode = True
from twin import serve  # noqa: E402

orders = {}


def place(order):
    return orders.setdefault(order["id"], order)


serve(place, orders.get)
