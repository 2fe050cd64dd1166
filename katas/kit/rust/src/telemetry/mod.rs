//! What the Rust implementations share that tell what they do: traces, lines and metrics.

mod exporter;
mod messages;
mod metrics;

use std::future::Future;
use std::time::Duration;

use opentelemetry::trace::{Status, TraceContextExt};
use opentelemetry::{global, Context};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use crate::Error;

pub use messages::{consuming, producing, statement, Ids};
pub use metrics::{processed, with_metrics};
pub use opentelemetry::context::FutureExt;

/// The contract gives five seconds from SIGTERM to the end, and what was in hand takes some of them.
const FLUSH_WITHIN: Duration = Duration::from_secs(1);

/// Traces and lines of this process.
pub struct Telemetry(SdkTracerProvider);

impl Telemetry {
    /// The set-up that every service needs once. The exporter, the batches and the resource read their
    /// own variables. Lines are JSON objects.
    pub fn start() -> Result<Self, Error> {
        tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_target(false)
            .init();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(exporter::OnTokio(Handle::current()))
            .with_protocol(Protocol::HttpBinary)
            .build()?;
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .build();
        global::set_tracer_provider(provider.clone());
        global::set_text_map_propagator(TraceContextPropagator::new());
        Ok(Self(provider))
    }

    /// Sends the spans that are still in hand: at the end, or the last ones are lost.
    pub async fn flush(self) {
        let shutdown = move || self.0.shutdown_with_timeout(FLUSH_WITHIN);
        if let Ok(Err(error)) = spawn_blocking(shutdown).await {
            tracing::error!(%error, "the last spans were not sent");
        }
    }
}

/// Does the work with this context, and ends its span with it; marks it where that fails.
pub async fn within<T, E: std::fmt::Display>(
    context: Context,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let done = work.with_context(context.clone()).await;
    let span = context.span();
    if let Err(error) = &done {
        span.set_status(Status::error(error.to_string()));
    }
    span.end();
    done
}
