//! Publishes what a transaction has committed, and nothing else.

use std::sync::Arc;
use std::time::Duration;

use lapin::BasicProperties;
use tokio::sync::{watch, Notify};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_postgres::Row;

use crate::amqp::{table_of, Message, Publisher, Texts};
use crate::postgres::{Pool, Transaction};
use crate::{json, Error, Value};

/// Between two looks at an outbox with nothing in it, and after one that failed.
const IDLE: Duration = Duration::from_millis(100);

/// To leave with what the transaction does, or not at all.
pub struct Post<'a> {
    pub exchange: &'a str,
    /// The routing key: the name of the message.
    pub key: &'a str,
    pub correlation_id: &'a str,
    pub body: Value,
}

impl Post<'_> {
    /// Writes it down in the transaction; the relay publishes it once that is committed.
    pub async fn write(&self, tx: &Transaction<'_>) -> Result<(), Error> {
        tx.execute(
            "INSERT INTO outbox (exchange, key, correlation_id, payload) VALUES ($1, $2, $3, $4)",
            &[&self.exchange, &self.key, &self.correlation_id, &self.body],
        )
        .await?;
        Ok(())
    }

    /// For an outbox that has a column of that name.
    pub async fn write_with(&self, tx: &Transaction<'_>, headers: &Texts) -> Result<(), Error> {
        tx.execute(
            "INSERT INTO outbox (exchange, key, correlation_id, payload, headers)
             VALUES ($1, $2, $3, $4, $5)",
            &[
                &self.exchange,
                &self.key,
                &self.correlation_id,
                &self.body,
                &json!(headers),
            ],
        )
        .await?;
        Ok(())
    }
}

/// Publishes what is in the outbox until it is stopped, and what fails again.
pub struct Relay {
    woken: Arc<Notify>,
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
}

impl Relay {
    pub fn start(pool: Pool, url: &str) -> Self {
        let woken = Arc::new(Notify::new());
        let (stop, stopping) = watch::channel(false);
        let publisher = Publisher::new(url);
        let running = tokio::spawn(run(pool, publisher, Arc::clone(&woken), stopping));
        Self {
            woken,
            stop,
            running,
        }
    }

    /// To be called when something was committed: look now.
    pub fn waker(&self) -> impl Fn() + Send + Sync + 'static {
        let woken = Arc::clone(&self.woken);
        move || woken.notify_one()
    }

    /// Returns once it looks no more.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        self.woken.notify_one();
        let _ = self.running.await;
    }
}

async fn run(
    pool: Pool,
    publisher: Publisher,
    woken: Arc<Notify>,
    stopping: watch::Receiver<bool>,
) {
    while !*stopping.borrow() {
        match turn(&pool, &publisher).await {
            Ok(0) => {
                let _ = timeout(IDLE, woken.notified()).await;
            }
            Ok(_) => {}
            Err(error) => {
                eprintln!("will publish later: {error}");
                sleep(IDLE).await;
            }
        }
    }
    publisher.close().await;
}

/// Publishes, waits for the confirms, and only then takes the rows away: who dies before that leaves
/// them to be published again, under the same message ids.
async fn turn(pool: &Pool, publisher: &Publisher) -> Result<usize, Error> {
    let mut client = pool.get().await?;
    let tx = client.transaction().await?;
    let rows = tx
        .query(
            // Not every outbox has headers; of a column that is not there this makes NULL.
            "SELECT position, id::text, exchange, key, correlation_id, payload,
                    to_jsonb(outbox) -> 'headers' AS headers FROM outbox
              ORDER BY position LIMIT 100 FOR UPDATE SKIP LOCKED",
            &[],
        )
        .await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let messages: Vec<Message> = rows.iter().map(message_of).collect();
    publisher.all(&messages).await?;
    let positions: Vec<i64> = rows.iter().map(|row| row.get("position")).collect();
    tx.execute("DELETE FROM outbox WHERE position = ANY($1)", &[&positions])
        .await?;
    tx.commit().await?;
    Ok(rows.len())
}

fn message_of(row: &Row) -> Message {
    let text = |column: &str| row.get::<_, String>(column);
    let properties = BasicProperties::default()
        .with_message_id(text("id").into())
        .with_correlation_id(text("correlation_id").into())
        .with_content_type("application/json".into())
        .with_headers(table_of(row.get("headers")));
    Message {
        exchange: text("exchange"),
        key: text("key"),
        properties,
        body: row.get::<_, Value>("payload").to_string().into_bytes(),
    }
}
