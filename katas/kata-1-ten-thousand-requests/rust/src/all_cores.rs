use std::sync::Arc;
use std::time::Duration;

use crate::Wait;

/// What tokio does unless it is told otherwise: a thread a core, and a thread that has nothing to do
/// takes tasks from the others. A task may go on on another thread after every `.await`, and the
/// compiler refuses what would not be safe there.
pub fn wait(io: Duration) -> Wait {
    Arc::new(move || Box::pin(tokio::time::sleep(io)))
}
