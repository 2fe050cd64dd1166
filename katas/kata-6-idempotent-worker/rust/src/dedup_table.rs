use kit::postgres::GenericClient;
use kit::Error;

use crate::payments::{charge, mark_as_seen, Received};

/// The inbox: that the message was seen and what it did are written in one transaction, so that there
/// is no moment in which one is true and the other is not. A second delivery at the same time waits
/// for the first at the primary key of the inbox, and then finds its row.
pub async fn take(client: &mut impl GenericClient, received: &Received) -> Result<(), Error> {
    let tx = client.transaction().await?;
    if mark_as_seen(&tx, &received.id).await? {
        charge(&tx, &received.payment).await?;
    }
    tx.commit().await?;
    Ok(())
}
