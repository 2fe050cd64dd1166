//! What the Rust implementations share: reading the environment, JSON replies, and the life of a
//! server from healthy to drained. With the features `amqp` and `postgres` also a worker on RabbitMQ
//! and a pool on PostgreSQL; with `boxes` an inbox and an outbox, which stand on both; with `telemetry` what tells of the work: traces, lines and metrics.

#[cfg(feature = "amqp")]
pub mod amqp;
mod environment;
#[cfg(feature = "boxes")]
pub mod inbox;
#[cfg(feature = "boxes")]
pub mod outbox;
#[cfg(feature = "postgres")]
pub mod postgres;
mod routes;
mod serve;
#[cfg(feature = "telemetry")]
pub mod telemetry;

pub use environment::Environment;
pub use routes::{Reply, Request, Routes};
pub use serde_json::{from_slice, json, Value};
pub use serve::run;

/// Anything that went wrong; a handler that returns one is answered 500, and the log says why.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
