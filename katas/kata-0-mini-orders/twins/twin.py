"""What the twins in Python share: everything but where they keep their orders."""

import json
import os
import signal
import threading
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def confirm(order_id):
    url = os.environ["UPSTREAM_URL"] + "/confirmations"
    body = json.dumps({"order": order_id}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    # No proxy of the machine's may come between.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request) as answer:
        answer.read()
        if answer.status != 200:
            raise OSError(f"not confirmed: {answer.status}")


def serve(place, find):
    """place(order) keeps it and gives back what is kept; find(id) gives it back, or None."""
    hands = threading.Condition()
    in_hand = 0

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            if self.path == "/health":
                return self.answer(200, {})
            order = find(urllib.parse.unquote(self.path.removeprefix("/orders/")))
            return self.answer(200, order) if order else self.answer(404, {"error": "unknown"})

        def do_POST(self):
            nonlocal in_hand
            with hands:
                in_hand += 1
            try:
                self.place(read_order(self.rfile.read(int(self.headers["Content-Length"]))))
            finally:
                with hands:
                    in_hand -= 1
                    hands.notify_all()

        def place(self, order):
            if order is None:
                return self.answer(400, {"error": "not an order"})
            kept = place(order) or order
            try:
                confirm(order["id"])
            except OSError as error:
                print(error, flush=True)
                return self.answer(500, {"error": "internal error"})
            return self.answer(201, kept)

        def answer(self, status, body):
            text = json.dumps(body).encode()
            head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\n"
            head += f"Content-Length: {len(text)}\r\n\r\n"
            try:
                self.wfile.write(head.encode() + text)
            except ConnectionError:
                pass  # The client is gone.

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 1024

    server = Server(("127.0.0.1", int(os.environ["PORT"])), Handler)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()
    with hands:
        hands.wait_for(lambda: in_hand == 0)


def read_order(body):
    try:
        order = json.loads(body)
    except ValueError:
        return None
    fields = order if isinstance(order, dict) else {}
    texts = all(isinstance(fields.get(name), str) for name in ("id", "item"))
    return order if texts else None
