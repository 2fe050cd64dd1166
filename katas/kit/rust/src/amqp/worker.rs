use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use lapin::acker::Acker;
use lapin::message::Delivery;
use lapin::options::{BasicAckOptions, BasicNackOptions, BasicRejectOptions};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use super::channel::Channel;
use super::session::{Event, Session};
use crate::Error;

/// The broker may restart: the first attempts come fast, and none comes later than the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// A message that failed is not offered again at once: whatever failed needs a moment, too.
const REQUEUE_PAUSE: Duration = Duration::from_millis(100);
/// The contract gives five seconds from SIGTERM to the end.
const FINISH_WITHIN: Duration = Duration::from_secs(3);
const HURRY_WITHIN: Duration = Duration::from_millis(500);

/// What becomes of a message.
///
/// `RabbitMQ` 4.3 and newer tell `Requeue` from `Release`: a quorum queue counts what is rejected
/// against its delivery limit, and what is nacked (basic.nack) it does not count. Older versions count
/// both. So what failed is rejected, on every version: nacked, it would come again for ever.
#[derive(Clone, Copy, Debug)]
pub enum Verdict {
    /// Done.
    Ack,
    /// Failed, and offered again.
    Requeue,
    /// Handed back as it came, not tried.
    Release,
    /// Given up, to the dead letters if the queue has any.
    Discard,
}

type Handler =
    dyn Fn(Arc<Delivery>, Arc<Channel>) -> BoxFuture<'static, Result<Verdict, Error>> + Send + Sync;

/// What a worker does.
#[derive(Clone)]
pub struct Consumption {
    url: String,
    queue: String,
    prefetch: u16,
    handler: Arc<Handler>,
}

impl Consumption {
    /// The queue is there already: who declares it with other arguments is refused. Prefetch is how
    /// many messages are worked on at once.
    ///
    /// An error of the handler means `Requeue`, after a pause. The channel is there to publish. The
    /// handler is dropped when the worker is to end and this message still is not done: that means
    /// `Release`.
    pub fn new<H, F>(url: &str, queue: &str, prefetch: u16, handler: H) -> Self
    where
        H: Fn(Arc<Delivery>, Arc<Channel>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Verdict, Error>> + Send + 'static,
    {
        Self {
            url: url.to_owned(),
            queue: queue.to_owned(),
            prefetch,
            handler: Arc::new(move |message, channel| Box::pin(handler(message, channel))),
        }
    }
}

/// The property `message_id`; empty where there is none.
pub fn message_id(message: &Delivery) -> &str {
    message
        .properties
        .message_id()
        .as_ref()
        .map_or("", |id| id.as_str())
}

/// Consumes until it is stopped, and goes on after a broken connection.
pub struct Worker {
    stop: watch::Sender<bool>,
    is_consuming: Arc<AtomicBool>,
    living: JoinHandle<()>,
}

impl Worker {
    /// Returns once it consumes.
    pub async fn start(consumption: Consumption) -> Self {
        let (stop, stopping) = watch::channel(false);
        let is_consuming = Arc::new(AtomicBool::new(true));
        let session = open_patiently(&consumption).await;
        let life = Life {
            consumption,
            stopping,
            is_consuming: Arc::clone(&is_consuming),
            hands: JoinSet::new(),
            hurry: watch::Sender::new(false),
        };
        Self {
            stop,
            is_consuming,
            living: tokio::spawn(life.live(session)),
        }
    }

    /// False while nothing comes in: the broker is away, or has cancelled the consumer.
    pub fn consuming(&self) -> impl Fn() -> bool + Send + Sync + 'static {
        let is_consuming = Arc::clone(&self.is_consuming);
        move || is_consuming.load(Ordering::Relaxed)
    }

    /// Takes no more messages, finishes and settles those that it has, and closes.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let _ = self.living.await;
    }
}

struct Life {
    consumption: Consumption,
    stopping: watch::Receiver<bool>,
    is_consuming: Arc<AtomicBool>,
    /// Of broken connections, too: what has begun is finished.
    hands: JoinSet<()>,
    hurry: watch::Sender<bool>,
}

