use std::sync::LazyLock;

use prometheus::{register_int_counter_vec, IntCounterVec, TextEncoder, TEXT_FORMAT};

use crate::{Reply, Routes};

static MESSAGES: LazyLock<IntCounterVec> = LazyLock::new(|| {
    register_int_counter_vec!(
        "messages_processed_total",
        "Messages that were worked on.",
        &["message", "outcome"]
    )
    .expect("it is registered once")
});

/// Counts a message.
pub fn processed(message: &str, outcome: &str) {
    MESSAGES.with_label_values(&[message, outcome]).inc();
}

/// What Prometheus asks.
pub fn with_metrics(routes: Routes) -> Routes {
    routes.on("GET /metrics", |_| async {
        let page = TextEncoder::new().encode_to_string(&prometheus::gather())?;
        Ok(Reply::text(200, TEXT_FORMAT, page))
    })
}
