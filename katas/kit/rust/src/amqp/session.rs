use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use lapin::message::Delivery;
use lapin::options::{BasicCancelOptions, BasicConsumeOptions, BasicQosOptions};
use lapin::types::FieldTable;
use lapin::{Connection, Consumer};

use super::channel::Channel;
use super::connection::{close, connect};
use crate::Error;

const CONNECT_WITHIN: Duration = Duration::from_secs(5);
const CONSUMER_TAG: &str = "worker";

/// One connection's worth of work.
pub(super) struct Session {
    pub channel: Arc<Channel>,
    connection: Connection,
    consumer: Consumer,
}

pub(super) enum Event {
    Message(Box<Delivery>),
    /// The broker has cancelled the consumer.
    Cancelled,
    Broken(lapin::Error),
}

impl Session {
    pub async fn open(url: &str, queue: &str, prefetch: u16) -> Result<Self, Error> {
        let connection = connect(url, CONNECT_WITHIN).await?;
        let channel = Channel::open(&connection).await?;
        channel
            .lapin
            .basic_qos(prefetch, BasicQosOptions::default())
            .await?;
        let consumer = channel
            .lapin
            .basic_consume(
                queue,
                CONSUMER_TAG,
                BasicConsumeOptions::default(),
                FieldTable::default(),
            )
            .await?;
        Ok(Self {
            channel: Arc::new(channel),
            connection,
            consumer,
        })
    }

    pub async fn next(&mut self) -> Event {
        match self.consumer.next().await {
            Some(Ok(message)) => Event::Message(Box::new(message)),
            Some(Err(error)) => Event::Broken(error),
            None => Event::Cancelled,
        }
    }

    /// What comes from now on is not touched; the broker takes it back at the end.
    pub async fn cancel(&self) {
        let _ = self
            .channel
            .lapin
            .basic_cancel(CONSUMER_TAG, BasicCancelOptions::default())
            .await;
    }

    pub async fn close(&self) {
        close(&self.connection).await;
    }
}
