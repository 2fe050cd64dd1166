//! Keeps the balances of kata 2, in the way that `PLAN_STRATEGY` names.

mod atomic;
mod bank;
mod lock;
mod none;
mod queue;

use std::sync::Arc;
use std::time::Duration;

use kit::{json, Environment, Error, Reply, Request, Routes};

use crate::bank::{Bank, Outcome, Think};

/// Sums of amounts up to this one stay exact for as long as anybody will wait.
const MOST: i64 = 1_000_000_000;

fn main() {
    kit::run(open);
}

async fn open(environment: Environment) -> Result<Routes, Error> {
    let think = Duration::from_millis(environment.integer("PLAN_THINK_MS", 1)?);
    let strategy = environment.text("PLAN_STRATEGY", "none");
    let bank = Arc::new(Bank::open(&strategy, Think(think))?);
    Ok(routes(&bank))
}

fn routes(bank: &Arc<Bank>) -> Routes {
    let (deposits, withdrawals, reads) = (bank.clone(), bank.clone(), bank.clone());
    Routes::new()
        .on("POST /accounts/{account}/deposits", move |request| {
            change(deposits.clone(), request, 1)
        })
        .on("POST /accounts/{account}/withdrawals", move |request| {
            change(withdrawals.clone(), request, -1)
        })
        .on("GET /accounts/{account}", move |request| {
            read(reads.clone(), request)
        })
}

async fn read(bank: Arc<Bank>, request: Request) -> Result<Reply, Error> {
    let balance = bank.balance_of(request.parameter("account")).await;
    Ok(Reply::new(200, json!({ "balance": balance })))
}

async fn change(bank: Arc<Bank>, request: Request, sign: i64) -> Result<Reply, Error> {
    let amount = match request.json()["amount"].as_i64() {
        Some(amount) if (1..=MOST).contains(&amount) => amount,
        _ => {
            return Ok(Reply::bad_request(&format!(
                "amount must be a whole number from 1 to {MOST}"
            )))
        }
    };
    let Outcome { done, balance } = bank
        .change(request.parameter("account"), sign * amount)
        .await;
    Ok(if done {
        Reply::new(200, json!({ "balance": balance }))
    } else {
        Reply::new(
            409,
            json!({ "error": "insufficient funds", "balance": balance }),
        )
    })
}
