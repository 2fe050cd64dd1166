//! What the Rust implementations share: reading the environment, JSON replies, and the life of a
//! server from healthy to drained.

mod environment;
mod routes;
mod serve;

pub use environment::Environment;
pub use routes::{Reply, Request, Routes};
pub use serde_json::{json, Value};
pub use serve::run;

/// Anything that went wrong; a handler that returns one is answered 500, and the log says why.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
