use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use kit::amqp::{
    message_id, Channel, Consumption, Delivery, Message, PublishError, Verdict, Worker,
};
use kit::inbox::{self, Inbox};
use kit::outbox::{Post, Relay};
use kit::postgres::{open_pool, Transaction};
use kit::{from_slice, json, Environment, Error, Routes, Value};

fn main() {
    kit::run(open);
}

async fn open(environment: Environment) -> Result<Routes, Error> {
    let url = environment.required("AMQP_URL")?;
    if let Ok(database) = environment.required("DATABASE_URL") {
        return open_boxes(&url, &database).await;
    }
    let gate = PathBuf::from(environment.required("WORKER_GATE")?);
    let handle = move |message: Arc<Delivery>, channel: Arc<Channel>| {
        let gate = gate.clone();
        async move { handle(&message, &channel, &gate).await }
    };
    let worker = Worker::start(Consumption::new(&url, "work", 5, handle)).await;
    Ok(Routes::new()
        .healthy_while(worker.consuming())
        .closing(worker.stop()))
}

async fn handle(message: &Delivery, channel: &Channel, gate: &Path) -> Result<Verdict, Error> {
    let Ok(body) = from_slice::<Value>(&message.data) else {
        return Ok(Verdict::Discard);
    };
    let kind = body["kind"].as_str().unwrap_or_default();
    if kind == "fails-once" && !message.redelivered {
        return Err("not this time".into());
    }
    if kind == "held" {
        channel.publish(to("begun", &json!({}))).await?;
        while !gate.exists() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    let id = message_id(message);
    let outcome = outcome_of(kind, channel).await?;
    let mut done = to("done", &json!({ "id": id, "outcome": outcome }));
    done.properties = done.properties.with_message_id(id.into());
    channel.publish(done).await?;
    Ok(Verdict::Ack)
}

async fn outcome_of(kind: &str, channel: &Channel) -> Result<&'static str, Error> {
    if kind != "full" && kind != "nowhere" {
        return Ok("done");
    }
    match channel.publish(to(kind, &json!({}))).await {
        Ok(()) => Ok("published"),
        Err(PublishError::Refused(_)) => Ok("refused"),
        Err(PublishError::Unroutable) => Ok("unroutable"),
        Err(error) => Err(error.into()),
    }
}

fn to(queue: &str, body: &Value) -> Message {
    Message {
        key: queue.to_owned(),
        body: body.to_string().into_bytes(),
        ..Message::default()
    }
}

struct Asked<W> {
    wake: W,
}

impl<W: Fn() + Send + Sync + 'static> Inbox for Asked<W> {
    type Message = String;

    fn read(&self, name: &str, body: &[u8]) -> Result<Option<String>, Error> {
        if name != "Asked" {
            return Ok(None);
        }
        let fields: Value = from_slice(body)?;
        let order = fields["order"].as_str().ok_or("the body names no order")?;
        Ok(Some(order.to_owned()))
    }

    fn key_of(&self, order: &String) -> String {
        order.clone()
    }

    async fn react(&self, tx: &Transaction<'_>, order: String) -> Result<(), Error> {
        let answer = Post {
            exchange: "events",
            key: "Answered",
            correlation_id: &order,
            body: json!({ "order": order }),
        };
        answer.write(tx).await
    }

    fn committed(&self) {
        (self.wake)();
    }
}

async fn open_boxes(url: &str, database: &str) -> Result<Routes, Error> {
    let pool = open_pool(database, 4).await?;
    let relay = Relay::start(pool.clone(), url);
    let wake = relay.waker();
    let worker = inbox::open(url, pool, "work", Asked { wake }).await;
    Ok(Routes::new()
        .healthy_while(worker.consuming())
        .closing(async move {
            worker.stop().await;
            relay.stop().await;
        }))
}
