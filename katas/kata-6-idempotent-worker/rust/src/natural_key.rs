use kit::postgres::GenericClient;
use kit::Error;

use crate::payments::Received;

/// No table of messages: the effect itself can exist only once, because a payment has an id of its own
/// and the database holds it unique. The shortest cure, where the effect has such a key.
pub async fn take(client: &impl GenericClient, received: &Received) -> Result<(), Error> {
    let taken = &received.payment;
    client
        .execute(
            "INSERT INTO charges (payment, account, amount, natural_key) VALUES ($1, $2, $3, $1)
             ON CONFLICT (natural_key) DO NOTHING",
            &[&taken.payment, &taken.account, &taken.amount],
        )
        .await?;
    Ok(())
}
