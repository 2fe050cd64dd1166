use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::atomic::Atomic;
use crate::lock::Lock;
use crate::none::Unguarded;
use crate::queue::Queue;

/// What became of a deposit or a withdrawal, and the balance after it.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    pub done: bool,
    pub balance: i64,
}

/// The rule of the bank, the same in every strategy: nobody takes what is not there.
pub fn decide(balance: i64, amount: i64) -> Outcome {
    let after = balance + amount;
    let done = after >= 0;
    Outcome {
        done,
        balance: if done { after } else { balance },
    }
}

/// The time that a real bank spends between reading and writing (limits, fraud, …).
#[derive(Clone, Copy)]
pub struct Think(pub Duration);

impl Think {
    pub async fn think(self) {
        if !self.0.is_zero() {
            tokio::time::sleep(self.0).await;
        }
    }
}

/// The ways to keep balances.
pub enum Bank {
    None(Unguarded),
    Lock(Lock),
    Queue(Queue),
    Atomic(Atomic),
}

impl Bank {
    pub fn open(strategy: &str, think: Think) -> Result<Self, String> {
        match strategy {
            "none" => Ok(Self::None(Unguarded::new(think))),
            "lock" => Ok(Self::Lock(Lock::new(think))),
            "queue" => Ok(Self::Queue(Queue::new(think))),
            "atomic" => Ok(Self::Atomic(Atomic::new(think))),
            other => Err(format!("there is no strategy {other:?}")),
        }
    }

    /// More than 0 for a deposit, less than 0 for a withdrawal.
    pub async fn change(&self, account: &str, amount: i64) -> Outcome {
        match self {
            Self::None(bank) => bank.change(account, amount).await,
            Self::Lock(bank) => bank.change(account, amount).await,
            Self::Queue(bank) => bank.change(account, amount).await,
            Self::Atomic(bank) => bank.change(account, amount).await,
        }
    }

    pub async fn balance_of(&self, account: &str) -> i64 {
        match self {
            Self::None(bank) => bank.balance_of(account),
            Self::Lock(bank) => bank.balance_of(account).await,
            Self::Queue(bank) => bank.balance_of(account).await,
            Self::Atomic(bank) => bank.balance_of(account),
        }
    }
}

/// Accounts by name, each made on its first use. Making them is safe in every strategy: what a
/// strategy shows is how it treats the balance inside.
pub struct Accounts<Account> {
    by_name: Mutex<HashMap<String, Arc<Account>>>,
    open: Box<dyn Fn() -> Account + Send + Sync>,
}

impl<Account> Accounts<Account> {
    pub fn new(open: impl Fn() -> Account + Send + Sync + 'static) -> Self {
        Self {
            by_name: Mutex::default(),
            open: Box::new(open),
        }
    }

    pub fn find(&self, name: &str) -> Arc<Account> {
        let mut by_name = self.by_name.lock().expect("nobody panics while holding it");
        let account = by_name
            .entry(name.to_owned())
            .or_insert_with(|| Arc::new((self.open)()));
        Arc::clone(account)
    }
}
