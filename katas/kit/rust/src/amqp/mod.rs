//! What the Rust implementations with a queue share: a worker that consumes, goes on after a broken
//! connection, and drains; and publishing that waits for the broker's word.

mod channel;
mod connection;
mod headers;
mod publisher;
mod session;
mod worker;

pub use channel::{Channel, Message, PublishError};
pub(crate) use headers::table_of;
pub use headers::{texts_in, Texts};
pub use lapin::message::Delivery;
pub use lapin::BasicProperties as Properties;
pub use publisher::Publisher;
pub use worker::{message_id, Consumption, Verdict, Worker};
