//! What the Rust implementations with a queue share: a worker that consumes, goes on after a broken
//! connection, and drains; and publishing that waits for the broker's word.

mod channel;
mod connection;
mod publisher;
mod session;
mod worker;

pub use channel::{Channel, Message, PublishError};
pub use lapin::message::Delivery;
pub use publisher::Publisher;
pub use worker::{message_id, Consumption, Verdict, Worker};
