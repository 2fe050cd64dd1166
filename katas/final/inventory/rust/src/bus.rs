//! All that knows which broker it is.

use std::future::Future;
use std::sync::Arc;

use kit::amqp::{message_id, texts_in, Consumption, Delivery, Verdict, Worker};
use kit::outbox::Post;
use kit::postgres::Transaction;
use kit::telemetry::{consuming, processed, producing, within, Ids};
use kit::Error;
use tracing::{error, info};

use crate::message::Order;

pub const QUEUE: &str = "inventory";
/// How many commands are worked on at once.
pub const PREFETCH: u16 = 20;

#[derive(Clone, Copy)]
pub enum Command {
    ReserveStock,
    ReleaseStock,
}

impl Command {
    fn named(name: &str) -> Option<Self> {
        match name {
            "ReserveStock" => Some(Self::ReserveStock),
            "ReleaseStock" => Some(Self::ReleaseStock),
            _ => None,
        }
    }
}

/// What commands have done; one that fails is offered again.
pub trait Duties: Send + Sync + 'static {
    fn obey(
        &self,
        command: Command,
        order: &Order,
    ) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Has each command in the queue done, within the thread that it carries on; returns once it consumes.
pub async fn listen<D: Duties>(broker: &str, duties: D) -> Worker {
    let duties = Arc::new(duties);
    let handle = move |message: Arc<Delivery>, _| {
        let duties = Arc::clone(&duties);
        async move { take(&*duties, &message).await }
    };
    Worker::start(Consumption::new(broker, QUEUE, PREFETCH, handle)).await
}

async fn take<D: Duties>(duties: &D, message: &Delivery) -> Result<Verdict, Error> {
    let name = message.routing_key.as_str();
    let Some(command) = Command::named(name) else {
        return Ok(Verdict::Ack);
    };
    let order = match Order::read(&message.data) {
        Ok(order) => order,
        Err(why) => {
            // It will be no more readable the next time.
            error!(message_id = message_id(message), error = %why, "a message is given up");
            processed(name, "rejected");
            return Ok(Verdict::Discard);
        }
    };
    let context = consuming(QUEUE, &order.order, &texts_in(message));
    let done = within(context, async {
        let done = duties.obey(command, &order).await;
        let Ids { order, request_id } = Ids::current();
        match &done {
            Ok(()) => info!(order, request_id, "{name} is done"),
            Err(why) => {
                error!(order, request_id, error = %why, "{name} failed, and is offered again")
            }
        }
        done
    })
    .await;
    processed(name, if done.is_ok() { "ok" } else { "error" });
    done.map(|()| Verdict::Ack)
}

/// Publishes a fact: it leaves with the transaction that makes it true.
pub async fn tell(tx: &Transaction<'_>, fact: &'static str, order: &Order) -> Result<(), Error> {
    let post = Post {
        exchange: "events",
        key: fact,
        correlation_id: &order.order,
        body: order.body(),
    };
    post.write_with(tx, &producing("events", fact)).await
}
