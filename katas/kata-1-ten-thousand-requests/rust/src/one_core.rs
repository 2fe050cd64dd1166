use std::env;
use std::sync::Arc;
use std::time::Duration;

use crate::Wait;

/// One thread for all tasks. A task that waits is a small state machine on the heap, no thread and
/// no stack; at every `.await` the thread goes on with another one.
pub fn wait(io: Duration) -> Wait {
    Arc::new(move || Box::pin(tokio::time::sleep(io)))
}

pub fn spread() {
    env::set_var("TOKIO_WORKER_THREADS", "1");
}
