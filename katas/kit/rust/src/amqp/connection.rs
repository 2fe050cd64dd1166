use std::time::Duration;

use lapin::uri::AMQPUri;
use lapin::{Connection, ConnectionProperties};
use tokio::time::timeout;

use crate::Error;

const HEARTBEAT_SECONDS: u16 = 10;
const CLOSE_WITHIN: Duration = Duration::from_secs(1);

/// Connects once. A broker that takes the connection and says nothing is away, too.
pub(super) async fn connect(url: &str, within: Duration) -> Result<Connection, Error> {
    let mut uri: AMQPUri = url.parse()?;
    uri.query.heartbeat = Some(HEARTBEAT_SECONDS);
    let properties = ConnectionProperties::default()
        .with_executor(tokio_executor_trait::Tokio::current())
        .with_reactor(tokio_reactor_trait::Tokio::current());
    let connection = timeout(within, Connection::connect_uri(uri, properties))
        .await
        .map_err(|_| "the broker does not answer")??;
    Ok(connection)
}

/// What was written before is sent before. One that is closed already is no problem.
pub(super) async fn close(connection: &Connection) {
    let _ = timeout(CLOSE_WITHIN, connection.close(200, "done")).await;
}
