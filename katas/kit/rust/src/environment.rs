use std::env;

use crate::Error;

/// What the lab tells an implementation: katas/CONTRACT.md, first section.
#[derive(Clone, Debug)]
pub struct Environment {
    pub port: u16,
}

impl Environment {
    /// Fails with the variable's name and what it must be.
    pub fn read() -> Result<Self, Error> {
        let port = whole_number("PORT", env::var("PORT").ok().as_deref(), None)?;
        Ok(Self {
            port: u16::try_from(port)
                .map_err(|_| format!("PORT must be below 65536, not {port}"))?,
        })
    }

    /// An option of the kata, such as `PLAN_THINK_MS`.
    pub fn integer(&self, name: &str, fallback: u64) -> Result<u64, Error> {
        whole_number(name, env::var(name).ok().as_deref(), Some(fallback))
    }

    /// Such as `PLAN_STRATEGY`.
    pub fn text(&self, name: &str, fallback: &str) -> String {
        self.required(name).unwrap_or_else(|_| fallback.to_owned())
    }

    /// A text without which the program can't work, such as `UPSTREAM_URL`.
    pub fn required(&self, name: &str) -> Result<String, Error> {
        match env::var(name) {
            Ok(value) if !value.is_empty() => Ok(value),
            _ => Err(format!("{name} is not set").into()),
        }
    }
}

fn whole_number(name: &str, value: Option<&str>, fallback: Option<u64>) -> Result<u64, Error> {
    match (value.filter(|text| !text.is_empty()), fallback) {
        (None, Some(fallback)) => Ok(fallback),
        (None, None) => Err(format!("{name} is not set").into()),
        (Some(text), _) => text
            .parse()
            .map_err(|_| format!("{name} must be a whole number from 0, not {text:?}").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::whole_number;

    #[test]
    fn takes_the_fallback_only_where_nothing_is_set() {
        assert_eq!(whole_number("N", None, Some(5)).unwrap(), 5);
        assert_eq!(whole_number("N", Some(""), Some(5)).unwrap(), 5);
        assert_eq!(whole_number("N", Some("0"), Some(5)).unwrap(), 0);
    }

    #[test]
    fn names_the_variable_that_is_wrong() {
        for (value, told) in [
            (None, "N is not set"),
            (Some("-1"), "N must be a whole number from 0, not \"-1\""),
        ] {
            assert_eq!(
                whole_number("N", value, None).unwrap_err().to_string(),
                told
            );
        }
    }
}
