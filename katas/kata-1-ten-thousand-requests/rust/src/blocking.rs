use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::Wait;

/// The wait holds the thread: `std::thread::sleep`, or a synchronous driver, inside of an async
/// function. It compiles, and the processor has nothing to do, and yet no other task goes on.
pub fn wait(io: Duration) -> Wait {
    Arc::new(move || {
        Box::pin(async move {
            thread::sleep(io);
        })
    })
}
