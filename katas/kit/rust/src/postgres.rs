//! What the Rust implementations with a database share: a warm pool. A transaction that is dropped
//! without a commit is rolled back.

use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, RecyclingMethod, Runtime};
use futures_util::future::try_join_all;
use tokio_postgres::NoTls;

use crate::Error;

pub use deadpool_postgres::{GenericClient, Pool, Transaction};

pub const POOL_SIZE: usize = 20;
const OPEN_WITHIN: Duration = Duration::from_secs(10);
/// How long to wait for a free connection. Without a limit a database that is away, or one slow query
/// in all of them, lets requests pile up for ever. A service of your own waits less than its callers
/// do; some experiments let a crowd stand in line for most of a minute.
const WAIT_AT_MOST: Duration = Duration::from_secs(60);

/// Opens every connection at once, so that no measured request pays for opening one.
pub async fn open_pool(url: &str, size: usize) -> Result<Pool, Error> {
    let config = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = Manager::from_config(url.parse()?, NoTls, config);
    let pool = Pool::builder(manager)
        .max_size(size)
        .wait_timeout(Some(WAIT_AT_MOST))
        .create_timeout(Some(OPEN_WITHIN))
        .runtime(Runtime::Tokio1)
        .build()?;
    // Held all at once: otherwise the pool would hand out the same one again.
    try_join_all((0..size).map(|_| pool.get())).await?;
    Ok(pool)
}
