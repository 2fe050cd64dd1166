use kit::postgres::GenericClient;
use kit::Error;

use crate::payments::{charge, Received};

/// Take the payment, then acknowledge. Nothing is lost that way, but between the two lies a moment:
/// whoever crashes in it, or whose acknowledgement never arrives, gets the message again, and charges
/// again. A copy that the publisher sent to be sure is charged, too.
pub async fn take(client: &impl GenericClient, received: &Received) -> Result<(), Error> {
    charge(client, &received.payment).await
}
