//! How values with a meaning stand in columns, and back. What does not read back is damage.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use ksef_types::Sha256Hash;
use rusqlite::Row;
use rusqlite::types::Type;

type Sql<T> = Result<T, rusqlite::Error>;

/// What stands on an invoice, as columns of `outbox` and `invoices`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// P_2.
    pub number: String,
    /// P_1.
    pub issue_date: NaiveDate,
    /// RodzajFaktury.
    pub kind: String,
    /// NIP of the seller.
    pub seller_nip: String,
    /// Name of the seller.
    pub seller_name: String,
    /// NIP or another identifier of the buyer.
    pub buyer_identifier: Option<String>,
    /// Name of the buyer.
    pub buyer_name: Option<String>,
    /// P_15, decimal text.
    pub gross: String,
    /// ISO 4217.
    pub currency: String,
}

impl Stands {
    /// The columns, in the order of [`Self::read`].
    pub(crate) const COLUMNS: &'static str =
        "number, issue_date, kind, seller_nip, seller_name, buyer_identifier, buyer_name, gross, currency";

    pub(crate) fn read(row: &Row<'_>) -> Sql<Self> {
        Ok(Self {
            number: row.get("number")?,
            issue_date: text(row, "issue_date")?,
            kind: row.get("kind")?,
            seller_nip: row.get("seller_nip")?,
            seller_name: row.get("seller_name")?,
            buyer_identifier: row.get("buyer_identifier")?,
            buyer_name: row.get("buyer_name")?,
            gross: row.get("gross")?,
            currency: row.get("currency")?,
        })
    }

    /// The text in which searching looks, folded.
    pub(crate) fn searchable(&self) -> String {
        let buyer = [self.buyer_name.as_deref(), self.buyer_identifier.as_deref()];
        let parts = [Some(self.number.as_str()), Some(&self.seller_name), Some(&self.seller_nip)];
        crate::fold(&parts.into_iter().chain(buyer).flatten().collect::<Vec<_>>().join(" "))
    }
}

#[derive(Debug, thiserror::Error)]
#[error("column {0} holds what was never written")]
struct Unreadable(&'static str);

fn unreadable(column: &'static str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(Unreadable(column)))
}

pub(crate) fn text<T: FromStr>(row: &Row<'_>, column: &'static str) -> Sql<T> {
    row.get::<_, String>(column)?.parse().map_err(|_| unreadable(column))
}

pub(crate) fn optional_text<T: FromStr>(row: &Row<'_>, column: &'static str) -> Sql<Option<T>> {
    let Some(found) = row.get::<_, Option<String>>(column)? else { return Ok(None) };
    found.parse().map(Some).map_err(|_| unreadable(column))
}

pub(crate) fn hash(row: &Row<'_>, column: &'static str) -> Sql<Sha256Hash> {
    let found: Vec<u8> = row.get(column)?;
    Sha256Hash::try_from(found.as_slice()).map_err(|_| unreadable(column))
}

/// Moments are whole microseconds since 1970 in UTC.
pub(crate) fn moment(row: &Row<'_>, column: &'static str) -> Sql<DateTime<Utc>> {
    DateTime::from_timestamp_micros(row.get(column)?).ok_or_else(|| unreadable(column))
}

pub(crate) fn optional_moment(row: &Row<'_>, column: &'static str) -> Sql<Option<DateTime<Utc>>> {
    let Some(found) = row.get::<_, Option<i64>>(column)? else { return Ok(None) };
    DateTime::from_timestamp_micros(found).map(Some).ok_or_else(|| unreadable(column))
}

pub(crate) fn optional_micros(moment: Option<DateTime<Utc>>) -> Option<i64> {
    moment.map(|moment| moment.timestamp_micros())
}

pub(crate) fn shown<T: fmt::Display>(value: Option<&T>) -> Option<String> {
    value.map(ToString::to_string)
}

/// Gives an enumeration the names that its column holds.
macro_rules! names {
    ($Type:ident { $($variant:ident = $name:literal),* $(,)? }) => {
        impl $Type {
            /// The name in the column.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
        impl std::str::FromStr for $Type {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                match text { $($name => Ok(Self::$variant),)* _ => Err(()) }
            }
        }
    };
}
pub(crate) use names;
