use kit::inbox::lock_key;
use kit::postgres::{Pool, Transaction};
use kit::telemetry::statement;
use kit::Error;

use crate::bus::{tell, Command, Duties};
use crate::message::Order;

/// One row an order, which says what was decided: a command that comes again finds that it is done
/// already, and no other inbox is needed.
pub struct Reservations<C> {
    pub pool: Pool,
    /// There may be something to publish.
    pub committed: C,
}

impl<C: Fn() + Send + Sync + 'static> Duties for Reservations<C> {
    async fn obey(&self, command: Command, order: &Order) -> Result<(), Error> {
        let mut client = self.pool.get().await?;
        let tx = client.transaction().await?;
        lock_key(&tx, &order.order).await?;
        match command {
            Command::ReserveStock => reserve(&tx, order).await?,
            Command::ReleaseStock => release(&tx, order).await?,
        }
        tx.commit().await?;
        (self.committed)();
        Ok(())
    }
}

async fn reserve(tx: &Transaction<'_>, order: &Order) -> Result<(), Error> {
    // Also CANCELLED: the release was here first, and then there is nothing to reserve any more.
    if decided(tx, order).await?.is_some() {
        return Ok(());
    }
    if take(tx, order).await? {
        decide(tx, order, "RESERVED").await?;
        tell(tx, "StockReserved", order).await
    } else {
        decide(tx, order, "REJECTED").await?;
        tell(tx, "StockRejected", order).await
    }
}

/// The compensation: it puts back what is kept, and remembers where it came before its step.
async fn release(tx: &Transaction<'_>, order: &Order) -> Result<(), Error> {
    match decided(tx, order).await?.as_deref() {
        None => decide(tx, order, "CANCELLED").await,
        Some("RESERVED") if !is_released(tx, order).await? => {
            put_back(tx, order).await?;
            tell(tx, "StockReleased", order).await
        }
        _ => Ok(()),
    }
}

async fn decided(tx: &Transaction<'_>, order: &Order) -> Result<Option<String>, Error> {
    let query = "SELECT status FROM reservations WHERE order_id = $1";
    let found = tx.query_opt(query, &[&order.order]).await?;
    Ok(found.map(|row| row.get(0)))
}

/// Whether there was as much.
async fn take(tx: &Transaction<'_>, order: &Order) -> Result<bool, Error> {
    statement("UPDATE", "stock", async {
        let update =
            "UPDATE stock SET available = available - $2 WHERE sku = $1 AND available >= $2";
        Ok(tx.execute(update, &[&order.sku, &order.quantity]).await? == 1)
    })
    .await
}

async fn decide(tx: &Transaction<'_>, order: &Order, status: &str) -> Result<(), Error> {
    statement("INSERT", "reservations", async {
        tx.execute(
            "INSERT INTO reservations (order_id, sku, quantity, status) VALUES ($1, $2, $3, $4)",
            &[&order.order, &order.sku, &order.quantity, &status],
        )
        .await?;
        Ok(())
    })
    .await
}

async fn is_released(tx: &Transaction<'_>, order: &Order) -> Result<bool, Error> {
    let query = "SELECT FROM releases WHERE order_id = $1";
    Ok(tx.query_opt(query, &[&order.order]).await?.is_some())
}

async fn put_back(tx: &Transaction<'_>, order: &Order) -> Result<(), Error> {
    statement("INSERT", "releases", async {
        tx.execute(
            "INSERT INTO releases (order_id, sku, quantity) VALUES ($1, $2, $3)",
            &[&order.order, &order.sku, &order.quantity],
        )
        .await?;
        let update = "UPDATE stock SET available = available + $2 WHERE sku = $1";
        tx.execute(update, &[&order.sku, &order.quantity]).await?;
        Ok(())
    })
    .await
}
