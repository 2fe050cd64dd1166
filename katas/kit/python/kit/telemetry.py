"""What the Python implementations share that tell what they do: traces, lines and metrics. Needs
opentelemetry-sdk, opentelemetry-exporter-otlp-proto-http, prometheus_client and structlog."""

import io
import logging
import os
import sys
import threading
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Mapping

import structlog
from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind
from prometheus_client import Counter, disable_created_metrics, generate_latest
from structlog.contextvars import bound_contextvars, get_contextvars, merge_contextvars

from .routes import Reply, Request, Routes

# The contract gives five seconds from SIGTERM to the end, and what was in hand takes some of them.
FLUSH_SECONDS = 1
REQUEST_ID = "x-request-id"
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"

disable_created_metrics()
tracer = trace.get_tracer("service")
log = structlog.get_logger()

MESSAGES = Counter(
    "messages_processed_total", "Messages that were worked on.", ["message", "outcome"]
)


def start_tracing() -> Callable[[], None]:
    """The set-up that every service needs once. The exporter, the batches and the resource read their
    own variables. It returns what sends the spans that are still in hand: at the end, or the last ones
    are lost."""
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)

    def flush() -> None:
        # Nobody may be there to take them.
        sending = threading.Thread(target=provider.shutdown, daemon=True)
        sending.start()
        sending.join(FLUSH_SECONDS)

    return flush


class _Lines(io.TextIOBase):
    """What the rest of the kit, or a library, writes for people: each line of it is one like all others."""

    def __init__(self) -> None:
        self._rest = ""

    def write(self, text: str) -> int:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            if line.strip():
                log.warning(line)
        return len(text)


def start_logging() -> None:
    """One JSON object a line; what is bound to the context stands in each."""
    # What breaks is told once, in the words of the program that it breaks.
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
    service = os.environ.get("OTEL_SERVICE_NAME", "")

    def of_service(_: object, __: str, line: Any) -> Any:
        line["service"] = service
        return line

    structlog.configure(
        processors=[
            merge_contextvars,
            of_service,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", key="time"),
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(),
        ]
    )
    sys.stderr = _Lines()


@contextmanager
def consuming(queue: str, order: str, headers: Mapping[str, str]) -> Iterator[None]:
    """Goes on with the thread that a message carries in its headers: each attempt at it is a span of
    its own. All that is logged, told and called within it carries the ids on."""
    ids = {"order": order}
    if REQUEST_ID in headers:
        ids["request_id"] = headers[REQUEST_ID]
    attributes = {
        "order.id": order,
        "messaging.system": "rabbitmq",
        "messaging.operation.type": "process",
        "messaging.destination.name": queue,
    }
    with bound_contextvars(**ids), tracer.start_as_current_span(
        f"process {queue}",
        propagate.extract(headers),
        kind=SpanKind.CONSUMER,
        attributes=attributes,
    ):
        yield


def producing(exchange: str, key: str) -> dict[str, str]:
    """The making of a message: the headers that carry the thread on to whoever takes it."""
    attributes = {
        "messaging.system": "rabbitmq",
        "messaging.operation.type": "create",
        "messaging.destination.name": exchange,
        "messaging.rabbitmq.destination.routing_key": key,
    }
    with tracer.start_as_current_span(
        f"create {key}", kind=SpanKind.PRODUCER, attributes=attributes
    ):
        return carried()


def carried() -> dict[str, str]:
    """What a message or a call has to carry."""
    headers: dict[str, str] = {}
    propagate.inject(headers)
    request_id = get_contextvars().get("request_id")
    if request_id is not None:
        headers[REQUEST_ID] = request_id
    return headers


@contextmanager
def statement(operation: str, table: str) -> Iterator[None]:
    """A span around one statement of PostgreSQL's."""
    attributes = {
        "db.system.name": "postgresql",
        "db.operation.name": operation,
        "db.collection.name": table,
    }
    name = f"{operation} {table}"
    with tracer.start_as_current_span(name, kind=SpanKind.CLIENT, attributes=attributes):
        yield


async def _metrics(_: Request) -> Reply:
    return Reply(200, generate_latest().decode(), PROMETHEUS)


def with_metrics(routes: Routes) -> Routes:
    """What Prometheus asks."""
    return routes.on("GET /metrics", _metrics)
