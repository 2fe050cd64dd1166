import sys

sys.path.insert(0, "..")
sys.dont_write_bytecode = True
from twin import serve  # noqa: E402

# Whatever is asked for is there, and it is always a lamp.
serve(lambda order: None, lambda order_id: {"id": order_id, "item": "lamp"})
