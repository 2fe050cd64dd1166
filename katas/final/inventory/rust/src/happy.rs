//! What most write first. On calm days there is nothing wrong with it: nobody undoes anything, nothing
//! comes twice, and nobody dies between the commit and the message.

use std::sync::Arc;

use kit::amqp::{Channel, Consumption, Delivery, Message, Properties, Verdict, Worker};
use kit::postgres::Pool;
use kit::telemetry::processed;
use kit::Error;

use crate::bus::{PREFETCH, QUEUE};
use crate::message::Order;

pub async fn listen_happily(broker: &str, pool: Pool) -> Worker {
    let handle = move |message: Arc<Delivery>, channel: Arc<Channel>| {
        let pool = pool.clone();
        async move { take(&pool, &message, channel).await }
    };
    Worker::start(Consumption::new(broker, QUEUE, PREFETCH, handle)).await
}

async fn take(pool: &Pool, message: &Delivery, channel: Arc<Channel>) -> Result<Verdict, Error> {
    if message.routing_key.as_str() != "ReserveStock" {
        return Ok(Verdict::Ack);
    }
    let Ok(order) = Order::read(&message.data) else {
        return Ok(Verdict::Discard);
    };
    let fact = reserve(pool, &order).await?;
    println!("order {}: {fact}", order.order);
    processed("ReserveStock", "ok");
    // Nobody waits for the broker's word.
    let told = told(fact, &order);
    tokio::spawn(async move { channel.publish(told).await });
    Ok(Verdict::Ack)
}

async fn reserve(pool: &Pool, order: &Order) -> Result<&'static str, Error> {
    let mut client = pool.get().await?;
    let tx = client.transaction().await?;
    let update = "UPDATE stock SET available = available - $2 WHERE sku = $1 AND available >= $2";
    let is_there = tx.execute(update, &[&order.sku, &order.quantity]).await? == 1;
    let (status, fact) = if is_there {
        ("RESERVED", "StockReserved")
    } else {
        ("REJECTED", "StockRejected")
    };
    tx.execute(
        "INSERT INTO reservations (order_id, sku, quantity, status) VALUES ($1, $2, $3, $4)",
        &[&order.order, &order.sku, &order.quantity, &status],
    )
    .await?;
    tx.commit().await?;
    Ok(fact)
}

fn told(fact: &str, order: &Order) -> Message {
    Message {
        exchange: "events".to_owned(),
        key: fact.to_owned(),
        properties: Properties::default()
            .with_message_id(format!("{} {fact}", order.order).into())
            .with_correlation_id(order.order.as_str().into())
            .with_content_type("application/json".into()),
        body: order.body().to_string().into_bytes(),
    }
}
