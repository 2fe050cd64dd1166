"""Takes one order after the other, and tells of it by OpenTelemetry's SDK for Python. Shares nothing
with the kit."""

import json
import os
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pika
import psycopg
from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind
from pika.adapters.blocking_connection import BlockingChannel
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

INSERT = """INSERT INTO orders (id, sku, quantity, request_id) VALUES (%s, %s, %s, %s)
  ON CONFLICT (id) DO NOTHING"""

disable_created_metrics()
WORK = Histogram("message_processing_duration_seconds", "Of an attempt.", ["outcome"])
MESSAGES = Counter("messages_processed_total", "Attempts.", ["outcome"])
tracer = trace.get_tracer("worker")
stopping = threading.Event()


def say(level: str, message: str, ids: dict[str, Any]) -> None:
    print(json.dumps({"level": level, "message": message, **ids}), flush=True)


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # The head and the body of an answer go out apart: the second would wait for the first's ack.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if self.path == "/metrics":
            self._send(200, CONTENT_TYPE_LATEST, generate_latest())
        else:
            self._send(200 if self.path == "/health" else 404, "application/json", b"{}")

    def _send(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """What is asked for is none of the worker's lines."""


def store(database: psycopg.Connection, order: dict[str, Any], request_id: str) -> None:
    attributes = {"db.system.name": "postgresql", "db.collection.name": "orders"}
    with tracer.start_as_current_span("INSERT orders", kind=SpanKind.CLIENT, attributes=attributes):
        database.execute(INSERT, [order["order"], order["sku"], order["quantity"], request_id])


def attempt(database: psycopg.Connection, body: bytes, headers: dict[str, str]) -> bool:
    order = json.loads(body)
    request_id = headers["x-request-id"]
    ids = {"order": order["order"], "request_id": request_id}
    started = time.perf_counter()
    try:
        with tracer.start_as_current_span(
            "process orders",
            propagate.extract(headers),
            kind=SpanKind.CONSUMER,
            attributes={"order.id": order["order"], "messaging.system": "rabbitmq"},
        ):
            store(database, order, request_id)
        outcome = "ok"
        say("info", "stored", ids)
    except psycopg.Error as problem:
        outcome = "error"
        say("error", f"failed: {problem}", ids)
    WORK.labels(outcome).observe(time.perf_counter() - started)
    MESSAGES.labels(outcome).inc()
    return outcome == "ok"


def consume(channel: BlockingChannel, database: psycopg.Connection) -> None:
    def take(_: BlockingChannel, delivery: Any, properties: Any, body: bytes) -> None:
        if attempt(database, body, properties.headers):
            channel.basic_ack(delivery.delivery_tag)
        else:
            channel.basic_reject(delivery.delivery_tag, requeue=True)

    channel.basic_qos(prefetch_count=10)
    consumer = channel.basic_consume("orders", take)
    while not stopping.is_set():
        channel.connection.process_data_events(time_limit=0.05)
    # What came and was not begun goes back to the queue.
    channel.basic_cancel(consumer)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    provider = TracerProvider()
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    database = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    broker = pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"]))
    channel = broker.channel()
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Pages)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    consume(channel, database)
    broker.close()
    database.close()
    provider.shutdown()
    server.shutdown()


if __name__ == "__main__":
    main()
