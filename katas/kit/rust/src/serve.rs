use std::convert::Infallible;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::process;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderValue, CONTENT_TYPE};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request as Received, Response, StatusCode};
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use serde_json::{json, Value};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Runtime;
use tokio::signal::unix::{signal, SignalKind};

use crate::routes::{Table, JSON};
use crate::{Environment, Error, Reply, Request, Routes};

/// The contract gives five seconds from SIGTERM to the end.
const DRAIN_WITHIN: Duration = Duration::from_secs(4);
const BACKLOG: u32 = 4096;
/// A body that is longer is refused: without a bound one request takes all the memory.
const LONGEST_BODY: usize = 1024 * 1024;

/// The life of an implementation: open, be healthy, serve, drain on SIGTERM, end with 0.
///
/// `open` opens what its routes need; `/health` answers only once it is there: with 200, unless the
/// routes have a `GET /health` of their own.
pub fn run<F, Opening>(open: F)
where
    F: FnOnce(Environment) -> Opening,
    Opening: Future<Output = Result<Routes, Error>>,
{
    let lived = Environment::read().and_then(|environment| {
        let runtime = Runtime::new()?;
        runtime.block_on(live(environment.port, open(environment)))
    });
    if let Err(error) = lived {
        eprintln!("{error}");
        process::exit(1);
    }
    // Tasks that still run in the background do not hold the process back.
    process::exit(0);
}

async fn live(
    port: u16,
    opening: impl Future<Output = Result<Routes, Error>>,
) -> Result<(), Error> {
    let mut term = signal(SignalKind::terminate())?;
    let routes = tokio::select! {
        opened = opening => opened?,
        // Before anything is served there is nothing to drain.
        _ = term.recv() => return Ok(()),
    };
    let (table, closing) = routes.into_parts();
    let table = Arc::new(table);
    let listener = listen(port)?;
    let connections = GracefulShutdown::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => serve(stream, &table, &connections),
                // Out of file descriptors, or the client was gone already.
                Err(error) => {
                    eprintln!("a connection could not be accepted: {error}");
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            },
            _ = term.recv() => break,
        }
    }
    drop(listener);
    let drained = tokio::time::timeout(DRAIN_WITHIN, connections.shutdown())
        .await
        .map_err(|_| "some requests were still under way four seconds after SIGTERM".into());
    if let Some(closing) = closing {
        closing.await;
    }
    drained
}

fn listen(port: u16) -> Result<TcpListener, Error> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    socket
        .bind(address)
        .map_err(|error| format!("{address}: {error}"))?;
    Ok(socket.listen(BACKLOG)?)
}

fn serve(stream: TcpStream, routes: &Arc<Table>, connections: &GracefulShutdown) {
    // Small answers are sent at once.
    let _ = stream.set_nodelay(true);
    let routes = Arc::clone(routes);
    let service = service_fn(move |received| {
        let routes = Arc::clone(&routes);
        async move { Ok::<_, Infallible>(response(answer(&routes, received).await)) }
    });
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let watched = connections.watch(connection);
    tokio::spawn(async move {
        // An error here means that the client is gone, or spoke no HTTP.
        let _ = watched.await;
    });
}

async fn answer(routes: &Table, received: Received<Incoming>) -> Reply {
    let method = received.method().as_str().to_owned();
    let path = received.uri().path().to_owned();
    let Some((handle, parameters)) = routes.find(&method, &path) else {
        if (method.as_str(), path.as_str()) == ("GET", "/health") {
            return Reply::new(200, json!({ "status": "ok" }));
        }
        return Reply::new(404, json!({ "error": "not found" }));
    };
    let limited = Limited::new(received.into_body(), LONGEST_BODY);
    let body = match limited.collect().await {
        Ok(body) => body.to_bytes().to_vec(),
        Err(error) if error.is::<LengthLimitError>() => {
            return Reply::new(413, json!({ "error": "the body is too large" }));
        }
        Err(error) => return Reply::bad_request(&error.to_string()),
    };
    handle(Request { parameters, body })
        .await
        .unwrap_or_else(|error| {
            eprintln!("{method} {path}: {error}");
            Reply::new(500, json!({ "error": "internal error" }))
        })
}

fn response(reply: Reply) -> Response<Full<Bytes>> {
    let text = match reply.body {
        Value::String(text) if reply.content_type != JSON => text,
        body => body.to_string(),
    };
    let mut response = Response::new(Full::from(text));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(reply.content_type));
    response
}
