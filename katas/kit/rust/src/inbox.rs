//! Consumes a queue so that each message has its effect once, however often it comes.

use std::future::Future;
use std::sync::Arc;

use crate::amqp::{message_id, Consumption, Delivery, Verdict, Worker};
use crate::postgres::{Pool, Transaction};
use crate::Error;

const PREFETCH: u16 = 20;

/// What comes in, and what it does.
pub trait Inbox: Send + Sync + 'static {
    type Message: Send;

    /// `None` for a name (the routing key) that is none of this service's business. Leaves alone the
    /// fields that it does not know, and fails where the body is no such message.
    fn read(&self, name: &str, body: &[u8]) -> Result<Option<Self::Message>, Error>;

    /// Messages with the same key wait for each other.
    fn key_of(&self, message: &Self::Message) -> String;

    /// In the transaction that also remembers the message.
    fn react(
        &self,
        tx: &Transaction<'_>,
        message: Self::Message,
    ) -> impl Future<Output = Result<(), Error>> + Send;

    /// There may be something to publish.
    fn committed(&self);
}

/// Returns once it consumes.
pub async fn open<I: Inbox>(url: &str, pool: Pool, queue: &str, inbox: I) -> Worker {
    let inbox = Arc::new(inbox);
    let handle = move |message: Arc<Delivery>, _| {
        let (inbox, pool) = (Arc::clone(&inbox), pool.clone());
        async move { handle(&*inbox, &pool, &message).await }
    };
    Worker::start(Consumption::new(url, queue, PREFETCH, handle)).await
}

async fn handle<I: Inbox>(inbox: &I, pool: &Pool, delivery: &Delivery) -> Result<Verdict, Error> {
    let id = message_id(delivery);
    let message = match inbox.read(delivery.routing_key.as_str(), &delivery.data) {
        Ok(None) => return Ok(Verdict::Ack),
        // All that have no id would be taken for one another.
        Ok(Some(_)) if id.is_empty() => Err("there is no message_id".into()),
        Ok(Some(message)) => Ok(message),
        Err(unreadable) => Err(unreadable),
    };
    let message = match message {
        Ok(message) => message,
        Err(why) => {
            // It will be no more readable the next time.
            eprintln!("message {id} is given up: {why}");
            return Ok(Verdict::Discard);
        }
    };
    let mut client = pool.get().await?;
    let tx = client.transaction().await?;
    lock_key(&tx, &inbox.key_of(&message)).await?;
    if is_new(&tx, id).await? {
        inbox.react(&tx, message).await?;
    }
    tx.commit().await?;
    inbox.committed();
    Ok(Verdict::Ack)
}

/// Until the transaction ends: two messages about one order must not pass each other half way.
pub async fn lock_key(tx: &Transaction<'_>, key: &str) -> Result<(), Error> {
    tx.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        &[&key],
    )
    .await?;
    Ok(())
}

async fn is_new(tx: &Transaction<'_>, id: &str) -> Result<bool, Error> {
    let insert = "INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING";
    Ok(tx.execute(insert, &[&id]).await? == 1)
}
