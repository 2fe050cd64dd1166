use std::collections::HashMap;

use lapin::message::Delivery;
use lapin::types::{AMQPValue, FieldTable};
use serde_json::Value;

/// Headers that are texts.
pub type Texts = HashMap<String, String>;

/// Headers of other kinds carry no context.
pub fn texts_in(message: &Delivery) -> Texts {
    let Some(table) = message.properties.headers() else {
        return Texts::new();
    };
    let texts = table.inner().iter().filter_map(|(name, value)| {
        let text = match value {
            AMQPValue::LongString(text) => text.to_string(),
            AMQPValue::ShortString(text) => text.to_string(),
            _ => return None,
        };
        Some((name.to_string(), text))
    });
    texts.collect()
}

/// Of an object whose values are texts; empty where it is none.
pub(crate) fn table_of(headers: Option<Value>) -> FieldTable {
    let mut table = FieldTable::default();
    for (name, value) in headers.iter().filter_map(Value::as_object).flatten() {
        if let Some(text) = value.as_str() {
            table.insert(name.as_str().into(), AMQPValue::LongString(text.into()));
        }
    }
    table
}
