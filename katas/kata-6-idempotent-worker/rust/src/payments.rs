use kit::postgres::GenericClient;
use kit::{Error, Value};

pub struct Payment {
    pub payment: String,
    pub account: String,
    /// `PostgreSQL`'s integer is an i32.
    pub amount: i32,
}

pub struct Received {
    /// The property `message_id`: the same for every delivery of the message and every copy.
    pub id: String,
    pub payment: Payment,
}

impl Payment {
    /// null is JSON, too, and has no fields.
    pub fn read(body: &[u8]) -> Result<Self, Error> {
        let fields: Value = kit::from_slice(body)?;
        let name = |field: &str| fields[field].as_str().filter(|text| is_name(text));
        let amount = fields["amount"]
            .as_i64()
            .and_then(|amount| i32::try_from(amount).ok())
            .filter(|amount| *amount >= 1);
        match (name("payment"), name("account"), amount) {
            (Some(payment), Some(account), Some(amount)) => Ok(Self {
                payment: payment.to_owned(),
                account: account.to_owned(),
                amount,
            }),
            _ => Err("the body is no payment".into()),
        }
    }
}

/// `PostgreSQL` stores no text with a zero in it: such a message would be offered again for ever.
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains('\0')
}

/// On a connection or in a transaction.
pub async fn charge(on: &impl GenericClient, taken: &Payment) -> Result<(), Error> {
    on.execute(
        "INSERT INTO charges (payment, account, amount) VALUES ($1, $2, $3)",
        &[&taken.payment, &taken.account, &taken.amount],
    )
    .await?;
    Ok(())
}

/// Whether it is there for the first time.
pub async fn mark_as_seen(on: &impl GenericClient, id: &str) -> Result<bool, Error> {
    let insert = "INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING";
    Ok(on.execute(insert, &[&id]).await? == 1)
}
