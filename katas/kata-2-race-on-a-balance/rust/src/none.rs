use std::sync::atomic::{AtomicI64, Ordering};

use crate::bank::{decide, Accounts, Outcome, Think};

/// Read, think, write. Two requests read the same balance, and whoever writes last wipes out what
/// the other wrote.
///
/// Safe Rust does not let two tasks share an `i64` that one of them writes: a data race does not
/// compile. An `AtomicI64` does, and it changes nothing here. Each load and each store is
/// indivisible; what has to be indivisible is both of them together. The compiler excludes races on
/// the memory, not on the logic.
pub struct Unguarded {
    accounts: Accounts<AtomicI64>,
    think: Think,
}

impl Unguarded {
    pub fn new(think: Think) -> Self {
        Self {
            accounts: Accounts::new(AtomicI64::default),
            think,
        }
    }

    pub async fn change(&self, name: &str, amount: i64) -> Outcome {
        let account = self.accounts.find(name);
        let balance = account.load(Ordering::SeqCst);

        self.think.think().await;

        // What was read is old by now.
        let outcome = decide(balance, amount);
        if outcome.done {
            account.store(outcome.balance, Ordering::SeqCst);
        }
        outcome
    }

    pub fn balance_of(&self, name: &str) -> i64 {
        self.accounts.find(name).load(Ordering::SeqCst)
    }
}
