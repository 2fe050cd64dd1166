use tokio::sync::{mpsc, oneshot};

use crate::bank::{decide, Accounts, Outcome, Think};

/// One owner an account: a task that nobody else shares the balance with. Others send it a message
/// and wait for the answer; it takes one message at a time, so it needs no lock. The wait is a queue
/// that can be seen, measured and bounded.
pub struct Queue {
    owners: Accounts<mpsc::UnboundedSender<Message>>,
}

struct Message {
    /// 0 reads.
    amount: i64,
    answer: oneshot::Sender<Outcome>,
}

impl Queue {
    pub fn new(think: Think) -> Self {
        Self {
            owners: Accounts::new(move || {
                let (sender, inbox) = mpsc::unbounded_channel();
                tokio::spawn(own(inbox, think));
                sender
            }),
        }
    }

    pub async fn change(&self, name: &str, amount: i64) -> Outcome {
        self.ask(name, amount).await
    }

    /// A read is a message too: it sees what was written before it, and nothing half done.
    pub async fn balance_of(&self, name: &str) -> i64 {
        self.ask(name, 0).await.balance
    }

    async fn ask(&self, name: &str, amount: i64) -> Outcome {
        let (answer, answered) = oneshot::channel();
        let message = Message { amount, answer };
        let sent = self.owners.find(name).send(message);
        sent.expect("an owner lives as long as its account");
        answered.await.expect("an owner answers every message")
    }
}

/// The balance is a variable of this task alone: the type system knows that nobody else has it.
async fn own(mut inbox: mpsc::UnboundedReceiver<Message>, think: Think) {
    let mut balance = 0;
    while let Some(Message { amount, answer }) = inbox.recv().await {
        if amount != 0 {
            think.think().await;
        }
        let outcome = decide(balance, amount);
        balance = outcome.balance;
        // Whoever asked may be gone; the money has moved all the same.
        let _ = answer.send(outcome);
    }
}
