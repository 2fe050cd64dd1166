use kit::postgres::GenericClient;
use kit::Error;

use crate::payments::{charge, mark_as_seen, Received};

/// The right two statements, each in a transaction of its own. Whoever crashes between them has marked
/// a payment that was never taken: the next delivery is taken for a copy, and it is lost.
pub async fn mark_first(client: &impl GenericClient, received: &Received) -> Result<(), Error> {
    if mark_as_seen(client, &received.id).await? {
        charge(client, &received.payment).await?;
    }
    Ok(())
}

/// The other order: a crash in between leaves a charge without a mark, and it is charged again.
pub async fn effect_first(client: &impl GenericClient, received: &Received) -> Result<(), Error> {
    if was_seen(client, &received.id).await? {
        return Ok(());
    }
    charge(client, &received.payment).await?;
    mark_as_seen(client, &received.id).await?;
    Ok(())
}

async fn was_seen(client: &impl GenericClient, id: &str) -> Result<bool, Error> {
    let found = client
        .query_opt("SELECT FROM inbox WHERE message_id = $1", &[&id])
        .await?;
    Ok(found.is_some())
}
