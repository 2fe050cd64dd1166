"""What the twins in Python share: everything but the way they keep balances. A thread a connection."""

import json
import os
import signal
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def think():
    time.sleep(int(os.environ.get("PLAN_THINK_MS", "1")) / 1000)


def done(balance):
    return 200, {"balance": balance}


def refused(balance):
    return 409, {"error": "insufficient funds", "balance": balance}


def amount_in(text):
    """None where there is none."""
    try:
        amount = json.loads(text)["amount"]
    except (ValueError, TypeError, KeyError):
        return None
    return amount if type(amount) is int and 1 <= amount <= 10**9 else None


def serve(act):
    """act(account, kind, amount) gives a status and a body; a read has amount 0."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # Head and body leave together.

        def do_GET(self):
            self.answer(0)

        def do_POST(self):
            text = self.rfile.read(int(self.headers.get("content-length", 0)))
            self.answer(amount_in(text))

        def answer(self, amount):
            if self.path == "/health":
                status, body = 200, {}
            elif amount is None:
                status, body = 400, {"error": "no amount"}
            else:
                account, kinds = (self.path.split("/") + ["reads"])[2:4]
                status, body = act(account, kinds[:-1], amount)
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 1024

    # All requests are answered when the experiment stops a program.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    Server(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
