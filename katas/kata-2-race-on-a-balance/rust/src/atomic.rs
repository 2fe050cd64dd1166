use std::sync::atomic::{AtomicI64, Ordering};

use crate::bank::{decide, Accounts, Outcome, Think};

/// Think first, then read, decide, and write only if the balance is still the one that was read. The
/// processor does the comparing and the writing in one instruction. Whoever comes second starts
/// over, which costs nanoseconds, since the thinking is done.
///
/// Nobody waits for anybody. The price: what the thinking finds out must not depend on the balance,
/// and the whole state must fit in one word.
pub struct Atomic {
    accounts: Accounts<AtomicI64>,
    think: Think,
}

impl Atomic {
    pub fn new(think: Think) -> Self {
        Self {
            accounts: Accounts::new(AtomicI64::default),
            think,
        }
    }

    pub async fn change(&self, name: &str, amount: i64) -> Outcome {
        let account = self.accounts.find(name);
        self.think.think().await;

        let mut balance = account.load(Ordering::SeqCst);
        loop {
            let outcome = decide(balance, amount);
            if !outcome.done {
                return outcome;
            }
            // A failure says what the balance is by now.
            match account.compare_exchange(
                balance,
                outcome.balance,
                Ordering::SeqCst,
                Ordering::SeqCst,
            ) {
                Ok(_) => return outcome,
                Err(newer) => balance = newer,
            }
        }
    }

    pub fn balance_of(&self, name: &str) -> i64 {
        self.accounts.find(name).load(Ordering::SeqCst)
    }
}
