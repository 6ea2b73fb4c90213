use std::fmt;

use chrono::NaiveDate;
use ksef_types::Nip;
use serde::{Deserialize, Serialize};

use crate::open_enum::open_enum;
use crate::wire::null_as_default;

open_enum! {
    /// What somebody is for VAT. Source: OpenAPI of the white list, `Entity.statusVat`.
    VatStatus {
        /// Czynny: an active payer.
        Active = "Czynny",
        /// Zwolniony: exempt.
        Exempt = "Zwolniony",
        /// Niezarejestrowany: not registered, refused or removed.
        Unregistered = "Niezarejestrowany",
    }
}

/// A subject of the white list. Source: OpenAPI of the white list 1.6.0, `Entity`.
///
/// What it says of other people (representatives, clerks, partners, PESEL) is not read.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payer {
    /// Firm, or given name and surname; in capitals, as the register has it.
    pub name: String,
    /// NIP; those whose registration was refused may have none.
    #[serde(default)]
    pub nip: Option<Nip>,
    /// Status on the day asked for.
    #[serde(default)]
    pub status_vat: Option<VatStatus>,
    /// REGON, 9 or 14 digits.
    #[serde(default)]
    pub regon: Option<String>,
    /// KRS, 10 digits.
    #[serde(default)]
    pub krs: Option<String>,
    /// Place of residence; of natural persons without a permanent place of business.
    #[serde(default)]
    pub residence_address: Option<String>,
    /// Registered office, or permanent place of business: `RONDO DASZYŃSKIEGO 2C, 00-843 WARSZAWA`.
    #[serde(default)]
    pub working_address: Option<String>,
    /// Registered since.
    #[serde(default)]
    pub registration_legal_date: Option<NaiveDate>,
    /// Registration refused on.
    #[serde(default)]
    pub registration_denial_date: Option<NaiveDate>,
    /// Legal basis of the refusal.
    #[serde(default)]
    pub registration_denial_basis: Option<String>,
    /// Registered again on.
    #[serde(default)]
    pub restoration_date: Option<NaiveDate>,
    /// Legal basis of that.
    #[serde(default)]
    pub restoration_basis: Option<String>,
    /// Removed on.
    #[serde(default)]
    pub removal_date: Option<NaiveDate>,
    /// Legal basis of the removal.
    #[serde(default)]
    pub removal_basis: Option<String>,
    /// The accounts that were reported, 26 digits each.
    #[serde(default, deserialize_with = "null_as_default")]
    pub account_numbers: Vec<String>,
    /// Whether it has virtual accounts, which are not listed one by one.
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_virtual_accounts: bool,
}

impl Payer {
    /// Where it works, or lives: the one of the two addresses that is there.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        let given = |address: &'_ Option<String>| {
            address.as_deref().map(str::trim).is_some_and(|text| !text.is_empty())
        };
        let address =
            if given(&self.working_address) { &self.working_address } else { &self.residence_address };
        address.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }
}

/// Names, numbers and addresses are of people: nothing of them is for a log.
impl fmt::Debug for Payer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Payer").field("status_vat", &self.status_vat).finish_non_exhaustive()
    }
}
