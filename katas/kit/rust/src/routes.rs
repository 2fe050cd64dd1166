use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use serde_json::{json, Value};

use crate::Error;

/// What came, once a route was found for it.
#[derive(Debug, Default)]
pub struct Request {
    /// What stood in the place of `{account}` in `/accounts/{account}`.
    pub parameters: HashMap<String, String>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// The body; `Null`, which has no fields, where it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// A text, where its type is not JSON.
    pub body: Value,
    pub content_type: &'static str,
}

pub(crate) const JSON: &str = "application/json";

impl Reply {
    pub fn new(status: u16, body: Value) -> Self {
        Self {
            status,
            body,
            content_type: JSON,
        }
    }

    pub fn text(status: u16, content_type: &'static str, text: String) -> Self {
        Self {
            status,
            body: Value::String(text),
            content_type,
        }
    }

    /// For a body that the contract does not allow.
    pub fn bad_request(why: &str) -> Self {
        Self::new(400, json!({ "error": why }))
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<Reply, Error>> + Send>>;
type Handler = Box<dyn Fn(Request) -> Answer + Send + Sync>;

struct Route {
    method: &'static str,
    pattern: Vec<&'static str>,
    handler: Handler,
}

type Closing = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Routes with their handlers.
#[derive(Default)]
pub struct Routes {
    table: Table,
    closing: Option<Closing>,
}

#[derive(Default)]
pub(crate) struct Table(Vec<Route>);

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    /// `routes.on("POST /accounts/{account}/deposits", deposit)`
    pub fn on<F, A>(mut self, route: &'static str, handler: F) -> Self
    where
        F: Fn(Request) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Reply, Error>> + Send + 'static,
    {
        let (method, path) = route.split_once(' ').expect("a method, a space and a path");
        self.table.0.push(Route {
            method,
            pattern: path.split('/').collect(),
            handler: Box::new(move |request| Box::pin(handler(request))),
        });
        self
    }

    /// `GET /health` of a program that may lose what it works on and live on: 503 for so long. Whoever
    /// watches over a worker that consumes nothing has to hear of it; its port is open all the while.
    pub fn healthy_while(self, is_ready: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.on("GET /health", move |_| {
            let reply = if is_ready() {
                Reply::new(200, json!({ "status": "ok" }))
            } else {
                Reply::new(503, json!({ "status": "the broker is away" }))
            };
            async { Ok(reply) }
        })
    }

    /// What is done at the end, once all requests are answered.
    pub fn closing(mut self, closing: impl Future<Output = ()> + Send + 'static) -> Self {
        self.closing = Some(Box::pin(closing));
        self
    }

    pub(crate) fn into_parts(self) -> (Table, Option<Closing>) {
        (self.table, self.closing)
    }
}

impl Table {
    /// The handler of a request, and the parameters in its path.
    pub(crate) fn find(
        &self,
        method: &str,
        path: &str,
    ) -> Option<(&Handler, HashMap<String, String>)> {
        let parts: Vec<&str> = path.split('/').collect();
        self.0
            .iter()
            .filter(|route| route.method == method)
            .find_map(|route| Some((&route.handler, parameters_in(&route.pattern, &parts)?)))
    }
}

fn parameters_in(pattern: &[&str], parts: &[&str]) -> Option<HashMap<String, String>> {
    if pattern.len() != parts.len() {
        return None;
    }
    let mut parameters = HashMap::new();
    for (wanted, part) in pattern.iter().zip(parts) {
        let name = wanted
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        match name {
            Some(name) if !part.is_empty() => {
                parameters.insert(name.to_owned(), decoded(part));
            }
            _ if wanted == part => {}
            _ => return None,
        }
    }
    Some(parameters)
}

/// A `%` that begins no escape stands for itself.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escape = match after {
            [high, low, ..] if first == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        bytes.push(escape.map_or(first, |(high, low)| high * 16 + low));
        rest = if escape.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn nothing(_: Request) -> Result<Reply, Error> {
        Ok(Reply::new(200, Value::Null))
    }

    #[test]
    fn finds_by_method_and_path_and_reads_parameters() {
        let (routes, _) = Routes::new()
            .on("GET /accounts/{account}", nothing)
            .on("POST /accounts/{account}/deposits", nothing)
            .into_parts();
        let (_, parameters) = routes.find("POST", "/accounts/a%201/deposits").unwrap();
        assert_eq!(parameters["account"], "a 1");
        assert!(routes.find("GET", "/accounts/a-1").is_some());
        assert!(routes.find("GET", "/accounts/").is_none());
        assert!(routes.find("GET", "/accounts/a-1/deposits").is_none());
        assert!(routes.find("POST", "/accounts").is_none());
    }

    #[test]
    fn leaves_what_is_no_escape() {
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%zz%41"), "%zzA");
    }
}
