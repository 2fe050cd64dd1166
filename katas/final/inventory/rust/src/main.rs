//! Reserves and releases the goods of the shop, in the way that `PLAN_STRATEGY` names.

mod bus;
mod happy;
mod message;
mod reservations;

use kit::outbox::Relay;
use kit::postgres::open_pool;
use kit::telemetry::{with_metrics, Telemetry};
use kit::{Environment, Error, Routes};

use crate::bus::listen;
use crate::happy::listen_happily;
use crate::reservations::Reservations;

/// Transactions are short, and two processes may run side by side.
const POOL_SIZE: usize = 8;

fn main() {
    kit::run(open);
}

async fn open(environment: Environment) -> Result<Routes, Error> {
    match environment.text("PLAN_STRATEGY", "shop").as_str() {
        "shop" => shop(&environment).await,
        "happy-path" => happy_path(&environment).await,
        name => Err(format!("there is no strategy {name:?}").into()),
    }
}

async fn shop(environment: &Environment) -> Result<Routes, Error> {
    let broker = environment.required("AMQP_URL")?;
    let telemetry = Telemetry::start()?;
    let pool = open_pool(&environment.required("DATABASE_URL")?, POOL_SIZE).await?;
    let relay = Relay::start(pool.clone(), &broker);
    let committed = relay.waker();
    let worker = listen(&broker, Reservations { pool, committed }).await;
    let routes = Routes::new().healthy_while(worker.consuming());
    Ok(with_metrics(routes).closing(async {
        worker.stop().await;
        relay.stop().await;
        telemetry.flush().await;
    }))
}

async fn happy_path(environment: &Environment) -> Result<Routes, Error> {
    let broker = environment.required("AMQP_URL")?;
    let pool = open_pool(&environment.required("DATABASE_URL")?, POOL_SIZE).await?;
    let worker = listen_happily(&broker, pool).await;
    let routes = Routes::new().healthy_while(worker.consuming());
    Ok(with_metrics(routes).closing(worker.stop()))
}
