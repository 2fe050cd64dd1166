use std::time::Duration;

use lapin::Connection;
use tokio::sync::Mutex;

use super::channel::{Channel, Message, PublishError};
use super::connection::{close, connect};

/// How long a connection, or the confirms of one batch, may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// Publishes with confirms, and connects again once the connection has broken.
pub struct Publisher {
    url: String,
    open: Mutex<Option<Open>>,
}

struct Open {
    connection: Connection,
    channel: Channel,
}

impl Publisher {
    /// It connects when there is something to publish.
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            open: Mutex::new(None),
        }
    }

    /// In this order; returns once a queue has every one of them for good. What no queue takes is not
    /// published: whoever is to hear it may come back, and the outbox keeps it until then. `Refused`
    /// says that the broker is there and says no to one of them.
    pub async fn all(&self, messages: &[Message]) -> Result<(), PublishError> {
        let mut slot = self.open.lock().await;
        let open = match slot.take() {
            Some(open) if open.channel.lapin.status().connected() => open,
            broken => {
                forget(broken).await;
                self.connect().await?
            }
        };
        let published = open.channel.publish_all(messages, PATIENCE).await;
        if published.is_ok() {
            *slot = Some(open);
        } else {
            // What was not confirmed in time may still be: this connection is not used any more.
            forget(Some(open)).await;
        }
        published
    }

    pub async fn close(&self) {
        forget(self.open.lock().await.take()).await;
    }

    async fn connect(&self) -> Result<Open, PublishError> {
        let connection = connect(&self.url, PATIENCE)
            .await
            .map_err(|error| PublishError::NotTaken(error.to_string()))?;
        let channel = Channel::open(&connection).await?;
        Ok(Open {
            connection,
            channel,
        })
    }
}

async fn forget(open: Option<Open>) {
    if let Some(Open { connection, .. }) = open {
        close(&connection).await;
    }
}
