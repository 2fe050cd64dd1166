//! Takes payments from a queue, in the way that `PLAN_STRATEGY` names.

mod dedup_separate;
mod dedup_table;
mod naive;
mod natural_key;
mod payments;

use std::sync::Arc;

use kit::amqp::{message_id, Consumption, Delivery, Verdict, Worker};
use kit::postgres::{open_pool, Pool, POOL_SIZE};
use kit::{Environment, Error, Routes};

use crate::payments::{is_name, Payment, Received};

#[derive(Clone, Copy)]
enum Strategy {
    Naive,
    DedupTable,
    MarkFirst,
    EffectFirst,
    NaturalKey,
}

fn main() {
    kit::run(open);
}

async fn open(environment: Environment) -> Result<Routes, Error> {
    let strategy = strategy_of(&environment)?;
    let url = environment.required("AMQP_URL")?;
    let prefetch = u16::try_from(environment.integer("PLAN_PREFETCH", 20)?)?;
    let pool = open_pool(&environment.required("DATABASE_URL")?, POOL_SIZE).await?;
    let handle = move |message: Arc<Delivery>, _| {
        let pool = pool.clone();
        async move { handle(strategy, &pool, &message).await }
    };
    let worker = Worker::start(Consumption::new(&url, "payments", prefetch, handle)).await;
    Ok(Routes::new()
        .healthy_while(worker.consuming())
        .closing(worker.stop()))
}

fn strategy_of(environment: &Environment) -> Result<Strategy, Error> {
    let first = environment.text("PLAN_FIRST", "mark");
    match environment.text("PLAN_STRATEGY", "naive").as_str() {
        "naive" => Ok(Strategy::Naive),
        "dedup-table" => Ok(Strategy::DedupTable),
        "dedup-separate" if first == "effect" => Ok(Strategy::EffectFirst),
        "dedup-separate" => Ok(Strategy::MarkFirst),
        "natural-key" => Ok(Strategy::NaturalKey),
        name => Err(format!("there is no strategy {name:?}").into()),
    }
}

/// Acknowledges once the payment is taken, and not before.
async fn handle(strategy: Strategy, pool: &Pool, message: &Delivery) -> Result<Verdict, Error> {
    let received = match read(message) {
        Ok(received) => received,
        Err(why) => {
            // It will be no more readable the next time, and requeued it would come for ever. It goes
            // to the dead letters, where its queue has any: kata 8.
            eprintln!("message {} is given up: {why}", message_id(message));
            return Ok(Verdict::Discard);
        }
    };
    let mut client = pool.get().await?;
    match strategy {
        Strategy::Naive => naive::take(&client, &received).await?,
        Strategy::DedupTable => dedup_table::take(&mut client, &received).await?,
        Strategy::MarkFirst => dedup_separate::mark_first(&client, &received).await?,
        Strategy::EffectFirst => dedup_separate::effect_first(&client, &received).await?,
        Strategy::NaturalKey => natural_key::take(&client, &received).await?,
    }
    Ok(Verdict::Ack)
}

/// All that have no id would be taken for one another.
fn read(message: &Delivery) -> Result<Received, Error> {
    let id = message_id(message);
    if !is_name(id) {
        return Err("there is no message_id".into());
    }
    Ok(Received {
        id: id.to_owned(),
        payment: Payment::read(&message.data)?,
    })
}
