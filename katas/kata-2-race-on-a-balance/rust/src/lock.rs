use tokio::sync::Mutex;

use crate::bank::{decide, Accounts, Outcome, Think};

/// One lock an account. Whoever wants to read and write its balance waits until nobody else is
/// between the two. Other accounts don't wait: each has a lock of its own.
///
/// The balance is inside of the mutex: without locking there is no way to reach it, and it is given
/// back when the guard goes out of scope, also on a panic. It is Tokio's mutex because the guard is
/// kept across an await; with the one of the standard library that would block a whole thread.
pub struct Lock {
    accounts: Accounts<Mutex<i64>>,
    think: Think,
}

impl Lock {
    pub fn new(think: Think) -> Self {
        Self {
            accounts: Accounts::new(Mutex::default),
            think,
        }
    }

    pub async fn change(&self, name: &str, amount: i64) -> Outcome {
        let account = self.accounts.find(name);
        let mut balance = account.lock().await;

        self.think.think().await;

        let outcome = decide(*balance, amount);
        *balance = outcome.balance;
        outcome
    }

    pub async fn balance_of(&self, name: &str) -> i64 {
        *self.accounts.find(name).lock().await
    }
}
