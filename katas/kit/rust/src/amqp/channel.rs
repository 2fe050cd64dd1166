use std::fmt;
use std::time::Duration;

use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::protocol::{AMQPErrorKind, AMQPSoftError};
use lapin::publisher_confirm::{Confirmation, PublisherConfirm};
use lapin::{BasicProperties, Connection, ErrorKind};
use tokio::sync::Mutex;
use tokio::time::timeout;

/// A broker that is short of memory or disk confirms nothing, for as long as that lasts.
const CONFIRM_WITHIN: Duration = Duration::from_secs(3);
const PERSISTENT: u8 = 2;

/// A message and where it goes.
#[derive(Clone, Debug, Default)]
pub struct Message {
    pub exchange: String,
    pub key: String,
    pub properties: BasicProperties,
    pub body: Vec<u8>,
}

#[derive(Debug)]
pub enum PublishError {
    /// No queue took the message: it is nowhere.
    Unroutable,
    /// The broker is there and says no: it refuses a message, or closes the channel on its account.
    Refused(String),
    /// The broker broke before it answered, or answers nothing.
    NotTaken(String),
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unroutable => write!(f, "no queue takes the message"),
            Self::Refused(why) => write!(f, "the broker refuses the message: {why}"),
            Self::NotTaken(why) => write!(f, "the broker did not take the message: {why}"),
        }
    }
}

impl std::error::Error for PublishError {}

impl From<lapin::Error> for PublishError {
    fn from(error: lapin::Error) -> Self {
        let is_refusal = matches!(error.kind(), ErrorKind::ProtocolError(why)
            if *why.kind() == AMQPErrorKind::Soft(AMQPSoftError::PRECONDITIONFAILED));
        if is_refusal {
            Self::Refused(error.to_string())
        } else {
            Self::NotTaken(error.to_string())
        }
    }
}

/// In confirm mode.
pub struct Channel {
    pub(super) lapin: lapin::Channel,
    /// One batch at a time. Where the broker confirms several messages at once and has returned one of
    /// them, lapin hands the returned one to any of their confirms.
    publishing: Mutex<()>,
}

impl Channel {
    pub(super) async fn open(connection: &Connection) -> Result<Self, lapin::Error> {
        let lapin = connection.create_channel().await?;
        lapin
            .confirm_select(ConfirmSelectOptions::default())
            .await?;
        Ok(Self {
            lapin,
            publishing: Mutex::new(()),
        })
    }

    /// Returns once a queue has the message for good.
    pub async fn publish(&self, message: Message) -> Result<(), PublishError> {
        self.publish_all(&[message], CONFIRM_WITHIN).await
    }

    /// In this order; returns once a queue has every one of them for good.
    pub(super) async fn publish_all(
        &self,
        messages: &[Message],
        within: Duration,
    ) -> Result<(), PublishError> {
        let _alone = self.publishing.lock().await;
        timeout(within, self.send_all(messages))
            .await
            .unwrap_or_else(|_| Err(PublishError::NotTaken(format!("no confirm in {within:?}"))))
    }

    async fn send_all(&self, messages: &[Message]) -> Result<(), PublishError> {
        let mut sent = Vec::with_capacity(messages.len());
        for message in messages {
            sent.push(self.send(message).await?);
        }
        let mut is_returned = false;
        for confirm in sent {
            match confirm.await? {
                Confirmation::Ack(returned) => is_returned |= returned.is_some(),
                _ => return Err(PublishError::Refused("basic.nack".to_owned())),
            }
        }
        if is_returned {
            return Err(PublishError::Unroutable);
        }
        Ok(())
    }

    /// Persistent and mandatory. A confirm alone does not say that a queue has the message: what none
    /// takes is confirmed as well, and dropped; mandatory has it returned first.
    async fn send(&self, message: &Message) -> Result<PublisherConfirm, lapin::Error> {
        let options = BasicPublishOptions {
            mandatory: true,
            ..BasicPublishOptions::default()
        };
        let properties = message.properties.clone().with_delivery_mode(PERSISTENT);
        self.lapin
            .basic_publish(
                &message.exchange,
                &message.key,
                options,
                &message.body,
                properties,
            )
            .await
    }
}
