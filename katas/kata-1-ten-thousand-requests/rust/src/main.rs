//! Takes the orders of kata 1, in the way that `PLAN_STRATEGY` names.

mod all_cores;
mod blocking;
mod checksum;
mod one_core;

use std::env;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use kit::{json, Environment, Error, Reply, Request, Routes};

use crate::checksum::{checksum, STEPS_PER_MICROSECOND};

/// Waits as a query, or a call to another service, would.
type Wait = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

fn main() {
    let strategy = env::var("PLAN_STRATEGY").unwrap_or_else(|_| "one-core".to_owned());
    // Before the runtime is there: it reads from the environment how many threads it may have.
    if strategy != "all-cores" {
        one_core::spread();
    }
    kit::run(|environment| open(environment, strategy));
}

async fn open(environment: Environment, strategy: String) -> Result<Routes, Error> {
    let io = Duration::from_millis(environment.integer("PLAN_IO_MS", 100)?);
    let steps = environment.integer("PLAN_CPU_US", 20)? * STEPS_PER_MICROSECOND;
    let wait = match strategy.as_str() {
        "one-core" => one_core::wait(io),
        "all-cores" => all_cores::wait(io),
        "blocking" => blocking::wait(io),
        _ => return Err(format!("there is no strategy {strategy:?}").into()),
    };
    Ok(Routes::new().on("POST /orders", move |request| {
        place(request, wait.clone(), steps)
    }))
}

async fn place(request: Request, wait: Wait, steps: u64) -> Result<Reply, Error> {
    let body = request.json();
    let (Some(id), Some(amount)) = (body["id"].as_str(), body["amount"].as_u64()) else {
        return Ok(bad_request());
    };
    if id.is_empty() || amount < 1 {
        return Ok(bad_request());
    }
    wait().await;
    let checksum = checksum(id, steps);
    Ok(Reply::new(
        201,
        json!({ "id": id, "amount": amount, "checksum": checksum }),
    ))
}

fn bad_request() -> Reply {
    Reply::bad_request("id must be a text, amount a whole number from 1")
}