impl Life {
    async fn live(mut self, mut session: Session) {
        while self.work(&mut session).await {
            session.close().await;
            let mut stopping = self.stopping.clone();
            session = tokio::select! {
                opened = open_patiently(&self.consumption) => opened,
                _ = stopping.wait_for(|is| *is) => break,
            };
            self.is_consuming.store(true, Ordering::Relaxed);
        }
        session.cancel().await;
        self.finish().await;
        session.close().await;
    }

    /// False once it is to stop; true where the connection broke, or the consumer was cancelled.
    async fn work(&mut self, session: &mut Session) -> bool {
        let mut stopping = self.stopping.clone();
        loop {
            let event = tokio::select! {
                event = session.next() => event,
                _ = stopping.wait_for(|is| *is) => return false,
                Some(_) = self.hands.join_next() => continue,
            };
            match event {
                Event::Message(message) => self.take(*message, &session.channel),
                Event::Broken(why) => {
                    self.is_consuming.store(false, Ordering::Relaxed);
                    eprintln!("the connection to the broker broke: {why}");
                    return true;
                }
                Event::Cancelled => {
                    self.is_consuming.store(false, Ordering::Relaxed);
                    // As it does where the queue is deleted or moves to another node. What is in hand
                    // can still be settled here.
                    eprintln!("the broker cancelled the consumer");
                    return tokio::select! {
                        () = all_done(&mut self.hands) => true,
                        _ = stopping.wait_for(|is| *is) => false,
                    };
                }
            }
        }
    }

    fn take(&mut self, message: Delivery, channel: &Arc<Channel>) {
        let message = Arc::new(message);
        let handled = (self.consumption.handler)(Arc::clone(&message), Arc::clone(channel));
        let mut hurry = self.hurry.subscribe();
        self.hands.spawn(async move {
            let verdict = tokio::select! {
                verdict = verdict_on(&message, handled) => verdict,
                _ = hurry.wait_for(|is| *is) => Verdict::Release,
            };
            settle(&message.acker, verdict).await;
        });
    }

    async fn finish(&mut self) {
        let in_time = timeout(FINISH_WITHIN, all_done(&mut self.hands)).await;
        if in_time.is_ok() {
            return;
        }
        self.hurry.send_replace(true);
        let _ = timeout(HURRY_WITHIN, all_done(&mut self.hands)).await;
    }
}

async fn all_done(hands: &mut JoinSet<()>) {
    while hands.join_next().await.is_some() {}
}

/// Tries until the broker is there and its queue is consumed.
async fn open_patiently(consumption: &Consumption) -> Session {
    let mut pause = FIRST_PAUSE;
    loop {
        let Consumption { url, queue, .. } = consumption;
        match Session::open(url, queue, consumption.prefetch).await {
            Ok(session) => return session,
            Err(error) => eprintln!("the broker is not there yet: {error}"),
        }
        sleep(pause).await;
        pause = LONGEST_PAUSE.min(2 * pause);
    }
}

async fn verdict_on(
    message: &Delivery,
    handled: BoxFuture<'static, Result<Verdict, Error>>,
) -> Verdict {
    match handled.await {
        Ok(verdict) => verdict,
        Err(error) => {
            let id = message_id(message);
            eprintln!("message {id} failed and is offered again: {error}");
            sleep(REQUEUE_PAUSE).await;
            Verdict::Requeue
        }
    }
}

/// An error here means that the channel is gone, and with it the right to settle: the message is
/// delivered again.
async fn settle(acker: &Acker, verdict: Verdict) {
    let rejected = |requeue| BasicRejectOptions { requeue };
    let released = BasicNackOptions {
        multiple: false,
        requeue: true,
    };
    let _ = match verdict {
        Verdict::Ack => acker.ack(BasicAckOptions::default()).await,
        Verdict::Requeue => acker.reject(rejected(true)).await,
        Verdict::Release => acker.nack(released).await,
        Verdict::Discard => acker.reject(rejected(false)).await,
    };
}
