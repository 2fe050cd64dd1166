"""What the twins in Python share: everything but where they keep their orders."""

import json
import os
import signal
import threading
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


def serve(place, find):
    """place(order) keeps it; find(id) gives it back, or None."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            if self.path == "/health":
                return self.answer(200, {})
            order = find(self.path.removeprefix("/orders/"))
            return self.answer(200, order) if order else self.answer(404, {"error": "unknown"})

        def do_POST(self):
            order = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            place(order)
            confirm(order["id"])
            self.answer(201, order)

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
