use kit::{json, Error, Value};

/// What every message of the shop tells: the order, as it was placed.
pub struct Order {
    pub order: String,
    pub sku: String,
    /// `PostgreSQL`'s integer is an i32.
    pub quantity: i32,
    customer: String,
    amount: i32,
    address: String,
}

impl Order {
    /// Leaves alone the fields of a newer version. Refuses what the database can never store: it would
    /// be offered again for ever.
    pub fn read(body: &[u8]) -> Result<Self, Error> {
        let fields: Value = kit::from_slice(body)?;
        let text = |field: &str| {
            // PostgreSQL stores no text with a zero in it.
            let found = fields[field].as_str();
            let found = found.filter(|text| !text.is_empty() && !text.contains('\0'));
            found.map(str::to_owned).ok_or("the body is no order")
        };
        let count = |field: &str| {
            let found = fields[field].as_i64().filter(|number| *number >= 1);
            let found = found.and_then(|number| i32::try_from(number).ok());
            found.ok_or("the body is no order")
        };
        Ok(Self {
            order: text("order")?,
            customer: text("customer")?,
            sku: text("sku")?,
            quantity: count("quantity")?,
            amount: count("amount")?,
            address: text("address")?,
        })
    }

    pub fn body(&self) -> Value {
        json!({
            "order": self.order, "customer": self.customer, "sku": self.sku,
            "quantity": self.quantity, "amount": self.amount, "address": self.address,
        })
    }
}
