use std::future::Future;

use opentelemetry::trace::{SpanBuilder, SpanKind, TraceContextExt, Tracer};
use opentelemetry::{global, Context, KeyValue};

use super::within;
use crate::amqp::Texts;
use crate::Error;

const REQUEST_ID: &str = "x-request-id";

/// Whose work this is: they stand in each line, and go along with each message.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    pub order: String,
    pub request_id: String,
}

impl Ids {
    /// Of the work that is being done.
    pub fn current() -> Self {
        Context::map_current(|context| context.get::<Self>().cloned()).unwrap_or_default()
    }
}

/// Goes on with the thread that a message carries in its headers: each attempt at it is a span of its
/// own.
pub fn consuming(queue: &'static str, order: &str, headers: &Texts) -> Context {
    let parent = global::get_text_map_propagator(|propagator| propagator.extract(headers));
    let span = SpanBuilder::from_name(format!("process {queue}"))
        .with_kind(SpanKind::Consumer)
        .with_attributes([
            KeyValue::new("order.id", order.to_owned()),
            KeyValue::new("messaging.system", "rabbitmq"),
            KeyValue::new("messaging.operation.type", "process"),
            KeyValue::new("messaging.destination.name", queue),
        ]);
    let ids = Ids {
        order: order.to_owned(),
        request_id: headers.get(REQUEST_ID).cloned().unwrap_or_default(),
    };
    started(span, &parent).with_value(ids)
}

/// The making of a message: the headers that carry the thread on to whoever takes it.
pub fn producing(exchange: &'static str, key: &'static str) -> Texts {
    let span = SpanBuilder::from_name(format!("create {key}"))
        .with_kind(SpanKind::Producer)
        .with_attributes([
            KeyValue::new("messaging.system", "rabbitmq"),
            KeyValue::new("messaging.operation.type", "create"),
            KeyValue::new("messaging.destination.name", exchange),
            KeyValue::new("messaging.rabbitmq.destination.routing_key", key),
        ]);
    let context = started(span, &Context::current());
    let mut headers = Texts::new();
    global::get_text_map_propagator(|propagator| {
        propagator.inject_context(&context, &mut headers);
    });
    // It writes a tracestate with nothing in it, too.
    headers.retain(|_, value| !value.is_empty());
    let request_id = Ids::current().request_id;
    if !request_id.is_empty() {
        headers.insert(REQUEST_ID.to_owned(), request_id);
    }
    context.span().end();
    headers
}

/// A span around one statement of `PostgreSQL`'s.
pub async fn statement<T>(
    operation: &'static str,
    table: &'static str,
    run: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let span = SpanBuilder::from_name(format!("{operation} {table}"))
        .with_kind(SpanKind::Client)
        .with_attributes([
            KeyValue::new("db.system.name", "postgresql"),
            KeyValue::new("db.operation.name", operation),
            KeyValue::new("db.collection.name", table),
        ]);
    within(started(span, &Context::current()), run).await
}

fn started(span: SpanBuilder, parent: &Context) -> Context {
    let tracer = global::tracer("service");
    parent.with_span(tracer.build_with_context(span, parent))
}
